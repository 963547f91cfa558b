package sekisho.emergency.open_emergencies_limited_test

import rego.v1

import data.sekisho.emergency.open_emergencies_limited as rule

dossier(facts) := {"change": {"facts": {"emergency": facts}}}

open(service, total, live) := {
	"open_service": service,
	"open_service_most": 1,
	"open_total": total,
	"open_total_most": 3,
	"live": live,
}

cases contains {"name": "the only one", "ja": "1件だけ", "want": "pass", "input": dossier(open(0, 2, []))}

cases contains {"name": "another of the service", "ja": "同じサービスにもう1件", "want": "fail", "input": dossier(open(1, 1, []))}

cases contains {"name": "a fourth in all", "ja": "全体で4件目", "want": "fail", "input": dossier(open(0, 3, []))}

cases contains {"name": "another after a yes", "ja": "承認を得たもう1件", "want": "pass", "input": dossier(open(1, 3, [{"person": "kudo"}]))}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_counts_those_of_the_service if said(dossier(open(1, 1, []))) == {{"message": "service", "with": {"open": 1, "most": 1}}}

test_counts_all if said(dossier(open(0, 3, []))) == {{"message": "total", "with": {"open": 3, "most": 3}}}

test_silent_below if said(dossier(open(0, 2, []))) == set()

test_silent_after_a_yes if said(dossier(open(1, 3, [{"person": "kudo"}]))) == set()

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
