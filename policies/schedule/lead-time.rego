# METADATA
# title: The change was made known early enough
# description: >-
#   Counts the time from the first record about exactly this declaration to the start. A commit's
#   own date is not asked.
# custom:
#   code: SCH-04
#   name: lead-time
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: "-", emergency: "-"}
#   parameters: {lead: {low: 0m, medium: 0m, high: 1bd}, downtime_notice: 5bd}
#   controls: [ISO 27001 A.8.32]
#   invariant: false
package sekisho.schedule.lead_time

import rego.v1

verdict contains {"rule": "SCH-04", "result": result, "details": details}

none := {"0m", "0bd"}

result := "na" if {
	input.change.facts.schedule.lead in none
	input.change.facts.schedule.notice in none
} else := "pass" if {
	is_number(input.change.facts.schedule.lead_missing)
	is_number(input.change.facts.schedule.notice_missing)
	input.change.facts.schedule.lead_missing <= 0
	input.change.facts.schedule.notice_missing <= 0
	every text in [
		input.change.risk,
		input.change.facts.schedule.lead,
		input.change.facts.schedule.notice,
		input.change.facts.schedule.known_since,
		input.change.facts.schedule.lead_start,
		input.change.facts.schedule.notice_start,
	] {
		is_string(text)
	}
} else := "fail"

details contains {"field": "window.start", "message": "lead", "with": values} if {
	input.change.facts.schedule.lead_missing > 0
	values := {
		"risk": input.change.risk,
		"lead": input.change.facts.schedule.lead,
		"known": input.change.facts.schedule.known_since,
		"earliest": input.change.facts.schedule.lead_start,
	}
}

details contains {"field": "impact.downtime", "message": "notice", "with": values} if {
	input.change.facts.schedule.notice_missing > 0
	values := {
		"notice": input.change.facts.schedule.notice,
		"known": input.change.facts.schedule.known_since,
		"earliest": input.change.facts.schedule.notice_start,
	}
}
