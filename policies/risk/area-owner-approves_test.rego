package sekisho.risk.area_owner_approves_test

import rego.v1

import data.sekisho.risk.area_owner_approves as rule

dossier(missing) := {"change": {"facts": {"owners_missing": missing}}}

cases contains {"name": "every owner agrees", "ja": "責任者全員が同意", "want": "pass", "input": dossier([])}

cases contains {"name": "one is missing", "ja": "1つ足りない", "want": "fail", "input": dossier(["pricing"])}

test_names_the_area if {
	some verdict in rule.verdict with input as dossier(["pricing"])
	verdict.details == {{"field": "roles.approvers", "message": "missing", "with": {"area": "pricing"}}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
