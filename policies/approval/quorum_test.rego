package sekisho.approval.quorum_test

import rego.v1

import data.sekisho.approval.quorum as rule

facts := {
	"quorum": 1,
	"approved_by": 1,
	"eligible": ["kudo"],
	"owners_missing": [],
	"approvals_of_other_content": [],
	"approvals_not_counted": [],
}

dossier(risk, changed) := {
	"change": {"risk": risk, "facts": object.union(facts, changed)},
	"params": {"high_needs": ["area_owner"]},
}

needing(needs, document) := object.union(document, {"params": {"high_needs": needs}})

cases contains {"name": "one of one", "ja": "1人中1人", "want": "pass", "input": dossier("low", {})}

cases contains {"name": "two of two at high risk", "ja": "リスク高で2人中2人", "want": "pass", "input": dossier("high", {"quorum": 2, "approved_by": 2})}

cases contains {"name": "without an owner at medium risk", "ja": "責任者の承認なし(リスク中)", "want": "pass", "input": dossier("medium", {"owners_missing": ["pricing"]})}

cases contains {"name": "without an owner where none is needed", "ja": "責任者の承認が不要な設定", "want": "pass", "input": needing([], dossier("high", {"owners_missing": ["pricing"]}))}

cases contains {"name": "none of one", "ja": "1人中0人", "want": "fail", "input": dossier("low", {"approved_by": 0})}

cases contains {"name": "one of two", "ja": "2人中1人", "want": "fail", "input": dossier("high", {"quorum": 2})}

cases contains {"name": "without an owner at high risk", "ja": "責任者の承認なし(リスク高)", "want": "fail", "input": dossier("high", {"owners_missing": ["pricing"]})}

cases contains {"name": "a need that nobody knows", "ja": "知らない条件", "want": "fail", "input": needing(["area_owners"], dossier("low", {}))}

cases contains {"name": "nobody is asked", "ja": "誰にも求めていない", "want": "na", "input": dossier("low", {"quorum": 0, "approved_by": 0})}

cases contains {"name": "approved by a word", "ja": "人数が文字で書かれている", "want": "fail", "input": dossier("low", {"approved_by": "many"})}

cases contains {"name": "a quorum that is not there", "ja": "必要人数がない", "want": "fail", "input": dossier("low", {"quorum": null})}

cases contains {"name": "one name instead of a list", "ja": "一覧ではなく名前1つ", "want": "fail", "input": dossier("low", {"eligible": "kudo"})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_who_can_still_approve if {
	said(dossier("low", {"approved_by": 0, "eligible": ["kudo", "tanaka"]})) == {{
		"field": "roles.approvers",
		"message": "missing",
		"with": {"approved": 0, "quorum": 1, "people": "kudo, tanaka"},
	}}
}

test_says_when_nobody_can if {
	{detail.message | some detail in said(dossier("low", {"approved_by": 0, "eligible": []}))} == {"nobody"}
}

test_names_the_area if {
	said(dossier("high", {"owners_missing": ["pricing"]})) == {{
		"field": "roles.approvers",
		"message": "owner",
		"with": {"area": "pricing"},
	}}
}

test_names_the_unknown_need if {
	said(needing(["cab"], dossier("low", {}))) == {{"message": "unknown_need", "with": {"need": "cab"}}}
}

test_explains_what_does_not_count if {
	document := dossier("low", {
		"approved_by": 0,
		"approvals_of_other_content": ["tanaka"],
		"approvals_not_counted": [{"person": "mori", "because": "no_authority"}],
	})
	{[detail.message, object.get(detail, "effect", "")] | some detail in said(document)} == {
		["missing", ""],
		["other_content", "info"],
		["not_counted", "info"],
	}
}

test_says_the_numbers_when_nobody_can if {
	said(dossier("low", {"approved_by": 0, "eligible": []})) == {{
		"field": "roles.approvers",
		"message": "nobody",
		"with": {"approved": 0, "quorum": 1},
	}}
}

test_silent_where_enough_approved if {
	said(dossier("low", {"eligible": []})) == set()
	said(dossier("medium", {"owners_missing": ["pricing"]})) == set()
	said(dossier("low", {
		"approvals_of_other_content": ["tanaka"],
		"approvals_not_counted": [{"person": "mori", "because": "no_authority"}],
	})) == set()
}

test_silent_where_nobody_is_asked if {
	alone := dossier("high", {"quorum": 0, "approved_by": 0, "owners_missing": ["pricing"]})
	said(alone) == set()
	said(needing(["cab"], alone)) == set()
}

test_says_whose_approval_does_not_count_and_why if {
	said(dossier("low", {
		"approved_by": 0,
		"eligible": [],
		"approvals_of_other_content": ["tanaka"],
		"approvals_not_counted": [{"person": "mori", "because": "no_authority"}],
	})) == {
		{"field": "roles.approvers", "message": "nobody", "with": {"approved": 0, "quorum": 1}},
		{"message": "other_content", "with": {"person": "tanaka"}, "effect": "info"},
		{"message": "not_counted", "with": {"person": "mori", "because": "no_authority"}, "effect": "info"},
	}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
