package sekisho.record.retry_is_a_new_change_test

import rego.v1

import data.sekisho.record.retry_is_a_new_change as rule

dossier(executions, ended) := {"change": {"id": "CHG-20261204-7K3Q", "facts": {"executions": executions, "ended": ended}}}

cases contains {"name": "again after a failure", "ja": "失敗のあとの再実行", "want": "pass", "input": dossier(1, "")}

cases contains {"name": "for the first time", "ja": "初めて", "want": "na", "input": dossier(0, "")}

cases contains {"name": "put back", "ja": "切り戻し", "want": "fail", "input": dossier(1, "rolled_back")}

cases contains {"name": "broken off", "ja": "中止", "want": "fail", "input": dossier(1, "aborted")}

cases contains {"name": "done", "ja": "完了", "want": "fail", "input": dossier(1, "success")}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_it_ended if {
	said(dossier(1, "rolled_back")) == {{"message": "rolled_back", "with": {"change": "CHG-20261204-7K3Q"}}}
	said(dossier(2, "aborted")) == {{"message": "aborted", "with": {"change": "CHG-20261204-7K3Q"}}}
}

cases contains {"name": "put back before anything was done", "ja": "作業前の切り戻し", "want": "fail", "input": dossier(0, "rolled_back")}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
