package sekisho.approval.approval_still_fresh_test

import rego.v1

import data.sekisho.approval.approval_still_fresh as rule

dossier(old) := {"change": {"facts": {"stale_approvals": old}}}

old(person) := {"person": person, "days": 31, "most": "30d", "field": "roles.approvers"}

cases contains {"name": "all are fresh enough", "ja": "すべて十分に新しい", "want": "pass", "input": dossier([])}

cases contains {"name": "one is too old", "ja": "1つが古すぎる", "want": "fail", "input": dossier([old("tanaka")])}

cases contains {"name": "two are too old", "ja": "2つが古すぎる", "want": "fail", "input": dossier([old("tanaka"), old("kudo")])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_old if {
	said(dossier([old("tanaka")])) == {{
		"field": "roles.approvers",
		"message": "too_old",
		"with": {"person": "tanaka", "days": 31, "most": "30d"},
	}}
}

test_names_each_person if {
	{detail["with"].person | some detail in said(dossier([old("tanaka"), old("kudo")]))} == {"tanaka", "kudo"}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
