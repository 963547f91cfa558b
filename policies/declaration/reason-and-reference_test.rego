package sekisho.declaration.reason_and_reference_test

import rego.v1

import data.sekisho.declaration.reason_and_reference as rule

dossier(chars, script, vague) := {"change": {"facts": {
	"reason_chars": chars,
	"reason_script": script,
	"vague_references": vague,
}}}

cases contains {"name": "an English sentence", "ja": "英語の文", "want": "pass", "input": dossier(20, "en", [])}

cases contains {"name": "a Japanese sentence", "ja": "日本語の文", "want": "pass", "input": dossier(10, "ja", [])}

cases contains {"name": "no reason", "ja": "理由なし", "want": "na", "input": dossier(0, "en", [])}

cases contains {"name": "a few English letters", "ja": "英字が数文字", "want": "fail", "input": dossier(19, "en", [])}

cases contains {"name": "a few Japanese characters", "ja": "日本語が数文字", "want": "fail", "input": dossier(9, "ja", [])}

cases contains {"name": "a script that nobody knows", "ja": "判別できない文字", "want": "fail", "input": dossier(99, "fr", [])}

cases contains {"name": "a reference to nothing", "ja": "どこも指さない参照先", "want": "fail", "input": dossier(30, "en", ["chat"])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_how_much_is_missing if {
	said(object.union(dossier(4, "ja", []), {"params": {"min_chars": {"en": 20, "ja": 10}}})) == {{
		"field": "reason",
		"message": "short",
		"with": {"chars": 4, "least": 10},
	}}
}

test_names_the_reference if {
	said(object.union(dossier(40, "en", ["chat"]), {"params": {"min_chars": {"en": 20, "ja": 10}}})) == {{
		"field": "references",
		"message": "vague",
		"with": {"reference": "chat"},
	}}
}

cases contains {"name": "no reason, and a reference to nothing", "ja": "理由なし、参照先も空", "want": "na", "input": dossier(0, "en", ["chat"])}

cases contains {"name": "a least length that is no number", "ja": "最小文字数が数値でない", "want": "fail", "input": object.union(dossier(99, "en", []), {"params": {"min_chars": {"en": null}}})}

test_one_letter_is_a_reason_that_is_short if {
	said(object.union(dossier(1, "en", ["chat"]), {"params": {"min_chars": {"en": 20, "ja": 10}}})) == {
		{"field": "reason", "message": "short", "with": {"chars": 1, "least": 20}},
		{"field": "references", "message": "vague", "with": {"reference": "chat"}},
	}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
