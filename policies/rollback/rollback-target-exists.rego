# METADATA
# title: What the change returns to exists
# description: >-
#   A version is a commit, tag or branch of this repository that does not hold the change itself; a
#   path is a file of it that the change does not alter. The name of something outside cannot be
#   looked up: it counts when a restore of it was tried, and is pointed out otherwise.
# custom:
#   code: RBK-08
#   name: rollback-target-exists
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: warn}
#   controls: [SOC 2 CC8.1, NIST CM-2]
#   invariant: false
package sekisho.rollback.rollback_target_exists

import rego.v1

verdict contains {"rule": "RBK-08", "result": result, "details": details}

here := {"state", "commit", "tag", "branch", "file"}

result := "na" if {
	input.change.facts.rollback.target == "unsaid"
	input.change.facts.rollback.strategy in {"", "disable", "failover", "forward_fix", "none"}
} else := "pass" if {
	is_string(input.change.facts.rollback.strategy)
	is_string(input.change.facts.rollback.restore_tested)
	is_object(input.change.declaration)
	found
} else := "fail"

found if input.change.facts.rollback.target in here

# The commit before the one that is reverted is always there.
found if {
	input.change.facts.rollback.target == "unsaid"
	input.change.facts.rollback.strategy == "revert"
}

found if {
	input.change.facts.rollback.target == "elsewhere"
	input.change.facts.rollback.restore_tested == "before"
}

rollback := object.get(input.change.declaration, "rollback", {})

named := object.get(rollback, "to", object.get(object.get(rollback, "backup", {}), "ref", "-"))

details contains {"field": "rollback.to", "message": "unsaid", "with": {"strategy": strategy}} if {
	strategy := input.change.facts.rollback.strategy
	strategy in {"redeploy", "restore"}
	input.change.facts.rollback.target == "unsaid"
}

details contains {"field": "rollback.to", "message": "no_file", "with": {"target": named}} if {
	input.change.facts.rollback.target == "no_file"
}

details contains {"field": "rollback.to", "message": "no_revision", "with": {"target": named}} if {
	input.change.facts.rollback.target == "no_revision"
}

details contains {"field": "rollback.to", "message": "moving", "with": {"target": named}} if {
	input.change.facts.rollback.target == "moving"
}

details contains {"field": "rollback.to", "message": "with_change", "with": {"target": named}} if {
	input.change.facts.rollback.target == "with_change"
}

details contains {"field": "rollback.to", "message": "changed", "with": {"target": named}} if {
	input.change.facts.rollback.target == "changed"
}

details contains {"field": "rollback.to", "message": "elsewhere", "with": {"target": named}, "effect": "info"} if {
	input.change.facts.rollback.target == "elsewhere"
	input.change.facts.rollback.restore_tested != "before"
}
