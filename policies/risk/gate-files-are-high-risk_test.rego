package sekisho.risk.gate_files_are_high_risk_test

import rego.v1

import data.sekisho.risk.gate_files_are_high_risk as rule

dossier(changed, facts) := {
	"change": object.union(
		{
			"type": "normal",
			"risk": "high",
			"approvals": [{"person": "tanaka"}],
			"facts": object.union({"gate_paths": ["sekisho.yml"], "quorum": 2, "eligible": ["kudo"]}, facts),
		},
		changed,
	),
	"params": {"quorum": 2},
}

cases contains {"name": "normal, high, two", "ja": "通常変更、リスク高、2人", "want": "pass", "input": dossier({}, {})}

cases contains {"name": "three asked", "ja": "3人に依頼", "want": "pass", "input": dossier({}, {"quorum": 3})}

cases contains {"name": "as a standard change", "ja": "標準変更として", "want": "fail", "input": dossier({"type": "standard"}, {})}

cases contains {"name": "as an emergency", "ja": "緊急変更として", "want": "fail", "input": dossier({"type": "emergency"}, {})}

cases contains {"name": "at medium risk", "ja": "リスク中", "want": "fail", "input": dossier({"risk": "medium"}, {})}

cases contains {"name": "one asked of two", "ja": "2人必要なところ1人に依頼", "want": "fail", "input": dossier({}, {"quorum": 1})}

cases contains {"name": "one asked where one exists", "ja": "1人しかおらず1人に依頼", "want": "fail", "input": dossier({}, {"quorum": 1, "eligible": []})}

cases contains {"name": "another file", "ja": "別のファイル", "want": "na", "input": dossier({}, {"gate_paths": []})}

cases contains {"name": "a quorum in words", "ja": "必要人数が文字で書かれている", "want": "fail", "input": dossier({}, {"quorum": "two"})}

cases contains {"name": "no quorum needed by mistake", "ja": "誤って必要人数が0", "want": "fail", "input": object.union(dossier({}, {}), {"params": {"quorum": null}})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_type_and_path if {
	said(dossier({"type": "emergency"}, {})) == {{
		"field": "type",
		"message": "type",
		"with": {"type": "emergency", "path": "sekisho.yml"},
	}}
}

test_names_the_risk if {
	{detail.message | some detail in said(dossier({"risk": "low"}, {}))} == {"risk"}
}

test_denies_one_of_two if {
	{[detail.message, object.get(detail, "effect", "")] | some detail in said(dossier({}, {"quorum": 1}))} == {["quorum", ""]}
}

test_warns_where_nobody_else_exists if {
	document := dossier({}, {"quorum": 1, "eligible": []})
	{[detail.message, detail.effect] | some detail in said(document)} == {["all", "warn"]}
}

test_nobody_at_all_is_no_quorum if {
	document := dossier({"approvals": []}, {"quorum": 0, "eligible": []})
	{detail.message | some detail in said(document)} == {"quorum"}
}

test_silent_elsewhere if said(dossier({}, {"gate_paths": []})) == set()

test_says_the_risk_and_the_path if {
	said(dossier({"risk": "low"}, {})) == {{"field": "risk", "message": "risk", "with": {"risk": "low", "path": "sekisho.yml"}}}
}

test_says_the_numbers if {
	numbers := {"quorum": 1, "needed": 2, "path": "sekisho.yml"}
	said(dossier({}, {"quorum": 1})) == {{"field": "roles.approvers", "message": "quorum", "with": numbers}}
	said(dossier({}, {"quorum": 1, "eligible": []})) == {{
		"field": "roles.approvers",
		"message": "all",
		"with": numbers,
		"effect": "warn",
	}}
}

test_silent_where_enough_are_asked if said(dossier({}, {"eligible": ["kudo", "mori", "sato"]})) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
