package sekisho.declaration.verification_stated_test

import rego.v1

import data.sekisho.declaration.verification_stated as rule

dossier(checks, watched, least) := {"change": {"facts": {
	"checks": checks,
	"observe_seconds": watched,
	"observe_least_seconds": least,
}}}

of(type, delivery, document) := object.union(document, {"change": {
	"type": type,
	"declaration": {"delivery": delivery},
}})

at_medium_risk(document) := object.union(document, {"change": {"risk": "medium"}})

cases contains {"name": "one check and long enough", "ja": "確認方法があり、観察時間も十分", "want": "pass", "input": dossier(1, 600, 600)}

cases contains {"name": "what DEC-02 asks for", "ja": "DEC-02 が求める項目", "want": "pass", "input": of("normal", "manual", dossier(0, 600, 600))}

cases contains {"name": "no check", "ja": "確認方法なし", "want": "fail", "input": of("normal", "pipeline", dossier(0, 600, 600))}

cases contains {"name": "no check in an emergency", "ja": "確認方法のない緊急変更", "want": "fail", "input": of("emergency", "manual", dossier(0, 600, 600))}

cases contains {"name": "looked at and left", "ja": "検討したうえで残した", "want": "fail", "input": at_medium_risk(dossier(1, 599, 1800))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_asks_for_a_check if {
	said(at_medium_risk(of("emergency", "manual", dossier(0, 600, 600)))) == {{"field": "verification.checks", "message": "checks"}}
}

test_says_how_long if {
	said(at_medium_risk(dossier(1, 599, 1800))) == {{
		"field": "verification.observe_for",
		"message": "short",
		"with": {"minutes": 9, "least": 30, "risk": "medium"},
	}}
}

cases contains {"name": "what DEC-02 asks for in part by hand", "ja": "一部手作業で DEC-02 が求める項目", "want": "pass", "input": of("normal", "mixed", dossier(0, 600, 600))}

cases contains {"name": "a time that is no number", "ja": "時刻が数値でない", "want": "fail", "input": dossier(1, "600", 600)}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
