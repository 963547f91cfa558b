# METADATA
# title: Somebody is asked before it is carried out
# description: >-
#   Somebody on the route of calls said yes, or everybody on it was tried.
# custom:
#   code: EMG-05
#   name: ask-first
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1, EU 2024/1774 Art. 17(1)(f)]
#   invariant: false
package sekisho.emergency.ask_first

import rego.v1

verdict contains {"rule": "EMG-05", "result": result, "details": details}

result := "na" if {
	input.change.facts.emergency.declared == false # EMG-08 asks for a declaration
} else := "pass" if {
	input.change.facts.emergency.declared == true
	is_number(input.change.facts.emergency.untried)
	every level in input.change.facts.emergency.route {
		is_string(level.person)
		is_boolean(level.tried)
	}
	asked
} else := "fail"

asked if count(input.change.facts.emergency.live) > 0

asked if {
	count(input.change.facts.emergency.live) == 0
	count(input.change.facts.emergency.route) > 0
	input.change.facts.emergency.untried == 0
}

untried := [level.person | some level in input.change.facts.emergency.route; level.tried == false]

details contains {"message": "untried", "with": {"people": concat(", ", untried)}} if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
	count(untried) > 0
}

details contains {"message": "nobody"} if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
	count(input.change.facts.emergency.route) == 0
}
