# METADATA
# title: An emergency is small
# description: >-
#   Files and lines stay below what is configured. That nothing lies outside the declared targets is for
#   CON-02 to say.
# custom:
#   code: EMG-10
#   name: emergency-scope
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [NIST CM-3]
#   always_applies: true
#   invariant: false
package sekisho.emergency.emergency_scope

import rego.v1

verdict contains {"rule": "EMG-10", "result": result, "details": details}

result := "pass" if {
	is_number(input.change.facts.emergency.files)
	is_number(input.change.facts.emergency.lines)
	input.change.facts.emergency.files <= input.change.facts.emergency.files_most
	input.change.facts.emergency.lines <= input.change.facts.emergency.lines_most
} else := "fail"

details contains {"message": "files", "with": {"files": files, "most": input.change.facts.emergency.files_most}} if {
	files := input.change.facts.emergency.files
	files > input.change.facts.emergency.files_most
}

details contains {"message": "lines", "with": {"lines": lines, "most": input.change.facts.emergency.lines_most}} if {
	lines := input.change.facts.emergency.lines
	lines > input.change.facts.emergency.lines_most
}
