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

cases contains {"name": "a deployment with the plan of the service", "ja": "サービスの計画を使う反映", "want": "pass", "input": dossier("redeploy", false, false, [unit])}

cases contains {"name": "a deployment that is reverted", "ja": "コミットを取り消して戻す反映", "want": "pass", "input": dossier("revert", false, true, [unit])}

cases contains {"name": "work by hand with a plan of its own", "ja": "専用の計画がある手作業", "want": "pass", "input": dossier("restore", true, true, [])}

cases contains {"name": "a deployment with work by hand", "ja": "手作業を含む反映", "want": "pass", "input": dossier("revert", true, true, [unit])}

cases contains {"name": "no way back, said openly", "ja": "戻せないと明記してある", "want": "pass", "input": dossier("none", false, true, [unit])}

cases contains {"name": "work by hand with the plan of deployments", "ja": "反映用の計画を使う手作業", "want": "fail", "input": dossier("redeploy", true, false, [])}

cases contains {"name": "a revert without a commit", "ja": "コミットのない取り消し", "want": "fail", "input": dossier("revert", true, true, [])}

cases contains {"name": "a way that nobody knows", "ja": "知らない戻し方", "want": "fail", "input": dossier("pray", false, true, [unit])}

cases contains {"name": "a template without one", "ja": "それのないテンプレート", "want": "fail", "input": of_type("standard", dossier("", false, true, []))}

cases contains {"name": "what DEC-02 has asked for", "ja": "DEC-02 が求めた項目", "want": "na", "input": dossier("", false, false, [unit])}

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

cases contains {"name": "a deployment of nothing that is reverted", "ja": "変更のない反映の差し戻し", "want": "pass", "input": dossier("revert", false, true, [])}

cases contains {"name": "a template with one", "ja": "切り戻し方法のあるひな型", "want": "pass", "input": of_type("standard", dossier("redeploy", false, true, [unit]))}

cases contains {"name": "what DEC-02 has asked for in an emergency", "ja": "緊急変更で DEC-02 が求めた項目", "want": "na", "input": of_type("emergency", dossier("", false, false, [unit]))}

cases contains {"name": "what DEC-02 has asked for by hand", "ja": "手作業で DEC-02 が求めた項目", "want": "na", "input": dossier("", true, false, [])}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
