# METADATA
# title: Every commit of a deployment belongs to a declared change
# description: >-
#   Looks at the steps between the last authorised commit and the one to deploy. A step that
#   nobody declared, or that cannot be told to belong to one change, is named.
# custom:
#   code: DEC-01
#   name: every-commit-declared
#   scope: deployment
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   parameters: {several_per_deploy: true}
#   controls: [SOC 2 CC8.1, NIST CM-3, PCI DSS 6.5.4, ISO 27001 A.8.32, J-SOX]
#   invariant: false
package sekisho.declaration.every_commit_declared

import rego.v1

verdict contains {"rule": "DEC-01", "result": result, "details": details}

result := "na" if {
	input.request.kind == "start" # work by hand deploys no commits
} else := "pass" if {
	input.request.kind in {"deploy", "rollback"}
	input.coverage.uncovered_count == 0
	count(input.coverage.uncovered) == 0
	number_of_changes_fits
} else := "fail"

number_of_changes_fits if {
	input.params.several_per_deploy == true
	is_array(input.changes)
}

number_of_changes_fits if {
	input.params.several_per_deploy == false
	count(input.changes) <= 1
}

# The reason of the coverage is the name of the message.
details contains {"message": step.reason, "with": values} if {
	input.request.kind != "start"
	some step in input.coverage.uncovered
	values := object.union(
		{
			"commit": step.commit,
			"path": object.get(step, "path", "-"),
			"change": object.get(step, "change", "-"),
		},
		{"later": later | some later in [step.later]},
	)
}

# A step on top clears nothing; what does is told once, for all of them.
details contains {"message": "way_out", "with": {"authorised": authorised}, "effect": "info"} if {
	input.request.kind != "start"
	some step in input.coverage.uncovered
	step.reason in {"undeclared", "declared_later", "closed"}
	authorised := substring(input.standing.authorised.head, 0, 12)
}

details contains {"message": "more", "with": {"count": left}} if {
	input.request.kind != "start"
	left := input.coverage.uncovered_count - count(input.coverage.uncovered)
	left > 0
}

details contains {"message": "several", "with": {"count": count(input.changes)}} if {
	input.request.kind != "start"
	input.params.several_per_deploy == false
	count(input.changes) > 1
}
