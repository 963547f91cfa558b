# METADATA
# title: Nothing else is planned for the same thing at the same time
# description: >-
#   Compares the declared window with those of other open changes that touch the same target, a
#   service that one of both needs, or that the same person carries out.
# custom:
#   code: SCH-03
#   name: no-collision
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: warn, emergency: warn}
#   parameters: {buffer: 30m}
#   controls: [ISO 27001 A.8.32]
#   invariant: false
package sekisho.schedule.no_collision

import rego.v1

verdict contains {"rule": "SCH-03", "result": result, "details": details}

result := "na" if {
	input.change.facts.schedule.window != "declared"
	is_number(input.change.facts.schedule.collisions_count)
} else := "pass" if {
	input.change.facts.schedule.window == "declared"
	count(input.change.facts.schedule.collisions) == 0
	input.change.facts.schedule.collisions_count == 0
	is_string(input.params.buffer)
} else := "fail"

about(met) := {
	"change": met.change,
	"name": met.name,
	"start": met.start,
	"end": met.end,
	"buffer": input.params.buffer,
}

details contains {"field": "window", "message": "target", "with": about(met)} if {
	input.change.facts.schedule.window == "declared"
	some met in input.change.facts.schedule.collisions
	met.on == "target"
}

details contains {"field": "window", "message": "dependency", "with": about(met)} if {
	input.change.facts.schedule.window == "declared"
	some met in input.change.facts.schedule.collisions
	met.on == "dependency"
}

details contains {"field": "window", "message": "executor", "with": about(met)} if {
	input.change.facts.schedule.window == "declared"
	some met in input.change.facts.schedule.collisions
	met.on == "executor"
}

details contains {"field": "window", "message": "more", "with": {"count": more}} if {
	input.change.facts.schedule.window == "declared"
	more := input.change.facts.schedule.collisions_count - count(input.change.facts.schedule.collisions)
	more > 0
}
