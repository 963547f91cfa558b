# METADATA
# title: Going back fits the window and the limit
# description: >-
#   From the planned start, work and rollback together end before the window does, and the rollback
#   alone takes no longer than its risk allows.
# custom:
#   code: RBK-05
#   name: rollback-fits
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: "-", emergency: warn}
#   parameters: {max: {low: 15m, medium: 30m, high: 60m}}
#   durations: [max]
#   always_applies: true
#   controls: [ISO 27001 A.8.32, NIST CP-10]
#   invariant: false
package sekisho.rollback.rollback_fits

import rego.v1

verdict contains {"rule": "RBK-05", "result": result, "details": details}

result := "na" if {
	input.change.facts.rollback.strategy == "none"
} else := "na" if {
	input.change.facts.rollback.duration == "unsaid" # DEC-02 asks for it
} else := "pass" if {
	is_string(input.change.facts.rollback.strategy)
	input.change.facts.rollback.duration == "wall"
	taken <= limit
	is_number(needed)
	fits_the_window
} else := "fail"

taken := input.change.facts.rollback_seconds

needed := input.change.facts.estimate_seconds + taken

limit := input.params.max[input.change.risk]

fits_the_window if {
	input.change.facts.rollback.windowed == false
	is_number(input.change.facts.rollback.room_seconds)
}

fits_the_window if {
	input.change.facts.rollback.windowed == true
	needed <= input.change.facts.rollback.room_seconds
}

minutes(seconds) := ceil(seconds / 60)

timed if input.change.facts.rollback.strategy != "none"

details contains {"field": "rollback.duration", "message": "business_days"} if {
	timed
	input.change.facts.rollback.duration == "business_days"
}

details contains {"field": "rollback.duration", "message": "limit", "with": values} if {
	timed
	input.change.facts.rollback.duration == "wall"
	taken > limit
	values := {"minutes": minutes(taken), "limit": minutes(limit), "risk": input.change.risk}
}

details contains {"field": "window.end", "message": "window", "with": values} if {
	timed
	input.change.facts.rollback.duration == "wall"
	input.change.facts.rollback.windowed == true
	needed > input.change.facts.rollback.room_seconds
	values := {
		"work": minutes(input.change.facts.estimate_seconds),
		"back": minutes(taken),
		"room": minutes(input.change.facts.rollback.room_seconds),
	}
}
