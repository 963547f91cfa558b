# METADATA
# title: A template never covers what has to be decided each time
# description: >-
#   High risk, what cannot be undone, the gate's own files, payment and access are no standard
#   changes, and no change is riskier than its template. Judged on the template too.
# custom:
#   code: STD-04
#   name: template-never-high-risk
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: deny, emergency: "-"}
#   controls: [NIST CM-4]
#   on_templates: true
#   invariant: false
package sekisho.standard.template_never_high_risk

import rego.v1

verdict contains {"rule": "STD-04", "result": result, "details": details}

result := "na" if {
	input.change.facts.template.known == false # STD-01 asks for a template
} else := "pass" if {
	input.change.facts.template.known == true
	is_string(input.change.facts.template.name)
	not_above
	harmless
	ways_back
	count(input.change.facts.gate_paths) == 0
	count(input.change.facts.template.gate_globs) == 0
} else := "fail"

rank := {"low": 1, "medium": 2}

not_above if rank[input.change.risk] <= rank[input.change.facts.template.risk]

guarded := {"payment", "access"}

harmless if {
	every area in input.change.facts.areas { count(guarded & {area}) == 0 }
	is_string(input.change.declaration.kind)
	count(guarded & {input.change.declaration.kind}) == 0
	input.change.declaration.impact.data in {"none", "read", "write"}
}

ways_back if {
	input.change.declaration.rollback.strategy in {"redeploy", "revert", "restore", "disable", "failover"}
	object.get(input.change.declaration, "reversible_until", "") == ""
}

known if input.change.facts.template.known == true

details contains {"field": "risk", "message": "high", "with": {"template": input.change.facts.template.name}} if {
	known
	input.change.risk == "high"
}

details contains {"field": "risk", "message": "above", "with": values} if {
	known
	rank[input.change.risk] > rank[input.change.facts.template.risk]
	values := {
		"template": input.change.facts.template.name,
		"risk": input.change.risk,
		"agreed": input.change.facts.template.risk,
	}
}

details contains {"field": "kind", "message": "guarded", "with": {"area": area}} if {
	known
	some area in input.change.facts.areas
	area in guarded
}

details contains {"field": "kind", "message": "guarded", "with": {"area": kind}} if {
	known
	kind := input.change.declaration.kind
	kind in guarded
}

details contains {"field": "impact.data", "message": "irreversible", "with": {"template": input.change.facts.template.name}} if {
	known
	input.change.declaration.impact.data == "irreversible"
}

details contains {"field": "rollback.strategy", "message": "no_way_back", "with": {"strategy": strategy}} if {
	known
	strategy := input.change.declaration.rollback.strategy
	strategy in {"forward_fix", "none"}
}

details contains {"field": "reversible_until", "message": "limited", "with": {"until": until}} if {
	known
	until := object.get(input.change.declaration, "reversible_until", "")
	until != ""
}

details contains {"field": "template", "message": "gate", "with": {"path": path}} if {
	known
	some path in input.change.facts.gate_paths
}

details contains {"field": "paths", "message": "gate", "with": {"path": path}} if {
	known
	some path in input.change.facts.template.gate_globs
}
