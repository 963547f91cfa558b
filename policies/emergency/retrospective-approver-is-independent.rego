# METADATA
# title: Whoever approves afterwards has no part in it
# description: >-
#   The people named for the retrospective decision have authority, and neither declared, wrote nor
#   carry out the change.
# custom:
#   code: EMG-15
#   name: retrospective-approver-is-independent
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [ISO 27001 A.5.3, NIST AC-5, EU 2024/1774 Art. 17(1)(b)]
#   invariant: false
package sekisho.emergency.retrospective_approver_is_independent

import rego.v1

verdict contains {"rule": "EMG-15", "result": result, "details": details}

result := "na" if {
	count(input.change.roles.approvers) == 0 # EMG-04 asks for one
} else := "pass" if {
	every person in input.change.roles.approvers { person in input.change.facts.emergency.retro }
} else := "fail"

able := concat(", ", input.change.facts.emergency.retro)

details contains {"field": "roles.approvers", "message": "not_independent", "with": {"person": person, "people": able}} if {
	count(input.change.facts.emergency.retro) > 0
	some person in input.change.roles.approvers
	every other in input.change.facts.emergency.retro { person != other }
}

details contains {"field": "roles.approvers", "message": "nobody"} if {
	count(input.change.roles.approvers) > 0
	count(input.change.facts.emergency.retro) == 0
}
