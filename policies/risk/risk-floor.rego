# METADATA
# title: The declared risk is not below what the change is
# description: >-
#   Kind, areas, paths and what is done set the lowest risk. A declaration may raise it; one that
#   says less is contradicted. Without a word about risk the lowest is taken.
# custom:
#   code: RSK-01
#   name: risk-floor
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: info}
#   parameters:
#     high_if: [irreversible, downtime, waf_block, certificate_ca, personal_data]
#     medium_if: [manual]
#   added: [high_if, medium_if]
#   controls: [NIST CM-4, ISO 27001 A.8.32, PCI DSS 6.5.1]
#   always_applies: true
#   invariant: false
package sekisho.risk.risk_floor

import rego.v1

verdict contains {"rule": "RSK-01", "result": result, "details": details}

result := "pass" if {
	steps[input.change.risk] >= floor
	typed_fits
	count(input.change.facts.unknown_risk_facts) == 0
} else := "fail"

steps := {"low": 1, "medium": 2, "high": 3}

floor := steps[input.change.facts.risk_floor]

typed_fits if input.change.facts.risk_typed == "none"

typed_fits if steps[input.change.facts.risk_typed] >= floor

said_too_low contains input.change.facts.risk_typed if steps[input.change.facts.risk_typed] < floor

said_too_low contains input.change.risk if steps[input.change.risk] < floor

details contains {"field": "risk", "message": "below", "with": values} if {
	some risk in said_too_low
	because := concat(", ", input.change.facts.risk_floor_because)
	values := {"risk": risk, "floor": input.change.facts.risk_floor, "because": because}
}

details contains {"message": "unknown_fact", "with": {"name": name}} if {
	some name in input.change.facts.unknown_risk_facts
}
