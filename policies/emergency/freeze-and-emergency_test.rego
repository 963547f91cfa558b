package sekisho.emergency.freeze_and_emergency_test

import rego.v1

import data.sekisho.emergency.freeze_and_emergency as rule

dossier(freezes, measure, people) := {"change": {"facts": {
	"freezes": freezes,
	"emergency": {"measure": measure, "live": [{"person": person} | some person in people]},
}}}

freeze(kind) := {"id": "nenmatsu", "kind": kind, "until": "2026-12-05T00:00:00+09:00"}

cases contains {"name": "no freeze", "ja": "凍結なし", "want": "na", "input": dossier([], "code", [])}

cases contains {"name": "a soft freeze", "ja": "一部凍結", "want": "pass", "input": dossier([freeze("soft")], "code", ["kudo"])}

cases contains {"name": "two yeses in a hard freeze", "ja": "全面凍結で2人が承認", "want": "pass", "input": dossier([freeze("hard")], "code", ["kudo", "tanaka"])}

cases contains {"name": "one person twice in a hard freeze", "ja": "全面凍結で同じ人が2回", "want": "fail", "input": dossier([freeze("soft"), freeze("hard")], "code", ["kudo", "kudo"])}

cases contains {"name": "going back in a hard freeze", "ja": "全面凍結での切り戻し", "want": "pass", "input": dossier([freeze("hard")], "rollback", [])}

cases contains {"name": "a certificate in a hard freeze", "ja": "全面凍結での証明書更新", "want": "pass", "input": dossier([freeze("hard")], "renew_certificate", [])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

values := {"freeze": "nenmatsu", "until": "2026-12-05T00:00:00+09:00", "people": 1}

test_names_the_freeze if {
	said(dossier([freeze("soft"), freeze("hard")], "code", ["kudo", "kudo"])) == {{"message": "hard", "with": values}}
}

test_silent_after_two_yeses if said(dossier([freeze("hard")], "code", ["kudo", "tanaka"])) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
