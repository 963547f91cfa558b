# METADATA
# title: What cannot be undone has a repair, a copy and a point of no return
# description: >-
#   Asked of changes that cannot be undone, or only until a time: the step after which there is no way
#   back, who repairs how, and where data is written a copy that was restored lately. What cannot be
#   undone at all is at least at the risk that is named.
# custom:
#   code: RBK-07
#   name: irreversible-needs-forward-fix
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: deny}
#   parameters: {min_risk: high, restore_tested: 30d}
#   durations: [restore_tested]
#   words: {min_risk: [low, medium, high]}
#   controls: [PCI DSS 6.5.1, NIST CP-9, ISO 27001 A.8.13]
#   invariant: false
package sekisho.rollback.irreversible_needs_forward_fix

import rego.v1

verdict contains {"rule": "RBK-07", "result": result, "details": details}

ranks := {"low": 0, "medium": 1, "high": 2}

result := "na" if {
	input.change.facts.rollback.reversibility == "reversible"
} else := "pass" if {
	input.change.facts.rollback.reversibility in {"time_limited", "irreversible"}
	said(point_of_no_return)
	said(fix.plan)
	said(fix.owner)
	copy_is_good
	risk_is_high_enough
	input.change.facts.rollback.decided_too_late == false
} else := "fail"

point_of_no_return := input.change.declaration.rollback.point_of_no_return

fix := input.change.declaration.rollback.forward_fix

said(text) if {
	is_string(text)
	text != ""
}

impact := input.change.declaration.impact.data

copy_is_good if {
	impact in {"none", "read"}
	is_string(input.change.facts.rollback.restore_tested)
	is_number(input.change.facts.rollback.restore_tested_seconds)
	is_number(input.params.restore_tested)
}

copy_is_good if {
	is_string(impact)
	input.change.facts.rollback.restore_tested == "before"
	is_number(input.change.facts.rollback.restore_tested_seconds)
	input.change.facts.rollback.restore_tested_seconds <= input.params.restore_tested
}

risk_is_high_enough if {
	input.change.facts.rollback.reversibility == "time_limited"
	is_number(ranks[input.change.risk])
	is_number(ranks[input.params.min_risk])
}

risk_is_high_enough if ranks[input.change.risk] >= ranks[input.params.min_risk]

asked if input.change.facts.rollback.reversibility in {"time_limited", "irreversible"}

rollback := object.get(input.change.declaration, "rollback", {})

details contains {"field": "rollback.point_of_no_return", "message": "point_of_no_return"} if {
	asked
	object.get(rollback, "point_of_no_return", "") == ""
}

repair := object.get(rollback, "forward_fix", {})

details contains {"field": "rollback.forward_fix", "message": "forward_fix"} if {
	asked
	"" in {object.get(repair, "plan", ""), object.get(repair, "owner", "")}
}

data_is_written if {
	asked
	impact in {"write", "irreversible"}
}

details contains {"field": "rollback.backup", "message": "never_restored"} if {
	data_is_written
	input.change.facts.rollback.restore_tested == "never"
}

details contains {"field": "rollback.backup.restore_tested", "message": "restored_ahead"} if {
	data_is_written
	input.change.facts.rollback.restore_tested == "ahead"
}

days(seconds) := floor(seconds / 86400)

details contains {"field": "rollback.backup.restore_tested", "message": "restored_long_ago", "with": values} if {
	data_is_written
	input.change.facts.rollback.restore_tested == "before"
	input.change.facts.rollback.restore_tested_seconds > input.params.restore_tested
	values := {
		"days": days(input.change.facts.rollback.restore_tested_seconds),
		"limit": days(input.params.restore_tested),
	}
}

details contains {"field": "risk", "message": "risk", "with": {"risk": input.change.risk, "least": input.params.min_risk}} if {
	input.change.facts.rollback.reversibility == "irreversible"
	ranks[input.change.risk] < ranks[input.params.min_risk]
}

details contains {"field": "rollback.decide_by", "message": "too_late"} if {
	asked
	input.change.facts.rollback.decided_too_late == true
}
