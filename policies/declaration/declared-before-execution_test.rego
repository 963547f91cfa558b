package sekisho.declaration.declared_before_execution_test

import rego.v1

import data.sekisho.declaration.declared_before_execution as rule

dossier(origin, late) := {"change": {"origin": origin, "facts": {"declared_late_seconds": late}}}

late_by(type, seconds, within) := {"change": {
	"origin": "log",
	"type": type,
	"facts": {"declared_late_seconds": seconds, "declared_within_limit": within},
}}

cases contains {"name": "a file that comes first", "ja": "この変更で初めて入るファイル", "want": "pass", "input": dossier("file", 0)}

cases contains {"name": "filed first", "ja": "先に申請した", "want": "pass", "input": dossier("log", 0)}

cases contains {"name": "derived from a template", "ja": "テンプレートから作られた変更", "want": "na", "input": dossier("derived", 0)}

cases contains {"name": "after the work", "ja": "作業の後", "want": "fail", "input": late_by("normal", 1800, true)}

cases contains {"name": "an emergency after the work", "ja": "作業の後の緊急変更", "want": "fail", "input": late_by("emergency", 1800, true)}

cases contains {"name": "an origin that nobody knows", "ja": "知らない出どころ", "want": "fail", "input": dossier("elsewhere", 0)}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_late if {
	said(late_by("normal", 5400, false)) == {{"field": "window.end", "message": "late", "with": {"hours": 2}}}
}

test_an_emergency_inside_the_limit_owes if {
	said(late_by("emergency", 5400, true)) == {{"field": "window.end", "message": "late", "with": {"hours": 2}}}
}

test_an_emergency_beyond_the_limit_is_denied if {
	said(late_by("emergency", 90000, false)) == {{"field": "window.end", "message": "too_late", "with": {"hours": 25}, "effect": "deny"}}
}

cases contains {"name": "a standard change after the work", "ja": "作業後の標準変更", "want": "fail", "input": late_by("standard", 1800, false)}

test_a_standard_change_is_late_too if {
	said(late_by("standard", 5400, false)) == {{"field": "window.end", "message": "late", "with": {"hours": 2}}}
}

test_one_second_is_late if {
	said(late_by("normal", 1, true)) == {{"field": "window.end", "message": "late", "with": {"hours": 1}}}
	said(late_by("emergency", 1, false)) == {{"field": "window.end", "message": "too_late", "with": {"hours": 1}, "effect": "deny"}}
}

test_what_is_in_time_is_not_said_to_be_late if {
	every type in ["normal", "emergency"] {
		every within in [true, false] {
			said(object.union(late_by(type, 0, within), {"change": {"origin": "elsewhere"}})) == set()
		}
	}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
