package sekisho.emergency.overdue_blocks_normal_test

import rego.v1

import data.sekisho.emergency.overdue_blocks_normal as rule

dossier(changes, owing) := {"changes": changes, "standing": {"owed": owing}}

change(type) := {"type": type}

about(reference) := {"id": reference, "type": "normal", "declaration": {"references": ["#1", reference]}}

owed(state) := {"change": "CHG-20261121-2D5N", "kind": "record", "owner": "kudo", "due": "2026-12-05T00:00:00+09:00", "state": state}

cases contains {"name": "nothing is owed", "ja": "残務なし", "want": "pass", "input": dossier([change("normal")], [])}

cases contains {"name": "something is open", "ja": "期限前の残務", "want": "fail", "input": dossier([change("normal")], [owed("open")])}

cases contains {"name": "something is overdue", "ja": "期限超過の残務", "want": "fail", "input": dossier([change("standard"), change("emergency")], [owed("overdue")])}

cases contains {"name": "something was rejected", "ja": "事後否認", "want": "fail", "input": dossier([about("CHG-20261121-AAAA")], [owed("rejected")])}

cases contains {"name": "the change that puts it right", "ja": "是正の変更", "want": "fail", "input": dossier([about("CHG-20261121-2D5N")], [owed("rejected")])}

cases contains {"name": "an emergency", "ja": "緊急変更", "want": "na", "input": dossier([change("emergency")], [owed("overdue")])}

cases contains {"name": "nothing is changed", "ja": "変更なし", "want": "na", "input": dossier([], [owed("overdue")])}

said(document) := details if {
	some verdict in rule.verdict with input as document
	details := verdict.details
}

values := {"change": "CHG-20261121-2D5N", "kind": "record", "owner": "kudo", "due": "2026-12-05T00:00:00+09:00"}

test_warns_of_what_is_open if {
	said(dossier([change("normal")], [owed("open")])) == {{"message": "open", "with": values, "effect": "warn"}}
}

test_warns_in_the_time_of_grace if {
	said(dossier([change("normal")], [owed("grace")])) == {{"message": "grace", "with": values, "effect": "warn"}}
}

test_stops_what_is_overdue if {
	said(dossier([change("normal"), change("emergency")], [owed("overdue")])) == {{"message": "overdue", "with": values}}
}

test_stops_what_is_not_about_a_rejected_one if {
	said(dossier([about("CHG-20261121-AAAA")], [owed("rejected")])) == {{"message": "rejected", "with": values}}
	said(dossier([about("CHG-20261121-2D5N"), about("#2")], [owed("rejected")])) == {{"message": "rejected", "with": values}}
	said(dossier([change("normal")], [owed("rejected")])) == {{"message": "rejected", "with": values}}
}

test_lets_through_what_puts_it_right if {
	said(dossier([about("CHG-20261121-2D5N")], [owed("rejected")])) == {{"message": "puts_right", "with": values, "effect": "warn"}}
}

test_puts_right_is_said_of_what_was_rejected_to_what_waits if {
	said(dossier([about("CHG-20261121-2D5N")], [owed("open")])) == {{"message": "open", "with": values, "effect": "warn"}}
	urgent := object.union(about("CHG-20261121-2D5N"), {"type": "emergency"})
	said(dossier([urgent], [owed("rejected")])) == set()
}

test_takes_what_it_does_not_know_as_overdue if {
	said(dossier([change("normal")], [owed("later")])) == {{"message": "overdue", "with": values}}
}

test_silent_in_an_emergency if {
	said(dossier([change("emergency")], [owed("open"), owed("grace"), owed("overdue"), owed("rejected")])) == set()
}

test_an_empty_document_fails if {
	some verdict in rule.verdict with input as {}
	verdict.result == "fail"
}
