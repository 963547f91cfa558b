package sekisho.emergency.emergency_scope_test

import rego.v1

import data.sekisho.emergency.emergency_scope as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

size(files, lines) := {"files": files, "files_most": 10, "lines": lines, "lines_most": 200}

cases contains {"name": "as large as may be", "ja": "上限ちょうど", "want": "pass", "input": dossier(size(10, 200))}

cases contains {"name": "a file too many", "ja": "ファイルが1つ多い", "want": "fail", "input": dossier(size(11, 200))}

cases contains {"name": "a line too many", "ja": "1行多い", "want": "fail", "input": dossier(size(10, 201))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_counts_files if said(dossier(size(11, 200))) == {{"message": "files", "with": {"files": 11, "most": 10}}}

test_counts_lines if said(dossier(size(10, 201))) == {{"message": "lines", "with": {"lines": 201, "most": 200}}}

test_silent_at_the_limit if said(dossier(size(10, 200))) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
