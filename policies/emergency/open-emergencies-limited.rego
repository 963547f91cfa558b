# METADATA
# title: Few emergencies are open at once
# description: >-
#   One more than may be open, for the service or in all, needs somebody who says yes.
# custom:
#   code: EMG-19
#   name: open-emergencies-limited
#   scope: change
#   wave: 3
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1]
#   always_applies: true
#   invariant: false
package sekisho.emergency.open_emergencies_limited

import rego.v1

verdict contains {"rule": "EMG-19", "result": result, "details": details}

result := "pass" if {
	counted
	input.change.facts.emergency.open_service < input.change.facts.emergency.open_service_most
	input.change.facts.emergency.open_total < input.change.facts.emergency.open_total_most
} else := "pass" if {
	counted
	count(input.change.facts.emergency.live) > 0
} else := "fail"

counted if {
	is_number(input.change.facts.emergency.open_service)
	is_number(input.change.facts.emergency.open_service_most)
	is_number(input.change.facts.emergency.open_total)
	is_number(input.change.facts.emergency.open_total_most)
	is_array(input.change.facts.emergency.live)
}

details contains {"message": "service", "with": {"open": open, "most": input.change.facts.emergency.open_service_most}} if {
	count(input.change.facts.emergency.live) == 0
	open := input.change.facts.emergency.open_service
	open >= input.change.facts.emergency.open_service_most
}

details contains {"message": "total", "with": {"open": open, "most": input.change.facts.emergency.open_total_most}} if {
	count(input.change.facts.emergency.live) == 0
	open := input.change.facts.emergency.open_total
	open >= input.change.facts.emergency.open_total_most
}
