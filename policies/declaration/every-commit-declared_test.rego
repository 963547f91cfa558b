package sekisho.declaration.every_commit_declared_test

import rego.v1

import data.sekisho.declaration.every_commit_declared as rule

dossier(kind, uncovered, changes) := {
	"request": {"kind": kind},
	"coverage": {"uncovered": uncovered, "uncovered_count": count(uncovered)},
	"changes": [{"id": id} | some id in changes],
	"params": {"several_per_deploy": true},
}

one_at_a_time(dossier_in) := object.union(dossier_in, {"params": {"several_per_deploy": false}})

step(reason) := {"commit": "a1b2c3d", "reason": reason, "path": "src/cart.ts"}

two := ["CHG-20261204-7K3Q", "CHG-20261204-3M8Q"]

cases contains {"name": "everything declared", "ja": "すべて申請済み", "want": "pass", "input": dossier("deploy", [], two)}

cases contains {"name": "the way back", "ja": "切り戻し", "want": "pass", "input": dossier("rollback", [], [])}

cases contains {"name": "one change where one is allowed", "ja": "1件ずつの設定で1件", "want": "pass", "input": one_at_a_time(dossier("deploy", [], ["CHG-20261204-7K3Q"]))}

cases contains {"name": "undeclared step", "ja": "未申請のコミット", "want": "fail", "input": dossier("deploy", [step("undeclared")], two)}

cases contains {"name": "two changes where one is allowed", "ja": "1件ずつの設定で2件", "want": "fail", "input": one_at_a_time(dossier("deploy", [], two))}

cases contains {"name": "work by hand", "ja": "手作業", "want": "na", "input": dossier("start", [], two)}

cases contains {"name": "count without a list", "ja": "件数だけで一覧がない", "want": "fail", "input": object.union(dossier("deploy", [], two), {"coverage": {"uncovered": [], "uncovered_count": 3}})}



said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_the_commit if {
	said(dossier("deploy", [step("ambiguous")], two)) == {{
		"message": "ambiguous",
		"with": {"commit": "a1b2c3d", "path": "src/cart.ts", "change": "-"},
	}}
}

test_names_the_declaration_that_came_too_late if {
	late := object.union(step("declared_later"), {"change": "CHG-20261204-7K3Q", "later": "b2c3d4e"})
	said(dossier("deploy", [late], two)) == {{
		"message": "declared_later",
		"with": {"commit": "a1b2c3d", "path": "src/cart.ts", "change": "CHG-20261204-7K3Q", "later": "b2c3d4e"},
	}}
}

after(head, document) := object.union(document, {"standing": {"authorised": {"head": head}}})

test_names_the_way_out_once if {
	document := after("0123456789abcdef", dossier("deploy", [step("undeclared"), object.union(step("closed"), {"commit": "d4"})], two))
	{detail | some detail in said(document); detail.message == "way_out"} == {{
		"message": "way_out",
		"with": {"authorised": "0123456789ab"},
		"effect": "info",
	}}
	count(said(document)) == 3
}

authorised(document) := object.union(document, {"standing": {"authorised": {"head": "0123456789abcdef"}}})

tells_the_way_out(kind, reason) if {
	some detail in said(authorised(dossier(kind, [step(reason)], two)))
	detail.message == "way_out"
}

test_the_way_out_is_for_what_stands_on_the_branch if {
	tells_the_way_out("deploy", "undeclared")
	tells_the_way_out("deploy", "closed")
	tells_the_way_out("deploy", "declared_later")
	not tells_the_way_out("deploy", "ambiguous")
	not tells_the_way_out("start", "undeclared")
	not tells_the_way_out("start", "closed")
}

test_counts_what_is_not_listed if {
	document := object.union(dossier("deploy", [], two), {"coverage": {"uncovered": [], "uncovered_count": 3}})
	said(document) == {{"message": "more", "with": {"count": 3}}}
}

test_says_how_many_changes if {
	said(one_at_a_time(dossier("deploy", [], two))) == {{"message": "several", "with": {"count": 2}}}
}

test_names_the_change if {
	named := object.union(step("closed"), {"change": "CHG-20261204-7K3Q"})
	said(dossier("deploy", [named], two)) == {{
		"message": "closed",
		"with": {"commit": "a1b2c3d", "path": "src/cart.ts", "change": "CHG-20261204-7K3Q"},
	}}
}

test_a_step_without_a_path_has_a_dash if {
	said(dossier("deploy", [{"commit": "a1b2c3d", "reason": "ambiguous"}], two)) == {{
		"message": "ambiguous",
		"with": {"commit": "a1b2c3d", "path": "-", "change": "-"},
	}}
}

test_counts_a_single_one_too if {
	document := object.union(dossier("deploy", [], two), {"coverage": {"uncovered": [], "uncovered_count": 1}})
	said(document) == {{"message": "more", "with": {"count": 1}}}
}

test_silent_about_work_by_hand if {
	said(dossier("start", [step("undeclared")], two)) == set()
	said(object.union(dossier("start", [], two), {"coverage": {"uncovered": [], "uncovered_count": 3}})) == set()
	said(one_at_a_time(dossier("start", [], two))) == set()
}

test_one_change_is_not_several if said(one_at_a_time(dossier("deploy", [], ["CHG-20261204-7K3Q"]))) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
