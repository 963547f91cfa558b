package sekisho.emergency.retrospective_approver_is_independent_test

import rego.v1

import data.sekisho.emergency.retrospective_approver_is_independent as rule

dossier(approvers, retro) := {"change": {"roles": {"approvers": approvers}, "facts": {"emergency": {"retro": retro}}}}

cases contains {"name": "somebody independent", "ja": "独立した人", "want": "pass", "input": dossier(["kudo"], ["kudo", "tanaka"])}

cases contains {"name": "somebody with a part in it", "ja": "当事者", "want": "fail", "input": dossier(["kudo", "suzuki"], ["kudo", "tanaka"])}

cases contains {"name": "nobody could", "ja": "承認できる人がいない", "want": "fail", "input": dossier(["suzuki"], [])}

cases contains {"name": "nobody is named", "ja": "指名なし", "want": "na", "input": dossier([], ["kudo"])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

values := {"person": "suzuki", "people": "kudo, tanaka"}

test_names_who_could if {
	said(dossier(["kudo", "suzuki"], ["kudo", "tanaka"])) == {{"field": "roles.approvers", "message": "not_independent", "with": values}}
}

test_names_the_only_one_who_could if {
	said(dossier(["suzuki"], ["kudo"])) == {{"field": "roles.approvers", "message": "not_independent", "with": {"person": "suzuki", "people": "kudo"}}}
}

test_says_that_nobody_could if said(dossier(["suzuki"], [])) == {{"field": "roles.approvers", "message": "nobody"}}

test_silent_where_nobody_is_named if said(dossier([], [])) == set()

test_silent_for_somebody_independent if said(dossier(["kudo"], ["kudo"])) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
