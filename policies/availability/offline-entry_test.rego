package sekisho.availability.offline_entry_test

import rego.v1

import data.sekisho.availability.offline_entry as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

said(seconds, signed) := {"declared": true, "offline_seconds": seconds, "offline_most": 3600, "signed": signed}

cases contains {"name": "nothing was done without the log", "ja": "変更履歴に接続して実施", "want": "pass", "input": dossier(said(0, true))}

cases contains {"name": "brought in just in time", "ja": "期限ちょうどに反映", "want": "fail", "input": dossier(said(3600, true))}

cases contains {"name": "brought in too late", "ja": "反映が遅い", "want": "fail", "input": dossier(said(3601, true))}

cases contains {"name": "not declared", "ja": "宣言なし", "want": "na", "input": dossier(object.union(said(60, true), {"declared": false}))}

test_says_how_long if told(dossier(said(3600, true))) == {{"message": "offline", "with": {"minutes": 60}}}

test_says_that_it_was_too_late if {
	told(dossier(said(3601, true))) == {{"message": "late", "with": {"minutes": 60}, "effect": "deny"}}
}

test_says_that_it_is_not_signed if {
	told(dossier(said(60, false))) == {{"message": "offline", "with": {"minutes": 1}}, {"message": "unsigned", "effect": "deny"}}
}

test_says_each_minute_that_is_over if {
	told(dossier(said(61, true))) == {{"message": "offline", "with": {"minutes": 1}}}
}

test_silent_with_the_log if told(dossier(said(0, false))) == set()

test_speaks_from_the_first_second if told(dossier(said(1, true))) == {{"message": "offline", "with": {"minutes": 0}}}

test_silent_where_nothing_was_declared if {
	told(dossier(object.union(said(3601, false), {"declared": false}))) == set()
}

told(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
