# METADATA
# title: A template earns its place and loses it
# description: >-
#   Counts normal changes after the template that succeeded, and looks at its latest uses. A use
#   that failed or was put back suspends it until a normal change succeeds or the template changes.
# custom:
#   code: STD-03
#   name: template-track-record
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: deny, emergency: "-"}
#   parameters: {successes: 0, suspend_window: 5}
#   profile: {audited: {successes: 3}}
#   controls: [NIST CM-3]
#   invariant: false
package sekisho.standard.template_track_record

import rego.v1

verdict contains {"rule": "STD-03", "result": result, "details": details}

result := "na" if {
	input.change.facts.template.known == false # STD-01 asks for a template
} else := "pass" if {
	input.change.facts.template.known == true
	is_string(input.change.facts.template.name)
	proven
	every use in input.change.facts.template.uses { is_string(use.outcome) }
	every use in latest { use.outcome in {"success", "success_with_issues", "aborted", "open"} }
} else := "fail"

proven if {
	is_number(input.change.facts.template.normal_successes)
	is_number(input.params.successes)
	input.change.facts.template.normal_successes >= input.params.successes
}

latest := array.slice(input.change.facts.template.uses, 0, input.params.suspend_window)

details contains {"field": "template", "message": "unproven", "with": values} if {
	input.change.facts.template.known == true
	input.change.facts.template.normal_successes < input.params.successes
	values := {
		"template": input.change.facts.template.name,
		"had": input.change.facts.template.normal_successes,
		"wanted": input.params.successes,
	}
}

details contains {"field": "template", "message": "suspended", "with": values} if {
	input.change.facts.template.known == true
	some use in latest
	use.outcome in {"failed", "rolled_back"}
	values := {"template": input.change.facts.template.name, "change": use.change}
}
