### What the rules say. CODE: the rule in one sentence. CODE_why: why it is there. CODE_satisfy:
### what would satisfy it. CODE_message: what was found.

## DEC: declaration

DEC-01 = Every commit of a deployment belongs to a declared change.
DEC-01_why = A step that nobody declared has no executor, no approver and no way back. It is also the one that nobody remembers the morning after.
DEC-01_satisfy = Declare the change (sekisho declare) and commit the file together with it, or name its number in that commit: Change: CHG-….
DEC-01_undeclared = Commit { $commit } ({ $path }) belongs to no declared change.
DEC-01_ambiguous = Commit { $commit } ({ $path }) names more than one change; a trailer Change: CHG-… decides which.
DEC-01_missing = Commit { $commit } names { $change }, and there is no such declaration.
DEC-01_declared_twice = Commit { $commit } names { $change }, and more than one file has that number. Keep the one that was approved.
DEC-01_unreadable = Commit { $commit } names { $change }, whose declaration cannot be read.
DEC-01_closed = Commit { $commit } names { $change }, which is already finished, aborted or rolled back.
DEC-01_elsewhere = Commit { $commit } names { $change }, which is for another service or environment.
DEC-01_older_than_authorised = Commit { $commit } is older than what was authorised last. To go back, name the change that is put back.
DEC-01_diverged = The authorised commit is not on the first-parent line of { $commit }, so what lies between them cannot be told.
DEC-01_more = { $count } more commits without a declared change are not listed.
DEC-01_several = This deployment carries { $count } changes; this repository deploys one at a time.
DEC-01_failed = The commits of this deployment could not be shown to be declared.

DEC-02 = The declaration says what its type, delivery and risk ask for.
DEC-02_why = Whoever approves, carries out or undoes a change needs the same facts, and needs them beforehand.
DEC-02_satisfy = Fill in the named field.
DEC-02_missing = { $field } is missing; a { $type } change at { $risk } risk needs it.

DEC-03 = No field holds a placeholder.
DEC-03_why = An approval of "to be decided" is an approval of anything.
DEC-03_satisfy = Write what is meant, or remove the field where it is not required.
DEC-03_placeholder = { $field } holds a placeholder.
DEC-03_failed = The fields could not be shown to be free of placeholders.

DEC-04 = Every role is a person who is known and active.
DEC-04_why = A shared account or a person who has left cannot answer for anything, and cannot be called at night.
DEC-04_satisfy = Name somebody under people in sekisho.yml who belongs to the organisation today.
DEC-04_nobody = { $person } is nobody who is known and active.

DEC-08 = A change keeps its number and its type.
DEC-08_why = Approvals, records and the rollback are found by the number. A change that becomes another one escapes them.
DEC-08_satisfy = Give the file the name of the number, and remove id and type from it where they differ.
DEC-08_differs = { $field } is { $says } in one place and { $is } in another.

## ROL: roles

ROL-01 = One named person carries the change out.
ROL-01_why = When two people are to do it, neither does, or both do.
ROL-01_satisfy = Name one person who may carry out changes of this service as roles.executor.
ROL-01_missing = Nobody is named who carries this change out.
ROL-01_not_allowed = { $person } may not carry out changes of this service.
ROL-01_failed = The executor could not be shown to be one person who may carry this out.

ROL-02 = Whoever approves is neither executor nor requester nor an author.
ROL-02_why = One's own mistakes are the hardest to see. A second pair of eyes has to be a second person.
ROL-02_satisfy = An approval by somebody who neither asked for, wrote nor carries out this change.
ROL-02_executor = { $person } approved and also carries the change out.
ROL-02_requester = { $person } approved and also asked for the change.
ROL-02_author = { $person } approved and also wrote some of it.
ROL-02_unknown_author = { $address } wrote some of it and belongs to nobody under people, so the approver could be the author. Add the address to its person.
ROL-02_unprovable = Nobody is named as { $role }, so the approver could be that person.
ROL-02_failed = The approvers could not be shown to be independent.

ROL-07 = A machine never counts as an approver.
ROL-07_why = A machine does what it was told, also by whoever wants the change.
ROL-07_satisfy = An approval by a person.

## APP: approval

APP-01 = Enough people approved exactly this content.
APP-01_why = How many people have to agree follows from how much the change can hurt.
APP-01_satisfy = One of the people named approves exactly this content: sekisho approve.
APP-01_missing = { $approved } of { $quorum } approvals are there. Still able to approve: { $people }.
APP-01_nobody = { $approved } of { $quorum } approvals are there, and nobody is left who may approve. Name more approvers in sekisho.yml.
APP-01_owner = An owner of { $area } has to agree to a change at high risk.
APP-01_unknown_need = The setting high_needs asks for { $need }, which this rule does not know.
APP-01_other_content = { $person } approved another version of this change.
APP-01_not_counted = The approval by { $person } does not count: { $because ->
    [unknown] the account belongs to nobody under people
    [inactive] the person does not belong to the organisation today
    [channel] an approval given in this way does not count here
    [no_authority] the person may not approve this change
    [after_start] it came after the start
   *[other] { $because }
    }.
APP-01_failed = The approvals could not be shown to be enough.

APP-02 = An approval counts for exactly the content that was approved.
APP-02_why = What was changed after the approval was seen by nobody.
APP-02_satisfy = A new approval of the content as it is now.

APP-04 = Nobody's objection stands.
APP-04_why = An objection is a reason not to go on; overruling it quietly would make it worthless.
APP-04_satisfy = The person who objected takes it back (sekisho object --withdraw) or approves.
APP-04_stands = { $person } objects to this change.
APP-04_failed = It could not be shown that nobody objects.

APP-06 = An approval that comes after the start is no prior approval.
APP-06_why = Afterwards there is nothing left to decide. What comes late is kept as a retrospective approval.
APP-06_satisfy = Ask before the start; after an emergency, ask for the retrospective approval.

## RBK: rollback

RBK-02 = Somebody else could carry out the rollback from its steps.
RBK-02_why = The person who wrote the change is not always the one who is awake.
RBK-02_satisfy = Steps as commands, addresses or sentences that name what is done, or a plan of rollback_plans.
RBK-02_missing = The rollback plan has no steps.
RBK-02_vague = "{ $step }" does not say what to do.
RBK-02_failed = The rollback steps could not be shown to be usable by somebody else.

RBK-03 = A named person decides whether to go back.
RBK-03_why = A rollback comes too late because everybody waits for somebody to decide, and the person at the keyboard always wants one more try.
RBK-03_satisfy = Name a decider who is not the executor, and from medium risk a second person who decides when the first cannot be reached.
RBK-03_missing = Nobody is named who decides whether to go back.
RBK-03_unknown = { $person } is to decide on the rollback and is nobody who is known and active.
RBK-03_executor = { $person } carries the change out and is also to decide on its rollback, at { $risk } risk.
RBK-03_alternate = At { $risk } risk a second person has to be named who decides when the decider cannot be reached.
RBK-03_failed = The rollback decider could not be shown to be named, known and independent.

RBK-04 = What has to be seen before going back is measurable, and has a time limit.
RBK-04_why = "If it looks bad" is decided by hope. A number and a time are decided by a glance.
RBK-04_satisfy = A criterion with a number or a yes-or-no observation, and from medium risk rollback.decide_by.
RBK-04_missing = The rollback plan has no criterion.
RBK-04_vague = "{ $criterion }" cannot be measured.
RBK-04_decide_by = At { $risk } risk the latest time for the decision has to be named.
RBK-04_failed = The rollback criterion could not be shown to be measurable.

RBK-09 = A declared rollback is never held up.
RBK-09_why = At that moment going back is the safe thing. Everything else can wait until the morning.
RBK-09_satisfy = Nothing has to be done.
RBK-09_lifted = This puts a change back as declared; { $count } findings that would count otherwise are shown and stop nothing.

## SCH: schedule

SCH-02 = No change freeze is in force.
SCH-02_why = A freeze protects the days on which an outage costs most or on which nobody is there to repair it.
SCH-02_satisfy = Wait until the freeze ends, or ask its owner for an exception: sekisho grant SCH-02 CHANGE --until TIME --reason WHY
SCH-02_hard = The freeze { $freeze } stops every change until { $until }; { $owner } may make an exception.
SCH-02_soft = The freeze { $freeze } stops changes at { $risk } risk until { $until }; { $owner } may make an exception.
SCH-02_failed = It could not be shown that no freeze is in force.

## RSK: risk

RSK-02 = An owner of every sensitive area agrees.
RSK-02_why = Whoever answers for an area should hear of a change to it before it happens, not after.
RSK-02_satisfy = One of the area's owners (sekisho.yml, areas) approves exactly this content.
RSK-02_missing = No owner of { $area } has approved the part that touches it.
RSK-02_failed = It could not be shown that the owners agree.

RSK-04 = A change to the gate itself is a high-risk normal change with two approvals.
RSK-04_why = Whoever can quietly change the gate can let anything through it.
RSK-04_satisfy = A declaration of type normal at high risk, approved by two people.
RSK-04_type = { $path } is part of the gate, and a { $type } change may not touch it.
RSK-04_risk = { $path } is part of the gate, so the risk is high, not { $risk }.
RSK-04_quorum = { $path } is part of the gate; { $quorum } approvals are asked for where { $needed } are needed.
RSK-04_all = { $path } is part of the gate, and fewer than { $needed } people can approve it; all of them are asked ({ $quorum }).
RSK-04_failed = The change to the gate could not be shown to follow the rule.

## REC: record

REC-01 = The decision is in the log before anything starts.
REC-01_why = What is written afterwards is written by whoever has something to explain.
REC-01_satisfy = Make the change log reachable and ask again.

REC-02 = How a deployment ended is recorded in time.
REC-02_why = Without the outcome nobody can tell a good change from one that was repaired in silence.
REC-02_satisfy = Record the outcome with sekisho finish.

## AVL: availability

AVL-01 = What cannot be looked at cannot be passed.
AVL-01_why = A gate that opens when it is blind is opened by blinding it.
AVL-01_satisfy = Ask again when code host and log can be reached. An emergency can be declared offline.

AVL-03 = A rule that cannot be evaluated is never a pass.
AVL-03_why = Silence of a rule is not agreement.
AVL-03_satisfy = Repair the rule; sekisho policy test shows where.
AVL-03_rollback = A rule could not be evaluated ({ $why }). The rollback goes on all the same.

## EMG: emergency

EMG-26 = An emergency is declared by a deliberate step.
EMG-26_why = The exception must not be easier to reach by accident than by decision.
EMG-26_satisfy = Read the consequences and type the name of the service.

## A dossier that was not judged

not-judged-no-verdict = Could not be evaluated: { $code } gave no verdict ({ $change }).
not-judged-malformed = Could not be evaluated: the verdict of { $code } breaks the contract ({ $change }): { $why }
not-judged-failed = Could not be evaluated: { $code } failed ({ $change }): { $why }
not-judged-timed-out = Could not be evaluated: { $code } took too long ({ $change }).
dossier-schema = Could not be evaluated: the evidence has the unknown format { $found }.
dossier-rollback-of-nothing = Could not be evaluated: a rollback has to name the change that it puts back.
dossier-log-unverified = Could not be evaluated: the change log did not verify.
dossier-no-changes = Could not be evaluated: { $covered } steps are covered and no change was found.
dossier-coverage = Could not be evaluated: { $listed } undeclared steps are listed and { $count } were counted.
dossier-change-twice = Could not be evaluated: a change is listed twice.
dossier-no-quorum = Could not be evaluated: no approval is asked for, which only the profile solo allows.
dossier-approval-elsewhere = Could not be evaluated: the approval by { $person } is of content that this change does not have.
dossier-approval-later = Could not be evaluated: the approval by { $person } is later than the judgement.
dossier-approvals-miscounted = Could not be evaluated: { $counted } approvals were counted and { $stated } were stated.

## Rule files

policy-thread = The rules could not be read: a thread ended early.
policy-unreadable = This is no Rego that can be read: { $error }
policy-too-large = The file is larger than { $limit } bytes.
policy-compile = The rule does not compile: { $error }
policy-no-metadata = One comment block beginning with # METADATA has to stand above the package.
policy-metadata = The # METADATA block is not as it has to be: { $error }
policy-package = The package { $package } does not fit: a house rule begins with house., a test is named like its rule with _test.
policy-data = A rule stands alone: { $reference } may not be imported or read.
policy-with = A rule may not replace its input by with.
policy-call = { $name } is not among the functions that rules may call.
policy-negated = input.{ $path } stands under not, where a missing field reads as true. State what has to hold.
policy-input = There is no input.{ $path }.
policy-verdict = A rule exports one set named verdict, and nothing else under that name.
policy-taken = The code { $code } or its package belongs to another rule. House rules add; they replace nothing.

## rules: in sekisho.yml

rules-unknown = There is no rule { $code }.
rules-engine = { $code } is kept by the engine and takes no settings.
rules-effect = { $effect } is no effect; deny, warn, info and off are.
rules-reason = Lowering { $code } needs a reason. It is shown in every decision.
rules-unknown-parameter = { $code } has no parameter { $parameter }.
rules-unknown-field = { $field } is not a part of this parameter.
rules-type = { $found } does not fit; expected: { $expected }.

## sekisho policy test

test-no-file = The rule has no test file.
test-no-cases = The test file exports no cases.
test-failed = The test failed.
test-timed-out = The test took too long.
test-error = The test could not be run: { $why }
test-unknown-field = The case has a field input.{ $path } that no dossier has.
test-answer = The rule answered { $found } and should answer { $wanted }.
test-passes-without = The rule still passes when input.{ $path } is missing.
test-never-seen = No case in which the rule answers { $answer }.
policy-not-canonical = The rules could not be written down for the record: { $detail }
