# METADATA
# title: Nothing rides along that was not declared
# description: >-
#   Where a change says which files it keeps to, every file that it touches is one of them. Its own
#   declaration and what the repository tolerates are left out.
# custom:
#   code: CON-02
#   name: nothing-rides-along
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: deny}
#   parameters: {tolerate: []}
#   globs: [tolerate]
#   controls: [NIST CM-3, SOC 2 CC8.1]
#   invariant: false
package sekisho.content.nothing_rides_along

import rego.v1

verdict contains {"rule": "CON-02", "result": result, "details": details}

result := "na" if {
	input.change.facts.content.paths_declared == false # the approval is of the content, whichever files it is in
} else := "pass" if {
	input.change.facts.content.paths_declared == true
	input.change.facts.paths_outside_count == 0
	count(input.change.facts.paths_outside) == 0
} else := "fail"

details contains {"field": "targets", "message": "outside", "with": values} if {
	input.change.facts.content.paths_declared == true
	input.change.facts.paths_outside_count > 0
	listed := array.slice(input.change.facts.paths_outside, 0, 3)
	values := {"count": input.change.facts.paths_outside_count, "paths": concat(", ", listed)}
}
