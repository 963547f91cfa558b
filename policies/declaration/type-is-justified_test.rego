package sekisho.declaration.type_is_justified_test

import rego.v1

import data.sekisho.declaration.type_is_justified as rule

dossier(conflicts) := {"change": {"facts": {"type_conflicts": conflicts}}}

of(type, conflicts) := object.union(dossier(conflicts), {"change": {"type": type}})

cases contains {"name": "nothing contradicts it", "ja": "食い違いなし", "want": "pass", "input": dossier([])}

cases contains {"name": "an incident in a normal change", "ja": "障害を書いた通常変更", "want": "fail", "input": of("normal", ["emergency_block"])}

cases contains {"name": "a template in an emergency", "ja": "テンプレートを名乗る緊急変更", "want": "fail", "input": of("emergency", ["template"])}

cases contains {"name": "an emergency for next week", "ja": "来週に予定した緊急変更", "want": "fail", "input": of("emergency", ["planned"])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_each_contradiction if {
	said(of("normal", ["emergency_block", "template"])) == {
		{"field": "emergency", "message": "emergency_block", "with": {"type": "normal"}},
		{"field": "template", "message": "template", "with": {"type": "normal"}},
	}
	said(of("emergency", ["planned"])) == {{"field": "window.start", "message": "planned"}}
}



test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
