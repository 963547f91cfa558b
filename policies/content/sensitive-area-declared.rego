# METADATA
# title: A sensitive area that is touched is named
# description: >-
#   Whoever names a kind of work or targets names every area with owners that the files lie in. Where
#   neither is named, both follow from the files.
# custom:
#   code: CON-03
#   name: sensitive-area-declared
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: deny}
#   controls: [NIST CM-4, PCI DSS 6.5.1]
#   invariant: false
package sekisho.content.sensitive_area_declared

import rego.v1

verdict contains {"rule": "CON-03", "result": result, "details": details}

result := "na" if {
	count(input.change.facts.content.sensitive) == 0
} else := "pass" if {
	is_array(input.change.facts.content.sensitive)
	count(input.change.facts.content.undeclared) == 0
} else := "fail"

details contains {"field": "targets", "message": "undeclared", "with": {"area": area}} if {
	some area in input.change.facts.content.undeclared
}
