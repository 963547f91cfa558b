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

cases contains {"name": "high risk, known in time", "want": "pass", "input": dossier({})}

cases contains {"name": "to the second", "want": "pass", "input": dossier({"lead_missing": 0})}

cases contains {"name": "a downtime, known in time", "want": "pass", "input": dossier({"notice": "5bd", "notice_missing": -1})}

cases contains {"name": "nothing asked for", "want": "na", "input": dossier({"lead": "0m", "lead_missing": 0})}

cases contains {"name": "high risk, an hour too late", "want": "fail", "input": dossier({"lead_missing": 3600})}

cases contains {"name": "a downtime too soon", "want": "fail", "input": dossier({"notice": "5bd", "notice_missing": 86400})}

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

cases contains {"name": "no business day asked for", "want": "na", "input": dossier({"lead": "0bd", "lead_missing": 0})}

cases contains {"name": "nothing but a notice that is too late", "want": "fail", "input": dossier({"lead": "0m", "lead_missing": 0, "notice": "5bd", "notice_missing": 86400})}

cases contains {"name": "a second too late", "want": "fail", "input": dossier({"lead_missing": 1})}

cases contains {"name": "a downtime a second too soon", "want": "fail", "input": dossier({"notice": "5bd", "notice_missing": 1})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
