# METADATA
# title: What an emergency left overdue stops the next normal change
# description: >-
#   A retrospective decision, a full record or a confirmation that is overdue stops the next normal or
#   standard change of the same service; a review does after a time of grace. What was rejected stops it at
#   once, but for the change that names it among its references. Never an emergency, never a way back.
# custom:
#   code: EMG-18
#   name: overdue-blocks-normal
#   scope: deployment
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: "-"}
#   controls: [NIST CM-3, SOC 2 CC4.2]
#   invariant: false
package sekisho.emergency.overdue_blocks_normal

import rego.v1

verdict contains {"rule": "EMG-18", "result": result, "details": details}

result := "na" if {
	every change in input.changes { change.type == "emergency" }
} else := "pass" if {
	every change in input.changes { is_string(change.type) }
	count(input.standing.owed) == 0
} else := "fail"

waiting := [change.type | some change in input.changes; change.type != "emergency"]

named(owed) := {"change": owed.change, "kind": owed.kind, "owner": owed.owner, "due": owed.due}

details contains {"message": "open", "with": named(owed), "effect": "warn"} if {
	count(waiting) > 0
	some owed in input.standing.owed
	owed.state == "open"
}

details contains {"message": "grace", "with": named(owed), "effect": "warn"} if {
	count(waiting) > 0
	some owed in input.standing.owed
	owed.state == "grace"
}

details contains {"message": "rejected", "with": named(owed)} if {
	count(waiting) > 0
	some owed in input.standing.owed
	owed.state == "rejected"
	count(about(owed.change)) < count(input.changes)
}

details contains {"message": "puts_right", "with": named(owed), "effect": "warn"} if {
	count(waiting) > 0
	some owed in input.standing.owed
	owed.state == "rejected"
	count(about(owed.change)) == count(input.changes)
}

# The changes that say they are about the one that was rejected.
about(rejected) := {change.id | some change in input.changes; rejected in change.declaration.references}

# Whatever is none of these is overdue.
details contains {"message": "overdue", "with": named(owed)} if {
	count(waiting) > 0
	some owed in input.standing.owed
	owed.state != "open"
	owed.state != "grace"
	owed.state != "rejected"
}
