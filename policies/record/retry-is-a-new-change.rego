# METADATA
# title: What was put back or broken off is tried again as a new change
# description: >-
#   A change that was rolled back or aborted here is not carried out again. After a failure the
#   same change may be tried once more.
# custom:
#   code: REC-03
#   name: retry-is-a-new-change
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: warn}
#   controls: [NIST CM-3]
#   invariant: false
package sekisho.record.retry_is_a_new_change

import rego.v1

verdict contains {"rule": "REC-03", "result": result, "details": details}

result := "na" if {
	input.change.facts.executions == 0
	input.change.facts.ended == ""
} else := "pass" if {
	input.change.facts.executions > 0
	input.change.facts.ended == ""
	is_string(input.change.id)
} else := "fail"

details contains {"message": "rolled_back", "with": {"change": input.change.id}} if {
	input.change.facts.ended == "rolled_back"
}

details contains {"message": "aborted", "with": {"change": input.change.id}} if {
	input.change.facts.ended == "aborted"
}
