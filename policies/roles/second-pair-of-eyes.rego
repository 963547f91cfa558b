# METADATA
# title: Risky work is watched by a second person
# description: >-
#   At high risk, and by hand from medium risk, somebody who does not carry the change out checks
#   what is done. Of a normal change DEC-02 asks that this person is named.
# custom:
#   code: ROL-04
#   name: second-pair-of-eyes
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: "-", emergency: warn}
#   parameters: {same_as_executor: deny}
#   profile: {solo: {same_as_executor: warn}}
#   words: {same_as_executor: [warn, deny]}
#   controls: [NIST AC-5, ISO 27001 A.5.3]
#   invariant: false
package sekisho.roles.second_pair_of_eyes

import rego.v1

verdict contains {"rule": "ROL-04", "result": result, "details": details}

result := "na" if {
	input.change.risk == "low"
} else := "na" if {
	input.change.risk == "medium"
	input.change.declaration.delivery == "pipeline"
} else := "na" if {
	input.change.type == "normal"
	verifier == "" # DEC-02 asks for one
} else := "pass" if {
	needed
	is_string(input.params.same_as_executor)
	is_string(input.change.type)
	is_string(input.change.roles.executor)
	is_string(input.change.roles.verifier)
	input.change.roles.verifier != ""
	input.change.roles.verifier != input.change.roles.executor
} else := "fail"

verifier := object.get(input.change.roles, "verifier", "")

needed if input.change.risk == "high"

needed if {
	input.change.risk == "medium"
	input.change.declaration.delivery in {"manual", "mixed"}
}

details contains {"field": "roles.verifier", "message": "missing", "with": {"risk": input.change.risk}} if {
	needed
	verifier == ""
	input.change.type != "normal"
}

the_same if {
	needed
	verifier != ""
	verifier == input.change.roles.executor
}

details contains {"field": "roles.verifier", "message": "executor", "with": {"person": verifier}, "effect": "warn"} if {
	the_same
	input.params.same_as_executor == "warn"
}

details contains {"field": "roles.verifier", "message": "executor", "with": {"person": verifier}} if {
	the_same
	input.params.same_as_executor != "warn"
}
