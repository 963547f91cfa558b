package sekisho.rollback.rollback_fits_test

import rego.v1

import data.sekisho.rollback.rollback_fits as rule

dossier(risk, taken, room) := {
	"change": {
		"risk": risk,
		"facts": {
			"rollback_seconds": taken,
			"estimate_seconds": 600,
			"rollback": {"strategy": "restore", "duration": "wall", "windowed": true, "room_seconds": room},
		},
	},
	"params": {"max": {"low": 900, "medium": 1800, "high": 3600}},
}

saying(facts, document) := object.union(document, {"change": {"facts": {"rollback": facts}}})

cases contains {"name": "inside both", "ja": "どちらにも収まる", "want": "pass", "input": dossier("low", 480, 1080)}

cases contains {"name": "exactly the limit", "ja": "上限ちょうど", "want": "pass", "input": dossier("high", 3600, 4200)}

cases contains {"name": "without a window", "ja": "時間帯なし", "want": "pass", "input": saying({"windowed": false}, dossier("low", 480, 0))}

cases contains {"name": "longer than the limit", "ja": "上限より長い", "want": "fail", "input": dossier("low", 901, 7200)}

cases contains {"name": "longer than the window", "ja": "時間帯より長い", "want": "fail", "input": dossier("low", 481, 1080)}

cases contains {"name": "in business days", "ja": "営業日で書かれている", "want": "fail", "input": saying({"duration": "business_days"}, dossier("low", 0, 7200))}

cases contains {"name": "a risk that nobody knows", "ja": "知らないリスク", "want": "fail", "input": dossier("tiny", 60, 7200)}

cases contains {"name": "no way back", "ja": "戻せない", "want": "na", "input": saying({"strategy": "none"}, dossier("high", 9000, 60))}

cases contains {"name": "what DEC-02 has asked for", "ja": "DEC-02 が求めた項目", "want": "na", "input": saying({"duration": "unsaid"}, dossier("low", 0, 7200))}

test_says_how_long_and_how_long_it_may_be if {
	said(dossier("low", 1230, 7200)) == {{
		"field": "rollback.duration",
		"message": "limit",
		"with": {"minutes": 21, "limit": 15, "risk": "low"},
	}}
}

test_says_what_does_not_fit if {
	said(dossier("low", 600, 900)) == {{
		"field": "window.end",
		"message": "window",
		"with": {"work": 10, "back": 10, "room": 15},
	}}
}

test_says_that_business_days_are_no_measure if {
	said(saying({"duration": "business_days"}, dossier("low", 0, 7200))) == {{"field": "rollback.duration", "message": "business_days"}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "no way back in business days", "ja": "営業日で表した切り戻し時間なし", "want": "na", "input": saying({"strategy": "none", "duration": "business_days"}, dossier("high", 9000, 60))}

test_business_days_are_not_compared if {
	said(saying({"duration": "business_days"}, dossier("low", 9000, 60))) == {{"field": "rollback.duration", "message": "business_days"}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
