package sekisho.risk.risk_floor_test

import rego.v1

import data.sekisho.risk.risk_floor as rule

dossier(risk, typed, floor) := {"change": {"risk": risk, "facts": {
	"risk_floor": floor,
	"risk_typed": typed,
	"unknown_risk_facts": [],
}}}

because(reasons, document) := object.union(document, {"change": {"facts": {"risk_floor_because": reasons}}})

naming(names, document) := object.union(document, {"change": {"facts": {"unknown_risk_facts": names}}})

cases contains {"name": "nothing said", "ja": "何も書かれていない", "want": "pass", "input": dossier("medium", "none", "medium")}

cases contains {"name": "raised", "ja": "引き上げた", "want": "pass", "input": dossier("high", "high", "low")}

cases contains {"name": "as it is", "ja": "そのまま", "want": "pass", "input": dossier("low", "low", "low")}

cases contains {"name": "said to be less", "ja": "低く書かれている", "want": "fail", "input": because(["kind:pricing"], dossier("medium", "low", "medium"))}

cases contains {"name": "judged as less", "ja": "低く判定された", "want": "fail", "input": because(["gate"], dossier("low", "none", "high"))}

cases contains {"name": "a word that nobody knows", "ja": "知らない語", "want": "fail", "input": dossier("high", "tiny", "low")}

cases contains {"name": "a fact that nobody knows", "ja": "知らない事実", "want": "fail", "input": naming(["moneyy"], dossier("low", "none", "low"))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_what_sets_it if {
	said(because(["kind:pricing", "manual"], dossier("medium", "low", "medium"))) == {{
		"field": "risk",
		"message": "below",
		"with": {"risk": "low", "floor": "medium", "because": "kind:pricing, manual"},
	}}
}

test_names_the_unknown_fact if {
	said(naming(["moneyy"], dossier("low", "none", "low"))) == {{"message": "unknown_fact", "with": {"name": "moneyy"}}}
}

test_names_only_what_is_too_low if {
	said(because(["gate"], dossier("low", "none", "high"))) == {{
		"field": "risk",
		"message": "below",
		"with": {"risk": "low", "floor": "high", "because": "gate"},
	}}
	said(because(["gate"], dossier("low", "medium", "medium"))) == {{
		"field": "risk",
		"message": "below",
		"with": {"risk": "low", "floor": "medium", "because": "gate"},
	}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
