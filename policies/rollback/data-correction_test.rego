package sekisho.rollback.data_correction_test

import rego.v1

import data.sekisho.rollback.data_correction as rule

dossier(kind, data, rollback) := {"change": {
	"type": kind,
	"declaration": {"rollback": rollback},
	"facts": {"rollback": {"data": data}},
}}

correcting := {"data_correction": "orders at the wrong price are called and paid back"}

cases contains {"name": "data with a correction", "ja": "データを書き、補正方針がある", "want": "pass", "input": dossier("normal", "stated", correcting)}

cases contains {"name": "assumed data with a correction", "ja": "データを書くとみなされ、補正方針がある", "want": "pass", "input": dossier("standard", "assumed", correcting)}

cases contains {"name": "data without one", "ja": "データを書き、補正方針がない", "want": "fail", "input": dossier("normal", "stated", {})}

cases contains {"name": "an empty one", "ja": "空の値", "want": "fail", "input": dossier("normal", "stated", {"data_correction": ""})}

cases contains {"name": "a word that nobody knows", "ja": "知らない語", "want": "fail", "input": dossier("normal", "perhaps", correcting)}

cases contains {"name": "no data", "ja": "データなし", "want": "na", "input": dossier("normal", "no", {})}

test_stops_where_it_is_known if {
	said(dossier("normal", "stated", {})) == {{"field": "rollback.data_correction", "message": "missing"}}
	said(dossier("standard", "assumed", {})) == {{"field": "rollback.data_correction", "message": "missing"}}
}

test_warns_where_it_is_a_guess if {
	said(dossier("normal", "assumed", {})) == {{
		"field": "rollback.data_correction",
		"message": "assumed",
		"effect": "warn",
	}}
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "assumed data of a normal change with a correction", "ja": "データ影響を仮定した通常変更(補正あり)", "want": "pass", "input": dossier("normal", "assumed", correcting)}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
