package sekisho.approval.pending_too_long_test

import rego.v1

import data.sekisho.approval.pending_too_long as rule

dossier(approved, days, late) := {"change": {"facts": {
	"quorum": 1,
	"approved_by": approved,
	"pending_days": days,
	"pending_late": late,
}}}

waiting_for(people, document) := object.union(document, {"change": {"facts": {"eligible": people}}})

cases contains {"name": "asked yesterday", "ja": "昨日依頼した", "want": "pass", "input": dossier(0, 1, false)}

cases contains {"name": "approved", "ja": "承認済み", "want": "na", "input": dossier(1, 0, false)}

cases contains {"name": "asked last month", "ja": "先月依頼した", "want": "fail", "input": waiting_for(["kudo"], dossier(0, 31, true))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_long_and_for_whom if {
	said(waiting_for(["kudo", "tanaka"], dossier(0, 31, true))) == {{
		"field": "roles.approvers",
		"message": "waiting",
		"with": {"days": 31, "people": "kudo, tanaka"},
	}}
}

cases contains {"name": "a quorum that is no number", "ja": "必要人数が数値でない", "want": "fail", "input": object.union(dossier(0, 1, false), {"change": {"facts": {"quorum": null}}})}

cases contains {"name": "approvals that are no number", "ja": "承認数が数値でない", "want": "fail", "input": dossier("1", 1, false)}

test_a_wait_that_is_no_number_is_not_said_to_be_long if {
	said(waiting_for(["kudo"], dossier(0, "soon", false))) == set()
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
