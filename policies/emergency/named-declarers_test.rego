package sekisho.emergency.named_declarers_test

import rego.v1

import data.sekisho.emergency.named_declarers as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

by(person) := {"declared": true, "declarer": person, "declarers": ["sato", "suzuki"]}

cases contains {"name": "somebody named declared it", "ja": "指名された人が宣言", "want": "pass", "input": dossier(by("sato"))}

cases contains {"name": "somebody else declared it", "ja": "指名されていない人が宣言", "want": "fail", "input": dossier(by("mori"))}

cases contains {"name": "nobody declared it", "ja": "宣言なし", "want": "na", "input": dossier(object.union(by(""), {"declared": false}))}

cases contains {"name": "nobody is named", "ja": "指名された人がいない", "want": "fail", "input": dossier(object.union(by("sato"), {"declarers": []}))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

values := {"person": "mori", "people": "sato, suzuki"}

test_names_who_may if {
	said(dossier(by("mori"))) == {{"field": "roles.requester", "message": "not_named", "with": values}}
}

test_silent_for_somebody_named if said(dossier(by("suzuki"))) == set()

test_silent_where_nothing_was_declared if said(dossier(object.union(by("mori"), {"declared": false}))) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
