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
	{[detail.message, detail.effect] | some detail in said(late_by("emergency", 90000, false))} == {["too_late", "deny"]}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
