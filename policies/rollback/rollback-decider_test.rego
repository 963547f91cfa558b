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

cases contains {"name": "somebody else at low risk", "ja": "別の人(リスク低)", "want": "pass", "input": dossier("low", {"decider": "tanaka"})}

cases contains {"name": "two at high risk", "ja": "リスク高で2人", "want": "pass", "input": dossier("high", both)}

cases contains {"name": "the executor at low risk", "ja": "実行者(リスク低)", "want": "pass", "input": dossier("low", {"decider": "sato"})}

cases contains {"name": "nobody", "ja": "誰もいない", "want": "fail", "input": dossier("low", {})}

cases contains {"name": "a person whom nobody knows", "ja": "登録のない人", "want": "fail", "input": unknown(dossier("low", {"decider": "tanaka"}))}

cases contains {"name": "nobody when the decider is away", "ja": "判断者の不在時に誰もいない", "want": "fail", "input": dossier("medium", {"decider": "tanaka"})}

cases contains {"name": "the same person when the decider is away", "ja": "判断者の不在時も同じ人", "want": "fail", "input": dossier("medium", {"decider": "tanaka", "decider_alternate": "tanaka"})}

cases contains {"name": "the executor at medium risk", "ja": "実行者(リスク中)", "want": "fail", "input": dossier("medium", self)}

cases contains {"name": "a word that nobody knows", "ja": "知らない語", "want": "fail", "input": saying("alow", dossier("high", self))}

cases contains {"name": "two at medium risk", "ja": "リスク中で2人", "want": "pass", "input": dossier("medium", both)}

cases contains {"name": "a number instead of a person", "ja": "人ではなく数値", "want": "fail", "input": dossier("low", {"decider": 5})}

cases contains {"name": "an empty name, though the fact says yes", "ja": "名前が空なのに「いる」とされている", "want": "fail", "input": dossier("low", {"decider": ""})}

cases contains {"name": "a number when the decider is away", "ja": "判断者の不在時が数値", "want": "fail", "input": dossier("high", {"decider": "tanaka", "decider_alternate": 5})}

cases contains {"name": "an empty name when the decider is away", "ja": "判断者の不在時が空", "want": "fail", "input": dossier("high", {"decider": "tanaka", "decider_alternate": ""})}

cases contains {"name": "no executor to tell apart", "ja": "区別すべき実行者がいない", "want": "fail", "input": object.union(dossier("high", both), {"change": {"roles": {"executor": null}}})}

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

test_an_empty_name_is_missing_and_not_unknown if {
	said(unknown(dossier("low", {"decider": ""}))) == {{"field": "rollback.decider", "message": "missing"}}
}

test_names_the_executor_and_the_risk if {
	said(dossier("medium", self)) == {{
		"field": "rollback.decider",
		"message": "executor",
		"with": {"person": "sato", "risk": "medium"},
		"effect": "warn",
	}}
}

test_silent_where_nothing_is_wrong if {
	said(dossier("low", {"decider": "sato"})) == set()
	said(dossier("medium", both)) == set()
	said(dossier("high", both)) == set()
}

alternate_at(risk) := {"field": "rollback.decider_alternate", "message": "alternate", "with": {"risk": risk}}

test_asks_for_another_alternate if {
	said(dossier("medium", {"decider": "tanaka"})) == {alternate_at("medium")}
	said(dossier("high", {"decider": "tanaka", "decider_alternate": "tanaka"})) == {alternate_at("high")}
}

test_says_everything_without_a_plan if {
	document := {"change": {"risk": "high", "declaration": {}, "roles": {"executor": "sato"}, "facts": {"decider_known": false}}}
	said(document) == {{"field": "rollback.decider", "message": "missing"}, alternate_at("high")}
}

test_a_risk_that_nobody_knows_fails if {
	document := object.union(dossier("extreme", both), {"params": {"same_as_executor": {"extreme": "deny"}}})
	some verdict in rule.verdict with input as document
	verdict.result == "fail"
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
