package sekisho.rollback.rollback_tested_test

import rego.v1

import data.sekisho.rollback.rollback_tested as rule

dossier(profile, risk, tested, days) := {
	"profile": profile,
	"change": {
		"type": "normal",
		"risk": risk,
		"facts": {
			"content": {"gate_only": false},
			"rollback": {"strategy": "restore", "tested": tested, "tested_seconds": days * 86400},
		},
	},
	"params": {"max_age": 7776000},
}

by(strategy, document) := object.union(document, {"change": {"facts": {"rollback": {"strategy": strategy}}}})

of_the_gate(document) := object.union(document, {"change": {"facts": {"content": {"gate_only": true}}}})

of_type(kind, document) := object.union(document, {"change": {"type": kind}})

effects(document) := {detail.effect | some detail in said(document)}

cases contains {"name": "tried yesterday", "ja": "昨日試した", "want": "pass", "input": dossier("small", "high", "before", 1)}

cases contains {"name": "tried on the last day that counts", "ja": "有効な最後の日に試した", "want": "pass", "input": dossier("audited", "medium", "before", 90)}

cases contains {"name": "never tried", "ja": "試したことがない", "want": "fail", "input": dossier("small", "high", "never", 0)}

cases contains {"name": "tried too long ago", "ja": "試したのが古すぎる", "want": "fail", "input": dossier("small", "high", "before", 91)}

cases contains {"name": "to be tried tomorrow", "ja": "明日試す予定", "want": "fail", "input": dossier("audited", "high", "ahead", 0)}

cases contains {"name": "a profile that nobody knows", "ja": "知らないプロファイル", "want": "fail", "input": dossier("relaxed", "low", "never", 0)}

cases contains {"name": "medium risk in a small team", "ja": "少人数でのリスク中", "want": "na", "input": dossier("small", "medium", "never", 0)}

cases contains {"name": "the gate's own files alone", "ja": "関所のファイルだけ", "want": "na", "input": of_the_gate(dossier("audited", "high", "never", 0))}

cases contains {"name": "no way back", "ja": "戻せない", "want": "na", "input": by("none", dossier("small", "high", "never", 0))}

test_the_effect_follows_from_profile_and_risk if {
	effects(dossier("solo", "high", "never", 0)) == {"info"}
	effects(dossier("small", "high", "never", 0)) == {"deny"}
	effects(dossier("audited", "medium", "never", 0)) == {"warn"}
	effects(dossier("audited", "high", "ahead", 0)) == {"deny"}
	effects(dossier("audited", "high", "never", 0)) == {"deny"}
	effects(dossier("relaxed", "low", "never", 0)) == {"deny"}
	effects(of_type("standard", dossier("audited", "medium", "never", 0))) == {"info"}
}

test_says_how_long_ago if {
	said(dossier("small", "high", "before", 120)) == {{
		"field": "rollback.tested",
		"message": "old",
		"with": {"days": 120, "limit": 90, "risk": "high"},
		"effect": "deny",
	}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "tried by one person alone", "ja": "1人だけで試した切り戻し", "want": "pass", "input": dossier("solo", "high", "before", 1)}

cases contains {"name": sprintf("%s risk, %s", [risk, profile]), "want": "na", "input": dossier(profile, risk, "never", 0)} if {
	some [profile, risk] in [["solo", "low"], ["solo", "medium"], ["small", "low"], ["audited", "low"]]
}

cases contains {"name": sprintf("the way back is %q", [strategy]), "want": "na", "input": by(strategy, dossier("small", "high", "never", 0))} if {
	some strategy in ["", "forward_fix"]
}

cases contains {"name": "the gate's own files alone, to be tried tomorrow", "ja": "関所の設定だけの変更、試行は翌日", "want": "na", "input": of_the_gate(dossier("audited", "high", "ahead", 0))}

cases contains {"name": "the gate's own files alone, tried too long ago", "ja": "関所の設定だけの変更、試行が古い", "want": "na", "input": of_the_gate(dossier("audited", "high", "before", 91))}

test_a_risk_that_nobody_knows_is_denied if {
	effects(dossier("solo", "tiny", "never", 0)) == {"deny"}
}

test_never_and_tomorrow if {
	said(dossier("small", "high", "never", 120)) == {{
		"field": "rollback.tested",
		"message": "never",
		"with": {"risk": "high"},
		"effect": "deny",
	}}
	said(dossier("small", "high", "ahead", 120)) == {{"field": "rollback.tested", "message": "ahead", "effect": "deny"}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
