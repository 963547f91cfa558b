package sekisho.procedure.rehearsed_outside_production_test

import rego.v1

import data.sekisho.procedure.rehearsed_outside_production as rule

dossier(risk, tests) := {"change": {"type": "normal", "risk": risk, "declaration": {"delivery": "pipeline", "tests": tests}}}

by_hand(document) := object.union(document, {"change": {"declaration": {"delivery": "manual"}}})

emergency(document) := object.union(document, {"change": {"type": "emergency"}})

run(result) := {"what": "the import on staging", "result": result}

cases contains {"name": "one sentence", "ja": "1文", "want": "pass", "input": dossier("medium", ["the import on staging"])}

cases contains {"name": "one that went well", "ja": "成功したもの", "want": "pass", "input": dossier("high", [run("pass")])}

cases contains {"name": "one that could not be run, with a reason", "ja": "実行できず、理由がある", "want": "pass", "input": dossier("medium", [object.union(run("not_run"), {"evidence": "no staging for this provider"})])}

cases contains {"name": "nothing", "ja": "何もない", "want": "fail", "input": dossier("medium", [])}

cases contains {"name": "one that failed", "ja": "失敗したもの", "want": "fail", "input": dossier("medium", [run("pass"), run("fail")])}

cases contains {"name": "one that could not be run, without a reason", "ja": "実行できず、理由がない", "want": "fail", "input": dossier("medium", [run("not_run")])}

cases contains {"name": "an empty sentence", "ja": "空の文", "want": "fail", "input": dossier("medium", [" "])}

cases contains {"name": "an emergency by hand without one", "ja": "それがない手作業の緊急変更", "want": "fail", "input": emergency(by_hand(dossier("medium", [])))}

cases contains {"name": "low risk", "ja": "リスク低", "want": "na", "input": dossier("low", [])}

cases contains {"name": "work by hand without one is DEC-02's", "ja": "それがない手作業(DEC-02 が見る)", "want": "na", "input": by_hand(dossier("medium", []))}

said(document) := {detail.message | some verdict in rule.verdict with input as document; some detail in verdict.details}

test_says_what_is_wrong if {
	said(dossier("medium", [])) == {"missing"}
	said(dossier("medium", [run("fail")])) == {"failed_test"}
	said(dossier("medium", [run("not_run")])) == {"no_reason"}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
