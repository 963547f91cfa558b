package sekisho.emergency.ask_first_test

import rego.v1

import data.sekisho.emergency.ask_first as rule

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

cases contains {"name": "somebody said yes", "ja": "承認の返事あり", "want": "pass", "input": with_facts({"live": yes, "untried": 1})}

cases contains {"name": "everybody was tried", "ja": "全員に連絡を試みた", "want": "pass", "input": with_facts({})}

cases contains {"name": "the only one was tried", "ja": "1人だけの連絡順で連絡を試みた", "want": "pass", "input": with_facts({"route": [level("kudo", true)]})}

cases contains {"name": "somebody was not tried", "ja": "まだ連絡していない人がいる", "want": "fail", "input": with_facts({"route": [level("kudo", true), level("tanaka", false), level("ota", false)], "untried": 2})}

cases contains {"name": "nobody can be asked", "ja": "連絡できる人がいない", "want": "fail", "input": with_facts({"route": []})}

cases contains {"name": "nobody declared it", "ja": "宣言なし", "want": "na", "input": with_facts({"declared": false})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

waiting := {"route": [level("kudo", true), level("tanaka", false), level("ota", false)], "untried": 2}

test_names_who_comes_next if {
	said(with_facts(waiting)) == {{"message": "untried", "with": {"people": "tanaka, ota"}}}
}

test_names_the_only_one_left if {
	said(with_facts({"route": [level("kudo", true), level("tanaka", false)], "untried": 1})) == {{"message": "untried", "with": {"people": "tanaka"}}}
}

test_says_that_there_is_nobody if said(with_facts({"route": []})) == {{"message": "nobody"}}

test_silent_after_a_yes if said(with_facts(object.union(waiting, {"live": yes}))) == set()

test_silent_after_a_yes_without_a_route if said(with_facts({"live": yes, "route": []})) == set()

test_silent_where_nothing_was_declared if said(with_facts(object.union(waiting, {"declared": false}))) == set()

test_silent_about_nobody_where_nothing_was_declared if said(with_facts({"declared": false, "route": []})) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
