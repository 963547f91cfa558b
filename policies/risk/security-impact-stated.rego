# METADATA
# title: At high risk somebody has thought about security and personal data
# description: >-
#   At high risk impact.security is a sentence. That there is no impact is an answer when it says
#   why; nothing, or the bare word none, is not.
# custom:
#   code: RSK-03
#   name: security-impact-stated
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: template, emergency: oblige}
#   parameters: {if_silent: warn}
#   profile: {audited: {if_silent: deny}}
#   words: {if_silent: [allow, warn, deny]}
#   controls: [NIST CM-4, PCI DSS 6.5.1, DORA RTS 17]
#   invariant: false
package sekisho.risk.security_impact_stated

import rego.v1

verdict contains {"rule": "RSK-03", "result": result, "details": details}

result := "na" if {
	input.change.risk in {"low", "medium"}
} else := "pass" if {
	input.change.risk == "high"
	is_string(input.params.if_silent)
	answered
} else := "fail"

answered if input.change.facts.security_said == "text"

answered if {
	input.params.if_silent == "allow"
	input.change.facts.security_said in {"nothing", "none"}
}

silent if {
	input.change.risk == "high"
	input.change.facts.security_said in {"nothing", "none"}
}

details contains {"field": "impact.security", "message": "silent", "effect": "warn"} if {
	silent
	input.params.if_silent == "warn"
}

# The effect of the type; a word that nobody knows is the strictest.
details contains {"field": "impact.security", "message": "silent"} if {
	silent
	input.params.if_silent != "allow"
	input.params.if_silent != "warn"
}
