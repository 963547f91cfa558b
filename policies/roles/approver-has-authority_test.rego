package sekisho.roles.approver_has_authority_test

import rego.v1

import data.sekisho.roles.approver_has_authority as rule

dossier(quorum, approved, areas, elsewhere) := {"change": {"facts": {
	"quorum": quorum,
	"approved_by": approved,
	"authority_missing": areas,
	"authority_missing_elsewhere": elsewhere,
}}}

general(people, document) := object.union(document, {"change": {"facts": {"authority_elsewhere": people}}})

cases contains {"name": "somebody for every part", "ja": "どの部分にも承認者がいる", "want": "pass", "input": dossier(1, 1, [], false)}

cases contains {"name": "nobody is asked", "ja": "誰にも求めていない", "want": "na", "input": dossier(0, 0, ["content"], true)}

cases contains {"name": "approvals are still missing", "ja": "承認がまだ足りない", "want": "na", "input": dossier(2, 1, ["content"], true)}

cases contains {"name": "nobody for an area", "ja": "箇所の承認者がいない", "want": "fail", "input": dossier(1, 1, ["content"], false)}

cases contains {"name": "nobody for the rest", "ja": "残りの部分の承認者がいない", "want": "fail", "input": dossier(1, 1, [], true)}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_the_area if {
	said(dossier(1, 1, ["content"], false)) == {{
		"field": "roles.approvers",
		"message": "area",
		"with": {"area": "content"},
	}}
}

test_names_who_could if {
	said(general(["kudo", "ishii"], dossier(1, 1, [], true))) == {{
		"field": "roles.approvers",
		"message": "elsewhere",
		"with": {"people": "kudo, ishii"},
	}}
}

test_says_when_nobody_could if {
	said(general([], dossier(1, 1, [], true))) == {{"field": "roles.approvers", "message": "nobody"}}
}

cases contains {"name": "nobody is asked, and somebody could be", "ja": "承認者の指名なし、候補者はいる", "want": "na", "input": general(["kudo"], dossier(0, 0, ["content"], true))}

cases contains {"name": "nobody is asked, and nobody could be", "ja": "承認者の指名なし、候補者もいない", "want": "na", "input": general([], dossier(0, 0, [], true))}

test_what_is_decided_for_is_not_named if {
	area := {{"field": "roles.approvers", "message": "area", "with": {"area": "content"}}}
	said(general(["kudo"], dossier(1, 1, ["content"], false))) == area
	said(general([], dossier(1, 1, ["content"], false))) == area
}

test_names_the_only_one_who_could if {
	said(general(["kudo"], dossier(1, 1, [], true))) == {{
		"field": "roles.approvers",
		"message": "elsewhere",
		"with": {"people": "kudo"},
	}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
