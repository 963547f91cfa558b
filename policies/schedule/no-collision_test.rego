package sekisho.schedule.no_collision_test

import rego.v1

import data.sekisho.schedule.no_collision as rule

met(on, name) := {
	"change": "CHG-20261204-3M8Q",
	"on": on,
	"name": name,
	"start": "2026-12-04T10:00:00+09:00",
	"end": "2026-12-04T11:00:00+09:00",
}

dossier(window, collisions) := {
	"change": {"facts": {"schedule": {"window": window, "collisions": collisions, "collisions_count": count(collisions)}}},
	"params": {"buffer": "30m"},
}

cases contains {"name": "nothing else", "ja": "ほかに何もない", "want": "pass", "input": dossier("declared", [])}

cases contains {"name": "no declared window", "ja": "申請した時間帯なし", "want": "na", "input": dossier("default", [])}

cases contains {"name": "the same target", "ja": "同じ対象", "want": "fail", "input": dossier("declared", [met("target", "www")])}

cases contains {"name": "a service that is needed", "ja": "必要とするサービス", "want": "fail", "input": dossier("declared", [met("dependency", "db")])}

cases contains {"name": "the same executor", "ja": "同じ実行者", "want": "fail", "input": dossier("declared", [met("executor", "sato")])}

cases contains {"name": "something nobody knows", "ja": "知らない値", "want": "fail", "input": dossier("declared", [met("mood", "bad")])}

cases contains {"name": "more than are listed", "ja": "一覧より多い", "want": "fail", "input": object.union(dossier("declared", []), {"change": {"facts": {"schedule": {"collisions_count": 1}}}})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

every_kind := [met("target", "www"), met("dependency", "db"), met("executor", "sato")]

cases contains {"name": "no declared window, whatever it meets", "ja": "実施時間帯なしなら重なりは問わない", "want": "na", "input": counting(9, dossier("default", every_kind))}

cases contains {"name": "a number that is none", "ja": "数値でない数", "want": "fail", "input": counting("many", dossier("default", []))}

counting(count, document) := object.union(document, {"change": {"facts": {"schedule": {"collisions_count": count}}}})

test_says_what_it_meets if {
	every on in ["target", "dependency", "executor"] {
		said(dossier("declared", [met(on, "www")])) == {{
			"field": "window",
			"message": on,
			"with": {
				"change": "CHG-20261204-3M8Q",
				"name": "www",
				"start": "2026-12-04T10:00:00+09:00",
				"end": "2026-12-04T11:00:00+09:00",
				"buffer": "30m",
			},
		}}
	}
}

test_counts_what_is_not_listed if {
	said(counting(1, dossier("declared", []))) == {{"field": "window", "message": "more", "with": {"count": 1}}}
	said(counting(1, dossier("declared", [met("mood", "bad")]))) == set()
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
