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

cases contains {"name": "a step for the database", "want": "pass", "input": dossier("revert", ["git revert 1a2b", "bin/rails DB:MIGRATE VERSION=6"], {})}

cases contains {"name": "a step in Japanese", "want": "pass", "input": dossier("redeploy", ["データベースを前の形に戻す"], {})}

cases contains {"name": "the earlier release runs on it", "want": "pass", "input": stated(true)}

cases contains {"name": "and why", "want": "pass", "input": stated("the new column is not read by release 41")}

cases contains {"name": "a revert alone", "want": "fail", "input": dossier("revert", ["git revert 1a2b"], {})}

cases contains {"name": "a redeployment alone", "want": "fail", "input": dossier("redeploy", ["./deploy previous"], {})}

cases contains {"name": "it does not run on it", "want": "fail", "input": stated(false)}

cases contains {"name": "a word that says nothing", "want": "fail", "input": stated("no")}

cases contains {"name": "a way that nobody knows", "want": "fail", "input": dossier("pray", ["migrate"], {})}

cases contains {"name": "a restore", "want": "na", "input": dossier("restore", [], {})}

cases contains {"name": "no migration", "want": "na", "input": nothing}

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

cases contains {"name": "no migration, whatever is listed", "want": "na", "input": object.union(dossier("revert", [], {}), {"change": {"facts": {"content": {"migrations_count": 0}}}})}

cases contains {"name": "a word in another case", "want": "pass", "input": object.union(dossier("revert", ["bin/rails db:migrate"], {}), {"params": {"database_words": ["MIGRATE"]}})}

cases contains {"name": "yes", "want": "pass", "input": stated("yes")}

cases contains {"name": "a short sentence", "want": "pass", "input": stated("not read by")}

cases contains {"name": "ten characters", "want": "pass", "input": stated("not read!!")}

cases contains {"name": "nine characters", "want": "fail", "input": stated("not read!")}

cases contains {"name": "details that are a text", "want": "fail", "input": dossier("revert", [], "migrate")}

cases contains {"name": "a way back that is a text", "want": "fail", "input": object.union(dossier("revert", [], {}), {"change": {"declaration": {"rollback": "migrate"}}})}

cases contains {"name": "steps that are a text", "want": "fail", "input": dossier("revert", "migrate", {})}

cases contains {"name": "steps by name", "want": "fail", "input": dossier("revert", {"first": "migrate"}, {})}

cases contains {"name": "a step that is a number", "want": "fail", "input": dossier("revert", [7], {})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
