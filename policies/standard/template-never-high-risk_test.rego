package sekisho.standard.template_never_high_risk_test

import rego.v1

import data.sekisho.standard.template_never_high_risk as rule

base := {"change": {
	"risk": "low",
	"declaration": {"kind": "code", "impact": {"data": "none"}, "rollback": {"strategy": "redeploy"}},
	"facts": {
		"areas": [],
		"gate_paths": [],
		"template": {"name": "web-deploy", "known": true, "risk": "low", "gate_globs": []},
	},
}}

dossier(values) := object.union(base, {"change": values})

declaring(values) := dossier({"declaration": object.union(base.change.declaration, values)})

cases contains {"name": "low risk", "ja": "リスク低", "want": "pass", "input": base}

cases contains {"name": "as risky as agreed", "ja": "取り決めどおりのリスク", "want": "pass", "input": dossier({"risk": "medium", "facts": {"template": {"risk": "medium"}}})}

cases contains {"name": "no template", "ja": "テンプレートなし", "want": "na", "input": dossier({"facts": {"template": {"known": false}}})}

cases contains {"name": "high risk", "ja": "リスク高", "want": "fail", "input": dossier({"risk": "high"})}

cases contains {"name": "riskier than agreed", "ja": "取り決めより高いリスク", "want": "fail", "input": dossier({"risk": "medium"})}

cases contains {"name": "payment by its area", "ja": "箇所から決済と分かる", "want": "fail", "input": dossier({"facts": {"areas": ["payment"]}})}

cases contains {"name": "access by its kind", "ja": "作業の種類が権限", "want": "fail", "input": declaring({"kind": "access"})}

cases contains {"name": "data is lost", "ja": "データが失われる", "want": "fail", "input": declaring({"impact": {"data": "irreversible"}})}

cases contains {"name": "no way back", "ja": "戻せない", "want": "fail", "input": declaring({"rollback": {"strategy": "none"}})}

cases contains {"name": "a way back that ends", "ja": "戻せる期限がある", "want": "fail", "input": declaring({"reversible_until": "2026-12-05T00:00:00+09:00"})}

cases contains {"name": "a gate file", "ja": "関所のファイル", "want": "fail", "input": dossier({"facts": {"gate_paths": ["sekisho.yml"]}})}

cases contains {"name": "a template of gate files", "ja": "関所のファイルを含むテンプレート", "want": "fail", "input": dossier({"facts": {"template": {"gate_globs": [".github/workflows/**"]}}})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

wrong(field, message, values) := {"field": field, "message": message, "with": values}

test_says_what_it_is if {
	said(dossier({"risk": "high"})) == {wrong("risk", "high", {"template": "web-deploy"})}
	said(dossier({"risk": "medium"})) == {wrong("risk", "above", {"template": "web-deploy", "risk": "medium", "agreed": "low"})}
	said(declaring({"kind": "access"})) == {wrong("kind", "guarded", {"area": "access"})}
	said(dossier({"facts": {"areas": ["content", "payment"]}})) == {wrong("kind", "guarded", {"area": "payment"})}
	said(declaring({"impact": {"data": "irreversible"}})) == {wrong("impact.data", "irreversible", {"template": "web-deploy"})}
	every strategy in ["forward_fix", "none"] {
		said(declaring({"rollback": {"strategy": strategy}})) == {wrong("rollback.strategy", "no_way_back", {"strategy": strategy})}
	}
	said(declaring({"reversible_until": "2026-12-05"})) == {wrong("reversible_until", "limited", {"until": "2026-12-05"})}
	said(dossier({"facts": {"gate_paths": ["sekisho.yml"]}})) == {wrong("template", "gate", {"path": "sekisho.yml"})}
	said(dossier({"facts": {"template": {"gate_globs": ["sekisho.yml"]}}})) == {wrong("paths", "gate", {"path": "sekisho.yml"})}
}

cases contains {"name": sprintf("data: %s", [touch]), "want": "pass", "input": declaring({"impact": {"data": touch}})} if {
	some touch in ["read", "write"]
}

cases contains {"name": sprintf("way back: %s", [strategy]), "want": "pass", "input": declaring({"rollback": {"strategy": strategy}})} if {
	some strategy in ["revert", "restore", "disable", "failover"]
}

cases contains {"name": "an area that is not guarded", "ja": "保護対象でない領域", "want": "pass", "input": dossier({"facts": {"areas": ["content"]}})}

cases contains {"name": "no template, whatever else is wrong", "ja": "ひな型でなければ他は問わない", "want": "na", "input": object.union(all_wrong, {"change": {"risk": risk}})} if {
	some risk in ["medium", "high"]
}

all_wrong := object.union(base, {"change": {
	"declaration": {
		"kind": "access",
		"impact": {"data": "irreversible"},
		"rollback": {"strategy": "none"},
		"reversible_until": "2026-12-05T00:00:00+09:00",
	},
	"facts": {
		"areas": ["payment"],
		"gate_paths": ["sekisho.yml"],
		"template": {"known": false, "gate_globs": [".github/workflows/**"]},
	},
}})

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
