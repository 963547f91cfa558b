# METADATA
# title: No change freeze is in force
# description: >-
#   A hard freeze stops every change that it concerns, a soft one everything above low risk.
# custom:
#   code: SCH-02
#   name: no-freeze
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: "-"}
#   controls: [ISO 27001 A.8.32]
#   invariant: false
package sekisho.schedule.no_freeze

import rego.v1

verdict contains {"rule": "SCH-02", "result": result, "details": details}

result := "na" if {
	count(input.change.facts.freezes) == 0
} else := "pass" if {
	input.change.risk == "low"
	every freeze in input.change.facts.freezes {
		freeze.kind == "soft"
		is_string(freeze.id)
		is_string(freeze.until)
		is_string(freeze.owner)
	}
} else := "fail"

named(freeze) := {"freeze": freeze.id, "until": freeze.until, "owner": freeze.owner}

# A kind that nobody knows is a hard one.
details contains {"message": "hard", "with": named(freeze)} if {
	some freeze in input.change.facts.freezes
	freeze.kind != "soft"
}

details contains {"message": "soft", "with": values} if {
	input.change.risk != "low"
	some freeze in input.change.facts.freezes
	freeze.kind == "soft"
	values := object.union(named(freeze), {"risk": input.change.risk})
}
