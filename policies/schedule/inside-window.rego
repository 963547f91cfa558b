# METADATA
# title: The change is made inside its window
# description: >-
#   Compares the time with the declared window, else with the service's or the default one. The
#   latest start leaves as much time as going back takes.
# custom:
#   code: SCH-01
#   name: inside-window
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: warn, emergency: "-"}
#   controls: [ISO 27001 A.8.32, DORA RTS 17]
#   invariant: false
package sekisho.schedule.inside_window

import rego.v1

verdict contains {"rule": "SCH-01", "result": result, "details": details}

result := "na" if {
	input.change.facts.schedule.open == true
	input.change.facts.schedule.ends == false
} else := "pass" if {
	input.change.facts.schedule.open == true
	input.change.facts.schedule.ends == true
	is_number(input.change.facts.schedule.seconds_to_latest_start)
	input.change.facts.schedule.seconds_to_latest_start >= 0
	every text in [
		input.change.facts.schedule.window,
		input.change.facts.schedule.opens,
		input.change.facts.schedule.closes,
		input.change.facts.schedule.latest_start,
	] {
		is_string(text)
	}
} else := "fail"

details contains {"field": field, "message": "closed", "with": values} if {
	input.change.facts.schedule.open == false
	input.change.facts.schedule.opens != ""
	input.change.facts.schedule.closes == ""
	values := {"window": input.change.facts.schedule.window, "opens": input.change.facts.schedule.opens}
}

details contains {"field": field, "message": "outside", "with": values} if {
	input.change.facts.schedule.open == false
	input.change.facts.schedule.closes != ""
	values := {"opens": input.change.facts.schedule.opens, "closes": input.change.facts.schedule.closes}
}

details contains {"field": field, "message": "never", "with": {"window": input.change.facts.schedule.window}} if {
	input.change.facts.schedule.open == false
	input.change.facts.schedule.opens == ""
	input.change.facts.schedule.closes == ""
}

details contains {"field": field, "message": "late", "with": values} if {
	input.change.facts.schedule.open == true
	input.change.facts.schedule.ends == true
	input.change.facts.schedule.seconds_to_latest_start < 0
	values := {"latest": input.change.facts.schedule.latest_start, "closes": input.change.facts.schedule.closes}
}

# A window of the configuration has no place in the declaration; the field is where one would stand.
field := "window"
