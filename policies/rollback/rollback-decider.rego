# METADATA
# title: A named person decides whether to go back
# description: >-
#   The decider is a known, active person; from medium risk somebody else decides when they
#   cannot be reached. Whether the executor may decide depends on the risk.
# custom:
#   code: RBK-03
#   name: rollback-decider
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: template, emergency: deny}
#   parameters: {same_as_executor: {low: allow, medium: warn, high: deny}}
#   profile: {solo: {same_as_executor: {low: allow, medium: allow, high: warn}}}
#   words: {same_as_executor: [allow, warn, deny]}
#   controls: [DORA RTS 17, ISO 27001 A.5.2]
#   always_applies: true
#   invariant: false
package sekisho.rollback.rollback_decider

import rego.v1

verdict contains {"rule": "RBK-03", "result": result, "details": details}

result := "pass" if {
	is_string(decider)
	decider != ""
	input.change.facts.decider_known == true
	separate_enough
	somebody_when_away
} else := "fail"

decider := input.change.declaration.rollback.decider

if_same := input.params.same_as_executor[input.change.risk]

separate_enough if {
	is_string(if_same)
	is_string(input.change.roles.executor)
	decider != input.change.roles.executor
}

separate_enough if {
	if_same == "allow"
	decider == input.change.roles.executor
}

somebody_when_away if input.change.risk == "low"

somebody_when_away if {
	input.change.risk in {"medium", "high"}
	is_string(alternate)
	alternate != ""
	alternate != decider
}

alternate := input.change.declaration.rollback.decider_alternate

# The word that the parameter says; one that nobody knows is the strictest.
degree := "warn" if {
	if_same == "warn"
} else := "deny"

details contains {"field": "rollback.decider", "message": "missing"} if {
	rollback := object.get(input.change.declaration, "rollback", {})
	object.get(rollback, "decider", "") == ""
}

details contains {"field": "rollback.decider", "message": "unknown", "with": {"person": decider}} if {
	decider != ""
	input.change.facts.decider_known == false
}

details contains {"field": "rollback.decider", "message": "executor", "with": values, "effect": degree} if {
	decider == input.change.roles.executor
	if_same != "allow"
	values := {"person": decider, "risk": input.change.risk}
}

details contains {"field": "rollback.decider_alternate", "message": "alternate", "with": {"risk": input.change.risk}} if {
	input.change.risk in {"medium", "high"}
	rollback := object.get(input.change.declaration, "rollback", {})
	object.get(rollback, "decider_alternate", "") in {"", object.get(rollback, "decider", "")}
}
