package sekisho.rollback.rollback_strategy_test

import rego.v1

import data.sekisho.rollback.rollback_strategy as rule

dossier(strategy, by_hand, chosen, units) := {"change": {
	"type": "normal",
	"units": units,
	"facts": {"content": {"by_hand": by_hand}, "rollback": {"strategy": strategy, "chosen": chosen}},
}}

unit := {"first": "a1"}

of_type(kind, document) := object.union(document, {"change": {"type": kind}})

cases contains {"name": "a deployment with the plan of the service", "want": "pass", "input": dossier("redeploy", false, false, [unit])}

cases contains {"name": "a deployment that is reverted", "want": "pass", "input": dossier("revert", false, true, [unit])}

cases contains {"name": "work by hand with a plan of its own", "want": "pass", "input": dossier("restore", true, true, [])}

cases contains {"name": "a deployment with work by hand", "want": "pass", "input": dossier("revert", true, true, [unit])}

cases contains {"name": "no way back, said openly", "want": "pass", "input": dossier("none", false, true, [unit])}

cases contains {"name": "work by hand with the plan of deployments", "want": "fail", "input": dossier("redeploy", true, false, [])}

cases contains {"name": "a revert without a commit", "want": "fail", "input": dossier("revert", true, true, [])}

cases contains {"name": "a way that nobody knows", "want": "fail", "input": dossier("pray", false, true, [unit])}

cases contains {"name": "a template without one", "want": "fail", "input": of_type("standard", dossier("", false, true, []))}

cases contains {"name": "what DEC-02 has asked for", "want": "na", "input": dossier("", false, false, [unit])}

test_says_what_is_wrong if {
	said(dossier("redeploy", true, false, [])) == {{"field": "rollback", "message": "not_chosen", "with": {"strategy": "redeploy"}}}
	said(dossier("revert", true, true, [])) == {{"field": "rollback.strategy", "message": "no_commit"}}
	said(of_type("standard", dossier("", false, true, []))) == {{"field": "rollback", "message": "missing"}}
}

test_says_it_once if {
	said(dossier("revert", true, false, [])) == {{"field": "rollback", "message": "not_chosen", "with": {"strategy": "revert"}}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": sprintf("a deployment with %s", [strategy]), "want": "pass", "input": dossier(strategy, false, true, [unit])} if {
	some strategy in ["restore", "disable", "failover", "forward_fix"]
}

cases contains {"name": "a deployment of nothing that is reverted", "want": "pass", "input": dossier("revert", false, true, [])}

cases contains {"name": "a template with one", "want": "pass", "input": of_type("standard", dossier("redeploy", false, true, [unit]))}

cases contains {"name": "what DEC-02 has asked for in an emergency", "want": "na", "input": of_type("emergency", dossier("", false, false, [unit]))}

cases contains {"name": "what DEC-02 has asked for by hand", "want": "na", "input": dossier("", true, false, [])}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
