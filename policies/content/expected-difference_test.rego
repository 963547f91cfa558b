package sekisho.content.expected_difference_test

import rego.v1

import data.sekisho.content.expected_difference as rule

dossier(kind, by_hand, plan) := {"change": {
	"type": kind,
	"plan": "sha256:aa",
	"declaration": {"plan": "data/prices.csv"},
	"facts": {"content": {"by_hand": by_hand, "plan": plan}},
}}

cases contains {"name": "by hand with a file", "ja": "手作業で、ファイルがある", "want": "pass", "input": dossier("normal", true, "there")}

cases contains {"name": "by pipeline with a file", "ja": "パイプラインで、ファイルがある", "want": "pass", "input": dossier("normal", false, "there")}

cases contains {"name": "a file that is not there", "ja": "存在しないファイル", "want": "fail", "input": dossier("normal", true, "missing")}

cases contains {"name": "an empty file", "ja": "空のファイル", "want": "fail", "input": dossier("normal", true, "empty")}

cases contains {"name": "an emergency by hand without one", "ja": "それがない手作業の緊急変更", "want": "fail", "input": dossier("emergency", true, "unsaid")}

cases contains {"name": "by pipeline without one", "ja": "パイプラインで、ファイルがない", "want": "na", "input": dossier("normal", false, "unsaid")}

cases contains {"name": "what DEC-02 has asked for", "ja": "DEC-02 が求めた項目", "want": "na", "input": dossier("normal", true, "unsaid")}

test_names_the_file if {
	said(dossier("normal", true, "missing")) == {{"field": "plan", "message": "missing", "with": {"path": "data/prices.csv"}}}
	said(dossier("normal", true, "empty")) == {{"field": "plan", "message": "empty", "with": {"path": "data/prices.csv"}}}
}

test_asks_for_one if {
	said(dossier("standard", true, "unsaid")) == {{"field": "plan", "message": "unsaid"}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "an emergency by hand with a file", "ja": "差分ファイルのある手作業の緊急変更", "want": "pass", "input": dossier("emergency", true, "there")}

cases contains {"name": "an emergency by pipeline without one", "ja": "差分ファイルのないパイプラインの緊急変更", "want": "na", "input": dossier("emergency", false, "unsaid")}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
