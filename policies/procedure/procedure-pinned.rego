# METADATA
# title: The steps of the work are written down and cannot move
# description: >-
#   From medium risk, for work by hand, and wherever a procedure is named it is a file of the
#   commit that is judged, or an address with a revision that stays what it is.
# custom:
#   code: PRC-01
#   name: procedure-pinned
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: deny, emergency: oblige}
#   parameters: {from: medium_or_manual}
#   words: {from: [medium_or_manual, high, always]}
#   controls: [ISO 27001 A.5.37, PCI DSS 6.5.1, NIST CM-3]
#   invariant: false
package sekisho.procedure.procedure_pinned

import rego.v1

verdict contains {"rule": "PRC-01", "result": result, "details": details}

result := "na" if {
	input.change.facts.procedure.form == "none"
	not_asked_for
} else := "pass" if {
	pinned
	is_boolean(input.change.facts.procedure.found)
	is_object(input.change.declaration)
	every text in [
		input.params.from,
		input.change.risk,
		input.change.type,
		input.change.facts.procedure.named,
		input.change.facts.procedure.revision,
	] {
		is_string(text)
	}
} else := "fail"

# DEC-02 asks for the field itself where a normal change needs one.
not_asked_for if {
	input.change.type == "normal"
	input.params.from == "medium_or_manual"
	input.change.risk in {"low", "medium", "high"}
}

not_asked_for if {
	input.params.from == "medium_or_manual"
	input.change.risk == "low"
	delivery == "pipeline"
}

not_asked_for if {
	input.params.from == "high"
	input.change.risk in {"low", "medium"}
}

delivery := object.get(input.change.declaration, "delivery", "pipeline")

pinned if {
	input.change.facts.procedure.form == "path"
	input.change.facts.procedure.found == true
}

pinned if {
	input.change.facts.procedure.form == "address"
	revision := lower(input.change.facts.procedure.revision)
	revision != ""
	count({revision} & moving) == 0
}

# Names that mean something else tomorrow.
moving := {"main", "master", "head", "trunk", "develop", "latest", "current"}

details contains {"field": "procedure", "message": "missing", "with": {"risk": input.change.risk}} if {
	input.change.facts.procedure.form == "none"
	asked_for
}

asked_for if {
	input.params.from == "always"
}

asked_for if {
	input.params.from == "high"
	input.change.risk == "high"
}

asked_for if {
	input.params.from == "medium_or_manual"
	input.change.type != "normal"
	delivery != "pipeline"
}

asked_for if {
	input.params.from == "medium_or_manual"
	input.change.type != "normal"
	input.change.risk != "low"
}

details contains {"field": "procedure", "message": "not_found", "with": {"path": input.change.facts.procedure.named}} if {
	input.change.facts.procedure.form == "path"
	input.change.facts.procedure.found == false
}

details contains {"field": "procedure", "message": "no_revision", "with": {"address": input.change.facts.procedure.named}} if {
	input.change.facts.procedure.form == "address"
	input.change.facts.procedure.revision == ""
}

details contains {"field": "procedure", "message": "moving", "with": values} if {
	input.change.facts.procedure.form == "address"
	lower(input.change.facts.procedure.revision) in moving
	values := {"address": input.change.facts.procedure.named, "revision": input.change.facts.procedure.revision}
}
