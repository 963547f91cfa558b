# METADATA
# title: An approval is not older than its risk allows
# description: >-
#   What somebody agreed to weeks ago may meet a different system today. Approvals beyond
#   approval.max_age stop the change where it needs them.
# custom:
#   code: APP-03
#   name: approval-still-fresh
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: "-"}
#   controls: [NIST CM-3]
#   always_applies: true
#   invariant: false
package sekisho.approval.approval_still_fresh

import rego.v1

verdict contains {"rule": "APP-03", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.stale_approvals) == 0
} else := "fail"

details contains {"field": old.field, "message": "too_old", "with": values} if {
	some old in input.change.facts.stale_approvals
	values := {"person": old.person, "days": old.days, "most": old.most}
}
