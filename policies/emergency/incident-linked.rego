# METADATA
# title: An emergency names its incident
# description: >-
#   The incident is an issue, an address, a vulnerability or the number of a ticket.
# custom:
#   code: EMG-02
#   name: incident-linked
#   scope: change
#   wave: 1
#   effect: {normal: "-", standard: "-", emergency: deny}
#   controls: [SOC 2 CC8.1, NIST IR-4]
#   always_applies: true
#   invariant: false
package sekisho.emergency.incident_linked

import rego.v1

verdict contains {"rule": "EMG-02", "result": result, "details": details}

result := "pass" if {
	input.change.facts.emergency.incident in {"issue", "address", "cve", "key"}
} else := "fail"

details contains {"field": "emergency.incident", "message": "missing"} if {
	input.change.facts.emergency.incident == ""
}

details contains {"field": "emergency.incident", "message": "vague"} if {
	input.change.facts.emergency.incident == "vague"
}
