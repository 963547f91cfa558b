# What is wrong in sekisho.yml or a declaration, and what would be right.

yaml-anchor = anchors (&) and aliases (*) are not allowed: write the value out.
yaml-approves-alone = { $person } is the only executor and the only approver, so nothing could ever pass: name somebody else under approvers.
yaml-at-least-two = emergency.{ $key } needs at least two people in the profile audited.
yaml-at-most = { $found } is too long: at most { $most }.
yaml-audited-needs = the profile audited needs { $key }.
yaml-blank-person = nobody has been named for { $person } yet: write the approver's name here.
yaml-change-id = “{ $found }” is not a change ID: write CHG-YYYYMMDD-XXXX.
yaml-channel = a channel has exactly one of slack, teams, webhook, chatwork, email and github.
yaml-character = “{ $character }” cannot start a value or stand here: put the text in double quotes.
yaml-colon = a colon stands where no key can be: put a text that contains “: ” in double quotes, or check brackets and indentation above.
yaml-colon-missing = this is not “key: value”: a colon and a space are missing.
yaml-day = “{ $found }” is not a day: write it like 2026-12-04.
yaml-directive = lines that start with % are not allowed: remove this one.
yaml-duplicate-key = “{ $key }” stands twice; the first is on line { $line }. Keep one.
yaml-duration = “{ $found }” is not a duration: write 30m, 4h, 7d or 2bd (business days), with its unit.
yaml-email = “{ $found }” is not a mail address.
yaml-empty = empty: remove the key or give a value.
yaml-ends-before-start = this ends before it starts ({ $start }): it has to be later.
yaml-escape = unknown escape in double quotes: write \\ for a backslash, or use single quotes.
yaml-file-missing = the file { $path } is not in the repository.
yaml-file-name = the file is called “{ $found }”: name it after the change, CHG-YYYYMMDD-XXXX.yml.
yaml-glob = “{ $found }” is not a pattern inside the repository: write it like src/** , without / or ../ in front.
yaml-group-for-person = { $name } is a group: name one person here.
yaml-holiday-line = line { $line } of { $path } is not a day: write one day a line, like 2026-12-29.
yaml-holidays = “{ $found }” is neither a day (2026-12-29), a file (file:PATH) nor one of: { $presets }.
yaml-id-differs = the id is { $found } and the file is called { $expected }: make them agree, or remove the id.
yaml-indentation = the indentation does not fit: lines that belong together start in the same column.
yaml-key-not-text = the key “{ $key }” is not a text: put it in double quotes.
yaml-list-too-long = too many items: at most { $limit }.
yaml-login = “{ $found }” is not a GitHub account name.
yaml-merge-key = merge keys (<<) are not allowed: write the keys out.
yaml-missing-key = “{ $key }” is missing: add it.
yaml-moment = “{ $found }” is not a point in time: write it like 2026-12-04T09:50, optionally with an offset (+09:00).
yaml-moment-ambiguous = the clocks are changed around { $found }; { $taken } is taken. Add the offset to be sure.
yaml-name = “{ $found }” is not a key: write letters, digits, - and _ only, as under people: or rollback_plans:.
yaml-name-clash = { $name } is both a person and a group: rename one.
yaml-nobody-approves = nobody may approve, so nothing could ever pass: name somebody under approvers or areas.
yaml-nobody-executes = nobody may carry out a change: name somebody under executors.
yaml-not-utf8 = the file is not UTF-8 from here on: save it as UTF-8.
yaml-nothing = the file is empty.
yaml-one-line = one line only: move the rest to description.
yaml-path = “{ $found }” is not a path inside the repository: write it like docs/runbooks/deploy.md, without ../ or / in front.
yaml-plan-incomplete = the rollback plan { $plan } cannot be followed yet; missing: { $missing }.
yaml-range = { $found } is out of range: from { $least } to { $most }.
yaml-rule-code = “{ $found }” is not a rule code: write it like ROL-02.
yaml-same-identity = { $what } also belongs to { $other }: one person would count as two. Keep it at one.
yaml-schema = this version does not read that schema: write { $expected }.
yaml-secret-elsewhere = “${"{"}” is for secrets and stands only where a secret belongs: write the value itself.
yaml-secret-literal = a secret must not stand in the file: write ${"{"}NAME{"}"} (a variable) or file:PATH#key. If it was ever committed, replace the secret.
yaml-several-documents = one document per file: remove everything from --- on.
yaml-ssh-key = this is not an SSH public key: paste the line of the .pub file (ssh-ed25519 AAAA…).
yaml-syntax = this is not valid YAML ({ $detail }).
yaml-tab = a tab: indent with spaces.
yaml-tag = tags (!) are not allowed: remove it, or put the text in double quotes.
yaml-team = “{ $found }” is not a GitHub team: write organisation/team.
yaml-time = “{ $found }” is not a time of day: write it like "09:00".
yaml-too-deep = nested too deeply: at most { $limit } levels.
yaml-too-large = the file is too large: at most { $limit } bytes.
yaml-too-long = { $length } characters are too many: at most { $limit }.
yaml-too-many = too many values: at most { $limit }.
yaml-two-open-services = { $one } and { $other } both have no paths; only one service may take what is left. Give the other its paths.
yaml-unclosed-bracket = a bracket is not closed, or a comma is missing: check the {"["} and {"{"} of this value.
yaml-unclosed-quote = a quote is not closed.
yaml-unknown-key = there is no key “{ $key }” here: did you mean “{ $suggestion }”?
yaml-unknown-key-alone = there is no key “{ $key }” here; allowed: { $allowed }.
yaml-unknown-name = there is no { yaml-sort } “{ $name }” in this file: did you mean “{ $suggestion }”?
yaml-unknown-name-alone = there is no { yaml-sort } “{ $name }” in this file: add it, or correct the name.
yaml-wall-time = { $found } counts business days, and this has to work at night: write minutes, hours or days.
yaml-window = a window needs days, from and to, or is always or business_hours.
yaml-word = “{ $found }” is not allowed here: did you mean “{ $suggestion }”? Allowed: { $allowed }.
yaml-word-alone = “{ $found }” is not allowed here; allowed: { $allowed }.
yaml-workflow = “{ $found }” is not a workflow: write PATH@REF, like .github/workflows/deploy.yml@refs/heads/main.
yaml-wrong-type = { $found ->
    [list] a list
    [map] a map of keys
    [bool] true or false
    [whole] a number
    [nothing] nothing
   *[text] a text
 } stands where { $expected ->
    [list] a list
    [map] a map of keys
    [bool] true or false
    [whole] a whole number
    [duration] a duration (30m, 4h, 7d, 2bd)
    [moment] a point in time (2026-12-04T09:50)
    [day] a day (2026-12-04)
    [time] a time of day ("09:00")
    [word] a single word
    [name] the key of one person or thing
    [secret] a reference to a secret
   *[text] a text
 } belongs.
yaml-zone = “{ $found }” is not a time zone: write it like Asia/Tokyo or Europe/Berlin.
yaml-zone-assumed = no time zone is set, so { $zone } is used: add calendar.timezone, like Europe/Berlin.

yaml-sort = { $sort ->
    [person] person or group
    [organisation] organisation
    [service] service
    [area] area
    [plan] rollback plan
    [window] window
    [contact_rule] contact rule
    [receiver] channel or person
   *[other] name
 }
