# METADATA
# title: Only named people declare an emergency
# description: >-
#   Whoever declared the emergency is among the declarers of the configuration. What was not declared at
#   all is for EMG-08 to say.
# custom:
#   code: EMG-01
#   name: named-declarers
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1, NIST CM-5, COBIT BAI06.02]
#   invariant: false
package sekisho.emergency.named_declarers

import rego.v1

verdict contains {"rule": "EMG-01", "result": result, "details": details}

result := "na" if {
	input.change.facts.emergency.declared == false # EMG-08 asks for a declaration
} else := "pass" if {
	input.change.facts.emergency.declared == true
	input.change.facts.emergency.declarer in input.change.facts.emergency.declarers
} else := "fail"

declarers := concat(", ", input.change.facts.emergency.declarers)

details contains {"field": "roles.requester", "message": "not_named", "with": {"person": declarer, "people": declarers}} if {
	input.change.facts.emergency.declared == true
	declarer := input.change.facts.emergency.declarer
	every named in input.change.facts.emergency.declarers { named != declarer }
}
