package sekisho.content.deployed_is_approved_test

import rego.v1

import data.sekisho.content.deployed_is_approved as rule

one := {"first": "a1", "last": "a2", "content": "sha256:11"}

two := {"first": "b1", "last": "b1", "content": "sha256:22"}

dossier(units, approvals) := {"change": {"units": units, "approvals": approvals}}

of(contents) := {"person": "tanaka", "units": contents}

cases contains {"name": "the only part", "ja": "唯一の部分", "want": "pass", "input": dossier([one], [of(["sha256:11"])])}

cases contains {"name": "two parts by two people", "ja": "2つの部分を2人が承認", "want": "pass", "input": dossier([one, two], [of(["sha256:11"]), of(["sha256:22"])])}

cases contains {"name": "work by hand", "ja": "手作業", "want": "pass", "input": dossier([], [of([])])}

cases contains {"name": "a part that came later", "ja": "後から入った部分", "want": "fail", "input": dossier([one, two], [of(["sha256:11"])])}

cases contains {"name": "nobody approved anything", "ja": "誰も何も承認していない", "want": "na", "input": dossier([one], [])}

test_names_the_part if {
	said(dossier([one, two], [of(["sha256:22"])])) == {{"message": "part", "with": {"first": "a1", "last": "a2"}}}
}

test_says_nothing_where_nobody_approved if {
	said(dossier([one], [])) == set()
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

cases contains {"name": "content that is no text", "ja": "内容が文字列でない", "want": "fail", "input": dossier([object.union(one, {"content": null})], [of([null])])}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
