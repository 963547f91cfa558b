# METADATA
# title: An external party is named, with whom to call and where to look
# description: >-
#   A change that depends on somebody outside names them; sekisho.yml says under vendors how they
#   are reached and where they show their own state.
# custom:
#   code: DEC-10
#   name: vendor-named
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: warn, emergency: oblige}
#   parameters: {kinds: [external_api, payment]}
#   controls: [ISO 27001 A.5.19, SOC 2 CC9.2]
#   invariant: false
package sekisho.declaration.vendor_named

import rego.v1

verdict contains {"rule": "DEC-10", "result": result, "details": details}

result := "na" if {
	count(input.change.facts.vendors) == 0
	is_string(input.change.declaration.kind)
	every kind in input.params.kinds { kind != input.change.declaration.kind }
} else := "na" if {
	asked_already
} else := "pass" if {
	count(input.change.facts.vendors) > 0
	is_array(input.params.kinds)
	every vendor in input.change.facts.vendors {
		is_string(vendor.key)
		is_string(vendor.field)
		vendor.known == true
		vendor.contact == true
		vendor.status_page == true
	}
} else := "fail"

# Work by hand on an external interface names its vendor in the details, which DEC-02 asks for.
asked_already if {
	count(input.change.facts.vendors) == 0
	input.change.type == "normal"
	input.change.declaration.kind == "external_api"
	input.change.declaration.delivery in {"manual", "mixed"}
}

details contains {"field": "impact.vendors", "message": "missing", "with": {"kind": kind}} if {
	count(input.change.facts.vendors) == 0
	some kind in input.params.kinds
	kind == input.change.declaration.kind
	not asked_already
}

details contains {"field": vendor.field, "message": "unknown", "with": {"key": vendor.key}} if {
	some vendor in input.change.facts.vendors
	vendor.known == false
}

details contains {"field": vendor.field, "message": "contact", "with": {"key": vendor.key}} if {
	some vendor in input.change.facts.vendors
	vendor.known == true
	vendor.contact == false
}

details contains {"field": vendor.field, "message": "status_page", "with": {"key": vendor.key}} if {
	some vendor in input.change.facts.vendors
	vendor.known == true
	vendor.status_page == false
}
