# METADATA
# title: People are called in the order that was agreed
# description: >-
#   Nobody is called before those who stand earlier on the route were waited for. When everybody was
#   called, that is shown.
# custom:
#   code: EMG-06
#   name: contact-route
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [NIST IR-4, NIST CP-2]
#   invariant: false
package sekisho.emergency.contact_route

import rego.v1

verdict contains {"rule": "EMG-06", "result": result, "details": details}

result := "na" if {
	input.change.facts.emergency.declared == false # EMG-08 asks for a declaration
} else := "na" if {
	count(input.change.facts.emergency.live) > 0
} else := "na" if {
	count(input.change.facts.emergency.route) == 0 # EMG-05 says so
} else := "pass" if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
	input.change.facts.emergency.untried > 0
	every level in input.change.facts.emergency.route {
		is_string(level.person)
		level.early == false
	}
} else := "fail"

early contains level.person if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
	some level in input.change.facts.emergency.route
	level.early == true
}

people := concat(", ", [level.person | some level in input.change.facts.emergency.route])

details contains {"message": "early", "with": {"person": person}} if {
	some person in early
}

details contains {"message": "exhausted", "with": {"people": people}, "effect": "info"} if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
	count(input.change.facts.emergency.route) > 0
	input.change.facts.emergency.untried == 0
	count(early) == 0
}
