# METADATA
# title: Without a yes only listed measures are carried out
# description: >-
#   Where everybody was called and nobody answered, what is listed may start, unless somebody said no or
#   the profile asks for a yes.
# custom:
#   code: EMG-07
#   name: listed-measures
#   scope: change
#   wave: 2
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [EU 2024/1774 Art. 17(1)(f), NIST IR-4]
#   invariant: false
package sekisho.emergency.listed_measures

import rego.v1

verdict contains {"rule": "EMG-07", "result": result, "details": details}

result := "na" if {
	input.change.facts.emergency.declared == false # EMG-08 asks for a declaration
} else := "na" if {
	count(input.change.facts.emergency.live) > 0
} else := "pass" if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
	input.change.facts.emergency.untried > 0 # EMG-05 says who is to be asked
	is_string(input.change.facts.emergency.measure)
	may_start
} else := "fail"

may_start if {
	input.change.facts.emergency.listed == true
	input.change.facts.emergency.without_live == true
	count(input.change.facts.emergency.refused) == 0
}

waits if {
	input.change.facts.emergency.declared == true
	count(input.change.facts.emergency.live) == 0
}

details contains {"field": "emergency.measure", "message": "unlisted", "with": {"measure": input.change.facts.emergency.measure}} if {
	waits
	input.change.facts.emergency.listed == false
}

details contains {"message": "profile"} if {
	waits
	input.change.facts.emergency.without_live == false
}

details contains {"message": "refused", "with": {"people": concat(", ", input.change.facts.emergency.refused)}} if {
	waits
	count(input.change.facts.emergency.refused) > 0
}

details contains {"message": "alone", "with": {"measure": input.change.facts.emergency.measure}, "effect": "oblige"} if {
	waits
	may_start
	input.change.facts.emergency.untried == 0
}
