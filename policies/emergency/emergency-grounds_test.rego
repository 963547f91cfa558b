package sekisho.emergency.emergency_grounds_test

import rego.v1

import data.sekisho.emergency.emergency_grounds as rule

dossier(grounds, reason) := {
	"params": {"non_grounds": ["want it Sooner"]},
	"change": {"declaration": {"emergency": {"grounds": grounds}, "reason": reason}},
}

cases contains {"name": "the ground outage", "ja": "事由: 停止", "want": "pass", "input": dossier("outage", "The shop is down")}

cases contains {"name": "the ground security", "ja": "事由: セキュリティ", "want": "pass", "input": dossier("security", "The shop is down")}

cases contains {"name": "the ground data_loss", "ja": "事由: データ損失", "want": "pass", "input": dossier("data_loss", "The shop is down")}

cases contains {"name": "the ground legal", "ja": "事由: 法令", "want": "pass", "input": dossier("legal", "The shop is down")}

cases contains {"name": "the ground money", "ja": "事由: 金銭的損失", "want": "pass", "input": dossier("money", "The shop is down")}

cases contains {"name": "no known ground", "ja": "知らない事由", "want": "fail", "input": dossier("campaign", "The shop is down")}

cases contains {"name": "a reason that is usually none", "ja": "事由になりにくい理由", "want": "fail", "input": dossier("money", "We want it SOONER")}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

test_says_that_there_is_no_ground if {
	said(dossier("campaign", "The shop is down")) == {{"field": "emergency.grounds", "message": "none"}}
}

test_says_which_words_are_none if {
	said(dossier("money", "We want it SOONER")) == {{"field": "reason", "message": "excuse", "with": {"words": "want it Sooner"}, "effect": "warn"}}
}

test_every_known_ground_is_no_finding if {
	every ground in ["outage", "security", "data_loss", "legal", "money"] { said(dossier(ground, "Want it sooner")) == {{"field": "reason", "message": "excuse", "with": {"words": "want it Sooner"}, "effect": "warn"}} }
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
