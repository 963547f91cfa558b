# METADATA
# title: An owner of every sensitive area agrees
# description: >-
#   Whoever is named as owner of an area decides about it: one of them has to be among the
#   approvals of every part of the change that touches the area.
# custom:
#   code: RSK-02
#   name: area-owner-approves
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: template, emergency: oblige}
#   controls: [SOC 2 CC8.1, ISO 27001 A.5.3]
#   always_applies: true
#   invariant: false
package sekisho.risk.area_owner_approves

import rego.v1

verdict contains {"rule": "RSK-02", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.owners_missing) == 0
} else := "fail"

details contains {"field": "roles.approvers", "message": "missing", "with": {"area": area}} if {
	some area in input.change.facts.owners_missing
}
