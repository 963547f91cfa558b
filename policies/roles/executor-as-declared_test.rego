package sekisho.roles.executor_as_declared_test

import rego.v1

import data.sekisho.roles.executor_as_declared as rule

dossier(actor, roles, word) := {
	"request": {"actor": actor},
	"change": {"roles": roles},
	"params": {"on_mismatch": word},
}

cases contains {"name": "the same person", "want": "pass", "input": dossier("sato", {"executor": "sato"}, "reapprove")}

cases contains {"name": "nobody is named", "want": "na", "input": dossier("sato", {}, "reapprove")}

cases contains {"name": "somebody else", "want": "fail", "input": dossier("ishii", {"executor": "sato"}, "reapprove")}

cases contains {"name": "somebody else where that is let through", "want": "fail", "input": dossier("ishii", {"executor": "sato"}, "warn")}

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

cases contains {"name": "nobody runs what nobody was named for", "want": "fail", "input": dossier(null, {"executor": null}, "reapprove")}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
