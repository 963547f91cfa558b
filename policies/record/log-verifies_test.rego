package sekisho.record.log_verifies_test

import rego.v1

import data.sekisho.record.log_verifies as rule

dossier(size, verified) := {"log": {"size": size, "head": "38fa", "verified": verified}}

cases contains {"name": "a log that verifies", "want": "pass", "input": dossier(1041, true)}

cases contains {"name": "one that does not", "want": "fail", "input": dossier(1041, false)}

cases contains {"name": "an empty one", "want": "fail", "input": dossier(0, true)}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_what_is_wrong if {
	said(dossier(1041, false)) == {{"message": "unverified", "with": {"size": 1041}}}
	said(dossier(0, true)) == {{"message": "empty"}}
}

cases contains {"name": "a log of one record", "want": "pass", "input": dossier(1, true)}

cases contains {"name": "a log without a head", "want": "fail", "input": object.union(dossier(1041, true), {"log": {"head": ""}})}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
