# METADATA
# title: A change is declared before it is carried out
# description: >-
#   Compares the declaration's first trace in the log with the work that it describes: an earlier
#   execution, or a window of work by hand that was already over.
# custom:
#   code: DEC-05
#   name: declared-before-execution
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   controls: [SOC 2 CC8.1, NIST CM-3]
#   invariant: false
package sekisho.declaration.declared_before_execution

import rego.v1

verdict contains {"rule": "DEC-05", "result": result, "details": details}

result := "na" if {
	input.change.origin == "derived" # its template was declared before
} else := "pass" if {
	input.change.origin in {"file", "log"}
	input.change.facts.declared_late_seconds == 0
} else := "fail"

late := input.change.facts.declared_late_seconds

hours := ceil(late / 3600)

details contains {"field": "window.end", "message": "late", "with": {"hours": hours}} if {
	late > 0
	in_time_for_its_type
}

# An emergency may be declared late, but not for ever.
details contains {"field": "window.end", "message": "too_late", "with": {"hours": hours}, "effect": "deny"} if {
	late > 0
	input.change.type == "emergency"
	input.change.facts.declared_within_limit == false
}

in_time_for_its_type if input.change.type in {"normal", "standard"}

in_time_for_its_type if input.change.facts.declared_within_limit == true
