# METADATA
# title: An emergency is carried out a few times at most
# description: >-
#   Every execution is counted, whatever came of it.
# custom:
#   code: EMG-09
#   name: execution-limit
#   scope: change
#   wave: 3
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1]
#   always_applies: true
#   invariant: false
package sekisho.emergency.execution_limit

import rego.v1

verdict contains {"rule": "EMG-09", "result": result, "details": details}

result := "pass" if {
	is_number(input.change.facts.emergency.executions)
	input.change.facts.emergency.executions < input.change.facts.emergency.executions_most
} else := "fail"

details contains {"message": "used_up", "with": {"most": input.change.facts.emergency.executions_most}} if {
	input.change.facts.emergency.executions >= input.change.facts.emergency.executions_most
}
