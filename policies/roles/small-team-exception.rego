# METADATA
# title: Who works alone waits, and somebody outside looks at it afterwards
# description: >-
#   Without a second person a change rests for the cooling-off time, and its pass opens a review
#   by an outside reviewer. How much of a month passes like that is watched.
# custom:
#   code: ROL-06
#   name: small-team-exception
#   scope: change
#   wave: 2
#   effect: {normal: oblige, standard: oblige, emergency: oblige}
#   parameters: {max_share: 25}
#   profile: {solo: {max_share: 100}}
#   controls: [PCI DSS 6.5.4, FISCAM CM-3, ISO 27001 A.5.3]
#   invariant: false
package sekisho.roles.small_team_exception

import rego.v1

verdict contains {"rule": "ROL-06", "result": result, "details": details}

result := "na" if {
	input.change.facts.alone == false
} else := "pass" if {
	input.change.facts.alone == true
	rested
	count(input.change.facts.outside_reviewers) > 0
	input.change.facts.unapproved_percent <= input.params.max_share
	is_number(input.change.facts.unapproved_percent)
	is_number(input.params.max_share)
} else := "fail"

# An emergency does not wait; what it owes is more than this.
rested if {
	input.change.type == "emergency"
	is_number(input.change.facts.waited_seconds)
	is_number(input.change.facts.cooling_off_seconds)
}

rested if {
	is_number(input.change.facts.waited_seconds)
	is_number(input.change.facts.cooling_off_seconds)
	input.change.facts.waited_seconds >= input.change.facts.cooling_off_seconds
}

alone if input.change.facts.alone == true

details contains {"message": "cooling_off", "with": {"minutes": minutes, "of": whole}, "effect": "deny"} if {
	alone
	not rested
	is_number(input.change.facts.waited_seconds)
	left := input.change.facts.cooling_off_seconds - input.change.facts.waited_seconds
	minutes := ceil(left / 60)
	whole := ceil(input.change.facts.cooling_off_seconds / 60)
}

details contains {"message": "nobody_outside", "effect": "deny"} if {
	alone
	count(input.change.facts.outside_reviewers) == 0
}

details contains {"message": "share", "with": {"percent": percent, "most": most}, "effect": "warn"} if {
	alone
	percent := input.change.facts.unapproved_percent
	most := input.params.max_share
	percent > most
}
