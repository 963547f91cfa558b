package sekisho.roles.approver_is_independent_test

import rego.v1

import data.sekisho.roles.approver_is_independent as rule

by(person) := {"person": person, "field": "roles.approvers[0]"}

dossier(approvals, unknown) := {
	"change": {
		"roles": {"requester": "mori", "executor": "sato"},
		"authors": ["sato", "hayashi"],
		"approvals": approvals,
		"facts": {"unknown_authors": unknown},
	},
	"params": {"strict_authors": true},
}

lenient(document) := object.union(document, {"params": {"strict_authors": false}})

cases contains {"name": "somebody else", "ja": "別の人", "want": "pass", "input": dossier([by("tanaka")], [])}

cases contains {"name": "two others", "ja": "別の2人", "want": "pass", "input": dossier([by("tanaka"), by("kudo")], [])}

cases contains {"name": "an author where authors may", "ja": "作成者の承認を認める設定での作成者", "want": "pass", "input": lenient(dossier([by("hayashi")], []))}

cases contains {"name": "the executor", "ja": "実行者", "want": "fail", "input": dossier([by("sato")], [])}

cases contains {"name": "the executor where authors may", "ja": "作成者の承認を認める設定での実行者", "want": "fail", "input": lenient(dossier([by("sato")], []))}

cases contains {"name": "the requester", "ja": "申請者", "want": "fail", "input": dossier([by("mori")], [])}

cases contains {"name": "an author beside somebody else", "ja": "作成者とほかの人", "want": "fail", "input": dossier([by("tanaka"), by("hayashi")], [])}

cases contains {"name": "an author who is nobody", "ja": "誰でもない作成者", "want": "fail", "input": dossier([by("tanaka")], ["x@example.org"])}

cases contains {"name": "no approval", "ja": "承認なし", "want": "na", "input": dossier([], [])}

with_roles(roles) := object.union(dossier([by("tanaka")], []), {"change": {"roles": roles}})

cases contains {"name": "a requester who is nobody", "ja": "誰でもない申請者", "want": "fail", "input": with_roles({"requester": null})}

cases contains {"name": "an executor who is nobody", "ja": "誰でもない実行者", "want": "fail", "input": with_roles({"executor": null})}

cases contains {"name": "an approval of nobody", "ja": "誰でもない人の承認", "want": "fail", "input": dossier([by(null)], [])}

cases contains {"name": "an approval without a place", "ja": "場所の分からない承認", "want": "fail", "input": dossier([{"person": "tanaka"}], [])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_which_role if {
	said(dossier([by("mori")], [])) == {{
		"field": "roles.approvers[0]",
		"message": "requester",
		"with": {"person": "mori"},
	}}
}

test_says_executor_and_author if {
	{detail.message | some detail in said(dossier([by("sato")], []))} == {"executor", "author"}
}

test_names_the_address if {
	said(dossier([by("tanaka")], ["x@example.org"])) == {{
		"message": "unknown_author",
		"with": {"address": "x@example.org"},
	}}
}

test_a_missing_role_proves_nothing if {
	document := {
		"change": {"roles": {"executor": "sato"}, "authors": [], "approvals": [by("tanaka")], "facts": {"unknown_authors": []}},
		"params": {"strict_authors": true},
	}
	said(document) == {{"field": "roles.requester", "message": "unprovable", "with": {"role": "requester"}}}
}

test_silent_without_approvals if said(dossier([], ["x@example.org"])) == set()

test_names_the_person_in_each_role if {
	person := {"person": "sato"}
	said(dossier([by("sato")], [])) == {
		{"field": "roles.approvers[0]", "message": "executor", "with": person},
		{"field": "roles.approvers[0]", "message": "author", "with": person},
	}
}

test_silent_about_unknown_authors_where_authors_may if {
	said(lenient(dossier([by("tanaka")], ["x@example.org"]))) == set()
}

test_silent_about_roles_without_approvals if {
	said({"change": {"roles": {}, "authors": [], "approvals": [], "facts": {"unknown_authors": []}}, "params": {"strict_authors": true}}) == set()
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
