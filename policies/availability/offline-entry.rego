# METADATA
# title: What was done without the log is brought in soon
# description: >-
#   An emergency that was declared or carried out while the log could not be reached is signed, and in
#   the log within due.sync.
# custom:
#   code: AVL-02
#   name: offline-entry
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: "-", emergency: oblige}
#   controls: [NIST AU-8, NIST AU-10, NIST AU-12]
#   invariant: false
package sekisho.availability.offline_entry

import rego.v1

verdict contains {"rule": "AVL-02", "result": result, "details": details}

result := "na" if {
	input.change.facts.emergency.declared == false # EMG-08 asks for a declaration
} else := "pass" if {
	input.change.facts.emergency.declared == true
	input.change.facts.emergency.offline_seconds == 0
	is_number(input.change.facts.emergency.offline_most)
	is_boolean(input.change.facts.emergency.signed)
} else := "fail"

offline if {
	input.change.facts.emergency.declared == true
	input.change.facts.emergency.offline_seconds > 0
}

minutes := floor(input.change.facts.emergency.offline_seconds / 60)

details contains {"message": "offline", "with": {"minutes": minutes}} if {
	offline
	input.change.facts.emergency.offline_seconds <= input.change.facts.emergency.offline_most
}

details contains {"message": "late", "with": {"minutes": minutes}, "effect": "deny"} if {
	offline
	input.change.facts.emergency.offline_seconds > input.change.facts.emergency.offline_most
}

details contains {"message": "unsigned", "effect": "deny"} if {
	offline
	input.change.facts.emergency.signed == false
}
