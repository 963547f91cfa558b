# What reports say. Keys and variables are the same in every language; a test compares them.

## Lists, people, texts
list-separator = { ", " }
list-of-phrases = { "; " }
none = none
nobody = nobody
next = next:
title-none = (no title)
title-redacted = (text redacted by #{ $seq })
title-not-fetched = (text not fetched)

## Time
time-moment = { $weekday } { $day } { $month } { $year } { $clock } { $offset }
time-short = { $day } { $month } { $clock }
time-left = { $duration } left
time-ago = { $duration } ago
duration-seconds = { $n } s
duration-minutes = { $n } min
duration-hours = { $n } h
duration-days = { $n } d
duration-two = { $large } { $small }
weekday-1 = Mon
weekday-2 = Tue
weekday-3 = Wed
weekday-4 = Thu
weekday-5 = Fri
weekday-6 = Sat
weekday-7 = Sun
month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec

## Closed lists of words
type-normal = normal change
type-standard = standard change (pre-authorised)
type-emergency = emergency change
risk-low = low risk
risk-medium = medium risk
risk-high = high risk
level-low = low
level-medium = medium
level-high = high
kind-code = code
kind-config = configuration
kind-infrastructure = infrastructure
kind-database = database
kind-data = data
kind-content = content
kind-pricing = pricing
kind-payment = payment
kind-external_api = external interface
kind-certificate = certificate
kind-dns = DNS
kind-cdn = CDN
kind-waf = web application firewall
kind-access = access
kind-patch = patch
kind-job = scheduled job
kind-monitoring = monitoring
strategy-redeploy = redeploy the previous release
strategy-revert = revert the change and deploy
strategy-restore = restore the copy
strategy-disable = switch the feature off
strategy-failover = fail over
strategy-forward_fix = forward fix
strategy-none = no way back
outcome-none = no outcome recorded
outcome-success = success
outcome-success_with_issues = with issues
outcome-rolled_back = rolled back
outcome-failed = failed
outcome-aborted = aborted
channel-signed = signed
channel-review = review on GitHub
channel-attested = recorded on behalf
channel-revoked = signed with a key that was revoked afterwards
channel-unsigned = unsigned
channel-unchecked = signature not checked here
phase-draft = draft
phase-declared = declared
phase-approved = approved
phase-in_progress = in progress
phase-executed = executed
phase-closed = closed
phase-rejected = rejected
phase-cancelled = cancelled
phase-expired = expired
effect-info = information
effect-warn = warning
effect-oblige = opens an obligation
effect-deny = stops
role-requester = Requester
role-executor = Executor
role-approver = Approver
role-verifier = Verifier

## Obligations
obligation-outcome = outcome to record
obligation-review = post-implementation review
obligation-retro_approval = retrospective approval
obligation-confirmation = confirmation of a recorded approval
obligation-record = full record
obligation-remediation = remediation
obligation-outside_review = outside review
obligation-due = { $due }, { $owner }: { $what }
obligation-due-change = { $due }, { $owner }: { $what } of { $change }
obligation-overdue = OVERDUE since { $due }, { $owner }: { $what }
obligation-overdue-change = OVERDUE since { $due }, { $owner }: { $what } of { $change }
obligations-opened = This decision opens
obligations-standing = Still open on this service

## Approvals
approval-none = no approval
approval-stale = no longer valid
approval-signed = { $person }, this exact content, signed, { $at }
approval-review = { $person }, this exact content, reviewed, { $at }
approval-review-other = { $person }, reviewed, { $at }
approval-attested = { $person }, recorded on behalf by { $by }, { $at }
approval-attested-unknown = { $person }, recorded on behalf, { $at }
approval-unsigned = { $person }, UNSIGNED, { $at }
approval-kind-approve = approves
approval-kind-object = objects
approval-kind-withdraw = withdraws

## The rollback plan
rollback = Rollback
rollback-plan = Rollback plan
rollback-none = no rollback plan
rollback-about = about { $duration }
rollback-decides = { $person } decides
rollback-decides-when = { $person } decides when { $criterion }
rollback-no-decider = nobody is named to decide
rollback-strategy = How
rollback-to = Back to
rollback-to-last-state = the last authorised state
rollback-decider = Decides
rollback-alternate = If away
rollback-duration = Takes
rollback-decide-by = Decide by
rollback-tested = Tried out
rollback-until = Possible until
rollback-no-return = Point of no return
rollback-forward-fix = Forward fix
rollback-fixed-by = { $fix } ({ $person })
rollback-backup = Copy
rollback-backup-restored = { $backup }, last restored on { $day }
rollback-data-correction = Data correction
rollback-criterion = When
rollback-step = Step { $n }

## A decision
decision-pass = PASSED
decision-pass-obligations = PASSED, WITH OBLIGATIONS
decision-deny = BLOCKED
decision-heading = { $word }: { $service } → { $environment } ({ $at })
decision-no-changes = No declared change in this range ({ $steps ->
        [one] { $steps } step
       *[other] { $steps } steps
    }).
decision-no-steps = Nothing new: the state that is authorised already is deployed again.
decision-nothing-deployed = Nothing to declare here: { $steps ->
        [one] the only step touches
       *[other] all { $steps } steps touch
    } only declarations, ignored paths or other services.
decision-nothing-run = Nothing was run.
decision-window = Window closes at { $end }; the latest start is { $latest }.
decision-holds-until = This pass holds until { $until }.
decision-record = Record { $seq }
decision-record-checkpoint = Record { $seq } · checkpoint { $checkpoint }
decision-no-record = Not recorded in the change log.
decided-pass = passed
decided-pass_with_obligations = passed, with obligations
decided-deny = blocked
finding-field = field: { $field }
finding-satisfy = Missing: { $satisfy }
finding-to-do = To do: { $satisfy }
finding-lowered = Lowered by sekisho.yml, because: { $reason }
if-it-goes-wrong = If it goes wrong
foot-record = Record { $seq }
foot-checkpoint = checkpoint { $checkpoint }
foot-attested = approvals recorded on behalf: { $people }

## Acts in the log
act-log-created = log created
act-log-closed = log closed
act-state-baselined = first state authorised
act-trust-jwks = keys of workflows brought
act-trust-signers = signers changed
act-key-revoked = key revoked
act-change-declared = declared
act-change-approved = approved
act-change-objected = objected
act-change-withdrawn = approval or objection withdrawn
act-deploy-allowed = passed
act-deploy-denied = blocked
act-deploy-started = started
act-deploy-finished = finished
act-gate-unavailable = could not be evaluated (no pass)
act-exception-granted = exception granted
act-freeze-declared = freeze declared
act-freeze-lifted = freeze lifted
act-emergency-declared = emergency declared
act-emergency-retro_approved = approved afterwards
act-emergency-retro_rejected = rejected afterwards
act-review-closed = review closed
act-blob-redacted = text redacted
act-anchor-made = anchored elsewhere

## History
history-seq = #
history-at = When
history-by = By
history-act = What
history-change = Change
history-where = Where
history-title = Title
history-empty = Nothing in the change log fits.
history-count = { $shown } of { $total } records
history-said = filed late, said { $said }
history-older = There are older ones. next: the same with --before { $before }
history-behind = The search covers the first { $upto } of { $of } records; what came later is missing here. next: the same once more
history-index = The search file { $file } cannot be used ({ $detail }); the whole log was searched instead. It can be deleted.
history-since = "{ $text }" is neither a time nor a length of time. next: --since 2026-12-01, --since 2026-12-01T09:00, or --since 90d

## One change
show-what = What
show-who = Who
show-approvals = Approvals
show-decisions = Decisions of the gate
show-executions = Executions
show-obligations = Still open
show-records = Records
show-type = Type
show-kind = Kind
show-risk = Risk
show-areas = Areas
show-reason = Reason
show-phase = State
show-outcome = Outcome
show-place = Declared in
show-recorded-by = recorded by { $person }
show-evidence = noted: { $text }
show-started = started { $at }
show-finished = finished { $at }
show-deviation = deviation from the procedure
show-deviation-of = differently from the procedure: { $text }

## Verification of the log
verify-sound = SOUND: every record is in its place and unaltered.
verify-damaged = DAMAGED: { $n ->
        [one] { $n } fault
       *[other] { $n } faults
    } in the change log.
verify-origin = Log
verify-size = Records
verify-head = Last leaf
verify-root = Tree root
verify-signed = Signed
verify-unsigned = Unsigned
verify-damages = What is wrong
verify-notes = Worth knowing
## Checking files
sarif-yaml = A file that people write is what its reader expects
sarif-reference = Everything that a declaration names is there
sarif-rules = Settings fit the rules
fault-write = write: { $suggestion }
fault-error = error
fault-warning = warning
check-summary = { $files ->
        [one] { $files } file
       *[other] { $files } files
    }: { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
check-asks = The gate will ask for
check-deployment = deployment

## Tests of rules
tests-ok = ok
tests-failed = FAILED
tests-none = has no test
tests-coverage = { $percent } % of lines
tests-summary = { $rules ->
        [one] { $rules } rule
       *[other] { $rules } rules
    }: { $passed } passed, { $failed } failed

## One record
record-heading = RECORD { $seq }  { $act }      { $at }
record-documents = Documents
record-chain = Place in the log
record-person = Person
record-by = Acted as
record-proof = Proof
record-bytes = { $count ->
    [one] 1 byte, here
   *[other] { $count } bytes, here
}
record-number = Number
record-place = { $seq } of { $size }, counted from 0
record-before = Leaf before
record-leaf = Leaf
record-raw = As it is written: --format json. The whole log: sekisho verify
