# METADATA
# title: Whoever carries the change out is the one who was declared
# description: >-
#   Compares the person who asks the gate with the declared executor. Where nobody was declared,
#   whoever deploys is the executor.
# custom:
#   code: ROL-05
#   name: executor-as-declared
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: warn, emergency: warn}
#   parameters: {on_mismatch: reapprove}
#   words: {on_mismatch: [reapprove, warn]}
#   controls: [NIST AU-3, PCI DSS 6.5.4]
#   invariant: false
package sekisho.roles.executor_as_declared

import rego.v1

verdict contains {"rule": "ROL-05", "result": result, "details": details}

result := "na" if {
	declared == "" # ROL-01 says so
} else := "pass" if {
	is_string(input.params.on_mismatch)
	is_string(input.change.roles.executor)
	input.request.actor == input.change.roles.executor
} else := "fail"

declared := object.get(input.change.roles, "executor", "")

other := {"person": declared, "actor": input.request.actor} if {
	declared != ""
	input.request.actor != declared
}

details contains {"field": "roles.executor", "message": "differs", "with": other, "effect": "warn"} if {
	input.params.on_mismatch == "warn"
}

details contains {"field": "roles.executor", "message": "differs", "with": other} if {
	input.params.on_mismatch != "warn"
}
