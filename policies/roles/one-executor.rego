# METADATA
# title: One named person carries the change out
# description: >-
#   The executor is one known, active person who may carry out changes of this service.
# custom:
#   code: ROL-01
#   name: one-executor
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: deny}
#   controls: [ISO 27001 A.5.2, NIST CM-5]
#   always_applies: true
#   invariant: false
package sekisho.roles.one_executor

import rego.v1

verdict contains {"rule": "ROL-01", "result": result, "details": details}

result := "pass" if {
	is_string(input.change.roles.executor)
	input.change.roles.executor != ""
	input.change.facts.executor_allowed == true
} else := "na" if {
	nobody_known # DEC-04 says so
} else := "fail"

nobody_known if {
	some entry in input.change.facts.unknown_people
	entry == concat("=", ["roles.executor", input.change.roles.executor])
}

details contains {"field": "roles.executor", "message": "missing"} if {
	object.get(input.change.roles, "executor", "") == ""
}

details contains {"field": "roles.executor", "message": "not_allowed", "with": {"person": person}} if {
	person := input.change.roles.executor
	person != ""
	input.change.facts.executor_allowed == false
	not nobody_known
}
