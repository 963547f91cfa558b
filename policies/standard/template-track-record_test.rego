package sekisho.standard.template_track_record_test

import rego.v1

import data.sekisho.standard.template_track_record as rule

dossier(successes, outcomes) := {
	"change": {"facts": {"template": {
		"name": "web-deploy",
		"known": true,
		"normal_successes": successes,
		"uses": [{"change": "CHG-20261204-3M8Q0ZTV", "outcome": outcome} | some outcome in outcomes],
	}}},
	"params": {"successes": 0, "suspend_window": 5},
}

strict(document) := object.union(document, {"params": {"successes": 3}})

cases contains {"name": "never used", "ja": "使われたことがない", "want": "pass", "input": dossier(0, [])}

cases contains {"name": "used with success", "ja": "成功した実績がある", "want": "pass", "input": dossier(0, ["open", "success", "success_with_issues", "aborted"])}

cases contains {"name": "a failure long ago", "ja": "だいぶ前に失敗があった", "want": "pass", "input": dossier(0, ["success", "success", "success", "success", "success", "failed"])}

cases contains {"name": "proven three times", "ja": "実績が3回", "want": "pass", "input": strict(dossier(3, []))}

cases contains {"name": "a failure", "ja": "失敗があった", "want": "fail", "input": dossier(0, ["success", "failed"])}

cases contains {"name": "put back", "ja": "切り戻し", "want": "fail", "input": dossier(0, ["rolled_back"])}

cases contains {"name": "an end that nobody knows", "ja": "終わりが分からない", "want": "fail", "input": dossier(0, ["exploded"])}

cases contains {"name": "proven only twice", "ja": "実績が2回だけ", "want": "fail", "input": strict(dossier(2, []))}

cases contains {"name": "no template", "ja": "テンプレートなし", "want": "na", "input": object.union(dossier(0, []), {"change": {"facts": {"template": {"known": false}}}})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_the_use_that_suspends if {
	every outcome in ["failed", "rolled_back"] {
		said(dossier(0, ["success", outcome])) == {{
			"field": "template",
			"message": "suspended",
			"with": {"template": "web-deploy", "change": "CHG-20261204-3M8Q0ZTV"},
		}}
	}
}

test_counts_the_successes if {
	said(strict(dossier(2, []))) == {{
		"field": "template",
		"message": "unproven",
		"with": {"template": "web-deploy", "had": 2, "wanted": 3},
	}}
}

cases contains {"name": "a number that is none", "ja": "数値でない数", "want": "fail", "input": dossier("9", [])}

cases contains {"name": "no template, whatever else is wrong", "ja": "ひな型でなければ他は問わない", "want": "na", "input": object.union(strict(dossier(2, ["failed"])), {"change": {"facts": {"template": {"known": false}}}})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
