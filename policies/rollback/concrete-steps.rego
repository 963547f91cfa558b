# METADATA
# title: Somebody else could carry out the rollback from its steps
# description: >-
#   At least one step, and none that only repeats that the change is to be undone. A step is a
#   command, an address or a sentence that names what is done.
# custom:
#   code: RBK-02
#   name: concrete-steps
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: template, emergency: oblige}
#   parameters:
#     vague: [undo the change, undo, revert it, revert, roll back, rollback, restore, put it back, 元に戻す, 切り戻す, 切り戻し, 前の状態に戻す, リバートする, ロールバックする, 戻す]
#   added: [vague]
#   controls: [PCI DSS 6.5.1, DORA RTS 17]
#   always_applies: true
#   invariant: false
package sekisho.rollback.concrete_steps

import rego.v1

verdict contains {"rule": "RBK-02", "result": result, "details": details}

result := "pass" if {
	count(input.change.declaration.rollback.steps) > 0
	count(input.change.facts.vague_steps) == 0
} else := "fail"

details contains {"field": "rollback.steps", "message": "missing"} if {
	rollback := object.get(input.change.declaration, "rollback", {})
	count(object.get(rollback, "steps", [])) == 0
}

details contains {"field": "rollback.steps", "message": "vague", "with": {"step": step}} if {
	some step in input.change.facts.vague_steps
}
