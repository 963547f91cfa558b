# METADATA
# title: Work by hand carries its expected difference
# description: >-
#   A file of the repository shows what will be different: a plan, an export, a list. The approval is
#   bound to it, so it has to be there and to hold something.
# custom:
#   code: CON-04
#   name: expected-difference
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: warn, emergency: oblige}
#   controls: [NIST CM-3, SOC 2 CC8.1]
#   invariant: false
package sekisho.content.expected_difference

import rego.v1

verdict contains {"rule": "CON-04", "result": result, "details": details}

result := "na" if {
	input.change.facts.content.by_hand == false
	input.change.facts.content.plan == "unsaid"
} else := "na" if {
	input.change.type == "normal"
	input.change.facts.content.plan == "unsaid" # DEC-02 asks for it
} else := "pass" if {
	is_boolean(input.change.facts.content.by_hand)
	is_string(input.change.type)
	input.change.facts.content.plan == "there"
	is_string(input.change.plan)
	is_string(path)
} else := "fail"

path := input.change.declaration.plan

details contains {"field": "plan", "message": "unsaid"} if {
	input.change.type != "normal"
	input.change.facts.content.by_hand == true
	input.change.facts.content.plan == "unsaid"
}

details contains {"field": "plan", "message": "missing", "with": {"path": path}} if {
	input.change.facts.content.plan == "missing"
}

details contains {"field": "plan", "message": "empty", "with": {"path": path}} if {
	input.change.facts.content.plan == "empty"
}
