package sekisho.emergency.incident_linked_test

import rego.v1

import data.sekisho.emergency.incident_linked as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

cases contains {"name": "an incident by issue", "ja": "障害をIssue番号で示す", "want": "pass", "input": dossier({"incident": "issue"})}

cases contains {"name": "an incident by address", "ja": "障害をアドレスで示す", "want": "pass", "input": dossier({"incident": "address"})}

cases contains {"name": "an incident by cve", "ja": "障害をCVE番号で示す", "want": "pass", "input": dossier({"incident": "cve"})}

cases contains {"name": "an incident by key", "ja": "障害をチケット番号で示す", "want": "pass", "input": dossier({"incident": "key"})}

cases contains {"name": "no incident", "ja": "障害の記載なし", "want": "fail", "input": dossier({"incident": ""})}

cases contains {"name": "an incident in vague words", "ja": "あいまいな障害の記載", "want": "fail", "input": dossier({"incident": "vague"})}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_what_is_missing if {
	said(dossier({"incident": ""})) == {{"field": "emergency.incident", "message": "missing"}}
}

test_says_what_is_vague if {
	said(dossier({"incident": "vague"})) == {{"field": "emergency.incident", "message": "vague"}}
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
