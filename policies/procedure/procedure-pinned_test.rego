package sekisho.procedure.procedure_pinned_test

import rego.v1

import data.sekisho.procedure.procedure_pinned as rule

path(found) := {"named": "docs/restart.md", "form": "path", "found": found, "revision": ""}

address(revision) := {"named": "https://wiki.example/restart", "form": "address", "found": false, "revision": revision}

nothing := {"named": "", "form": "none", "found": false, "revision": ""}

dossier(type, risk, procedure) := {
	"change": {"type": type, "risk": risk, "declaration": {"delivery": "manual"}, "facts": {"procedure": procedure}},
	"params": {"from": "medium_or_manual"},
}

from(word, document) := object.union(document, {"params": {"from": word}})

by_pipeline(document) := object.union(document, {"change": {"declaration": {"delivery": "pipeline"}}})

cases contains {"name": "a file of the commit", "ja": "コミットにあるファイル", "want": "pass", "input": dossier("normal", "medium", path(true))}

cases contains {"name": "an address with a revision", "ja": "版を指定したURL", "want": "pass", "input": dossier("normal", "low", address("42"))}

cases contains {"name": "a file that is not there", "ja": "存在しないファイル", "want": "fail", "input": dossier("normal", "medium", path(false))}

cases contains {"name": "a file that is not there, at low risk", "ja": "存在しないファイル(リスク低)", "want": "fail", "input": dossier("normal", "low", path(false))}

cases contains {"name": "an address without a revision", "ja": "版を指定していないURL", "want": "fail", "input": dossier("normal", "medium", address(""))}

cases contains {"name": "an address of a branch", "ja": "ブランチを指すURL", "want": "fail", "input": dossier("normal", "medium", address("Main"))}

cases contains {"name": "an emergency by hand without one", "ja": "それがない手作業の緊急変更", "want": "fail", "input": dossier("emergency", "low", nothing)}

cases contains {"name": "a medium standard change without one", "ja": "それがないリスク中の標準変更", "want": "fail", "input": by_pipeline(dossier("standard", "medium", nothing))}

cases contains {"name": "always, and none", "ja": "常に必要で、ない", "want": "fail", "input": from("always", dossier("normal", "low", nothing))}

cases contains {"name": "from high, and none at high", "ja": "リスク高から必要で、高なのにない", "want": "fail", "input": from("high", dossier("normal", "high", nothing))}

cases contains {"name": "from a word that nobody knows", "ja": "知らない語から", "want": "fail", "input": from("hihg", dossier("normal", "low", nothing))}

cases contains {"name": "a normal change without one is DEC-02's", "ja": "それがない通常変更(DEC-02 が見る)", "want": "na", "input": dossier("normal", "medium", nothing)}

cases contains {"name": "a low standard change of the pipeline", "ja": "パイプラインで反映するリスク低の標準変更", "want": "na", "input": by_pipeline(dossier("standard", "low", nothing))}

cases contains {"name": "from high, and none at medium", "ja": "リスク高から必要で、中ではない", "want": "na", "input": from("high", dossier("standard", "medium", nothing))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

wrong(message, values) := {"field": "procedure", "message": message, "with": values}

test_says_what_is_wrong if {
	said(dossier("normal", "medium", path(false))) == {wrong("not_found", {"path": "docs/restart.md"})}
	said(dossier("normal", "medium", address(""))) == {wrong("no_revision", {"address": "https://wiki.example/restart"})}
	said(dossier("normal", "medium", address("Latest"))) == {wrong("moving", {
		"address": "https://wiki.example/restart",
		"revision": "Latest",
	})}
	said(dossier("emergency", "low", nothing)) == {wrong("missing", {"risk": "low"})}
	said(by_pipeline(dossier("standard", "medium", nothing))) == {wrong("missing", {"risk": "medium"})}
	said(from("always", dossier("normal", "low", nothing))) == {wrong("missing", {"risk": "low"})}
	said(from("high", dossier("normal", "high", nothing))) == {wrong("missing", {"risk": "high"})}
}

cases contains {"name": sprintf("a normal change without one at %s risk", [risk]), "want": "na", "input": dossier("normal", risk, nothing)} if {
	some risk in ["low", "high"]
}

cases contains {"name": "from high, and none at low", "ja": "リスク高からの場合の、リスク低で手順書なし", "want": "na", "input": from("high", dossier("standard", "low", nothing))}

cases contains {"name": "a low standard change that says nothing of its delivery", "ja": "実施方法の記載がないリスク低の標準変更", "want": "na", "input": {
	"change": {"type": "standard", "risk": "low", "declaration": {}, "facts": {"procedure": nothing}},
	"params": {"from": "medium_or_manual"},
}}

cases contains {"name": "a risk that nobody knows", "ja": "知らないリスク", "want": "fail", "input": dossier("normal", "tiny", nothing)}

cases contains {"name": "always, and none by the pipeline", "ja": "常に必要な場合の、パイプラインで手順書なし", "want": "fail", "input": from("always", by_pipeline(dossier("standard", "low", nothing)))}

cases contains {"name": sprintf("an address of %s", [word]), "want": "fail", "input": dossier("normal", "medium", address(word))} if {
	some word in ["main", "master", "head", "trunk", "develop", "latest", "current"]
}

test_what_is_named_is_not_missing if {
	said(dossier("emergency", "medium", path(false))) == {wrong("not_found", {"path": "docs/restart.md"})}
}

test_a_path_has_no_revision if {
	said(dossier("normal", "medium", object.union(path(false), {"revision": "main"}))) == {wrong("not_found", {"path": "docs/restart.md"})}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
