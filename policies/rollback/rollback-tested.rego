# METADATA
# title: The way back was tried out lately
# description: >-
#   The named plan says when it was last tried, or the log has seen it carried out since with the
#   same steps. How much depends on that follows from profile and risk. A change of the gate's own
#   files alone brings nothing that could be tried.
# custom:
#   code: RBK-06
#   name: rollback-tested
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: info, emergency: "-"}
#   parameters: {max_age: 90d}
#   durations: [max_age]
#   controls: [NIST CM-3, ISO 27001 A.8.32]
#   invariant: false
package sekisho.rollback.rollback_tested

import rego.v1

verdict contains {"rule": "RBK-06", "result": result, "details": details}

# What an untried way back does; what is not in the table is denied.
degrees := {
	"solo": {"low": "nothing", "medium": "nothing", "high": "info"},
	"small": {"low": "nothing", "medium": "nothing", "high": "deny"},
	"audited": {"low": "nothing", "medium": "warn", "high": "deny"},
}

by_risk := object.get(object.get(degrees, input.profile, {}), input.change.risk, "deny")

# Nothing that could be tried.
untriable := {"", "forward_fix", "none"}

result := "na" if {
	by_risk == "nothing"
} else := "na" if {
	input.change.facts.rollback.strategy in untriable
} else := "na" if {
	input.change.facts.content.gate_only == true # nothing that runs is touched
} else := "pass" if {
	input.change.facts.content.gate_only == false
	is_string(input.profile)
	is_string(input.change.risk)
	is_string(input.change.type)
	is_string(input.change.facts.rollback.strategy)
	input.change.facts.rollback.tested == "before"
	is_number(input.change.facts.rollback.tested_seconds)
	input.change.facts.rollback.tested_seconds <= input.params.max_age
} else := "fail"

degree := "info" if {
	input.change.type == "standard"
} else := by_risk

asked if {
	by_risk != "nothing"
	input.change.facts.content.gate_only == false
	not untried_by_nature
}

untried_by_nature if strategy in untriable

strategy := input.change.facts.rollback.strategy

field := "rollback.tested"

days(seconds) := floor(seconds / 86400)

details contains {"field": field, "message": "never", "with": {"risk": input.change.risk}, "effect": degree} if {
	asked
	input.change.facts.rollback.tested == "never"
}

details contains {"field": field, "message": "ahead", "effect": degree} if {
	asked
	input.change.facts.rollback.tested == "ahead"
}

details contains {"field": field, "message": "old", "with": values, "effect": degree} if {
	asked
	input.change.facts.rollback.tested == "before"
	input.change.facts.rollback.tested_seconds > input.params.max_age
	values := {
		"days": days(input.change.facts.rollback.tested_seconds),
		"limit": days(input.params.max_age),
		"risk": input.change.risk,
	}
}
