package sekisho.roles.one_executor_test

import rego.v1

import data.sekisho.roles.one_executor as rule

dossier(roles, allowed) := {"change": {"roles": roles, "facts": {"executor_allowed": allowed}}}

cases contains {"name": "a person who may", "ja": "権限のある人", "want": "pass", "input": dossier({"executor": "sato"}, true)}

cases contains {"name": "a person who may not", "ja": "権限のない人", "want": "fail", "input": dossier({"executor": "mori"}, false)}

cases contains {"name": "a person whom nobody knows", "ja": "登録のない人", "want": "na", "input": {"change": {
	"roles": {"executor": "mri"},
	"facts": {"executor_allowed": false, "unknown_people": ["roles.executor=mri"]},
}}}

cases contains {"name": "nobody", "ja": "誰もいない", "want": "fail", "input": dossier({}, false)}

cases contains {"name": "nobody, though the fact says yes", "ja": "誰もいないのに「いる」とされている", "want": "fail", "input": dossier({"executor": ""}, true)}

cases contains {"name": "a number instead of a person", "ja": "人ではなく数値", "want": "fail", "input": dossier({"executor": 5}, true)}

cases contains {"name": "a person who may not, beside one whom nobody knows", "ja": "権限のない人と、登録のない人", "want": "fail", "input": {"change": {
	"roles": {"executor": "mori"},
	"facts": {"executor_allowed": false, "unknown_people": ["rollback.decider=mri", "roles.executor=mri"]},
}}}

test_silent_about_a_person_whom_nobody_knows if {
	said({"change": {
		"roles": {"executor": "mri"},
		"facts": {"executor_allowed": false, "unknown_people": ["roles.executor=mri"]},
	}}) == set()
}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_that_nobody_is_named if {
	said(dossier({}, false)) == {{"field": "roles.executor", "message": "missing"}}
}

test_names_who_may_not if {
	said(dossier({"executor": "mori"}, false)) == {{
		"field": "roles.executor",
		"message": "not_allowed",
		"with": {"person": "mori"},
	}}
}

test_nobody_is_not_also_somebody_who_may_not if {
	said(dossier({"executor": ""}, false)) == {{"field": "roles.executor", "message": "missing"}}
}

test_silent_about_who_may if said(dossier({"executor": "sato"}, true)) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
