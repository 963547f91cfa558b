package sekisho.risk.security_impact_stated_test

import rego.v1

import data.sekisho.risk.security_impact_stated as rule

dossier(risk, said, word) := {
	"change": {"risk": risk, "facts": {"security_said": said}},
	"params": {"if_silent": word},
}

cases contains {"name": "a sentence", "ja": "文", "want": "pass", "input": dossier("high", "text", "deny")}

cases contains {"name": "nothing where nothing is asked", "ja": "求められておらず、ない", "want": "pass", "input": dossier("high", "nothing", "allow")}

cases contains {"name": "medium risk", "ja": "リスク中", "want": "na", "input": dossier("medium", "nothing", "deny")}

cases contains {"name": "nothing", "ja": "何もない", "want": "fail", "input": dossier("high", "nothing", "warn")}

cases contains {"name": "the bare word none", "ja": "none とだけ書いた", "want": "fail", "input": dossier("high", "none", "deny")}

cases contains {"name": "a word that nobody knows", "ja": "知らない語", "want": "fail", "input": dossier("high", "none", "wran")}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

silent := {"field": "impact.security", "message": "silent"}

test_the_parameter_says_how_much if {
	said(dossier("high", "nothing", "warn")) == {object.union(silent, {"effect": "warn"})}
	said(dossier("high", "none", "deny")) == {silent}
	said(dossier("high", "none", "wran")) == {silent}
}

cases contains {"name": "the bare word none where nothing is asked", "ja": "求められていない場合の「none」だけ", "want": "pass", "input": dossier("high", "none", "allow")}

cases contains {"name": "a sentence where it would be a warning", "ja": "警告となる場合の一文", "want": "pass", "input": dossier("high", "text", "warn")}

cases contains {"name": "low risk", "ja": "リスク低", "want": "na", "input": dossier("low", "nothing", "deny")}

cases contains {"name": "medium risk where it would be a warning", "ja": "警告となる場合のリスク中", "want": "na", "input": dossier("medium", "nothing", "warn")}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
