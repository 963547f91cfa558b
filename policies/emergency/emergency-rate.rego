# METADATA
# title: Emergencies stay rare
# description: >-
#   More than a few in 30 days, or a large share of what is carried out in 90, is shown.
# custom:
#   code: EMG-20
#   name: emergency-rate
#   scope: change
#   wave: 3
#   effect: {normal: "-", standard: "-", emergency: warn}
#   parameters:
#     count: 3
#     percent: 10
#   controls: [NIST AU-6, COBIT BAI06.02]
#   always_applies: true
#   invariant: false
package sekisho.emergency.emergency_rate

import rego.v1

verdict contains {"rule": "EMG-20", "result": result, "details": details}

result := "pass" if {
	is_number(input.change.facts.emergency.lately)
	is_number(input.change.facts.emergency.share_percent)
	input.change.facts.emergency.lately <= input.params.count
	input.change.facts.emergency.share_percent <= input.params.percent
} else := "fail"

details contains {"message": "often", "with": {"lately": lately, "most": input.params.count}} if {
	lately := input.change.facts.emergency.lately
	lately > input.params.count
}

details contains {"message": "share", "with": {"percent": percent, "most": input.params.percent}} if {
	percent := input.change.facts.emergency.share_percent
	percent > input.params.percent
}
