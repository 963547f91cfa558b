# METADATA
# title: Nobody's objection stands
# description: >-
#   An objection names the change and outlives its content; only its author lifts it, by taking
#   it back or by approving.
# custom:
#   code: APP-04
#   name: no-open-objection
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: warn}
#   controls: [SOC 2 CC8.1, NIST CM-3]
#   always_applies: true
#   invariant: false
package sekisho.approval.no_open_objection

import rego.v1

verdict contains {"rule": "APP-04", "result": result, "details": details}

result := "pass" if {
	count(input.change.objections) == 0
} else := "fail"

details contains {"field": "roles.approvers", "message": "stands", "with": {"person": objection.person}} if {
	some objection in input.change.objections
}
