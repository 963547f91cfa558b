# METADATA
# title: What is deployed is what was approved
# description: >-
#   Every part of the change, by its content, is among what somebody approved. Whether enough people
#   did is another question (APP-01), and where nobody approved anything that rule has said so.
# custom:
#   code: CON-01
#   name: deployed-is-approved
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   controls: [PCI DSS 6.5.4, NIST SA-10, SOC 2 CC8.1]
#   invariant: false
package sekisho.content.deployed_is_approved

import rego.v1

verdict contains {"rule": "CON-01", "result": result, "details": details}

result := "na" if {
	count(input.change.approvals) == 0 # APP-01 asks for approvals
} else := "pass" if {
	every approval in input.change.approvals { is_array(approval.units) }
	every unit in input.change.units {
		is_string(unit.first)
		is_string(unit.last)
		is_string(unit.content)
		unit.content in approved
	}
} else := "fail"

approved contains content if {
	some approval in input.change.approvals
	some content in approval.units
}

others := {unit.content | some unit in input.change.units} - approved

details contains {"message": "part", "with": {"first": unit.first, "last": unit.last}} if {
	count(input.change.approvals) > 0
	some unit in input.change.units
	unit.content in others
}
