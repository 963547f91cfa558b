# METADATA
# title: The reason is a sentence, and each reference leads somewhere
# description: >-
#   A reason of a word or two explains nothing to whoever reads it at night. A reference is an
#   issue, an address, a path or a dated letter. Whether both are there is asked by DEC-02.
# custom:
#   code: DEC-06
#   name: reason-and-reference
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: "-", emergency: deny}
#   parameters: {min_chars: {en: 20, ja: 10}}
#   controls: [PCI DSS 6.5.1]
#   invariant: false
package sekisho.declaration.reason_and_reference

import rego.v1

verdict contains {"rule": "DEC-06", "result": result, "details": details}

result := "na" if {
	input.change.facts.reason_chars == 0 # DEC-02 asks for one
} else := "pass" if {
	is_number(least)
	input.change.facts.reason_chars >= least
	count(input.change.facts.vague_references) == 0
} else := "fail"

least := input.params.min_chars[input.change.facts.reason_script]

details contains {"field": "reason", "message": "short", "with": {"chars": chars, "least": least}} if {
	chars := input.change.facts.reason_chars
	chars > 0
	chars < least
}

details contains {"field": "references", "message": "vague", "with": {"reference": reference}} if {
	input.change.facts.reason_chars > 0
	some reference in input.change.facts.vague_references
}
