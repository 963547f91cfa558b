package sekisho.emergency.listed_measures_test

import rego.v1

import data.sekisho.emergency.listed_measures as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

level(person, tried) := {"person": person, "tried": tried, "early": false}

facts := {
	"declared": true,
	"live": [],
	"route": [level("kudo", true), level("tanaka", true)],
	"untried": 0,
	"refused": [],
	"measure": "restart",
	"listed": true,
	"without_live": true,
}

with_facts(others) := dossier(object.union(facts, others))

yes := [{"attested": true}]

cases contains {"name": "a listed measure while people are called", "ja": "連絡中の許容手段", "want": "pass", "input": with_facts({"untried": 1})}

cases contains {"name": "a listed measure when nobody answered", "ja": "連絡がつかず許容手段", "want": "fail", "input": with_facts({})}

cases contains {"name": "a measure that is not listed", "ja": "許容手段ではない", "want": "fail", "input": with_facts({"untried": 1, "listed": false})}

cases contains {"name": "a profile that asks for a yes", "ja": "承認を必須とする設定", "want": "fail", "input": with_facts({"untried": 1, "without_live": false})}

cases contains {"name": "somebody said no", "ja": "不承認の返事あり", "want": "fail", "input": with_facts({"untried": 1, "refused": ["kudo"]})}

cases contains {"name": "somebody said yes", "ja": "承認の返事あり", "want": "na", "input": with_facts({"live": yes})}

cases contains {"name": "nobody declared it", "ja": "宣言なし", "want": "na", "input": with_facts({"declared": false})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_that_it_starts_alone if {
	said(with_facts({})) == {{"message": "alone", "with": {"measure": "restart"}, "effect": "oblige"}}
}

test_says_that_it_is_not_listed if {
	said(with_facts({"listed": false})) == {{"field": "emergency.measure", "message": "unlisted", "with": {"measure": "restart"}}}
}

test_says_that_the_profile_asks_for_a_yes if said(with_facts({"without_live": false})) == {{"message": "profile"}}

test_names_who_said_no if {
	said(with_facts({"refused": ["kudo", "tanaka"]})) == {{"message": "refused", "with": {"people": "kudo, tanaka"}}}
}

test_names_the_only_one_who_said_no if {
	said(with_facts({"refused": ["kudo"]})) == {{"message": "refused", "with": {"people": "kudo"}}}
}

everything := {"listed": false, "without_live": false, "refused": ["kudo"]}

test_silent_while_people_are_called if said(with_facts({"untried": 1})) == set()

test_silent_after_a_yes if said(with_facts(object.union(everything, {"live": yes}))) == set()

test_silent_where_nothing_was_declared if said(with_facts(object.union(everything, {"declared": false}))) == set()

test_not_alone_after_a_yes if said(with_facts({"live": yes})) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
