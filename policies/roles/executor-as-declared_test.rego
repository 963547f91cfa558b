package sekisho.roles.executor_as_declared_test

import rego.v1

import data.sekisho.roles.executor_as_declared as rule

dossier(actor, roles, word) := {
	"request": {"actor": actor},
	"change": {"roles": roles},
	"params": {"on_mismatch": word},
}

cases contains {"name": "the same person", "ja": "同じ人", "want": "pass", "input": dossier("sato", {"executor": "sato"}, "reapprove")}

cases contains {"name": "nobody is named", "ja": "誰の名前もない", "want": "na", "input": dossier("sato", {}, "reapprove")}

cases contains {"name": "somebody else", "ja": "別の人", "want": "fail", "input": dossier("ishii", {"executor": "sato"}, "reapprove")}

cases contains {"name": "somebody else where that is let through", "ja": "別の人を認める設定", "want": "fail", "input": dossier("ishii", {"executor": "sato"}, "warn")}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_both if {
	said(dossier("ishii", {"executor": "sato"}, "reapprove")) == {{
		"field": "roles.executor",
		"message": "differs",
		"with": {"person": "sato", "actor": "ishii"},
	}}
}

test_a_setting_makes_it_a_warning if {
	said(dossier("ishii", {"executor": "sato"}, "warn")) == {{
		"field": "roles.executor",
		"message": "differs",
		"with": {"person": "sato", "actor": "ishii"},
		"effect": "warn",
	}}
}

cases contains {"name": "nobody runs what nobody was named for", "ja": "実行者の指名も実行した人もなし", "want": "fail", "input": dossier(null, {"executor": null}, "reapprove")}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
