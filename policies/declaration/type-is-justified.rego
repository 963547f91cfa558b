# METADATA
# title: The type of a change fits what it says
# description: >-
#   What is said about an emergency belongs to an emergency, a template to a standard change, and
#   work that is planned for a later day is no emergency.
# custom:
#   code: DEC-07
#   name: type-is-justified
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: deny}
#   controls: [NIST CM-3, ISO 27001 A.8.32]
#   always_applies: true
#   invariant: false
package sekisho.declaration.type_is_justified

import rego.v1

verdict contains {"rule": "DEC-07", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.type_conflicts) == 0
} else := "fail"

details contains {"field": "emergency", "message": "emergency_block", "with": {"type": input.change.type}} if {
	"emergency_block" in input.change.facts.type_conflicts
}

details contains {"field": "template", "message": "template", "with": {"type": input.change.type}} if {
	"template" in input.change.facts.type_conflicts
}

details contains {"field": "window.start", "message": "planned"} if {
	"planned" in input.change.facts.type_conflicts
}
