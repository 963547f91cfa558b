# METADATA
# title: Whoever approves is neither executor nor requester nor an author
# description: >-
#   Compares every approval that counts with the executor, the requester and the authors of the
#   commits. An author whose address belongs to nobody could be anybody, the approver included.
# custom:
#   code: ROL-02
#   name: approver-is-independent
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   parameters: {strict_authors: true}
#   controls: [ISO 27001 A.5.3, NIST AC-5, PCI DSS 6.5.4, DORA RTS 17, FISCAM CM-3, J-SOX, SOC 2 CC8.1]
#   invariant: false
package sekisho.roles.approver_is_independent

import rego.v1

verdict contains {"rule": "ROL-02", "result": result, "details": details}

result := "na" if {
	count(input.change.approvals) == 0 # who is missing is the business of APP-01
} else := "pass" if {
	roles_are_named
	authors_are_known
	every approval in input.change.approvals {
		is_string(approval.field)
		independent(approval.person)
	}
} else := "fail"

roles_are_named if {
	is_string(input.change.roles.executor)
	is_string(input.change.roles.requester)
}

authors_are_known if {
	input.params.strict_authors == false
	is_array(input.change.facts.unknown_authors)
}

authors_are_known if {
	input.params.strict_authors == true
	count(input.change.facts.unknown_authors) == 0
}

independent(person) if {
	is_array(input.change.authors)
	barred := {input.change.roles.executor, input.change.roles.requester} | barred_authors
	is_string(person)
	not person in barred
}

barred_authors := set() if input.params.strict_authors == false

barred_authors := {author | some author in input.change.authors} if input.params.strict_authors == true

details contains {"field": approval.field, "message": "executor", "with": {"person": approval.person}} if {
	some approval in input.change.approvals
	approval.person == input.change.roles.executor
}

details contains {"field": approval.field, "message": "requester", "with": {"person": approval.person}} if {
	some approval in input.change.approvals
	approval.person == input.change.roles.requester
}

details contains {"field": approval.field, "message": "author", "with": {"person": approval.person}} if {
	some approval in input.change.approvals
	approval.person in barred_authors
}

details contains {"message": "unknown_author", "with": {"address": address}} if {
	count(input.change.approvals) > 0
	input.params.strict_authors == true
	some address in input.change.facts.unknown_authors
}

details contains {"field": concat("", ["roles.", role]), "message": "unprovable", "with": {"role": role}} if {
	count(input.change.approvals) > 0
	some role in ["executor", "requester"]
	object.get(input.change.roles, role, "") == ""
}
