# METADATA
# title: A standard change stays inside its template
# description: >-
#   Every parameter is given and inside its bounds, the files are below the template's paths, and
#   work by hand says nothing else than the template left open.
# custom:
#   code: STD-02
#   name: template-bounds
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: deny, emergency: "-"}
#   controls: [NIST CM-3]
#   invariant: false
package sekisho.standard.template_bounds

import rego.v1

verdict contains {"rule": "STD-02", "result": result, "details": details}

result := "na" if {
	input.change.facts.template.known == false # STD-01 asks for a template
} else := "pass" if {
	input.change.facts.template.known == true
	is_string(input.change.facts.template.name)
	count(input.change.facts.template.outside) == 0
	count(input.change.facts.template.paths_outside) == 0
	input.change.facts.template.paths_outside_count == 0
	count(input.change.facts.template.overrides) == 0
} else := "fail"

param(outside) := {"param": outside.param, "wanted": outside.wanted, "template": input.change.facts.template.name}

details contains {"field": "params", "message": "missing", "with": {"param": outside.param, "template": input.change.facts.template.name}} if {
	input.change.facts.template.known == true
	some outside in input.change.facts.template.outside
	outside.because == "missing"
}

details contains {"field": field, "message": "unknown_param", "with": param(outside)} if {
	input.change.facts.template.known == true
	some outside in input.change.facts.template.outside
	outside.because == "unknown"
	field := sprintf("params.%s", [outside.param])
}

details contains {"field": field, "message": "bound", "with": values} if {
	input.change.facts.template.known == true
	some outside in input.change.facts.template.outside
	outside.because in {"type", "min", "max", "pattern", "values"}
	field := sprintf("params.%s", [outside.param])
	values := object.union(param(outside), {"bound": outside.because})
}

details contains {"field": "template", "message": "path", "with": {"path": path, "template": input.change.facts.template.name}} if {
	input.change.facts.template.known == true
	some path in input.change.facts.template.paths_outside
}

details contains {"field": "template", "message": "more_paths", "with": {"count": more}} if {
	input.change.facts.template.known == true
	more := input.change.facts.template.paths_outside_count - count(input.change.facts.template.paths_outside)
	more > 0
}

details contains {"field": field, "message": "overrides", "with": {"field": field, "template": input.change.facts.template.name}} if {
	input.change.facts.template.known == true
	some field in input.change.facts.template.overrides
}
