package sekisho.emergency.execution_limit_test

import rego.v1

import data.sekisho.emergency.execution_limit as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

cases contains {"name": "the last that may be", "ja": "最後の1回", "want": "pass", "input": dossier({"executions": 4, "executions_most": 5})}

cases contains {"name": "one too many", "ja": "1回多い", "want": "fail", "input": dossier({"executions": 5, "executions_most": 5})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_many_may_be if {
	said(dossier({"executions": 5, "executions_most": 5})) == {{"message": "used_up", "with": {"most": 5}}}
}

test_silent_before if said(dossier({"executions": 4, "executions_most": 5})) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
