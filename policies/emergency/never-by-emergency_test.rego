package sekisho.emergency.never_by_emergency_test

import rego.v1

import data.sekisho.emergency.never_by_emergency as rule

dossier(paths, irreversible, live) := {"change": {"facts": {"gate_paths": paths, "emergency": {"irreversible": irreversible, "live": live}}}}

cases contains {"name": "neither", "ja": "どちらでもない", "want": "pass", "input": dossier([], false, [])}

cases contains {"name": "data for good after a yes", "ja": "承認を得て元に戻せないデータ変更", "want": "pass", "input": dossier([], true, [{"person": "kudo"}])}

cases contains {"name": "data for good without a yes", "ja": "承認なしの元に戻せないデータ変更", "want": "fail", "input": dossier([], true, [])}

cases contains {"name": "a file of the gate", "ja": "関所のファイル", "want": "fail", "input": dossier(["sekisho.yml"], false, [{"person": "kudo"}])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_names_the_file if said(dossier(["sekisho.yml"], false, [])) == {{"message": "gate", "with": {"path": "sekisho.yml"}}}

test_says_that_data_is_lost if said(dossier([], true, [])) == {{"field": "impact.data", "message": "irreversible"}}

test_silent_after_a_yes if said(dossier([], true, [{"person": "kudo"}])) == set()

test_silent_where_data_stays if said(dossier([], false, [])) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
