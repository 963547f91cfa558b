# METADATA
# title: Whoever acted belonged to the organisation then
# description: >-
#   Looks at the day of each approval that counts, and at today for the person who asks the gate:
#   each has to lie between the days on which that person is there.
# custom:
#   code: ROL-08
#   name: roles-still-valid
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: deny}
#   controls: [NIST AC-2, ISO 27001 A.5.18, SOC 2 CC6.2]
#   always_applies: true
#   invariant: false
package sekisho.roles.roles_still_valid

import rego.v1

verdict contains {"rule": "ROL-08", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.not_members) == 0
} else := "fail"

details contains {"field": gone.field, "message": "approver", "with": {"person": gone.person, "day": gone.day}} if {
	some gone in input.change.facts.not_members
	gone.role == "approver"
}

details contains {"field": gone.field, "message": "actor", "with": {"person": gone.person, "day": gone.day}} if {
	some gone in input.change.facts.not_members
	gone.role == "actor"
}
