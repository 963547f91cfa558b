package sekisho.rollback.concrete_steps_test

import rego.v1

import data.sekisho.rollback.concrete_steps as rule

dossier(steps, vague) := {"change": {
	"declaration": {"rollback": {"steps": steps}},
	"facts": {"vague_steps": vague},
}}

cases contains {"name": "a command", "ja": "コマンド", "want": "pass", "input": dossier(["./lb.sh cert use www-2026"], [])}

cases contains {"name": "no step", "ja": "手順なし", "want": "fail", "input": dossier([], [])}

cases contains {"name": "a step that says nothing", "ja": "何も言っていない手順", "want": "fail", "input": dossier(["元に戻す"], ["元に戻す"])}

cases contains {"name": "one good and one vague", "ja": "具体的な項目とあいまいな項目", "want": "fail", "input": dossier(["git revert 1a2b", "revert it"], ["revert it"])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_that_no_step_is_there if {
	said(dossier([], [])) == {{"field": "rollback.steps", "message": "missing"}}
}

test_says_so_without_a_plan_too if {
	said({"change": {"declaration": {}, "facts": {"vague_steps": []}}}) == {{"field": "rollback.steps", "message": "missing"}}
}

test_quotes_the_step if {
	said(dossier(["revert it"], ["revert it"])) == {{"field": "rollback.steps", "message": "vague", "with": {"step": "revert it"}}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
