package sekisho.rollback.rollback_criterion_test

import rego.v1

import data.sekisho.rollback.rollback_criterion as rule

dossier(risk, rollback, vague) := {"change": {
	"risk": risk,
	"declaration": {"rollback": rollback},
	"facts": {"vague_criteria": vague},
}}

measured := {"criteria": ["5xx > 1% for 5m"]}

limited := {"criteria": ["5xx > 1% for 5m"], "decide_by": "2026-12-04T10:20:00+09:00"}

cases contains {"name": "measured at low risk", "ja": "リスク低で測れる基準", "want": "pass", "input": dossier("low", measured, [])}

cases contains {"name": "measured with a limit at medium risk", "ja": "リスク中で、測れる基準と期限がある", "want": "pass", "input": dossier("medium", limited, [])}

cases contains {"name": "no criterion", "ja": "判断基準なし", "want": "fail", "input": dossier("low", {"criteria": []}, [])}

cases contains {"name": "a criterion that cannot be measured", "ja": "測れない判断基準", "want": "fail", "input": dossier("low", {"criteria": ["looks bad"]}, ["looks bad"])}

cases contains {"name": "no limit at medium risk", "ja": "リスク中で期限なし", "want": "fail", "input": dossier("medium", measured, [])}

cases contains {"name": "measured with a limit at high risk", "ja": "リスク高で、測れる基準と期限がある", "want": "pass", "input": dossier("high", limited, [])}

cases contains {"name": "a limit that is no time", "ja": "時間になっていない上限", "want": "fail", "input": dossier("medium", object.union(measured, {"decide_by": 5}), [])}

cases contains {"name": "an empty limit", "ja": "空の上限", "want": "fail", "input": dossier("medium", object.union(measured, {"decide_by": ""}), [])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_what_is_missing if {
	said(dossier("high", {}, [])) == {
		{"field": "rollback.criteria", "message": "missing"},
		{"field": "rollback.decide_by", "message": "decide_by", "with": {"risk": "high"}},
	}
}

test_quotes_the_criterion if {
	said(dossier("low", {"criteria": ["looks bad"]}, ["looks bad"])) == {{
		"field": "rollback.criteria",
		"message": "vague",
		"with": {"criterion": "looks bad"},
	}}
}

test_asks_for_a_limit_at_medium_risk_too if {
	said(dossier("medium", measured, [])) == {{"field": "rollback.decide_by", "message": "decide_by", "with": {"risk": "medium"}}}
}

test_silent_where_the_limit_is_there if said(dossier("high", limited, [])) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
