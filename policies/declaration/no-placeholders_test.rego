package sekisho.declaration.no_placeholders_test

import rego.v1

import data.sekisho.declaration.no_placeholders as rule

dossier(fields) := {"change": {"facts": {"blank_fields": fields}}}

cases contains {"name": "every field says something", "ja": "どの項目にも内容がある", "want": "pass", "input": dossier([])}

cases contains {"name": "a reason that is to be decided", "ja": "「未定」とだけ書いた理由", "want": "fail", "input": dossier(["reason"])}

test_one_finding_per_field if {
	some verdict in rule.verdict with input as dossier(["reason", "rollback.steps[0]"])
	verdict.details == {
		{"field": "reason", "message": "placeholder", "with": {"field": "reason"}},
		{"field": "rollback.steps[0]", "message": "placeholder", "with": {"field": "rollback.steps[0]"}},
	}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
