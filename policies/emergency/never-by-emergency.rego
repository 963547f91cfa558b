# METADATA
# title: Some things are never done in an emergency
# description: >-
#   The files of the gate are never changed by it, and data is changed for good only after somebody said
#   yes.
# custom:
#   code: EMG-11
#   name: never-by-emergency
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [NIST CM-5, NIST AU-9]
#   always_applies: true
#   invariant: false
package sekisho.emergency.never_by_emergency

import rego.v1

verdict contains {"rule": "EMG-11", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.gate_paths) == 0
	is_array(input.change.facts.emergency.live)
	data_is_safe
} else := "fail"

data_is_safe if input.change.facts.emergency.irreversible == false

data_is_safe if {
	input.change.facts.emergency.irreversible == true
	count(input.change.facts.emergency.live) > 0
}

details contains {"message": "gate", "with": {"path": path}} if {
	some path in input.change.facts.gate_paths
}

details contains {"field": "impact.data", "message": "irreversible"} if {
	input.change.facts.emergency.irreversible == true
	count(input.change.facts.emergency.live) == 0
}
