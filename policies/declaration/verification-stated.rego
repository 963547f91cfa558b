# METADATA
# title: How the result is checked is said, and watched long enough
# description: >-
#   At least one check, and a watch period that is as long as the risk asks for. Of work by hand
#   the checks are asked for by DEC-02.
# custom:
#   code: DEC-09
#   name: verification-stated
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: "-", emergency: oblige}
#   parameters: {observe_min: {low: 10m, medium: 30m, high: 60m}}
#   controls: [NIST CM-3, NIST CM-4, PCI DSS 6.5.1]
#   always_applies: true
#   invariant: false
package sekisho.declaration.verification_stated

import rego.v1

verdict contains {"rule": "DEC-09", "result": result, "details": details}

result := "pass" if {
	checked
	is_number(input.change.facts.observe_seconds)
	is_number(input.change.facts.observe_least_seconds)
	input.change.facts.observe_seconds >= input.change.facts.observe_least_seconds
} else := "fail"

checked if input.change.facts.checks > 0

checked if asked_already

asked_already if {
	input.change.facts.checks == 0
	input.change.type == "normal"
	input.change.declaration.delivery in {"manual", "mixed"}
}

details contains {"field": "verification.checks", "message": "checks"} if {
	input.change.facts.checks == 0
	not asked_already
}

details contains {"field": "verification.observe_for", "message": "short", "with": values} if {
	watched := input.change.facts.observe_seconds
	least := input.change.facts.observe_least_seconds
	watched < least
	values := {"minutes": floor(watched / 60), "least": ceil(least / 60), "risk": input.change.risk}
}
