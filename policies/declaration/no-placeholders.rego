# METADATA
# title: No field holds a placeholder
# description: >-
#   Free text that says nothing yet (TBD, 未定, same as usual) is not an answer. Words of closed
#   lists, such as a security impact of none, are answers and are not looked at.
# custom:
#   code: DEC-03
#   name: no-placeholders
#   scope: change
#   wave: 1
#   effect: {normal: deny, standard: deny, emergency: deny}
#   parameters:
#     blank_words: [TBD, TBA, TODO, FIXME, n/a, N/A, "-", "?", none, same as usual, as usual, see above, xxx, 未定, 後で, 調整中, 確認中, 検討中, 要確認, なし, 同上, いつも通り, 適宜]
#   added: [blank_words]
#   controls: [SOC 2 CC8.1]
#   always_applies: true
#   invariant: false
package sekisho.declaration.no_placeholders

import rego.v1

verdict contains {"rule": "DEC-03", "result": result, "details": details}

result := "pass" if {
	count(input.change.facts.blank_fields) == 0
} else := "fail"

details contains {"field": field, "message": "placeholder", "with": {"field": field}} if {
	some field in input.change.facts.blank_fields
}
