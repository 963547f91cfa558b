# METADATA
# title: Enough people approved exactly this content
# description: >-
#   Compares the people who approved every part of the change with the number that its risk
#   asks for, and at high risk asks for an owner of each sensitive area.
# custom:
#   code: APP-01
#   name: quorum
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   parameters: {high_needs: [area_owner]}
#   controls: [SOC 2 CC8.1, NIST CM-3, ISO 27001 A.8.32]
#   invariant: false
package sekisho.approval.quorum

import rego.v1

verdict contains {"rule": "APP-01", "result": result, "details": details}

result := "na" if {
	input.change.facts.quorum == 0 # working alone, or by hand from an authorised template
} else := "pass" if {
	enough
	owners_agree
	every list in [
		input.change.facts.eligible,
		input.change.facts.approvals_of_other_content,
		input.change.facts.approvals_not_counted,
	] {
		is_array(list)
	}
} else := "fail"

enough if {
	is_number(input.change.facts.approved_by)
	is_number(input.change.facts.quorum)
	input.change.facts.approved_by >= input.change.facts.quorum
}

short if {
	input.change.facts.quorum > 0
	input.change.facts.approved_by < input.change.facts.quorum
}

# A need that this rule does not know is a need that nobody can have met.
owners_agree if {
	input.change.risk in {"low", "medium"}
	needs_are_known
	is_array(input.change.facts.owners_missing)
}

owners_agree if {
	input.change.risk == "high"
	needs_are_known
	count(input.params.high_needs) == 0
	is_array(input.change.facts.owners_missing)
}

owners_agree if {
	input.change.risk == "high"
	needs_are_known
	count(input.change.facts.owners_missing) == 0
}

needs_are_known if {
	every need in input.params.high_needs { need == "area_owner" }
}

numbers := {"approved": input.change.facts.approved_by, "quorum": input.change.facts.quorum}

details contains {"field": "roles.approvers", "message": "missing", "with": values} if {
	short
	count(input.change.facts.eligible) > 0
	values := object.union(numbers, {"people": concat(", ", input.change.facts.eligible)})
}

details contains {"field": "roles.approvers", "message": "nobody", "with": numbers} if {
	short
	count(input.change.facts.eligible) == 0
}

details contains {"field": "roles.approvers", "message": "owner", "with": {"area": area}} if {
	input.change.facts.quorum > 0
	input.change.risk == "high"
	"area_owner" in input.params.high_needs
	some area in input.change.facts.owners_missing
}

details contains {"message": "unknown_need", "with": {"need": need}} if {
	input.change.facts.quorum > 0
	some need in input.params.high_needs
	need != "area_owner"
}

# What explains a missing approval; it stops nothing by itself.
details contains {"message": "other_content", "with": {"person": person}, "effect": "info"} if {
	short
	some person in input.change.facts.approvals_of_other_content
}

details contains {"message": "not_counted", "with": {"person": left.person, "because": left.because}, "effect": "info"} if {
	short
	some left in input.change.facts.approvals_not_counted
}
