package sekisho.roles.roles_still_valid_test

import rego.v1

import data.sekisho.roles.roles_still_valid as rule

dossier(gone) := {"change": {"facts": {"not_members": gone}}}

gone(role) := {"person": "mori", "role": role, "day": "2026-12-01", "field": "roles.approvers"}

cases contains {"name": "all were there", "ja": "全員が在籍していた", "want": "pass", "input": dossier([])}

cases contains {"name": "an approver who had not come yet", "ja": "まだ在籍していなかった承認者", "want": "fail", "input": dossier([gone("approver")])}

cases contains {"name": "somebody who has left asks", "ja": "離任した人が依頼した", "want": "fail", "input": dossier([gone("actor")])}

cases contains {"name": "both", "ja": "両方", "want": "fail", "input": dossier([gone("approver"), gone("actor")])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_who_and_when if {
	said(dossier([gone("approver")])) == {{
		"field": "roles.approvers",
		"message": "approver",
		"with": {"person": "mori", "day": "2026-12-01"},
	}}
}

test_tells_the_roles_apart if {
	said(dossier([gone("actor")])) == {{
		"field": "roles.approvers",
		"message": "actor",
		"with": {"person": "mori", "day": "2026-12-01"},
	}}
}



test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
