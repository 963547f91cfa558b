package sekisho.emergency.emergency_minimum_test

import rego.v1

import data.sekisho.emergency.emergency_minimum as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

cases contains {"name": "everything is answered", "ja": "7項目そろっている", "want": "pass", "input": dossier({"unanswered": []})}

cases contains {"name": "one answer is missing", "ja": "1項目足りない", "want": "fail", "input": dossier({"unanswered": ["rollback.decider"]})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_the_field if {
	said(dossier({"unanswered": ["rollback.decider"]})) == {{"field": "rollback.decider", "message": "unanswered", "with": {"field": "rollback.decider"}}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
