package sekisho.roles.second_pair_of_eyes_test

import rego.v1

import data.sekisho.roles.second_pair_of_eyes as rule

dossier(risk, roles) := {"change": {"risk": risk, "roles": roles}}

of(type, delivery, document) := object.union(document, {"change": {
	"type": type,
	"declaration": {"delivery": delivery},
}})

saying(word, document) := object.union(document, {"params": {"same_as_executor": word}})

two := {"executor": "sato", "verifier": "hayashi"}

one := {"executor": "sato", "verifier": "sato"}

cases contains {"name": "two at high risk", "ja": "リスク高で2人", "want": "pass", "input": dossier("high", two)}

cases contains {"name": "two by hand", "ja": "手作業で2人", "want": "pass", "input": {"change": {
	"risk": "medium",
	"roles": two,
	"declaration": {"delivery": "manual"},
}}}

cases contains {"name": "low risk", "ja": "リスク低", "want": "na", "input": dossier("low", one)}

cases contains {"name": "a deployment at medium risk", "ja": "リスク中の反映", "want": "na", "input": of("normal", "pipeline", dossier("medium", one))}

cases contains {"name": "what DEC-02 asks for", "ja": "DEC-02 が求める項目", "want": "na", "input": of("normal", "pipeline", dossier("high", {"executor": "sato"}))}

cases contains {"name": "nobody in an emergency", "ja": "緊急変更で誰もいない", "want": "fail", "input": of("emergency", "manual", dossier("high", {"executor": "sato"}))}

cases contains {"name": "the same person", "ja": "同じ人", "want": "fail", "input": dossier("high", one)}

cases contains {"name": "a risk that nobody knows", "ja": "知らないリスク", "want": "fail", "input": of("normal", "manual", dossier("tiny", two))}

said(document) := {[detail.message, object.get(detail, "effect", "")] |
	some verdict in rule.verdict with input as document
	some detail in verdict.details
}

test_asks_for_somebody if {
	said(of("emergency", "manual", saying("deny", dossier("high", {"executor": "sato"})))) == {["missing", ""]}
}

test_one_person_alone_is_warned if {
	said(saying("warn", dossier("high", one))) == {["executor", "warn"]}
	said(saying("deny", dossier("high", one))) == {["executor", ""]}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
