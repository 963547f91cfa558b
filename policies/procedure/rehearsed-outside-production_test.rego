package sekisho.procedure.rehearsed_outside_production_test

import rego.v1

import data.sekisho.procedure.rehearsed_outside_production as rule

dossier(risk, tests) := {"change": {"type": "normal", "risk": risk, "declaration": {"delivery": "pipeline", "tests": tests}}}

by_hand(document) := object.union(document, {"change": {"declaration": {"delivery": "manual"}}})

emergency(document) := object.union(document, {"change": {"type": "emergency"}})

run(result) := {"what": "the import on staging", "result": result}

cases contains {"name": "one sentence", "want": "pass", "input": dossier("medium", ["the import on staging"])}

cases contains {"name": "one that went well", "want": "pass", "input": dossier("high", [run("pass")])}

cases contains {"name": "one that could not be run, with a reason", "want": "pass", "input": dossier("medium", [object.union(run("not_run"), {"evidence": "no staging for this provider"})])}

cases contains {"name": "nothing", "want": "fail", "input": dossier("medium", [])}

cases contains {"name": "one that failed", "want": "fail", "input": dossier("medium", [run("pass"), run("fail")])}

cases contains {"name": "one that could not be run, without a reason", "want": "fail", "input": dossier("medium", [run("not_run")])}

cases contains {"name": "an empty sentence", "want": "fail", "input": dossier("medium", [" "])}

cases contains {"name": "an emergency by hand without one", "want": "fail", "input": emergency(by_hand(dossier("medium", [])))}

cases contains {"name": "low risk", "want": "na", "input": dossier("low", [])}

cases contains {"name": "work by hand without one is DEC-02's", "want": "na", "input": by_hand(dossier("medium", []))}

said(document) := {detail.message | some verdict in rule.verdict with input as document; some detail in verdict.details}

test_says_what_is_wrong if {
	said(dossier("medium", [])) == {"missing"}
	said(dossier("medium", [run("fail")])) == {"failed_test"}
	said(dossier("medium", [run("not_run")])) == {"no_reason"}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
