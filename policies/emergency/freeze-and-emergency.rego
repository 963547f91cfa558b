# METADATA
# title: In a hard freeze two people say yes
# description: >-
#   While a hard freeze concerns it, an emergency needs two people on the route of calls who said yes,
#   except to go back or to renew a certificate.
# custom:
#   code: EMG-25
#   name: freeze-and-emergency
#   scope: change
#   wave: 3
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [ISO 27001 A.8.32]
#   invariant: false
package sekisho.emergency.freeze_and_emergency

import rego.v1

verdict contains {"rule": "EMG-25", "result": result, "details": details}

result := "na" if {
	count(input.change.facts.freezes) == 0
} else := "pass" if {
	legible
	every freeze in input.change.facts.freezes { freeze.kind == "soft" }
} else := "pass" if {
	legible
	agreed
} else := "fail"

legible if {
	is_string(input.change.facts.emergency.measure)
	every live in input.change.facts.emergency.live { is_string(live.person) }
	every freeze in input.change.facts.freezes {
		is_string(freeze.kind)
		is_string(freeze.id)
		is_string(freeze.until)
	}
}

people := {live.person | some live in input.change.facts.emergency.live}

agreed if count(people) >= 2

agreed if input.change.facts.emergency.measure in {"rollback", "renew_certificate"}

details contains {"message": "hard", "with": {"freeze": freeze.id, "until": freeze.until, "people": count(people)}} if {
	some freeze in input.change.facts.freezes
	freeze.kind != "soft"
	not agreed
}
