# METADATA
# title: What has to be seen before going back is measurable, and has a time limit
# description: >-
#   At least one criterion with a number or a yes-or-no observation; from medium risk also the
#   latest time for the decision.
# custom:
#   code: RBK-04
#   name: rollback-criterion
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: template, emergency: oblige}
#   parameters:
#     observations: [does not, do not, cannot, can not, fails, is down, are down, is missing, are missing, mismatch, no longer,
#       開かない, 開けない, できない, されない, つながらない, 届かない, 一致しない, 不一致, 失敗する, 停止する, 落ちる]
#   added: [observations]
#   controls: [DORA RTS 17, PCI DSS 6.5.1]
#   always_applies: true
#   invariant: false
package sekisho.rollback.rollback_criterion

import rego.v1

verdict contains {"rule": "RBK-04", "result": result, "details": details}

result := "pass" if {
	count(input.change.declaration.rollback.criteria) > 0
	count(input.change.facts.vague_criteria) == 0
	decided_in_time
} else := "fail"

decided_in_time if input.change.risk == "low"

decided_in_time if {
	input.change.risk in {"medium", "high"}
	is_string(input.change.declaration.rollback.decide_by)
	input.change.declaration.rollback.decide_by != ""
}

rollback := object.get(input.change.declaration, "rollback", {})

details contains {"field": "rollback.criteria", "message": "missing"} if {
	count(object.get(rollback, "criteria", [])) == 0
}

details contains {"field": "rollback.criteria", "message": "vague", "with": {"criterion": criterion}} if {
	some criterion in input.change.facts.vague_criteria
}

details contains {"field": "rollback.decide_by", "message": "decide_by", "with": {"risk": input.change.risk}} if {
	input.change.risk in {"medium", "high"}
	object.get(rollback, "decide_by", "") == ""
}
