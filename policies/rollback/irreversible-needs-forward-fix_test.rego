package sekisho.rollback.irreversible_needs_forward_fix_test

import rego.v1

import data.sekisho.rollback.irreversible_needs_forward_fix as rule

dossier(reversibility, risk, rollback, impact) := {
	"change": {
		"risk": risk,
		"declaration": {"rollback": rollback, "impact": {"data": impact}},
		"facts": {"rollback": {
			"reversibility": reversibility,
			"decided_too_late": false,
			"restore_tested": "before",
			"restore_tested_seconds": 86400,
		}},
	},
	"params": {"min_risk": "high", "restore_tested": 2592000},
}

facing(facts, document) := object.union(document, {"change": {"facts": {"rollback": facts}}})

whole := {
	"point_of_no_return": "when the letters are posted",
	"forward_fix": {"plan": "call everybody who got one", "owner": "kudo"},
}

cases contains {"name": "a copy that was restored", "ja": "復元を試した控え", "want": "pass", "input": dossier("irreversible", "high", whole, "irreversible")}

cases contains {"name": "no data", "ja": "データなし", "want": "pass", "input": facing({"restore_tested": "never"}, dossier("irreversible", "high", whole, "none"))}

cases contains {"name": "until a time, at low risk", "ja": "期限付きで戻せる(リスク低)", "want": "pass", "input": dossier("time_limited", "low", whole, "write")}

cases contains {"name": "nothing of it", "ja": "該当なし", "want": "fail", "input": dossier("irreversible", "high", {}, "write")}

cases contains {"name": "no copy", "ja": "控えなし", "want": "fail", "input": facing({"restore_tested": "never"}, dossier("irreversible", "high", whole, "write"))}

cases contains {"name": "a copy restored long ago", "ja": "復元を試したのがだいぶ前の控え", "want": "fail", "input": facing({"restore_tested_seconds": 2678400}, dossier("irreversible", "high", whole, "write"))}

cases contains {"name": "a copy to be restored tomorrow", "ja": "明日復元を試す予定の控え", "want": "fail", "input": facing({"restore_tested": "ahead"}, dossier("irreversible", "high", whole, "write"))}

cases contains {"name": "low risk", "ja": "リスク低", "want": "fail", "input": dossier("irreversible", "low", whole, "none")}

cases contains {"name": "decided when it is over", "ja": "終わってから判断する", "want": "fail", "input": facing({"decided_too_late": true}, dossier("time_limited", "high", whole, "none"))}

cases contains {"name": "a word that nobody knows", "ja": "知らない語", "want": "fail", "input": dossier("perhaps", "high", whole, "none")}

cases contains {"name": "a data impact that nobody knows", "ja": "知らない種類のデータ影響", "want": "fail", "input": facing({"restore_tested": "never"}, dossier("irreversible", "high", whole, "some"))}

cases contains {"name": "can be undone", "ja": "戻せる", "want": "na", "input": dossier("reversible", "low", {}, "write")}

forward_fix := {"field": "rollback.forward_fix", "message": "forward_fix"}

never_restored := {"field": "rollback.backup", "message": "never_restored"}

test_says_all_that_is_missing if {
	said(facing({"restore_tested": "never"}, dossier("irreversible", "low", {}, "write"))) == {
		{"field": "rollback.point_of_no_return", "message": "point_of_no_return"},
		forward_fix,
		never_restored,
		{"field": "risk", "message": "risk", "with": {"risk": "low", "least": "high"}},
	}
}

test_a_repair_without_an_owner_is_none if {
	half := object.union(whole, {"forward_fix": {"plan": "repair it", "owner": ""}})
	said(dossier("irreversible", "high", half, "none")) == {forward_fix}
}

test_says_how_old_the_restore_is if {
	said(facing({"restore_tested_seconds": 2678400}, dossier("irreversible", "high", whole, "write"))) == {{
		"field": "rollback.backup.restore_tested",
		"message": "restored_long_ago",
		"with": {"days": 31, "limit": 30},
	}}
}

test_other_faults_of_the_copy_and_the_time if {
	said(facing({"restore_tested": "ahead"}, dossier("irreversible", "high", whole, "write"))) == {{
		"field": "rollback.backup.restore_tested",
		"message": "restored_ahead",
	}}
	said(facing({"decided_too_late": true}, dossier("time_limited", "high", whole, "none"))) == {{
		"field": "rollback.decide_by",
		"message": "too_late",
	}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "medium risk where that is enough", "ja": "それで足りるリスク中", "want": "pass", "input": object.union(dossier("irreversible", "medium", whole, "none"), {"params": {"min_risk": "medium"}})}

cases contains {"name": "data that is read, and no copy", "ja": "読み取りだけのデータ、控えなし", "want": "pass", "input": facing({"restore_tested": "never"}, dossier("irreversible", "high", whole, "read"))}

cases contains {"name": "a copy restored on the last day that counts", "ja": "有効期限の当日に復元を確認した控え", "want": "pass", "input": facing({"restore_tested_seconds": 2592000}, dossier("irreversible", "high", whole, "write"))}

cases contains {"name": "no data, and a copy restored long ago", "ja": "データなし、復元確認の古い控え", "want": "pass", "input": facing({"restore_tested_seconds": 2678400}, dossier("irreversible", "high", whole, "none"))}

cases contains {"name": "no data, and a copy to be restored tomorrow", "ja": "データなし、翌日に復元予定の控え", "want": "pass", "input": facing({"restore_tested": "ahead"}, dossier("irreversible", "high", whole, "none"))}

cases contains {"name": sprintf("a repair without %s", [field]), "want": "fail", "input": dossier("irreversible", "high", without(field), "none")} if {
	some field in ["plan", "owner"]
}

cases contains {"name": "can be undone, whatever else is wrong", "ja": "元に戻せるなら他は問わない", "want": "na", "input": facing({"restore_tested": "never", "decided_too_late": true}, dossier("reversible", "low", {}, "write"))}

without(field) := object.union(whole, {"forward_fix": {field: ""}})

test_half_a_repair_is_none if {
	every field in ["plan", "owner"] {
		half := {"point_of_no_return": "when the letters are posted", "forward_fix": {field: "kudo"}}
		said(dossier("irreversible", "high", half, "none")) == {forward_fix}
	}
}

test_lost_data_needs_a_copy if {
	said(facing({"restore_tested": "never"}, dossier("irreversible", "high", whole, "irreversible"))) == {never_restored}
}

test_what_was_never_restored_has_no_age if {
	long_ago := {"restore_tested": "never", "restore_tested_seconds": 2678400}
	said(facing(long_ago, dossier("irreversible", "high", whole, "write"))) == {never_restored}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
