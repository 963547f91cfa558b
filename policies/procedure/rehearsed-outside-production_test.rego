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

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_what_is_wrong if {
	said(dossier("medium", [])) == {{"field": "tests", "message": "missing", "with": {"risk": "medium"}}}
	said(dossier("medium", [run("pass"), run("fail")])) == {{
		"field": "tests[1]",
		"message": "failed_test",
		"with": {"what": "the import on staging", "result": "fail"},
	}}
	said(dossier("medium", [object.union(run("not_run"), {"evidence": " "})])) == {{
		"field": "tests[0]",
		"message": "no_reason",
		"with": {"what": "the import on staging"},
	}}
}

cases contains {"name": sprintf("one that is %q", [word]), "want": "pass", "input": dossier("medium", [run(word)])} if {
	some word in ["", "pass", "passed", "ok", "success", "合格", "成功", " Passed "]
}

cases contains {"name": "one without a result", "ja": "結果のないテスト", "want": "pass", "input": dossier("medium", [{"what": "the import on staging"}])}

cases contains {"name": "one without a name", "ja": "名前のないテスト", "want": "fail", "input": dossier("medium", [{"what": " ", "result": "pass"}])}

cases contains {"name": "one without a name that could not be run", "ja": "名前がなく実施もできなかったテスト", "want": "fail", "input": dossier("medium", [{"what": " ", "result": "not_run", "evidence": "no staging"}])}

cases contains {"name": "one that failed, with its log", "ja": "失敗したテスト(ログあり)", "want": "fail", "input": dossier("medium", [object.union(run("fail"), {"evidence": "ci/4711"})])}

cases contains {"name": "one that could not be run, with an empty reason", "ja": "実施できず理由が空のテスト", "want": "fail", "input": dossier("medium", [object.union(run("not_run"), {"evidence": " "})])}

cases contains {"name": "work by hand with one that failed", "ja": "手作業で失敗したテスト", "want": "fail", "input": by_hand(dossier("medium", [run("fail")]))}

cases contains {"name": "low risk, and no list", "ja": "リスク低でテスト一覧なし", "want": "fail", "input": dossier("low", "done")}

cases contains {"name": "low risk with tests that say little", "ja": "リスク低で記載の乏しいテスト", "want": "na", "input": dossier("low", [run("not_run"), run("fail")])}

cases contains {"name": "work in part by hand without one is DEC-02's", "ja": "一部手作業でテストなし(DEC-02 の範囲)", "want": "na", "input": object.union(dossier("medium", []), {"change": {"declaration": {"delivery": "mixed"}}})}

test_no_reason_at_all_is_none if {
	said(dossier("medium", [run("not_run")])) == {{
		"field": "tests[0]",
		"message": "no_reason",
		"with": {"what": "the import on staging"},
	}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
