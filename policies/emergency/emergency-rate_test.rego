package sekisho.emergency.emergency_rate_test

import rego.v1

import data.sekisho.emergency.emergency_rate as rule

dossier(lately, percent) := {
	"params": {"count": 3, "percent": 10},
	"change": {"facts": {"emergency": {"lately": lately, "share_percent": percent}}},
}

cases contains {"name": "as many as may be", "ja": "上限ちょうど", "want": "pass", "input": dossier(3, 10)}

cases contains {"name": "one more in a month", "ja": "月に1件多い", "want": "fail", "input": dossier(4, 10)}

cases contains {"name": "a larger share", "ja": "割合が高い", "want": "fail", "input": dossier(3, 11)}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_counts_a_month if said(dossier(4, 10)) == {{"message": "often", "with": {"lately": 4, "most": 3}}}

test_says_the_share if said(dossier(3, 11)) == {{"message": "share", "with": {"percent": 11, "most": 10}}}

test_silent_at_the_limit if said(dossier(3, 10)) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
