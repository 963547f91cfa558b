# METADATA
# title: What makes people look twice is shown
# description: >-
#   Declared after the work, the same measure again within a week, the reason of another emergency, or
#   late on a Friday. None of it says that anything is wrong.
# custom:
#   code: EMG-21
#   name: signs-of-misuse
#   scope: change
#   wave: 3
#   effect: {normal: "-", standard: "-", emergency: info}
#   controls: [NIST AU-6, SOC 2 CC7.2]
#   always_applies: true
#   invariant: false
package sekisho.emergency.signs_of_misuse

import rego.v1

verdict contains {"rule": "EMG-21", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.emergency.signs) == 0
} else := "fail"

details contains {"message": "late"} if "late" in input.change.facts.emergency.signs

details contains {"message": "again"} if "again" in input.change.facts.emergency.signs

details contains {"message": "copied"} if "copied" in input.change.facts.emergency.signs

details contains {"message": "friday"} if "friday" in input.change.facts.emergency.signs
