package sekisho.standard.template_bounds_test

import rego.v1

import data.sekisho.standard.template_bounds as rule

facts := {
	"name": "cert",
	"known": true,
	"outside": [],
	"paths_outside": [],
	"paths_outside_count": 0,
	"overrides": [],
}

dossier(values) := {"change": {"facts": {"template": object.union(facts, values)}}}

outside(because, wanted) := {"outside": [{"param": "host", "because": because, "wanted": wanted}]}

cases contains {"name": "inside", "ja": "範囲内", "want": "pass", "input": dossier({})}

cases contains {"name": "no template", "ja": "テンプレートなし", "want": "na", "input": dossier({"name": "", "known": false})}

cases contains {"name": "a parameter is missing", "ja": "パラメーターが足りない", "want": "fail", "input": dossier(outside("missing", ""))}

cases contains {"name": "a parameter that the template does not have", "ja": "テンプレートにないパラメーター", "want": "fail", "input": dossier(outside("unknown", "host"))}

cases contains {"name": "a parameter outside its pattern", "ja": "書式に合わないパラメーター", "want": "fail", "input": dossier(outside("pattern", "*.example"))}

cases contains {"name": "a bound that nobody knows", "ja": "知らない種類の上限", "want": "fail", "input": dossier(outside("taste", ""))}

cases contains {"name": "a file outside", "ja": "範囲外のファイル", "want": "fail", "input": dossier({"paths_outside": ["db/a.sql"], "paths_outside_count": 1})}

cases contains {"name": "more files than are listed", "ja": "一覧より多いファイル", "want": "fail", "input": dossier({"paths_outside_count": 3})}

cases contains {"name": "work by hand that says something else", "ja": "違うことを書いた手作業", "want": "fail", "input": dossier({"overrides": ["kind"]})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_which_bound if {
	said(dossier(outside("pattern", "*.example"))) == {{
		"field": "params.host",
		"message": "bound",
		"with": {"param": "host", "wanted": "*.example", "template": "cert", "bound": "pattern"},
	}}
}

test_names_what_is_missing_and_what_is_too_much if {
	said(dossier(outside("missing", ""))) == {{
		"field": "params",
		"message": "missing",
		"with": {"param": "host", "template": "cert"},
	}}
	said(dossier(outside("unknown", "hosts"))) == {{
		"field": "params.host",
		"message": "unknown_param",
		"with": {"param": "host", "wanted": "hosts", "template": "cert"},
	}}
	said(dossier({"overrides": ["kind"]})) == {{
		"field": "kind",
		"message": "overrides",
		"with": {"field": "kind", "template": "cert"},
	}}
}

test_counts_what_is_not_listed if {
	said(dossier({"paths_outside": ["a"], "paths_outside_count": 3})) == {
		{"field": "template", "message": "path", "with": {"path": "a", "template": "cert"}},
		{"field": "template", "message": "more_paths", "with": {"count": 2}},
	}
}

cases contains {"name": sprintf("a parameter outside its %s", [bound]), "want": "fail", "input": dossier(outside(bound, "3"))} if {
	some bound in ["type", "min", "max", "values"]
}

cases contains {"name": "no template, whatever else is wrong", "ja": "ひな型でなければ他は問わない", "want": "na", "input": dossier({
	"known": false,
	"outside": [{"param": "host", "because": because, "wanted": "a"} | some because in ["missing", "unknown", "min"]],
	"paths_outside": ["db/a.sql"],
	"paths_outside_count": 3,
	"overrides": ["kind"],
})}

test_says_each_bound if {
	every bound in ["type", "min", "max", "pattern", "values"] {
		said(dossier(outside(bound, "3"))) == {{
			"field": "params.host",
			"message": "bound",
			"with": {"param": "host", "wanted": "3", "template": "cert", "bound": bound},
		}}
	}
}

test_counts_the_only_one_that_is_not_listed if {
	{detail | some detail in said(dossier({"paths_outside": ["a"], "paths_outside_count": 2})); detail.message == "more_paths"} == {{
		"field": "template",
		"message": "more_paths",
		"with": {"count": 1},
	}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
