# METADATA
# title: A way back is chosen that fits the work
# description: >-
#   The strategy is one of the list and can be carried out: there is a commit to revert, and for work
#   by hand somebody chose the plan instead of leaving it to the one that is meant for deployments.
# custom:
#   code: RBK-01
#   name: rollback-strategy
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: template, emergency: deny}
#   controls: [PCI DSS 6.5.1, ISO 27001 A.8.32, DORA RTS 17]
#   invariant: false
package sekisho.rollback.rollback_strategy

import rego.v1

verdict contains {"rule": "RBK-01", "result": result, "details": details}

strategies := {"redeploy", "revert", "restore", "disable", "failover", "forward_fix", "none"}

result := "na" if {
	input.change.type in {"normal", "emergency"}
	input.change.facts.rollback.strategy == "" # DEC-02 asks for it
} else := "pass" if {
	is_string(input.change.type)
	is_array(input.change.units)
	input.change.facts.rollback.strategy in strategies
	chosen
	something_to_revert
} else := "fail"

chosen if {
	input.change.facts.content.by_hand == false
	is_boolean(input.change.facts.rollback.chosen)
}

chosen if {
	is_boolean(input.change.facts.content.by_hand)
	input.change.facts.rollback.chosen == true
}

something_to_revert if input.change.facts.rollback.strategy != "revert"

something_to_revert if input.change.facts.content.by_hand == false

something_to_revert if count(input.change.units) > 0

details contains {"field": "rollback", "message": "missing"} if {
	input.change.type == "standard"
	input.change.facts.rollback.strategy == ""
}

details contains {"field": "rollback", "message": "not_chosen", "with": {"strategy": input.change.facts.rollback.strategy}} if {
	input.change.facts.rollback.strategy != ""
	input.change.facts.content.by_hand == true
	input.change.facts.rollback.chosen == false
}

details contains {"field": "rollback.strategy", "message": "no_commit"} if {
	input.change.facts.rollback.strategy == "revert"
	input.change.facts.content.by_hand == true
	input.change.facts.rollback.chosen == true
	count(input.change.units) == 0
}
