# METADATA
# title: Every part of a change is approved by somebody with authority over it
# description: >-
#   An area that names its people is closed to everybody else, and what lies in no such area is
#   for the general approvers: one of each has to be among the approvals.
# custom:
#   code: ROL-03
#   name: approver-has-authority
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   controls: [NIST CM-5, PCI DSS 6.5.1, ISO 27001 A.5.2]
#   invariant: false
package sekisho.roles.approver_has_authority

import rego.v1

verdict contains {"rule": "ROL-03", "result": result, "details": details}

result := "na" if {
	input.change.facts.quorum == 0 # nobody is asked
} else := "na" if {
	input.change.facts.approved_by < input.change.facts.quorum # APP-01 says who is missing
} else := "pass" if {
	is_number(input.change.facts.quorum)
	is_number(input.change.facts.approved_by)
	count(input.change.facts.authority_missing) == 0
	input.change.facts.authority_missing_elsewhere == false
} else := "fail"

asked if {
	input.change.facts.quorum > 0
	input.change.facts.approved_by >= input.change.facts.quorum
}

details contains {"field": "roles.approvers", "message": "area", "with": {"area": area}} if {
	asked
	some area in input.change.facts.authority_missing
}

details contains {"field": "roles.approvers", "message": "elsewhere", "with": {"people": people}} if {
	asked
	input.change.facts.authority_missing_elsewhere == true
	count(input.change.facts.authority_elsewhere) > 0
	people := concat(", ", input.change.facts.authority_elsewhere)
}

details contains {"field": "roles.approvers", "message": "nobody"} if {
	asked
	input.change.facts.authority_missing_elsewhere == true
	count(input.change.facts.authority_elsewhere) == 0
}
