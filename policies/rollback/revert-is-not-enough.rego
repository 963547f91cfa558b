# METADATA
# title: With a migration in it, the earlier release alone is no way back
# description: >-
#   Reverting or redeploying brings the program back, not the shape of the data. Either a step of the
#   rollback deals with the database, or details.backward_compatible says that the earlier release
#   runs on the new shape.
# custom:
#   code: RBK-11
#   name: revert-is-not-enough
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: warn}
#   parameters:
#     paths: ["migrations/**", "**/migrations/**", "db/migrate/**", "**/*.sql"]
#     database_words: [migrat, database, schema, "db:", psql, mysql, sqlite3, .sql, flyway, liquibase, alembic, マイグレーション, スキーマ, データベース]
#   added: [paths, database_words]
#   globs: [paths]
#   controls: [PCI DSS 6.5.1]
#   invariant: false
package sekisho.rollback.revert_is_not_enough

import rego.v1

verdict contains {"rule": "RBK-11", "result": result, "details": details}

program_only := {"redeploy", "revert"}

result := "na" if {
	input.change.facts.content.migrations_count == 0
} else := "na" if {
	input.change.facts.rollback.strategy in {"", "restore", "disable", "failover", "forward_fix", "none"}
} else := "pass" if {
	input.change.facts.content.migrations_count > 0
	is_array(input.change.facts.content.migrations)
	input.change.facts.rollback.strategy in program_only
	is_array(input.params.database_words)
	dealt_with
} else := "fail"

rollback := object.get(input.change.declaration, "rollback", {})

compatible := said if {
	about := object.get(input.change.declaration, "details", {})
	is_object(about)
	said := object.get(about, "backward_compatible", false)
}

dealt_with if {
	is_object(rollback)
	steps := object.get(rollback, "steps", [])
	is_array(steps)
	some step in steps
	is_string(step)
	some word in input.params.database_words
	contains(lower(step), lower(word))
}

dealt_with if compatible in {true, "yes"}

# A sentence; a word alone says neither yes nor no.
dealt_with if {
	is_string(compatible)
	count(compatible) >= 10
}

details contains {"field": "rollback.steps", "message": "migration", "with": values} if {
	strategy := input.change.facts.rollback.strategy
	strategy in program_only
	input.change.facts.content.migrations_count > 0
	not dealt_with
	values := {
		"strategy": strategy,
		"count": input.change.facts.content.migrations_count,
		"path": input.change.facts.content.migrations[0],
	}
}
