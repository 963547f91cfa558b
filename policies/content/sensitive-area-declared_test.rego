package sekisho.content.sensitive_area_declared_test

import rego.v1

import data.sekisho.content.sensitive_area_declared as rule

dossier(sensitive, undeclared) := {"change": {"facts": {"content": {"sensitive": sensitive, "undeclared": undeclared}}}}

cases contains {"name": "named", "ja": "名前がある", "want": "pass", "input": dossier(["pricing"], [])}

cases contains {"name": "not named", "ja": "名前がない", "want": "fail", "input": dossier(["pricing"], ["pricing"])}

cases contains {"name": "one of two named", "ja": "2つのうち1つだけ名前がある", "want": "fail", "input": dossier(["legal", "pricing"], ["legal"])}

cases contains {"name": "nothing sensitive touched", "ja": "要注意箇所に触れない", "want": "na", "input": dossier([], [])}

test_names_the_area if {
	said(dossier(["legal", "pricing"], ["legal"])) == {{"field": "targets", "message": "undeclared", "with": {"area": "legal"}}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
