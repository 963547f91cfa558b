package sekisho.emergency.emergency_expires_test

import rego.v1

import data.sekisho.emergency.emergency_expires as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

running(seconds) := {"declared": true, "ended": false, "seconds_left": seconds, "expires": "2026-12-05T00:00:00+09:00"}

cases contains {"name": "a second before its end", "ja": "期限の1秒前", "want": "pass", "input": dossier(running(1))}

cases contains {"name": "at its end", "ja": "期限ちょうど", "want": "fail", "input": dossier(running(0))}

cases contains {"name": "ended before", "ja": "終了済み", "want": "fail", "input": dossier(object.union(running(60), {"ended": true}))}

cases contains {"name": "not declared", "ja": "宣言なし", "want": "fail", "input": dossier(object.union(running(60), {"declared": false}))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_since_when_it_is_over if {
	said(dossier(running(0))) == {{"message": "expired", "with": {"at": "2026-12-05T00:00:00+09:00"}}}
}

test_says_that_it_was_ended if said(dossier(object.union(running(0), {"ended": true}))) == {{"message": "ended"}}

test_says_that_it_was_not_declared if {
	said(dossier(object.union(running(0), {"declared": false}))) == {{"message": "undeclared"}}
}

test_says_no_more_than_that if {
	said(dossier(object.union(running(0), {"declared": false, "ended": true}))) == {{"message": "undeclared"}}
}

test_silent_while_it_runs if said(dossier(running(1))) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
