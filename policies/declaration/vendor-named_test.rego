package sekisho.declaration.vendor_named_test

import rego.v1

import data.sekisho.declaration.vendor_named as rule

vendor(known, contact, page) := {
	"key": "parcels",
	"field": "impact.vendors[0]",
	"known": known,
	"contact": contact,
	"status_page": page,
}

naming(vendors) := {"change": {"facts": {"vendors": vendors}}}

of(kind, delivery, vendors) := object.union(naming(vendors), {"change": {
	"type": "normal",
	"declaration": {"kind": kind, "delivery": delivery},
}})

cases contains {"name": "named with everything", "ja": "必要な情報がそろっている", "want": "pass", "input": naming([vendor(true, true, true)])}

cases contains {"name": "nobody outside is involved", "ja": "社外の関係者がいない", "want": "na", "input": of("code", "pipeline", [])}

cases contains {"name": "what DEC-02 asks for", "ja": "DEC-02 が求める項目", "want": "na", "input": of("external_api", "manual", [])}

cases contains {"name": "a payment without anybody", "ja": "連携先のない決済", "want": "fail", "input": of("payment", "pipeline", [])}

cases contains {"name": "an interface in a deployment without anybody", "ja": "連携先のない外部連携の反映", "want": "fail", "input": of("external_api", "pipeline", [])}

cases contains {"name": "somebody whom nobody knows", "ja": "登録のない人", "want": "fail", "input": naming([vendor(false, false, false)])}

cases contains {"name": "nobody to call", "ja": "電話できる相手がいない", "want": "fail", "input": naming([vendor(true, false, true)])}

cases contains {"name": "nowhere to look", "ja": "確認先がない", "want": "fail", "input": naming([vendor(true, true, false)])}

kinds := {"params": {"kinds": ["external_api", "payment"]}}

said(document) := details if {
	some verdict in rule.verdict with input as object.union(kinds, document)
	details := verdict.details
}

of_parcels(message) := {"field": "impact.vendors[0]", "message": message, "with": {"key": "parcels"}}

test_says_what_is_missing if {
	said(of("payment", "pipeline", [])) == {{"field": "impact.vendors", "message": "missing", "with": {"kind": "payment"}}}
	said(naming([vendor(false, false, false)])) == {of_parcels("unknown")}
	said(naming([vendor(true, false, false)])) == {of_parcels("contact"), of_parcels("status_page")}
}

cases contains {"name": "somebody unknown where nobody has to be named", "ja": "窓口の記載が不要な場合の未知の人", "want": "fail", "input": of("code", "pipeline", [vendor(false, false, false)])}

cases contains {"name": "somebody unknown where DEC-02 asks", "ja": "DEC-02 が求める場合の未知の人", "want": "fail", "input": of("external_api", "manual", [vendor(false, false, false)])}

cases contains {"name": "a kind that is no text", "ja": "種類が文字列でない", "want": "fail", "input": of(null, "pipeline", [])}

cases contains {"name": "an interface in an emergency without anybody", "ja": "緊急変更の外部連携で窓口なし", "want": "fail", "input": object.union(of("external_api", "manual", []), {"change": {"type": "emergency"}})}

cases contains {"name": "a payment by hand without anybody", "ja": "手作業の決済変更で窓口なし", "want": "fail", "input": of("payment", "manual", [])}

cases contains {"name": "what DEC-02 asks for in part by hand", "ja": "一部手作業で DEC-02 が求める項目", "want": "na", "input": of("external_api", "mixed", [])}

test_who_is_named_is_not_missing if {
	said(of("payment", "pipeline", [vendor(true, false, true)])) == {{"field": "impact.vendors[0]", "message": "contact", "with": {"key": "parcels"}}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
