package sekisho.standard.template_approved_test

import rego.v1

import data.sekisho.standard.template_approved as rule

facts := {"name": "web-deploy", "known": true, "seconds_valid": 86400, "valid_until": "2027-12-01T10:00:00+09:00"}

dossier(values) := {"change": {"facts": {"template": object.union(facts, values)}}}

cases contains {"name": "authorised and in date", "ja": "認可済みで期限内", "want": "pass", "input": dossier({})}

cases contains {"name": "its last second", "ja": "最後の1秒", "want": "pass", "input": dossier({"seconds_valid": 0})}

cases contains {"name": "run out", "ja": "期限切れ", "want": "fail", "input": dossier({"seconds_valid": -1})}

cases contains {"name": "unknown", "ja": "不明", "want": "fail", "input": dossier({"known": false})}

cases contains {"name": "none", "ja": "なし", "want": "fail", "input": dossier({"name": "", "known": false})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_when_it_ran_out if {
	said(dossier({"seconds_valid": -1})) == {{
		"field": "template",
		"message": "expired",
		"with": {"template": "web-deploy", "until": "2027-12-01T10:00:00+09:00"},
	}}
}

test_names_the_unknown_template if {
	said(dossier({"known": false})) == {{"field": "template", "message": "unknown", "with": {"template": "web-deploy"}}}
}

cases contains {"name": "known, and without a name", "ja": "登録済みだが名前なし", "want": "fail", "input": dossier({"name": ""})}

cases contains {"name": "a time that is no number", "ja": "時刻が数値でない", "want": "fail", "input": dossier({"seconds_valid": "86400"})}

test_what_is_unknown_does_not_run_out if {
	said(dossier({"known": false, "seconds_valid": -1})) == {{"field": "template", "message": "unknown", "with": {"template": "web-deploy"}}}
}

test_no_template_has_no_name if {
	said(dossier({"name": "", "known": false})) == set()
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
