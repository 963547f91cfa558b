# METADATA
# title: An emergency has a ground that is one
# description: >-
#   The ground is an outage, security, loss of data, the law, or loss of money. Words in the reason that
#   are usually no ground are shown.
# custom:
#   code: EMG-03
#   name: emergency-grounds
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   parameters:
#     non_grounds: [release date, approver is absent, end of the week, want it sooner, already announced, 承認者が不在, 週末の前, 早く出したい, 告知済み]
#   added: [non_grounds]
#   controls: [SOC 2 CC8.1]
#   always_applies: true
#   invariant: false
package sekisho.emergency.emergency_grounds

import rego.v1

verdict contains {"rule": "EMG-03", "result": result, "details": details}

result := "pass" if {
	known
	is_string(input.change.declaration.reason)
	is_array(input.params.non_grounds)
	count(excuses) == 0
} else := "fail"

excuses contains excuse if {
	some excuse in input.params.non_grounds
	contains(lower(input.change.declaration.reason), lower(excuse))
}

known if input.change.declaration.emergency.grounds in {"outage", "security", "data_loss", "legal", "money"}

details contains {"field": "emergency.grounds", "message": "none"} if not known

details contains {"field": "reason", "message": "excuse", "with": {"words": excuse}, "effect": "warn"} if {
	some excuse in excuses
}
