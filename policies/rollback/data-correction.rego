# METADATA
# title: Data that was written meanwhile has a way to be corrected
# description: >-
#   Where a change writes data, or money depends on it, the rollback plan says what happens to what
#   was written before it is put back. Where only the name of an area suggests data, that is a warning.
# custom:
#   code: RBK-10
#   name: data-correction
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: template, emergency: oblige}
#   controls: [SOC 2 PI1, J-SOX]
#   invariant: false
package sekisho.rollback.data_correction

import rego.v1

verdict contains {"rule": "RBK-10", "result": result, "details": details}

result := "na" if {
	input.change.facts.rollback.data == "no"
} else := "pass" if {
	input.change.facts.rollback.data in {"assumed", "stated"}
	is_string(input.change.type)
	is_string(correction)
	correction != ""
} else := "fail"

correction := input.change.declaration.rollback.data_correction

rollback := object.get(input.change.declaration, "rollback", {})

missing if object.get(rollback, "data_correction", "") == ""

guessed if {
	input.change.facts.rollback.data == "assumed"
	input.change.type == "normal"
}

details contains {"field": "rollback.data_correction", "message": "missing"} if {
	input.change.facts.rollback.data in {"assumed", "stated"}
	missing
	not guessed
}

details contains {"field": "rollback.data_correction", "message": "assumed", "effect": "warn"} if {
	missing
	guessed
}
