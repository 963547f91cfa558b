package sekisho.schedule.inside_window_test

import rego.v1

import data.sekisho.schedule.inside_window as rule

open := {
	"window": "declared",
	"open": true,
	"ends": true,
	"opens": "2026-12-04T09:50:00+09:00",
	"closes": "2026-12-04T11:00:00+09:00",
	"latest_start": "2026-12-04T10:52:00+09:00",
	"seconds_to_latest_start": 3720,
}

dossier(schedule) := {"change": {"facts": {"schedule": schedule}}}

with_values(values) := dossier(object.union(open, values))

shut := {"open": false, "closes": "", "latest_start": "", "seconds_to_latest_start": 0}

cases contains {"name": "inside", "ja": "範囲内", "want": "pass", "input": dossier(open)}

cases contains {"name": "at the last second that leaves time to go back", "ja": "切り戻しが間に合う最後の1秒", "want": "pass", "input": with_values({"seconds_to_latest_start": 0})}

cases contains {"name": "a window that is always open", "ja": "常に開いている時間帯", "want": "na", "input": with_values({"window": "default", "ends": false, "closes": ""})}

cases contains {"name": "too late to go back in time", "ja": "切り戻しが間に合わない", "want": "fail", "input": with_values({"seconds_to_latest_start": -1})}

cases contains {"name": "before the window", "ja": "時間帯の前", "want": "fail", "input": with_values({"open": false, "seconds_to_latest_start": 0})}

cases contains {"name": "outside business hours", "ja": "営業時間外", "want": "fail", "input": with_values(object.union(shut, {"window": "default"}))}

cases contains {"name": "a window that never opens", "ja": "開くことのない時間帯", "want": "fail", "input": with_values(object.union(shut, {"opens": ""}))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_when_it_opens if {
	said(with_values(object.union(shut, {"window": "default"}))) == {{
		"field": "window",
		"message": "closed",
		"with": {"window": "default", "opens": "2026-12-04T09:50:00+09:00"},
	}}
}

test_says_both_ends_of_a_declared_window if {
	said(with_values({"open": false})) == {{
		"field": "window",
		"message": "outside",
		"with": {"opens": "2026-12-04T09:50:00+09:00", "closes": "2026-12-04T11:00:00+09:00"},
	}}
}

test_says_the_latest_start if {
	said(with_values({"seconds_to_latest_start": -60})) == {{
		"field": "window",
		"message": "late",
		"with": {"latest": "2026-12-04T10:52:00+09:00", "closes": "2026-12-04T11:00:00+09:00"},
	}}
}

test_a_window_that_never_opens_is_named if {
	said(with_values(object.union(shut, {"opens": ""}))) == {{
		"field": "window",
		"message": "never",
		"with": {"window": "declared"},
	}}
}

cases contains {"name": "shut, and always open", "ja": "休止中、ただし常時可", "want": "fail", "input": with_values({"open": false, "ends": false})}

cases contains {"name": "a time that is no number", "ja": "時刻が数値でない", "want": "fail", "input": with_values({"seconds_to_latest_start": "3720"})}

cases contains {"name": "always open, and late", "ja": "常時可で終了が遅い", "want": "na", "input": with_values({"ends": false, "seconds_to_latest_start": -1})}

test_an_open_window_is_not_said_to_be_shut if {
	{detail.message | some detail in said(with_values({"opens": "", "closes": "", "seconds_to_latest_start": -1}))} == {"late"}
}

test_a_shut_window_is_said_once if {
	{detail.message | some detail in said(with_values({"open": false, "opens": "", "seconds_to_latest_start": -1}))} == {"outside"}
	{detail.message | some detail in said(with_values({"open": false, "seconds_to_latest_start": -1}))} == {"outside"}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
