# METADATA
# title: The seven answers are given
# description: >-
#   Target, what is done, who carries it out, the incident, how it is put back, who decides that, and
#   who approves afterwards.
# custom:
#   code: EMG-04
#   name: emergency-minimum
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1, EU 2024/1774 Art. 17(1)(f)]
#   always_applies: true
#   invariant: false
package sekisho.emergency.emergency_minimum

import rego.v1

verdict contains {"rule": "EMG-04", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.emergency.unanswered) == 0
} else := "fail"

details contains {"field": field, "message": "unanswered", "with": {"field": field}} if {
	some field in input.change.facts.emergency.unanswered
}
