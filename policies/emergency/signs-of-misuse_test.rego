package sekisho.emergency.signs_of_misuse_test

import rego.v1

import data.sekisho.emergency.signs_of_misuse as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

cases contains {"name": "nothing", "ja": "何もない", "want": "pass", "input": dossier({"signs": []})}

cases contains {"name": "the same again", "ja": "同じ手段の繰り返し", "want": "fail", "input": dossier({"signs": ["again"]})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_each if {
	every sign in ["late", "again", "copied", "friday"] { said(dossier({"signs": [sign]})) == {{"message": sign}} }
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
