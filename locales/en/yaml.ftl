# What is wrong in sekisho.yml or a declaration, and what would be right.

yaml-after-quote = something stands behind the closing quote: put the whole text in one pair of quotes.
yaml-anchor = anchors (&) and aliases (*) are not allowed: write the value out everywhere.
yaml-approves-alone = { $person } is the only executor and the only approver, so no change could ever be approved: add somebody else to approvers.
yaml-approves-alone-in = in the { yaml-sort } “{ $name }”, { $person } is the only executor and the only person who can approve, so nothing could pass there: add somebody else.
yaml-at-least-two = the profile audited needs at least two people in emergency.{ $key }: name them.
yaml-at-most = { $found } is too long: write at most { $most }.
yaml-audited-needs = the profile audited needs “{ $key }” here: add it.
yaml-blank-person = { $person } still has no name: write the approver's name here.
yaml-change-id = “{ $found }” is not a change ID: write it like CHG-20261204-7K3Q.
yaml-channel = a channel is exactly one of slack, teams, webhook, chatwork, email and github: keep one of them.
yaml-character = “{ $character }” cannot stand here: put the whole text in double quotes.
yaml-colon = this colon is read as the end of a key: put a text that contains “: ” in double quotes; otherwise check the brackets and the indentation above.
yaml-colon-blank = add a space behind this colon: without it the whole line is read as one text.
yaml-colon-missing = this line is not “key: value”: write a plain colon (:) and a space after the key.
yaml-day = “{ $found }” is not a day: write it like 2026-12-04.
yaml-directive = lines that start with % are not allowed: remove this line.
yaml-duplicate-key = “{ $key }” is already on line { $line }: keep one of the two.
yaml-duration = “{ $found }” is not a duration: write a number and its unit, such as 30m, 4h, 7d or 2bd (business days).
yaml-email = “{ $found }” is not a mail address: write it like name@company.example.
yaml-empty = there is no value here: write one, or remove the key.
yaml-empty-above = there is no value here: write one behind the colon, or indent the lines below that belong to it by two spaces.
yaml-key-belongs = “{ $key }” belongs inside “{ $around }”: write { $example }.
yaml-key-history = “{ $key }” is not part of a declaration: the change log keeps what happened to a change. Remove this line; sekisho show CHG-… shows it.
yaml-min-above-max = max ({ $max }) is below min ({ $min }), so no value fits.
yaml-ends-before-start = the end is not after the start ({ $start }): write a later time.
yaml-escape = a backslash in double quotes starts an escape that YAML does not know: write \\ for a backslash, or use single quotes.
yaml-file-missing = the file { $path } is not in the repository: correct the path, or add the file.
yaml-file-name = the file is called “{ $found }”: name it after the change, like CHG-20261204-7K3Q.yml.
yaml-freeze-long = the freeze lasts { $days } days. Is that meant? Every urgent fix of that time needs an exception; long ones are better limited to services or areas.
yaml-glob = “{ $found }” is not a pattern inside the repository: write it like src/** (no / or ../ in front).
yaml-group-for-person = { $name } is a group: name one person of it here.
yaml-holiday-line = line { $line } of { $path } is not a day: write one day per line, like 2026-12-29.
yaml-holidays = “{ $found }” is neither a day (2026-12-29), a file (file:PATH) nor one of: { $presets }.
yaml-id-differs = the id is { $found }, but the file is called { $expected }: make them the same, or remove the id.
yaml-indentation = the indentation does not fit: keys of the same level start in the same column, and a key that has a value of its own cannot have others below it.
yaml-key-not-text = a key has to be a text: put “{ $key }” in double quotes.
yaml-list-too-long = the list is too long: at most { $limit } items are allowed.
yaml-login = “{ $found }” is not a GitHub account name: write the name as in github.com/NAME, without @.
yaml-merge-key = merge keys (<<) are not allowed: write the keys out.
yaml-missing-key = “{ $key }” is missing: add it.
yaml-moment = “{ $found }” is not a date and time: write it like 2026-12-04T09:50; an offset such as +09:00 may follow.
yaml-moment-ambiguous = the clocks change around { $found }; it is taken as { $taken }. Add the offset to be sure.
yaml-moment-skipped = the clocks skip { $found } on that day; it is taken as { $taken }. Write a time that exists, with its offset.
yaml-name = “{ $found }” cannot be a key: keys are made of letters, digits, “-”, “_” and “.” (a person is named by their key under people in sekisho.yml).
yaml-name-clash = { $name } is both a person and a group: rename one.
yaml-nobody-approves = nobody may approve, so nothing could ever pass: name somebody under approvers or areas.
yaml-nobody-executes = nobody may carry out a change: name somebody under executors.
yaml-nobody-outside = whoever works alone needs somebody else to look at the changes: name a person who is no executor under approval.outside_reviewers.
yaml-not-utf8 = the file is not UTF-8 from here on: save it as UTF-8.
yaml-nothing = the file is empty: write something, or delete it.
yaml-one-line = this has to fit on one line: shorten it, or move the rest to description.
yaml-path = “{ $found }” is not a path inside the repository: write it like docs/runbooks/deploy.md (no / or ../ in front).
yaml-placeholder = still to be filled in: { $hint }
yaml-plan-incomplete = nobody can follow the rollback plan { $plan } yet; add: { $missing }.
yaml-range = { $found } is not allowed: write a whole number from { $least } to { $most }.
yaml-remark = everything from “#” on is read as a comment: put a text with “#” in double quotes, such as "#52".
yaml-rule-code = “{ $found }” is not the code of a rule: write it like ROL-02.
yaml-rule-parameter = “{ $found }” has to be one value, a list of values, or a map with one value for each key.
yaml-rule-parameter-name = “{ $found }” is not a parameter of a rule: parameters are written in small letters, like max_age.
yaml-same-identity = { $what } also belongs to { $other }, so one person would count as two: keep it with one of them.
yaml-schema = this version of sekisho does not know this format: write { $expected }.
yaml-secret-elsewhere = “${"{"}” refers to a secret and is only allowed where a secret belongs: write the value itself.
yaml-secret-literal = a secret must not stand in the file: write ${"{"}NAME{"}"} (an environment variable) or file:PATH#key instead. If it was ever committed, replace the secret itself too.
yaml-several-documents = a file holds one document: remove everything from this --- on.
yaml-ssh-key = this is not an SSH public key: paste the line from the .pub file (ssh-ed25519 AAAA…).
yaml-syntax = this is not valid YAML ({ $detail }).
yaml-tab = YAML does not allow tabs for indentation: use spaces.
yaml-tag = tags (!) are not allowed: remove it, or put the text in double quotes.
yaml-team = “{ $found }” is not a GitHub team: write organisation/team.
yaml-time = “{ $found }” is not a time of day: write it like "09:00", with two digits each.
yaml-too-deep = lists and keys are nested too deeply: at most { $limit } levels are allowed.
yaml-too-few = a change of { $risk } risk needs { $needed } approvals, but besides the executor only { $able } may approve: name more approvers or lower approval.quorum.
yaml-too-few-in = in the { yaml-sort } “{ $name }”, a change of { $risk } risk needs { $needed } approvals, but besides the executor only { $able } may approve: name more approvers or lower approval.quorum.
yaml-too-large = the file is too large: at most { $limit } bytes are allowed.
yaml-too-long = this text has { $length } characters: at most { $limit } are allowed.
yaml-too-many = the file holds too many values: at most { $limit } are allowed.
yaml-two-open-services = { $one } and { $other } both have no paths, but only one service can take what the others leave: write the paths of one of them.
yaml-unclosed-bracket = a bracket is not closed or a comma is missing: check every {"["} and {"{"} of this value.
yaml-unclosed-quote = this quote is never closed: add the closing one.
yaml-unknown-key = there is no key “{ $key }” here: did you mean “{ $suggestion }”?
yaml-unknown-key-alone = there is no key “{ $key }” here. Allowed: { $allowed }.
yaml-unknown-name = there is no { yaml-sort } “{ $name }” in this file: did you mean “{ $suggestion }”?
yaml-unknown-name-alone = there is no { yaml-sort } “{ $name }” in this file: add it, or correct the name.
yaml-utf16 = the file is UTF-16, as some editors on Windows save it: save it as UTF-8.
yaml-version = this version of sekisho reads files of version { $expected }: write { $expected }.
yaml-version-missing = “version” is missing: write version: { $expected } as the first line.
yaml-wall-time = { $found } counts business days, but this also has to hold at night: write minutes, hours or days, such as 30m, 4h or 1d.
yaml-wide-blank = the space behind the colon is a full-width one, which YAML takes for a letter: write a plain space.
yaml-wide-colon = this is a full-width colon, which YAML takes for a letter: write a plain colon (:) and a space.
yaml-wide-comma = this is a full-width comma, which YAML takes for a letter: write a plain comma (,) and a space.
yaml-wide-quotes = these are full-width or curly quotes, which become part of the text: write plain ones ("), or none.
yaml-wide-space = this line begins with a wide space, which YAML does not take as indentation: use plain spaces.
yaml-window = a window is days, from and to together, or one of the words always and business_hours.
yaml-window-text = a window needs a start and an end: write window: {"{"}start: 2026-12-04T01:00, end: 2026-12-04T03:00{"}"}.
yaml-word = “{ $found }” is not allowed here: did you mean “{ $suggestion }”? Allowed: { $allowed }.
yaml-word-alone = “{ $found }” is not allowed here. Allowed: { $allowed }.
yaml-issuer = “{ $found }” is not an issuer: write its address as its tokens have it, with https:// and without a slash at the end.
yaml-workflow = “{ $found }” is not a workflow: write PATH@REF, like .github/workflows/deploy.yml@refs/heads/main.
yaml-wrong-type = { $found ->
    [list] a list
    [map] a block of keys
    [bool] true or false
    [whole] a number
    [nothing] nothing
   *[text] a text
 } stands here: write { $expected ->
    [list] a list
    [map] a block of keys, each with its value,
    [bool] true or false
    [whole] a whole number
    [duration] a duration (30m, 4h, 7d, 2bd)
    [moment] a date and time (2026-12-04T09:50)
    [day] a day (2026-12-04)
    [time] a time of day ("09:00")
    [word] a single word
    [name] the key of one person or thing
    [secret] a reference to a secret (such as ${"{"}NAME{"}"})
   *[text] one text
 } instead.
yaml-zone = “{ $found }” is not a time zone: write it like Asia/Tokyo or Europe/Berlin.
yaml-zone-assumed = no time zone is set, so times are taken as { $zone }: add calendar.timezone, like Europe/Berlin.

yaml-sort = { $sort ->
    [person] person
    [person_or_group] person or group
    [organisation] organisation
    [service] service
    [area] area
    [plan] rollback plan
    [window] window
    [contact_rule] contact rule
    [vendor] external party
    [environment] environment
    [receiver] channel or person
   *[other] name
 }
