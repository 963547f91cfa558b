package sekisho.rollback.revert_is_not_enough_test

import rego.v1

import data.sekisho.rollback.revert_is_not_enough as rule

dossier(strategy, steps, details) := {
	"change": {
		"declaration": {"rollback": {"steps": steps}, "details": details},
		"facts": {
			"content": {"migrations": ["db/migrate/7.rb"], "migrations_count": 1},
			"rollback": {"strategy": strategy},
		},
	},
	"params": {"database_words": ["migrate", "データベース"]},
}

nothing := object.union(dossier("revert", [], {}), {"change": {"facts": {"content": {"migrations": [], "migrations_count": 0}}}})

stated(value) := dossier("redeploy", ["./deploy previous"], {"backward_compatible": value})

cases contains {"name": "a step for the database", "ja": "データベースの手順がある", "want": "pass", "input": dossier("revert", ["git revert 1a2b", "bin/rails DB:MIGRATE VERSION=6"], {})}

cases contains {"name": "a step in Japanese", "ja": "日本語の手順", "want": "pass", "input": dossier("redeploy", ["データベースを前の形に戻す"], {})}

cases contains {"name": "the earlier release runs on it", "ja": "以前の版が新しい形でも動く", "want": "pass", "input": stated(true)}

cases contains {"name": "and why", "ja": "理由もある", "want": "pass", "input": stated("the new column is not read by release 41")}

cases contains {"name": "a revert alone", "ja": "コミットの取り消しだけ", "want": "fail", "input": dossier("revert", ["git revert 1a2b"], {})}

cases contains {"name": "a redeployment alone", "ja": "再反映だけ", "want": "fail", "input": dossier("redeploy", ["./deploy previous"], {})}

cases contains {"name": "it does not run on it", "ja": "以前の版が新しい形では動かない", "want": "fail", "input": stated(false)}

cases contains {"name": "a word that says nothing", "ja": "何も言っていない語", "want": "fail", "input": stated("no")}

cases contains {"name": "a way that nobody knows", "ja": "知らない戻し方", "want": "fail", "input": dossier("pray", ["migrate"], {})}

cases contains {"name": "a restore", "ja": "復元", "want": "na", "input": dossier("restore", [], {})}

cases contains {"name": "no migration", "ja": "移行なし", "want": "na", "input": nothing}

test_names_the_file if {
	said(dossier("revert", ["git revert 1a2b"], {})) == {{
		"field": "rollback.steps",
		"message": "migration",
		"with": {"strategy": "revert", "count": 1, "path": "db/migrate/7.rb"},
	}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": sprintf("the way back is %q", [strategy]), "want": "na", "input": dossier(strategy, [], {})} if {
	some strategy in ["", "disable", "failover", "forward_fix", "none"]
}

cases contains {"name": "no migration, whatever is listed", "ja": "移行なしなら一覧は問わない", "want": "na", "input": object.union(dossier("revert", [], {}), {"change": {"facts": {"content": {"migrations_count": 0}}}})}

cases contains {"name": "a word in another case", "ja": "大文字小文字の異なる語", "want": "pass", "input": object.union(dossier("revert", ["bin/rails db:migrate"], {}), {"params": {"database_words": ["MIGRATE"]}})}

cases contains {"name": "yes", "ja": "「yes」", "want": "pass", "input": stated("yes")}

cases contains {"name": "a short sentence", "ja": "短い文", "want": "pass", "input": stated("not read by")}

cases contains {"name": "ten characters", "ja": "10文字", "want": "pass", "input": stated("not read!!")}

cases contains {"name": "nine characters", "ja": "9文字", "want": "fail", "input": stated("not read!")}

cases contains {"name": "details that are a text", "ja": "詳細が文字列", "want": "fail", "input": dossier("revert", [], "migrate")}

cases contains {"name": "a way back that is a text", "ja": "切り戻しが文字列", "want": "fail", "input": object.union(dossier("revert", [], {}), {"change": {"declaration": {"rollback": "migrate"}}})}

cases contains {"name": "steps that are a text", "ja": "手順が文字列", "want": "fail", "input": dossier("revert", "migrate", {})}

cases contains {"name": "steps by name", "ja": "名前付きの手順", "want": "fail", "input": dossier("revert", {"first": "migrate"}, {})}

cases contains {"name": "a step that is a number", "ja": "数値の手順", "want": "fail", "input": dossier("revert", [7], {})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
