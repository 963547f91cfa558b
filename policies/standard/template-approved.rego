# METADATA
# title: The template is authorised and has not run out
# description: >-
#   A standard change is made from a template of the authorised configuration, within the time
#   that the template holds.
# custom:
#   code: STD-01
#   name: template-approved
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: deny, emergency: "-"}
#   controls: [NIST CM-3, ISO 27001 A.8.32]
#   always_applies: true
#   invariant: false
package sekisho.standard.template_approved

import rego.v1

verdict contains {"rule": "STD-01", "result": result, "details": details}

result := "pass" if {
	is_string(input.change.facts.template.name)
	input.change.facts.template.name != ""
	input.change.facts.template.known == true
	is_number(input.change.facts.template.seconds_valid)
	input.change.facts.template.seconds_valid >= 0
	is_string(input.change.facts.template.valid_until)
} else := "fail"

details contains {"field": "template", "message": "unknown", "with": {"template": input.change.facts.template.name}} if {
	input.change.facts.template.name != ""
	input.change.facts.template.known == false
}

details contains {"field": "template", "message": "expired", "with": values} if {
	input.change.facts.template.known == true
	input.change.facts.template.seconds_valid < 0
	values := {"template": input.change.facts.template.name, "until": input.change.facts.template.valid_until}
}
