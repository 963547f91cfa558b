package sekisho.content.nothing_rides_along_test

import rego.v1

import data.sekisho.content.nothing_rides_along as rule

dossier(declared, outside) := {"change": {"facts": {
	"content": {"paths_declared": declared},
	"paths_outside": outside,
	"paths_outside_count": count(outside),
}}}

cases contains {"name": "everything inside", "ja": "すべて範囲内", "want": "pass", "input": dossier(true, [])}

cases contains {"name": "one file outside", "ja": "範囲外が1ファイル", "want": "fail", "input": dossier(true, ["src/pay.ts"])}

cases contains {"name": "no files declared", "ja": "ファイルの申請なし", "want": "na", "input": dossier(false, [])}

test_lists_three_and_counts_all if {
	said(dossier(true, ["a", "b", "c", "d"])) == {{
		"field": "targets",
		"message": "outside",
		"with": {"count": 4, "paths": "a, b, c"},
	}}
}

test_a_count_without_a_list_fails if {
	some verdict in rule.verdict with input as {"change": {"facts": {
		"content": {"paths_declared": true},
		"paths_outside": [],
		"paths_outside_count": 60,
	}}}
	verdict.result == "fail"
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "no files declared, and one changed", "ja": "対象ファイルの申告なしで1件の変更", "want": "na", "input": dossier(false, ["src/pay.ts"])}

test_names_the_only_one if {
	said(dossier(true, ["a"])) == {{"field": "targets", "message": "outside", "with": {"count": 1, "paths": "a"}}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
