package sekisho.record.log_verifies_test

import rego.v1

import data.sekisho.record.log_verifies as rule

dossier(size, verified) := {"log": {"size": size, "head": "38fa", "verified": verified}}

cases contains {"name": "a log that verifies", "ja": "検証できる変更履歴", "want": "pass", "input": dossier(1041, true)}

cases contains {"name": "one that does not", "ja": "そうでないもの", "want": "fail", "input": dossier(1041, false)}

cases contains {"name": "an empty one", "ja": "空の値", "want": "fail", "input": dossier(0, true)}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_what_is_wrong if {
	said(dossier(1041, false)) == {{"message": "unverified", "with": {"size": 1041}}}
	said(dossier(0, true)) == {{"message": "empty"}}
}

cases contains {"name": "a log of one record", "ja": "記録が1件の変更記録", "want": "pass", "input": dossier(1, true)}

cases contains {"name": "a log without a head", "ja": "末尾のない変更記録", "want": "fail", "input": object.union(dossier(1041, true), {"log": {"head": ""}})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
