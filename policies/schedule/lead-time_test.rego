package sekisho.schedule.lead_time_test

import rego.v1

import data.sekisho.schedule.lead_time as rule

facts := {
	"lead": "1bd",
	"lead_missing": -3600,
	"lead_start": "2026-12-04T18:00:00+09:00",
	"notice": "0m",
	"notice_missing": 0,
	"notice_start": "2026-12-03T10:00:00+09:00",
	"known_since": "2026-12-03T10:00:00+09:00",
}

dossier(values) := {"change": {"risk": "high", "facts": {"schedule": object.union(facts, values)}}}

cases contains {"name": "high risk, known in time", "ja": "リスク高で間に合った", "want": "pass", "input": dossier({})}

cases contains {"name": "to the second", "ja": "1秒の違いもない", "want": "pass", "input": dossier({"lead_missing": 0})}

cases contains {"name": "a downtime, known in time", "ja": "予告が間に合った停止", "want": "pass", "input": dossier({"notice": "5bd", "notice_missing": -1})}

cases contains {"name": "nothing asked for", "ja": "何も求めていない", "want": "na", "input": dossier({"lead": "0m", "lead_missing": 0})}

cases contains {"name": "high risk, an hour too late", "ja": "リスク高で1時間足りない", "want": "fail", "input": dossier({"lead_missing": 3600})}

cases contains {"name": "a downtime too soon", "ja": "予告が間に合わない停止", "want": "fail", "input": dossier({"notice": "5bd", "notice_missing": 86400})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_since_when_and_from_when if {
	said(dossier({"lead_missing": 1})) == {{
		"field": "window.start",
		"message": "lead",
		"with": {
			"risk": "high",
			"lead": "1bd",
			"known": "2026-12-03T10:00:00+09:00",
			"earliest": "2026-12-04T18:00:00+09:00",
		},
	}}
}

test_points_at_the_downtime if {
	said(dossier({"notice": "5bd", "notice_missing": 1})) == {{
		"field": "impact.downtime",
		"message": "notice",
		"with": {
			"notice": "5bd",
			"known": "2026-12-03T10:00:00+09:00",
			"earliest": "2026-12-03T10:00:00+09:00",
		},
	}}
}

cases contains {"name": "no business day asked for", "ja": "営業日の指定なし", "want": "na", "input": dossier({"lead": "0bd", "lead_missing": 0})}

cases contains {"name": "nothing but a notice that is too late", "ja": "告知だけで遅すぎる", "want": "fail", "input": dossier({"lead": "0m", "lead_missing": 0, "notice": "5bd", "notice_missing": 86400})}

cases contains {"name": "a second too late", "ja": "1秒遅い", "want": "fail", "input": dossier({"lead_missing": 1})}

cases contains {"name": "a downtime a second too soon", "ja": "停止開始が1秒早い", "want": "fail", "input": dossier({"notice": "5bd", "notice_missing": 1})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
