# METADATA
# title: The same steps were tried outside production
# description: >-
#   From medium risk the declaration names what was tried before, none of which failed. What could
#   not be tried says why.
# custom:
#   code: PRC-03
#   name: rehearsed-outside-production
#   scope: change
#   wave: 2
#   effect: {normal: deny, standard: template, emergency: oblige}
#   controls: [NIST CM-3, NIST CM-4, PCI DSS 6.5.1, SOC 2 CC8.1]
#   invariant: false
package sekisho.procedure.rehearsed_outside_production

import rego.v1

verdict contains {"rule": "PRC-03", "result": result, "details": details}

tests := object.get(input.change.declaration, "tests", [])

result := "na" if {
	input.change.risk == "low"
	is_array(tests)
} else := "na" if {
	asked_elsewhere
} else := "pass" if {
	input.change.risk in {"medium", "high"}
	count(tests) > 0
	every test in tests { went_well(test) }
	is_string(input.change.type)
} else := "fail"

# DEC-02 asks for the tests of work by hand.
asked_elsewhere if {
	count(tests) == 0
	input.change.type == "normal"
	object.get(input.change.declaration, "delivery", "pipeline") in {"manual", "mixed"}
}

# A test that is one sentence is one that was run.
went_well(test) if {
	is_string(test)
	trim_space(test) != ""
}

went_well(test) if {
	is_object(test)
	result_of(test) in {"", "pass", "passed", "ok", "success", "合格", "成功"}
	trim_space(test.what) != ""
}

# What was not run says why instead.
went_well(test) if {
	is_object(test)
	result_of(test) == "not_run"
	trim_space(test.what) != ""
	trim_space(object.get(test, "evidence", "")) != ""
}

result_of(test) := lower(trim_space(object.get(test, "result", "")))

details contains {"field": "tests", "message": "missing", "with": {"risk": input.change.risk}} if {
	input.change.risk != "low"
	count(tests) == 0
	not asked_elsewhere
}

details contains {"field": field, "message": "no_reason", "with": {"what": test.what}} if {
	input.change.risk != "low"
	some index, test in tests
	is_object(test)
	result_of(test) == "not_run"
	trim_space(object.get(test, "evidence", "")) == ""
	field := sprintf("tests[%d]", [index])
}

details contains {"field": field, "message": "failed_test", "with": {"what": test.what, "result": test.result}} if {
	input.change.risk != "low"
	some index, test in tests
	is_object(test)
	result_of(test) != "not_run"
	not went_well(test)
	field := sprintf("tests[%d]", [index])
}
