package sekisho.roles.second_pair_of_eyes_test

import rego.v1

import data.sekisho.roles.second_pair_of_eyes as rule

dossier(risk, roles) := {"change": {"type": "normal", "risk": risk, "roles": roles}}

of(type, delivery, document) := object.union(document, {"change": {
	"type": type,
	"declaration": {"delivery": delivery},
}})

saying(word, document) := object.union(document, {"params": {"same_as_executor": word}})

two := {"executor": "sato", "verifier": "hayashi"}

one := {"executor": "sato", "verifier": "sato"}

cases contains {"name": "two at high risk", "ja": "リスク高で2人", "want": "pass", "input": dossier("high", two)}

cases contains {"name": "two by hand", "ja": "手作業で2人", "want": "pass", "input": of("normal", "manual", dossier("medium", two))}

cases contains {"name": "low risk", "ja": "リスク低", "want": "na", "input": dossier("low", one)}

cases contains {"name": "a deployment at medium risk", "ja": "リスク中の反映", "want": "na", "input": of("normal", "pipeline", dossier("medium", one))}

cases contains {"name": "what DEC-02 asks for", "ja": "DEC-02 が求める項目", "want": "na", "input": of("normal", "pipeline", dossier("high", {"executor": "sato"}))}

cases contains {"name": "nobody in an emergency", "ja": "緊急変更で誰もいない", "want": "fail", "input": of("emergency", "manual", dossier("high", {"executor": "sato"}))}

cases contains {"name": "the same person", "ja": "同じ人", "want": "fail", "input": dossier("high", one)}

cases contains {"name": "a risk that nobody knows", "ja": "知らないリスク", "want": "fail", "input": of("normal", "manual", dossier("tiny", two))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

missing := {"field": "roles.verifier", "message": "missing", "with": {"risk": "high"}}

the_same := {"field": "roles.verifier", "message": "executor", "with": {"person": "sato"}}

test_asks_for_somebody if {
	said(of("emergency", "manual", saying("deny", dossier("high", {"executor": "sato"})))) == {missing}
}

test_one_person_alone_is_warned if {
	said(saying("warn", dossier("high", one))) == {object.union(the_same, {"effect": "warn"})}
	said(saying("deny", dossier("high", one))) == {the_same}
}

cases contains {"name": "two in part by hand", "ja": "一部手作業で2人", "want": "pass", "input": of("normal", "mixed", dossier("medium", two))}

cases contains {"name": "two where one would be a warning", "ja": "1人なら警告となる場合の2人", "want": "pass", "input": saying("warn", dossier("high", two))}

cases contains {"name": "an emergency at low risk", "ja": "リスク低の緊急変更", "want": "na", "input": of("emergency", "pipeline", dossier("low", {"executor": "sato"}))}

cases contains {"name": "the same person in a deployment at high risk", "ja": "リスク高の反映で同じ人", "want": "fail", "input": of("normal", "pipeline", dossier("high", one))}

cases contains {"name": "an empty name in an emergency", "ja": "緊急変更で名前が空", "want": "fail", "input": of("emergency", "manual", dossier("high", {"executor": "sato", "verifier": ""}))}

test_one_person_alone_is_not_missing if {
	said(of("emergency", "manual", saying("deny", dossier("high", one)))) == {the_same}
}

test_two_empty_names_are_nobody if {
	nobody := of("emergency", "manual", dossier("high", {"executor": "", "verifier": ""}))
	said(saying("deny", nobody)) == {missing}
	said(saying("warn", nobody)) == {missing}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
