# METADATA
# title: A declaration does not wait for its approval for ever
# description: >-
#   Says how long a change without enough approvals has been waiting, and for whom, once that is
#   longer than it should be.
# custom:
#   code: APP-05
#   name: pending-too-long
#   scope: change
#   wave: 2
#   effect: {normal: info, standard: "-", emergency: warn}
#   parameters: {limit: 3bd}
#   controls: [NIST CM-3]
#   invariant: false
package sekisho.approval.pending_too_long

import rego.v1

verdict contains {"rule": "APP-05", "result": result, "details": details}

result := "na" if {
	input.change.facts.approved_by >= input.change.facts.quorum
	is_number(input.change.facts.quorum)
	is_number(input.change.facts.approved_by)
} else := "pass" if {
	is_number(input.change.facts.quorum)
	is_number(input.change.facts.approved_by)
	is_number(input.change.facts.pending_days)
	input.change.facts.pending_late == false
} else := "fail"

details contains {"field": "roles.approvers", "message": "waiting", "with": values} if {
	input.change.facts.pending_late == true
	values := {
		"days": input.change.facts.pending_days,
		"people": concat(", ", input.change.facts.eligible),
	}
}
