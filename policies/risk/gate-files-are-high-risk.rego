# METADATA
# title: A change to the gate itself is a high-risk normal change with two approvals
# description: >-
#   Configuration, rules, workflows and code owners decide what passes. Changing them is never
#   standard and never an emergency; where two people do not exist, all who exist agree.
# custom:
#   code: RSK-04
#   name: gate-files-are-high-risk
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: deny}
#   parameters: {quorum: 2}
#   profile: {solo: {quorum: 1}}
#   controls: [NIST CM-5, NIST AU-9, ISO 27001 A.8.4]
#   invariant: false
package sekisho.risk.gate_files_are_high_risk

import rego.v1

verdict contains {"rule": "RSK-04", "result": result, "details": details}

result := "na" if {
	count(input.change.facts.gate_paths) == 0
} else := "pass" if {
	count(input.change.facts.gate_paths) > 0
	input.change.type == "normal"
	input.change.risk == "high"
	is_number(input.params.quorum)
	is_number(input.change.facts.quorum)
	input.change.facts.quorum >= input.params.quorum
	is_array(input.change.facts.eligible)
	every approval in input.change.approvals { is_string(approval.person) }
} else := "fail"

path := input.change.facts.gate_paths[0]

# Everybody who approved or still could.
approvers := {person | some person in input.change.facts.eligible} | {person |
	some approval in input.change.approvals
	person := approval.person
}

details contains {"field": "type", "message": "type", "with": {"type": input.change.type, "path": path}} if {
	input.change.type != "normal"
}

details contains {"field": "risk", "message": "risk", "with": {"risk": input.change.risk, "path": path}} if {
	input.change.risk != "high"
}

numbers := {"quorum": input.change.facts.quorum, "needed": input.params.quorum, "path": path}

too_few_asked if input.change.facts.quorum < input.params.quorum

all_asked if {
	input.change.facts.quorum > 0
	input.change.facts.quorum >= count(approvers)
}

details contains {"field": "roles.approvers", "message": "all", "with": numbers, "effect": "warn"} if {
	path
	too_few_asked
	all_asked
}

details contains {"field": "roles.approvers", "message": "quorum", "with": numbers} if {
	path
	too_few_asked
	not all_asked
}
