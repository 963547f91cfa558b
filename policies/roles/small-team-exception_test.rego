package sekisho.roles.small_team_exception_test

import rego.v1

import data.sekisho.roles.small_team_exception as rule

dossier(waited, outside, percent) := {
	"change": {"facts": {
		"alone": true,
		"waited_seconds": waited,
		"cooling_off_seconds": 1800,
		"outside_reviewers": outside,
		"unapproved_percent": percent,
	}},
	"params": {"max_share": 50},
}

of(type, document) := object.union(document, {"change": {"type": type}})

cases contains {"name": "rested, with somebody outside", "ja": "時間をおき、社外の確認者がいる", "want": "pass", "input": dossier(1800, ["toma"], 50)}

cases contains {"name": "an emergency at once", "ja": "すぐに申請した緊急変更", "want": "pass", "input": of("emergency", dossier(0, ["toma"], 0))}

cases contains {"name": "somebody approved", "ja": "誰かが承認した", "want": "na", "input": {"change": {"facts": {"alone": false}}}}

cases contains {"name": "at once", "ja": "すぐに", "want": "fail", "input": of("normal", dossier(60, ["toma"], 0))}

cases contains {"name": "nobody outside", "ja": "社外の人がいない", "want": "fail", "input": dossier(1800, [], 0)}

cases contains {"name": "too many of them", "ja": "多すぎる", "want": "fail", "input": dossier(1800, ["toma"], 51)}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_long_to_wait if {
	said(of("normal", dossier(90, ["toma"], 0))) == {{
		"message": "cooling_off",
		"with": {"minutes": 29, "of": 30},
		"effect": "deny",
	}}
}

test_asks_for_somebody_outside if {
	said(of("normal", dossier(1800, [], 0))) == {{"message": "nobody_outside", "effect": "deny"}}
}

test_a_share_is_a_warning if {
	said(of("normal", dossier(1800, ["toma"], 75))) == {{
		"message": "share",
		"with": {"percent": 75, "most": 50},
		"effect": "warn",
	}}
}

cases contains {"name": "somebody approved, whatever else is wrong", "ja": "承認があれば他は問わない", "want": "na", "input": object.union(of("normal", dossier(60, [], 75)), {"change": {"facts": {"alone": false}}})}

cases contains {"name": "a share that is no number", "ja": "割合が数値でない", "want": "fail", "input": object.union(dossier(1800, ["toma"], 50), {"params": {"max_share": "50"}})}

cases contains {"name": "a wait that is no number", "ja": "待ち時間が数値でない", "want": "fail", "input": of("normal", dossier("1800", ["toma"], 0))}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
