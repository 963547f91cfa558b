package sekisho.rollback.rollback_decider_test

import rego.v1

import data.sekisho.rollback.rollback_decider as rule

dossier(risk, rollback) := {
	"change": {
		"risk": risk,
		"declaration": {"rollback": rollback},
		"roles": {"executor": "sato"},
		"facts": {"decider_known": true},
	},
	"params": {"same_as_executor": {"low": "allow", "medium": "warn", "high": "deny"}},
}

unknown(document) := object.union(document, {"change": {"facts": {"decider_known": false}}})

saying(word, document) := object.union(document, {"params": {"same_as_executor": {"high": word}}})

both := {"decider": "tanaka", "decider_alternate": "kudo"}

self := {"decider": "sato", "decider_alternate": "kudo"}

cases contains {"name": "somebody else at low risk", "want": "pass", "input": dossier("low", {"decider": "tanaka"})}

cases contains {"name": "two at high risk", "want": "pass", "input": dossier("high", both)}

cases contains {"name": "the executor at low risk", "want": "pass", "input": dossier("low", {"decider": "sato"})}

cases contains {"name": "nobody", "want": "fail", "input": dossier("low", {})}

cases contains {"name": "a person whom nobody knows", "want": "fail", "input": unknown(dossier("low", {"decider": "tanaka"}))}

cases contains {"name": "nobody when the decider is away", "want": "fail", "input": dossier("medium", {"decider": "tanaka"})}

cases contains {"name": "the same person when the decider is away", "want": "fail", "input": dossier("medium", {"decider": "tanaka", "decider_alternate": "tanaka"})}

cases contains {"name": "the executor at medium risk", "want": "fail", "input": dossier("medium", self)}

cases contains {"name": "a word that nobody knows", "want": "fail", "input": saying("alow", dossier("high", self))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_the_effect_grows_with_the_risk if {
	{detail.effect | some detail in said(dossier("medium", self))} == {"warn"}
	{detail.effect | some detail in said(dossier("high", self))} == {"deny"}
	{detail.effect | some detail in said(saying("alow", dossier("high", self)))} == {"deny"}
}

test_says_what_is_missing if {
	said(dossier("low", {})) == {{"field": "rollback.decider", "message": "missing"}}
}

test_names_whom_nobody_knows if {
	said(unknown(dossier("low", {"decider": "tanaka"}))) == {{
		"field": "rollback.decider",
		"message": "unknown",
		"with": {"person": "tanaka"},
	}}
}

test_asks_for_an_alternate if {
	said(dossier("high", {"decider": "tanaka"})) == {{
		"field": "rollback.decider_alternate",
		"message": "alternate",
		"with": {"risk": "high"},
	}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
