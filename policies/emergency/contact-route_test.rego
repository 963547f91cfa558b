package sekisho.emergency.contact_route_test

import rego.v1

import data.sekisho.emergency.contact_route as rule

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

waiting := {"route": [level("kudo", true), level("tanaka", false)], "untried": 1}

hasty := {"route": [level("kudo", true), {"person": "tanaka", "tried": true, "early": true}], "untried": 0}

cases contains {"name": "one after the other", "ja": "順に連絡している", "want": "pass", "input": with_facts(waiting)}

cases contains {"name": "everybody was called", "ja": "全員に連絡した", "want": "fail", "input": with_facts({})}

cases contains {"name": "somebody was called too early", "ja": "順番より早く連絡した", "want": "fail", "input": with_facts(hasty)}

cases contains {"name": "somebody said yes", "ja": "承認の返事あり", "want": "na", "input": with_facts({"live": yes})}

cases contains {"name": "nobody can be called", "ja": "連絡できる人がいない", "want": "na", "input": with_facts({"route": []})}

cases contains {"name": "nobody declared it", "ja": "宣言なし", "want": "na", "input": with_facts({"declared": false})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_that_everybody_was_called if {
	said(with_facts({})) == {{"message": "exhausted", "with": {"people": "kudo, tanaka"}, "effect": "info"}}
}

test_says_that_the_only_one_was_called if {
	said(with_facts({"route": [level("kudo", true)]})) == {{"message": "exhausted", "with": {"people": "kudo"}, "effect": "info"}}
}

test_names_who_was_called_too_early if {
	said(with_facts(hasty)) == {{"message": "early", "with": {"person": "tanaka"}}}
}

test_silent_on_the_way if said(with_facts(waiting)) == set()

test_silent_after_a_yes if said(with_facts({"live": yes})) == set()

test_silent_after_a_hasty_yes if said(with_facts(object.union(hasty, {"live": yes}))) == set()

test_silent_without_a_route if said(with_facts({"route": []})) == set()

test_silent_where_nothing_was_declared if said(with_facts({"declared": false})) == set()

test_silent_about_haste_where_nothing_was_declared if said(with_facts(object.union(hasty, {"declared": false}))) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
