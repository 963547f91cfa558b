# METADATA
# title: An emergency ends by itself
# description: >-
#   It was declared into the log in exactly this content, has not been ended, and its time is not over.
# custom:
#   code: EMG-08
#   name: emergency-expires
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1, NIST AC-6]
#   always_applies: true
#   invariant: false
package sekisho.emergency.emergency_expires

import rego.v1

verdict contains {"rule": "EMG-08", "result": result, "details": details}

result := "pass" if {
	input.change.facts.emergency.declared == true
	input.change.facts.emergency.ended == false
	input.change.facts.emergency.seconds_left > 0
	is_string(input.change.facts.emergency.expires)
} else := "fail"

details contains {"message": "undeclared"} if {
	input.change.facts.emergency.declared == false
}

details contains {"message": "ended"} if {
	input.change.facts.emergency.declared == true
	input.change.facts.emergency.ended == true
}

details contains {"message": "expired", "with": {"at": input.change.facts.emergency.expires}} if {
	input.change.facts.emergency.declared == true
	input.change.facts.emergency.ended == false
	input.change.facts.emergency.seconds_left <= 0
}
