package sekisho.rollback.rollback_target_exists_test

import rego.v1

import data.sekisho.rollback.rollback_target_exists as rule

dossier(strategy, target, restored) := {"change": {
	"declaration": {"rollback": {"to": "snap-42"}},
	"facts": {"rollback": {"strategy": strategy, "target": target, "restore_tested": restored}},
}}

cases contains {"name": "the last state", "ja": "直前の状態", "want": "pass", "input": dossier("redeploy", "state", "never")}

cases contains {"name": "a tag", "ja": "タグ", "want": "pass", "input": dossier("redeploy", "tag", "never")}

cases contains {"name": "a file", "ja": "ファイル", "want": "pass", "input": dossier("restore", "file", "never")}

cases contains {"name": "a revert without a target", "ja": "戻し先のない取り消し", "want": "pass", "input": dossier("revert", "unsaid", "never")}

cases contains {"name": "a copy that was restored", "ja": "復元を試した控え", "want": "pass", "input": dossier("restore", "elsewhere", "before")}

cases contains {"name": "no such file", "ja": "そのファイルがない", "want": "fail", "input": dossier("restore", "no_file", "never")}

cases contains {"name": "no such version", "ja": "その版がない", "want": "fail", "input": dossier("redeploy", "no_revision", "before")}

cases contains {"name": "a moving version", "ja": "指す先が動く版", "want": "fail", "input": dossier("redeploy", "moving", "never")}

cases contains {"name": "a version with the change in it", "ja": "この変更を含む版", "want": "fail", "input": dossier("redeploy", "with_change", "never")}

cases contains {"name": "a file that the change alters", "ja": "この変更が書き換えるファイル", "want": "fail", "input": dossier("restore", "changed", "never")}

cases contains {"name": "a restore from nothing", "ja": "復元元のない復元", "want": "fail", "input": dossier("restore", "unsaid", "never")}

cases contains {"name": "a copy that nobody can see", "ja": "確かめられない控え", "want": "fail", "input": dossier("restore", "elsewhere", "never")}

cases contains {"name": "a word that nobody knows", "ja": "知らない語", "want": "fail", "input": dossier("restore", "somewhere", "before")}

cases contains {"name": "nothing to return to", "ja": "戻し先がない", "want": "na", "input": dossier("disable", "unsaid", "never")}

test_says_what_was_found if {
	every found in ["no_file", "no_revision", "moving", "with_change", "changed"] {
		said(dossier("restore", found, "never")) == {to(found, "snap-42")}
	}
	every strategy in ["redeploy", "restore"] {
		said(dossier(strategy, "unsaid", "never")) == {{
			"field": "rollback.to",
			"message": "unsaid",
			"with": {"strategy": strategy},
		}}
	}
}

test_a_copy_that_nobody_can_see_stops_nothing if {
	said(dossier("restore", "elsewhere", "never")) == {{
		"field": "rollback.to",
		"message": "elsewhere",
		"with": {"target": "snap-42"},
		"effect": "info",
	}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": sprintf("a %s", [target]), "want": "pass", "input": dossier("redeploy", target, "never")} if {
	some target in ["commit", "branch"]
}

cases contains {"name": sprintf("nothing to return to, with %q", [strategy]), "want": "na", "input": dossier(strategy, "unsaid", "never")} if {
	some strategy in ["", "failover", "forward_fix", "none"]
}

cases contains {"name": "a file that is not there, where none is needed", "ja": "不要な場合の存在しないファイル", "want": "fail", "input": dossier("disable", "no_file", "never")}

to(message, target) := {"field": "rollback.to", "message": message, "with": {"target": target}}

test_names_the_copy_or_nothing if {
	said(declaring({"backup": {"ref": "dump-7"}})) == {to("no_file", "dump-7")}
	said(declaring({"backup": {}})) == {to("no_file", "-")}
	said(declaring({})) == {to("no_file", "-")}
}

declaring(rollback) := {"change": {
	"declaration": {"rollback": rollback},
	"facts": {"rollback": {"strategy": "restore", "target": "no_file", "restore_tested": "never"}},
}}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
