package sekisho.approval.no_open_objection_test

import rego.v1

import data.sekisho.approval.no_open_objection as rule

dossier(objections) := {"change": {"objections": objections}}

by(person) := {"person": person, "at": "2026-12-02T10:10:00+09:00", "channel": "signed"}

cases contains {"name": "nobody objects", "ja": "異議なし", "want": "pass", "input": dossier([])}

cases contains {"name": "one objects", "ja": "1人が異議", "want": "fail", "input": dossier([by("ishii")])}

test_names_who_objects if {
	some verdict in rule.verdict with input as dossier([by("ishii")])
	verdict.details == {{"field": "roles.approvers", "message": "stands", "with": {"person": "ishii"}}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
