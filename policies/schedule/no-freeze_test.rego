package sekisho.schedule.no_freeze_test

import rego.v1

import data.sekisho.schedule.no_freeze as rule

freeze(kind) := {"id": "campaign-2026-12", "kind": kind, "until": "2026-12-05T00:00:00+09:00", "owner": "tanaka"}

dossier(risk, freezes) := {"change": {"risk": risk, "facts": {"freezes": freezes}}}

cases contains {"name": "low risk in a soft freeze", "ja": "一部凍結中のリスク低", "want": "pass", "input": dossier("low", [freeze("soft")])}

cases contains {"name": "medium risk in a soft freeze", "ja": "一部凍結中のリスク中", "want": "fail", "input": dossier("medium", [freeze("soft")])}

cases contains {"name": "low risk in a hard freeze", "ja": "全面凍結中のリスク低", "want": "fail", "input": dossier("low", [freeze("hard")])}

cases contains {"name": "a soft and a hard freeze", "ja": "一部凍結と全面凍結", "want": "fail", "input": dossier("low", [freeze("soft"), freeze("hard")])}

cases contains {"name": "a freeze of a kind that nobody knows", "ja": "知らない種類の凍結", "want": "fail", "input": dossier("low", [freeze("sofft")])}

cases contains {"name": "no freeze", "ja": "凍結なし", "want": "na", "input": dossier("high", [])}

cases contains {"name": "a freeze without a name", "ja": "名前のない凍結", "want": "fail", "input": dossier("low", [object.union(freeze("soft"), {"id": null})])}

cases contains {"name": "a freeze without an end", "ja": "終わりのない凍結", "want": "fail", "input": dossier("low", [object.union(freeze("soft"), {"until": null})])}

cases contains {"name": "a freeze without an owner", "ja": "責任者のいない凍結", "want": "fail", "input": dossier("low", [object.union(freeze("soft"), {"owner": null})])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

values := {"freeze": "campaign-2026-12", "until": "2026-12-05T00:00:00+09:00", "owner": "tanaka"}

test_names_freeze_end_and_owner if {
	said(dossier("low", [freeze("hard")])) == {{"message": "hard", "with": values}}
}

test_names_the_risk if {
	said(dossier("high", [freeze("soft")])) == {{"message": "soft", "with": object.union(values, {"risk": "high"})}}
}

test_silent_at_low_risk_in_a_soft_freeze if said(dossier("low", [freeze("soft")])) == set()

test_a_hard_freeze_is_not_also_soft if {
	said(dossier("high", [freeze("hard")])) == {{"message": "hard", "with": values}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
