# METADATA
# title: The change log verifies
# description: >-
#   Every record, signature and document of the log was checked before this judgement, and none
#   was damaged. A damaged log ends the command before it comes to a decision.
# custom:
#   code: REC-04
#   name: log-verifies
#   scope: deployment
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: warn}
#   controls: [NIST AU-9, NIST AU-10, PCI DSS 10.3, ISO 27001 A.8.15]
#   always_applies: true
#   invariant: false
package sekisho.record.log_verifies

import rego.v1

verdict contains {"rule": "REC-04", "result": result, "details": details}

result := "pass" if {
	input.log.verified == true
	input.log.size > 0
	is_string(input.log.head)
	input.log.head != ""
} else := "fail"

details contains {"message": "unverified", "with": {"size": input.log.size}} if {
	input.log.verified == false
}

details contains {"message": "empty"} if {
	input.log.size == 0
}
