### What the rules say. CODE: the rule in one sentence. CODE_why: why it is there. CODE_satisfy:
### what would satisfy it. CODE_message: what was found.

## DEC: declaration

DEC-01 = Every commit of a deployment belongs to a declared change.
DEC-01_why = A step that nobody declared has no executor, no approver and no way back. It is also the one that nobody remembers the morning after.
DEC-01_satisfy = Declare the change (sekisho declare) and commit the file together with it, or name its number in that commit: Change: CHG-….
DEC-01_undeclared = Commit { $commit } ({ $path }) belongs to no declared change.
DEC-01_declared_later = Commit { $commit } ({ $path }) has no declaration of its own: { $change } is declared only in the later commit { $later }, and a declaration covers its own commit.
DEC-01_declared_later_satisfy = If it belongs to { $change }, make one commit of both. Not pushed yet: git reset --soft { $commit }~ && git commit. On a branch of its own: git merge --no-ff, which makes one step of it.
DEC-01_ambiguous = Commit { $commit } ({ $path }) names more than one change; a trailer Change: CHG-… decides which.
DEC-01_ambiguous_satisfy = Say in the commit which change it is (git commit --amend --trailer "Change: CHG-…"), or leave one declaration in it.
DEC-01_missing = Commit { $commit } names { $change }, and there is no such declaration.
DEC-01_missing_satisfy = Correct the number in the commit (git commit --amend), or declare the change (sekisho declare) and commit the file together with it.
DEC-01_declared_twice = Commit { $commit } names { $change }, and more than one file has that number. Keep the one that was approved.
DEC-01_unreadable = Commit { $commit } names { $change }, whose declaration cannot be read.
DEC-01_closed = Commit { $commit } names { $change }, which is already finished, aborted or rolled back.
DEC-01_elsewhere = Commit { $commit } names { $change }, which is for another service or environment.
DEC-01_objected_since = Somebody objected to { $change } after it had passed, or took an approval back, and nothing in the log says that it was carried out. It would go along.
DEC-01_objected_since_satisfy = They agree again (sekisho approve { $change }), or lift the objection (sekisho object { $change } --withdraw). If it ran: sekisho finish { $change } --outcome success. If it is not to run: sekisho finish { $change } --outcome aborted
DEC-01_older_than_authorised = Commit { $commit } is older than what was authorised last. To go back, name the change that is put back.
DEC-01_older_than_authorised_satisfy = sekisho gate --rollback-of CHG-…, or a commit that is newer.
DEC-01_diverged = The authorised commit is not on the first-parent line of { $commit }, so what lies between them cannot be told.
DEC-01_diverged_satisfy = Merge into the branch that is deployed, not that branch into another: git switch BRANCH && git merge --no-ff OTHER, then sekisho gate.
DEC-01_way_out = Such a commit on a branch that is not rewritten is made anew beside it; a commit on top, a revert too, clears nothing.
DEC-01_way_out_satisfy = git switch -c again { $authorised }; bring over what is wanted (git cherry-pick -n COMMIT) with a declaration in the same commit; have it approved; then git merge -s ours BRANCH, and push. To take it back, bring nothing over.
DEC-01_more = { $count } more commits without a declared change are not listed.
DEC-01_several = This deployment carries { $count } changes; this repository deploys one at a time.
DEC-01_failed = The commits of this deployment could not be shown to be declared.

DEC-02 = The declaration says what its type, delivery and risk ask for.
DEC-02_why = Whoever approves, carries out or undoes a change needs the same facts, and needs them beforehand.
DEC-02_satisfy = Fill in the field named above, for example procedure: docs/runbooks/….md or window: {"{"}start: …, end: …{"}"}.
DEC-02_missing = { $field } is missing; a { $type } change at { $risk } risk needs it.

DEC-03 = No field holds a placeholder.
DEC-03_why = An approval of "to be decided" is an approval of anything.
DEC-03_satisfy = Write what is meant, or remove the field where it is not required.
DEC-03_placeholder = { $field } holds a placeholder.
DEC-03_failed = The fields could not be shown to be free of placeholders.

DEC-04 = Every role is a person who is known and active.
DEC-04_why = A shared account or a person who has left cannot answer for anything, and cannot be called at night.
DEC-04_satisfy = Name somebody under people in sekisho.yml who belongs to the organisation today.
DEC-04_nobody = { $person } is not a known, active person.

DEC-05 = A change is declared before it is carried out.
DEC-05_why = A declaration that is written afterwards describes what happened; nobody could have said no to it.
DEC-05_satisfy = Declare work before it begins. What was done already is declared as what it is: an incident, or a new change that keeps it or takes it back.
DEC-05_late = The log first heard of this change { $hours } h after the work that it describes.
DEC-05_too_late = The log first heard of this emergency { $hours } h after the work, later than emergency.late_limit allows.
DEC-05_failed = It could not be shown that this change was declared before it was carried out.

DEC-06 = The reason is a sentence, and each reference leads somewhere.
DEC-06_why = At night, and a year later, the reason is what tells whether the change may be taken back.
DEC-06_satisfy = Say why in a sentence, and give the number of an issue, an address, a path or a dated letter.
DEC-06_short = The reason has { $chars } characters; at least { $least } are asked for.
DEC-06_vague = The reference "{ $reference }" leads nowhere.
DEC-06_failed = Reason and references could not be shown to say enough.

DEC-07 = The type of a change fits what it says.
DEC-07_why = The type decides how much is asked. A wrong one asks too little, or treats a planned change as an emergency.
DEC-07_satisfy = Set type to what the change is, or remove the fields that belong to another type.
DEC-07_emergency_block = The change says what makes it an emergency, and its type is { $type }.
DEC-07_template = An emergency cannot name a template. Standard and normal changes can.
DEC-07_planned = The emergency is planned for a time at which an emergency declared now would have expired, so it can wait for a normal change.
DEC-07_failed = The type could not be shown to fit the change.

DEC-08 = A change keeps its number and its type.
DEC-08_why = Approvals, records and the rollback are found by the number. A change that becomes another one escapes them.
DEC-08_satisfy = Give the file the name of the number, and remove id and type from it where they differ.
DEC-08_differs = { $field } is { $says } in one place and { $is } in another.

DEC-09 = How the result is checked is said, and watched long enough.
DEC-09_why = A change is done when somebody has seen that it works, not when the command returns.
DEC-09_satisfy = Name at least one check under verification.checks, and leave out verification.observe_for or make it long enough.
DEC-09_checks = Nothing is named that would show whether it worked.
DEC-09_short = The result is watched for { $minutes } minutes; at { $risk } risk it has to be { $least }.
DEC-09_failed = It could not be shown that the result is checked.

DEC-10 = An external party is named, with whom to call and where to look.
DEC-10_why = When it breaks, the first question is whether it is us or them, and nobody looks for a phone number then.
DEC-10_satisfy = Name the party in impact.vendors, and give contact and status_url under vendors in sekisho.yml.
DEC-10_missing = A change of kind { $kind } depends on somebody outside, and none is named.
DEC-10_unknown = { $key } is not among vendors in sekisho.yml.
DEC-10_contact = vendors.{ $key } does not say whom to contact.
DEC-10_status_page = vendors.{ $key } has no status_url, where their own state is shown.
DEC-10_failed = It could not be shown that the external parties can be reached.

## ROL: roles

ROL-01 = One named person carries the change out.
ROL-01_why = When two people are to do it, neither does, or both do.
ROL-01_satisfy = Name one person who may carry out changes of this service as roles.executor.
ROL-01_missing = Nobody is named who carries this change out.
ROL-01_not_allowed = { $person } may not carry out changes of this service.
ROL-01_failed = The executor could not be shown to be one person who may carry this out.

ROL-02 = Whoever approves is neither executor nor requester nor an author.
ROL-02_why = One's own mistakes are the hardest to see. A second pair of eyes has to be a second person.
ROL-02_satisfy = An approval by somebody who neither asked for, wrote nor carries out this change, and none by anybody who did: whoever approved their own part takes it back (sekisho approve CHANGE --withdraw).
ROL-02_executor = { $person } approved and also carries the change out.
ROL-02_requester = { $person } approved and also asked for the change.
ROL-02_author = { $person } approved and also wrote some of it.
ROL-02_unknown_author = { $address } wrote some of it and belongs to nobody under people, so the approver could be the author. Add the address to its person.
ROL-02_unknown_author_satisfy = Add the address in sekisho.yml as a change of its own, and let that pass the gate first; it counts from then on.
ROL-02_unprovable = Nobody is named as { $role }, so the approver could be that person.
ROL-02_failed = The approvers could not be shown to be independent.

ROL-03 = Every part of a change is approved by somebody with authority over it.
ROL-03_why = Whoever may decide about texts cannot agree to what happens to the server, however well they mean it.
ROL-03_satisfy = One approval for each part by somebody who may decide about it, or two changes instead of one.
ROL-03_area = Nobody with authority over { $area } has approved the part that touches it.
ROL-03_elsewhere = Nobody with authority over what lies outside the areas has approved it. These may: { $people }.
ROL-03_nobody = Some of it lies outside the areas, and sekisho.yml names nobody who may approve that at this risk.
ROL-03_failed = The approvers could not be shown to have authority over every part.

ROL-04 = Risky work is watched by a second person.
ROL-04_why = The person at the keyboard hardly notices their own mistyping.
ROL-04_satisfy = Name somebody else as roles.verifier.
ROL-04_missing = Nobody is named who watches this work at { $risk } risk.
ROL-04_executor = { $person } carries the change out and is also to check it.
ROL-04_failed = It could not be shown that a second person watches this work.

ROL-05 = Whoever carries the change out is the one who was declared.
ROL-05_why = The approval was given for this person's work, and independence was judged by who they are.
ROL-05_satisfy = The declared executor runs the command, or the declaration names the other person and is approved again.
ROL-05_differs = { $person } is declared as executor, and { $actor } asks.
ROL-05_failed = The executor could not be shown to be the declared one.

ROL-06 = Who works alone waits, and somebody outside looks at it afterwards.
ROL-06_why = Without a second person, time and a later look are what is left against one's own blind spots.
ROL-06_satisfy = Wait until the cooling-off time is over, or let an outside reviewer approve before (sekisho approve). After the pass the reviewer approves the same change; that closes the review.
ROL-06_cooling_off = Nobody has approved this yet, so it waits: { $minutes } of the { $of } minutes of waiting time are left.
ROL-06_nobody_outside = Nobody under approval.outside_reviewers could look at this afterwards: none is there today who took no part in it.
ROL-06_share = { $percent } % of the changes of the last 30 days passed without anybody's approval, more than { $most } %.
ROL-06_failed = It could not be shown that working alone is balanced by anything.

ROL-07 = A machine never counts as an approver.
ROL-07_why = A machine does what it was told, also by whoever wants the change.
ROL-07_satisfy = An approval by a person.

ROL-08 = Whoever acted belonged to the organisation then.
ROL-08_why = Accounts and keys outlive contracts. What somebody does before the first day or after the last binds nobody.
ROL-08_satisfy = An approval by somebody who is there, and a person who is there to carry it out; or correct from and until under people.
ROL-08_approver = { $person } approved on { $day } and did not belong to the organisation on that day.
ROL-08_actor = { $person } asks and does not belong to the organisation today ({ $day }).
ROL-08_failed = It could not be shown that everybody who acted belonged to the organisation then.

## APP: approval

APP-01 = Enough people approved exactly this content.
APP-01_why = How many people have to agree follows from how much the change can hurt.
APP-01_satisfy = One of the approvers named above approves exactly this content: sekisho approve.
APP-01_missing = { $approved } of { $quorum } approvals are there. Still able to approve: { $people }.
APP-01_nobody = { $approved } of { $quorum } approvals are there, and nobody is left who may approve. Name more approvers in sekisho.yml.
APP-01_nobody_satisfy = Name more approvers in sekisho.yml as a change of its own, and let that pass the gate first.
APP-01_owner = An owner of { $area } has to agree to a change at high risk.
APP-01_unknown_need = The setting high_needs asks for { $need }, which this rule does not know.
APP-01_other_content = { $person } approved another version of this change.
APP-01_not_counted = The approval by { $person } does not count: { $because ->
    [unknown] the account belongs to nobody under people
    [inactive] the person does not belong to the organisation today
    [channel] an approval given in this way does not count here
    [no_authority] the person may not approve this change
    [after_start] it came after the start
    [revoked] the key that signed it was revoked afterwards (approve once more with another key: sekisho approve)
    [bot] no human being is behind the account
    [no_write] the account may not write to the repository
    [unseen] what the person looked at cannot be shown any more (approve with sekisho approve)
   *[other] { $because }
    }.
APP-01_failed = The approvals could not be shown to be enough.

APP-02 = An approval counts for exactly the content that was approved.
APP-02_why = What was changed after the approval was seen by nobody.
APP-02_satisfy = A new approval of the content as it is now.

APP-03 = An approval is not older than its risk allows.
APP-03_why = What was harmless three weeks ago may meet another system, other data and another colleague's change today.
APP-03_satisfy = Ask the person to look again and approve anew (sekisho approve).
APP-03_too_old = The approval by { $person } is { $days } days old; at this risk it holds for { $most }.
APP-03_failed = The approvals could not be shown to be fresh enough.

APP-04 = Nobody's objection stands.
APP-04_why = An objection is a reason not to go on; overruling it quietly would make it worthless.
APP-04_satisfy = The person who objected takes it back (sekisho object --withdraw) or approves.
APP-04_stands = { $person } objects to this change.
APP-04_failed = It could not be shown that nobody objects.

APP-05 = A declaration does not wait for its approval without end.
APP-05_why = A change that nobody decides about is forgotten, or made without asking.
APP-05_satisfy = Ask the approvers named above, or take the declaration back.
APP-05_waiting = This has been waiting for approval for { $days } days. Still able to approve: { $people }.
APP-05_failed = It could not be told how long this has been waiting for approval.

APP-06 = An approval that comes after the start is no prior approval.
APP-06_why = Afterwards there is nothing left to decide. What comes late is kept as a retrospective approval.
APP-06_satisfy = Ask before the start; after an emergency, ask for the retrospective approval.

## CON: content

CON-01 = What is deployed is what was approved.
CON-01_why = A part that came after the approval was seen by nobody, however small it is.
CON-01_satisfy = An approval of every part of the change: sekisho approve.
CON-01_part = Nobody approved the part from { $first } to { $last }; the approvals are of other parts of this change.
CON-01_failed = What is deployed could not be shown to be what was approved.

CON-02 = Nothing rides along that was not declared.
CON-02_why = What is hidden behind a harmless title is found by nobody when it breaks.
CON-02_satisfy = Add the files to targets[].paths, or take them into a change of their own.
CON-02_outside = { $count ->
    [one] One file is outside what this change declares: { $paths }.
   *[other] { $count } files are outside what this change declares, among them { $paths }.
    }
CON-02_failed = The files of this change could not be shown to be declared.

CON-03 = A sensitive area that is touched is named.
CON-03_why = Whoever decides for an area looks for its name, not for its files.
CON-03_satisfy = Name the area, for example targets: [{"{"}area: …{"}"}], or take its files into a change of their own.
CON-03_undeclared = Files of the sensitive area { $area } are touched, and the declaration names other things but not that.
CON-03_failed = The sensitive areas could not be shown to be named.

CON-04 = Work by hand carries its expected difference.
CON-04_why = Work by hand leaves no commits to look at. Without a file that shows what will be different, an approval is of a title.
CON-04_satisfy = Commit a file that shows the difference (a plan, an export, a list), and name it as plan.
CON-04_unsaid = Some of this is done by hand, and no file shows what will be different.
CON-04_missing = { $path } is to show what will be different, and there is no such file in the commit that is judged.
CON-04_empty = { $path } is to show what will be different, and it is empty.
CON-04_failed = The expected difference could not be shown to be there.

## RBK: rollback

RBK-01 = A way back is chosen that fits the work.
RBK-01_why = A plan that nobody chose is read for the first time when it is needed.
RBK-01_satisfy = Give the change a rollback of its own, or name the plan of rollback_plans that fits.
RBK-01_missing = The plan of this template does not say how the change is put back.
RBK-01_not_chosen = Some of this is done by hand, and nobody chose how it is put back; without a choice it would be "{ $strategy }", the plan for deployments.
RBK-01_no_commit = To revert means to undo a commit, and this work has none.
RBK-01_failed = The way back could not be shown to be chosen.

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
RBK-03_unknown = { $person } is to decide on the rollback and is not a known, active person.
RBK-03_executor = { $person } carries the change out and is also to decide on its rollback, at { $risk } risk.
RBK-03_alternate = At { $risk } risk a second person has to be named who decides when the decider cannot be reached.
RBK-03_failed = The rollback decider could not be shown to be named, known and independent.

RBK-04 = What has to be seen before going back is measurable, and has a time limit.
RBK-04_why = "If it looks bad" is decided by hope. A number and a time are decided by a glance.
RBK-04_satisfy = A criterion with a number or a yes-or-no observation, and from medium risk rollback.decide_by.
RBK-04_missing = The rollback plan has no criterion.
RBK-04_vague = "{ $criterion }" does not let anybody decide objectively whether to go back.
RBK-04_decide_by = At { $risk } risk the latest time for the decision has to be named.
RBK-04_failed = The rollback criterion could not be shown to be measurable.

RBK-05 = Going back fits the window and the limit.
RBK-05_why = A window that ends before the rollback does leaves people without a way back while customers arrive.
RBK-05_satisfy = A faster way back, a longer window, or an earlier start.
RBK-05_business_days = Going back is said to take business days, so nobody can tell whether it fits. Write minutes or hours.
RBK-05_limit = Going back takes { $minutes } minutes; at { $risk } risk at most { $limit } are allowed.
RBK-05_window = The work takes { $work } minutes and going back { $back }, and the window has { $room }.
RBK-05_failed = It could not be shown that going back fits.

RBK-06 = The way back was tried out lately.
RBK-06_why = Nothing says that steps which were never tried work in production.
RBK-06_satisfy = Try the plan, and write the day into rollback.tested or into the plan under rollback_plans. A rollback that was carried out along the same plan counts too.
RBK-06_never = Nobody is known to have tried this way back; at { $risk } risk that is asked for.
RBK-06_ahead = The way back is said to have been tried on a day that has not come yet.
RBK-06_old = This way back was last tried { $days } days ago; at { $risk } risk at most { $limit } days count.
RBK-06_failed = The way back could not be shown to have been tried.

RBK-07 = What cannot be undone has a repair, a copy and a point of no return.
RBK-07_why = Where there is no way back, everything that helps has to be there before the first step.
RBK-07_satisfy = Say rollback.point_of_no_return, rollback.forward_fix (plan and owner) and, where data is written, rollback.backup with the day on which a restore was tried.
RBK-07_point_of_no_return = This cannot be undone, or only until a time, and no step is named after which there is no way back.
RBK-07_forward_fix = This cannot be undone, or only until a time, and nobody is named with a plan to repair it.
RBK-07_never_restored = This cannot be undone, or only until a time, it writes data, and no copy is named that was restored once.
RBK-07_restored_ahead = The copy is said to have been restored on a day that has not come yet.
RBK-07_restored_long_ago = The copy was last restored { $days } days ago; at most { $limit } days count.
RBK-07_risk = This cannot be undone, so the risk is at least { $least }, not { $risk }.
RBK-07_too_late = Decided at the last moment, going back would end after the time until which it is possible.
RBK-07_failed = It could not be shown that what cannot be undone is provided for.

RBK-08 = What the change returns to exists.
RBK-08_why = A backup is missed only when it is needed.
RBK-08_satisfy = Name a tag or a commit from before the change, a file of the repository that it does not alter, or a copy whose restore was tried (rollback.backup).
RBK-08_unsaid = The way back is "{ $strategy }", and it is not said to what.
RBK-08_no_file = There is no file { $target } in the commit that is judged.
RBK-08_no_revision = This clone has no tag, branch or commit { $target }. If it is only missing here, git fetch --tags brings it.
RBK-08_moving = { $target } means another commit as soon as somebody commits. Name a tag or the commit itself.
RBK-08_with_change = { $target } holds this very change, so going back to it brings nothing back.
RBK-08_changed = { $target } is altered by this very change, so it is not what was there before.
RBK-08_elsewhere = { $target } is neither a file nor a version of this repository. Whether it exists cannot be seen from here.
RBK-08_failed = It could not be shown that there is something to return to.

RBK-09 = A declared rollback is never held up.
RBK-09_why = At that moment going back is the safe thing. Everything else can wait until the morning.
RBK-09_satisfy = Nothing has to be done.
RBK-09_lifted = This puts a change back as declared, so nothing stops it. { $count ->
    [one] 1 finding would stop or warn otherwise.
   *[other] { $count } findings would stop or warn otherwise.
    }
RBK-09_lifted_satisfy = nothing.

RBK-10 = Data that was written meanwhile has a way to be corrected.
RBK-10_why = Putting a price back does not pay back what was sold at the wrong one.
RBK-10_satisfy = Say in rollback.data_correction what happens to data that was written meanwhile, and who does it. For all changes of an area, areas in sekisho.yml can say it.
RBK-10_missing = This writes data or moves money, and nothing is said about what was written before it is put back.
RBK-10_assumed = This probably writes data or moves money, as the name of its area suggests, and nothing is said about what was written before it is put back. If it does not, say impact: {"{"}data: none, money: false{"}"}.
RBK-10_failed = It could not be shown that data can be corrected.

RBK-11 = With a migration in it, the earlier release alone is no way back.
RBK-11_why = Reverting brings the program back and leaves the data in its new shape.
RBK-11_satisfy = Add a step for the database to the rollback, or say in details.backward_compatible why the earlier release runs on the new shape.
RBK-11_migration = { $count ->
    [one] { $path } changes the shape of data, and the way back is "{ $strategy }" alone.
   *[other] { $path } and others ({ $count } files) change the shape of data, and the way back is "{ $strategy }" alone.
    }
RBK-11_failed = It could not be shown that the way back deals with the migration.

## SCH: schedule

SCH-01 = The change is made inside its window.
SCH-01_why = A window is the time in which somebody watches, and in which there is still time to go back.
SCH-01_satisfy = Wait until the window opens, or declare a window of your own (window.start, window.end). windows in sekisho.yml says when changes without one are made.
SCH-01_closed = The window { $window } is closed now; it opens at { $opens }.
SCH-01_outside = The declared window is from { $opens } to { $closes }, and now is outside.
SCH-01_never = The window { $window } does not open in the year that comes.
SCH-01_late = It is too late: going back would not fit; the latest start was { $latest }, the window closes at { $closes }.
SCH-01_failed = It could not be shown that now is inside the window.

SCH-02 = No change freeze is in force.
SCH-02_why = A freeze protects the days on which an outage costs most or on which nobody is there to repair it.
SCH-02_satisfy = Wait until the freeze ends, or ask its owner for an exception: sekisho grant SCH-02 CHANGE --until TIME --reason WHY
SCH-02_hard = The freeze { $freeze } stops every change until { $until }; { $owner } may make an exception.
SCH-02_soft = The freeze { $freeze } stops changes at { $risk } risk until { $until }; { $owner } may make an exception.
SCH-02_failed = It could not be shown that no freeze is in force.

SCH-03 = Nothing else is planned for the same thing at the same time.
SCH-03_why = Two changes at once hide each other: nobody can tell which of them broke it, and going back from one takes the other along.
SCH-03_satisfy = Move one of the two windows, close the other change (sekisho finish), or name it under depends_on when both were planned together.
SCH-03_target = { $change } is planned for { $name } from { $start } to { $end }; the windows have to lie { $buffer } apart.
SCH-03_dependency = { $change } is planned for the service { $name }, which one of both needs, from { $start } to { $end }; the windows have to lie { $buffer } apart.
SCH-03_executor = { $name } carries out { $change } from { $start } to { $end } as well; the windows have to lie { $buffer } apart.
SCH-03_more = { $count } more changes at the same time are not listed.
SCH-03_failed = It could not be shown that nothing else is planned at the same time.

SCH-04 = The change was made known early enough.
SCH-04_why = Whoever has to object, be present or tell users needs to hear of it while there is time.
SCH-04_satisfy = Start later. The time counts from the first record about this declaration as it is now: sekisho approve, sekisho declare --file, or a decision of the gate.
SCH-04_lead = At { $risk } risk a change is made known { $lead } before it starts. The log knows this declaration since { $known }; the earliest start is { $earliest }.
SCH-04_notice = A downtime is made known { $notice } before. The log knows this declaration since { $known }; the earliest start is { $earliest }.
SCH-04_failed = It could not be shown that the change was made known early enough.

## STD: standard changes

STD-01 = The template is authorised and has not run out.
STD-01_why = A standing permission that nobody looks at again permits, after a while, something that nobody agreed to.
STD-01_satisfy = Use a template of sekisho.yml as it is authorised. One that ran out is looked at again and changed (a new description is enough); passing the gate is its approval.
STD-01_unknown = There is no template { $template } for this service in the authorised sekisho.yml.
STD-01_expired = The template { $template } ran out at { $until }.
STD-01_failed = It could not be shown that the template is authorised and has not run out.

STD-02 = A standard change stays inside its template.
STD-02_why = What was agreed beforehand was agreed within bounds. Outside of them nobody agreed to anything.
STD-02_satisfy = Keep to the template, or declare a normal change.
STD-02_missing = The parameter { $param } of the template { $template } is missing.
STD-02_unknown_param = The template { $template } has no parameter { $param }; it has: { $wanted }
STD-02_bound = The parameter { $param } is outside its bounds in the template { $template }: { $bound } { $wanted }
STD-02_path = { $path } is not covered by the template { $template }: outside its paths, in a sensitive area, or one of the gate's own files.
STD-02_more_paths = { $count } more files outside the template are not listed.
STD-02_overrides = { $field } says something else than the template { $template }; for work by hand the template alone was agreed.
STD-02_failed = It could not be shown that the change stays inside its template.

STD-03 = A template earns its place and loses it.
STD-03_why = What always goes well needs no new decision each time. What went wrong last time does.
STD-03_satisfy = Make the change once as a normal one that names the template (type: normal with template:); its success is what counts. Changing the template starts its record anew.
STD-03_unproven = Normal changes after the template { $template } that succeeded: { $had }; needed before its first use: { $wanted }.
STD-03_suspended = The template { $template } is suspended: { $change }, one of its latest uses, failed or was put back.
STD-03_failed = It could not be shown that the template went well.

STD-04 = A template never covers what has to be decided each time.
STD-04_why = High risk, money, access and what cannot be undone deserve somebody who looks at this one change.
STD-04_satisfy = Declare a normal change, or take this out of the template.
STD-04_high = At high risk there is no standard change; the template { $template } cannot cover it.
STD-04_above = The change is of { $risk } risk; the template { $template } was agreed for { $agreed } risk. Work by hand is at least of medium risk.
STD-04_guarded = { $area } is never a standard change.
STD-04_irreversible = The template { $template } changes data in a way that cannot be undone.
STD-04_no_way_back = With the rollback strategy { $strategy } there is no way back, so it is no standard change.
STD-04_limited = The way back ends at { $until }, so it is no standard change.
STD-04_gate = { $path } is a file of the gate itself, which no template covers.
STD-04_failed = It could not be shown that the template covers only what it may.

## PRC: procedure

PRC-01 = The steps of the work are written down and cannot move.
PRC-01_why = Whoever approves, carries out or takes over has to read the same steps, today and after the incident.
PRC-01_satisfy = Name a file of this commit (procedure: docs/runbooks/….md), or an address with a revision at its end (https://…@REVISION).
PRC-01_missing = No procedure is named; work by hand and changes at { $risk } risk need one here.
PRC-01_not_found = The procedure { $path } is no file of the commit that is judged.
PRC-01_no_revision = The address { $address } says no revision; what stands there can change after the approval.
PRC-01_moving = { $revision } in { $address } is no revision: it means something else tomorrow.
PRC-01_failed = It could not be shown that the procedure is there and stays as it is.

PRC-03 = The same steps were tried outside production.
PRC-03_why = The first run of a procedure finds its mistakes. Better that nobody waits for that one.
PRC-03_satisfy = Write under tests what was tried and how it went. For what cannot be tried: result: not_run, and the reason under evidence.
PRC-03_missing = Nothing says what was tried before; at { $risk } risk tests are needed.
PRC-03_failed_test = The test "{ $what }" did not go well: { $result }
PRC-03_no_reason = The test "{ $what }" was not run, and nothing says why (evidence).
PRC-03_failed = It could not be shown that the steps were tried outside production.

PRC-05 = What was done differently from the procedure is recorded.
PRC-05_why = The deviation that nobody wrote down is the step that the next person leaves out, or repeats.
PRC-05_satisfy = Say it when the outcome is recorded: sekisho finish CHANGE --outcome … --deviation "…"

## RSK: risk

RSK-01 = The declared risk is not below what the change is.
RSK-01_why = A risk that is lowered without grounds leaves out approvals and preparation that are needed.
RSK-01_satisfy = Remove risk from the declaration, or raise it; or split off the part that makes the change so risky.
RSK-01_below = The risk is given as { $risk } and is at least { $floor } ({ $because }).
RSK-01_unknown_fact = The setting high_if or medium_if names { $name }, which is no fact about a change.
RSK-01_failed = The risk could not be shown to be high enough.

RSK-02 = An owner of every sensitive area agrees.
RSK-02_why = Whoever answers for an area should hear of a change to it before it happens, not after.
RSK-02_satisfy = One of the area's owners (sekisho.yml, areas) approves exactly this content.
RSK-02_missing = No owner of { $area } has approved the part that touches it.
RSK-02_failed = It could not be shown that the owners agree.

RSK-03 = At high risk somebody has thought about security and personal data.
RSK-03_why = The question costs a minute beforehand. Afterwards it is a report to an authority.
RSK-03_satisfy = Write a sentence under impact.security. Where there is no impact, say why: "none: only the order of the menu changes".
RSK-03_silent = At high risk, write into impact.security in words what was considered.
RSK-03_failed = It could not be shown that security was thought about.

RSK-04 = A change to the gate itself is a high-risk normal change with two approvals.
RSK-04_why = Whoever can quietly change the gate can let anything through it.
RSK-04_satisfy = A declaration of type normal at high risk, approved by two people.
RSK-04_type = { $path } is part of the gate, and a { $type } change may not touch it.
RSK-04_risk = { $path } is part of the gate, so the risk is high, not { $risk }.
RSK-04_quorum = { $path } is part of the gate; { $quorum } approvals are asked for where { $needed } are needed.
RSK-04_all = { $path } is part of the gate and needs { $needed } approvals, and there are too few people who can approve it. Everybody who can is asked ({ $quorum }).
RSK-04_all_satisfy = to have more people who can approve, add them to approvers in sekisho.yml.
RSK-04_failed = The change to the gate could not be shown to follow the rule.

## REC: record

REC-01 = The decision is in the log before anything starts.
REC-01_why = A record that is written afterwards tends to suit whoever writes it.
REC-01_satisfy = Make the change log reachable and ask again.

REC-02 = How a deployment ended is recorded in time.
REC-02_why = Without the outcome nobody can tell a good change from one that was repaired in silence.
REC-02_satisfy = Record the outcome with sekisho finish.

REC-03 = What was put back or broken off is tried again as a new change.
REC-03_why = Something was wrong with it. Whoever tries again says what is different now, and has that approved.
REC-03_satisfy = Declare a new change (sekisho declare) that says what is different, and name it in the commit that brings the work back. A failed attempt may be repeated as it is.
REC-03_rolled_back = { $change } was put back; doing it again is a new change.
REC-03_aborted = { $change } was broken off; doing it again is a new change.
REC-03_failed = It could not be shown that the change may be carried out again.

REC-04 = The change log verifies.
REC-04_why = A decision that rests on an altered log comes out as the one who altered it wants.
REC-04_satisfy = Find out what happened to the log: sekisho verify names each damage.
REC-04_unverified = The log with { $size } records did not verify.
REC-04_empty = The log is empty.
REC-04_failed = It could not be shown that the log verifies.

## AVL: availability

AVL-01 = What cannot be looked at cannot be passed.
AVL-01_why = A gate that opens when it is blind is opened by blinding it.
AVL-01_satisfy = Make the change log and the repository readable, and ask again.

AVL-02 = What was done without the log is brought in soon.
AVL-02_why = What only one machine knows can be lost, or told otherwise.
AVL-02_satisfy = Bring it in as soon as there is a network: sekisho log sync
AVL-02_offline = The log heard of this { $minutes } min after it was said; both times are kept.
AVL-02_late = The log heard of this { $minutes } min after it was said, later than due.sync allows.
AVL-02_unsigned = It was said without the log and without a registered key.
AVL-02_failed = It could not be shown that what was done without the log was brought in soon.

AVL-03 = A rule that cannot be evaluated is never a pass.
AVL-03_why = Silence of a rule is not agreement.
AVL-03_satisfy = Repair the rule; sekisho policy test shows where.
AVL-03_rollback = A rule could not be evaluated ({ $why }). The rollback goes on all the same.

## EMG: emergency

EMG-01 = Only named people declare an emergency.
EMG-01_why = The exception stays one only while few may use it.
EMG-01_satisfy = Have one of the declarers declare it, or make a normal change.
EMG-01_not_named = { $person } may not declare an emergency. Who may: { $people }
EMG-01_failed = It could not be shown that somebody named declared this emergency.

EMG-02 = An emergency names its incident.
EMG-02_why = What cannot wait has a reason that others can see, and that somebody will look at afterwards.
EMG-02_satisfy = Name the issue, the address of the incident, the CVE or the ticket: --incident "#412"
EMG-02_missing = No incident is named.
EMG-02_vague = The incident is named in words that lead nowhere.
EMG-02_failed = It could not be shown which incident this emergency belongs to.

EMG-03 = The ground of an emergency is one.
EMG-03_why = A date, an absence or a wish makes work pressing, and no emergency.
EMG-03_satisfy = Name one of outage, security, data_loss, legal, money; otherwise make a normal change.
EMG-03_none = No ground is named that makes an emergency: outage, security, data_loss, legal or money.
EMG-03_excuse = The reason says "{ $words }", which is usually no ground for an emergency.
EMG-03_failed = It could not be shown that this emergency has a ground.

EMG-04 = The seven answers are given.
EMG-04_why = Without them nobody can help, take over, or put it back.
EMG-04_satisfy = Answer it: sekisho emergency asks, and has a flag for each.
EMG-04_unanswered = { $field } is not answered.
EMG-04_failed = It could not be shown that the seven answers are given.

EMG-05 = Somebody is asked before it is carried out.
EMG-05_why = Most people can be reached, and a second pair of eyes costs minutes.
EMG-05_satisfy = Call, and record each attempt: sekisho emergency call CHANGE --person PERSON --channel phone --result RESULT
EMG-05_untried = Nobody has said yes yet. Not called so far: { $people }
EMG-05_nobody = Nobody on the route of calls can be asked: those who are there have a part in it.
EMG-05_failed = It could not be shown that somebody was asked.

EMG-06 = People are called in the order that was agreed.
EMG-06_why = Whoever stands first knows most and waits for the call.
EMG-06_satisfy = Call those who stand earlier, wait as long as emergency.wait_per_level says, and go on.
EMG-06_early = { $person } was called before everybody earlier on the route was called and waited for.
EMG-06_exhausted = Everybody on the route was called: { $people }
EMG-06_failed = It could not be shown that people were called in order.

EMG-07 = Without a yes only listed measures are carried out.
EMG-07_why = Alone at night one does what is known to help and easy to undo, and nothing else.
EMG-07_satisfy = Go on calling until somebody says yes, or do a listed measure first (emergency.listed_measures).
EMG-07_unlisted = { $measure } is no listed measure: it does not start until somebody says yes.
EMG-07_profile = Here nothing starts until somebody says yes (emergency.without_live_approval).
EMG-07_refused = { $people } said no: somebody else on the route has to say yes.
EMG-07_alone = Nobody answered; { $measure } starts as a listed measure. Somebody has to answer for it afterwards.
EMG-07_failed = It could not be shown that this may start without a yes.

EMG-08 = An emergency ends by itself.
EMG-08_why = What lasts for days is no emergency, and an open exception gets used.
EMG-08_satisfy = Have it extended by somebody on the route (sekisho emergency extend CHANGE --approver PERSON --channel phone), or declare a change of its own.
EMG-08_undeclared = The log holds no emergency of this number in exactly this content. Declare it: sekisho emergency
EMG-08_ended = This emergency was ended.
EMG-08_expired = This emergency expired at { $at }.
EMG-08_failed = It could not be shown that this emergency still runs.

EMG-09 = An emergency is carried out a few times at most.
EMG-09_why = Trying again and again is work that needs a plan.
EMG-09_satisfy = Declare what comes next as a change of its own.
EMG-09_used_up = It was carried out { $most } times, which is the most (emergency.executions).
EMG-09_failed = It could not be shown how often this emergency was carried out.

EMG-10 = An emergency is small.
EMG-10_why = Nobody reads a large change at night.
EMG-10_satisfy = Take out what can wait (emergency.size).
EMG-10_files = { $files } files are changed; { $most } at most.
EMG-10_lines = { $lines } lines are changed; { $most } at most.
EMG-10_failed = It could not be shown how large this emergency is.

EMG-11 = Some things are never done in an emergency.
EMG-11_why = The gate is not rebuilt while somebody goes around it, and what is lost for good is nobody's to lose alone.
EMG-11_satisfy = Leave the files of the gate alone; for data that cannot be restored somebody has to say yes.
EMG-11_gate = { $path } belongs to the gate and is never changed in an emergency.
EMG-11_irreversible = Data is changed for good, and nobody has said yes.
EMG-11_failed = It could not be shown that nothing is done that an emergency may not do.

EMG-12 = Everyone on the route is told at once.
EMG-12_why = Whoever is told can help, or object.
EMG-12_satisfy = Write to them and record it: sekisho emergency told CHANGE --channel chat

EMG-13 = The record is completed in time.
EMG-13_why = A day later nobody remembers the order of things.
EMG-13_satisfy = Complete it: sekisho emergency complete CHANGE

EMG-14 = Somebody decides afterwards in time.
EMG-14_why = An exception that nobody looks at is a hole.
EMG-14_satisfy = Decide: sekisho approve CHANGE, or sekisho object CHANGE --reason WHY

EMG-15 = Whoever approves afterwards has no part in it.
EMG-15_why = The decision afterwards is the control; made by those who did it, it is none.
EMG-15_satisfy = Name somebody with authority who neither declared nor carries it out.
EMG-15_not_independent = { $person } cannot approve this afterwards. Who can: { $people }
EMG-15_nobody = Nobody could approve this afterwards: all who may have a part in it.
EMG-15_failed = It could not be shown that somebody independent can approve this afterwards.

EMG-16 = A rejection is made good in time.
EMG-16_why = A no that changes nothing is none.
EMG-16_satisfy = Put it back or make it good, and record it: sekisho due --done ID --evidence WHAT

EMG-17 = Every emergency is reviewed in time.
EMG-17_why = The next one is prevented by what this one taught.
EMG-17_satisfy = Review it, and record it: sekisho review CHANGE

EMG-18 = What an emergency left overdue stops the next normal change.
EMG-18_why = What is promised at night and never done would make the exception the rule.
EMG-18_satisfy = Do what is open; each has its command: sekisho due
EMG-18_open = { $owner } owes { $kind ->
    [retro_approval] the retrospective decision
    [record] the full record
    [confirmation] the confirmation
    [remediation] the remediation
   *[other] the review
 } of { $change } until { $due }. After that, normal changes stop.
EMG-18_grace = { $kind ->
    [retro_approval] the retrospective decision
    [record] the full record
    [confirmation] the confirmation
    [remediation] the remediation
   *[other] the review
 } of { $change } has been overdue since { $due } ({ $owner }). Soon normal changes will stop.
EMG-18_overdue = { $owner } owes { $kind ->
    [retro_approval] the retrospective decision
    [record] the full record
    [confirmation] the confirmation
    [remediation] the remediation
   *[other] the review
 } of { $change } since { $due }: normal changes of this service wait for it.
EMG-18_failed = It could not be shown that nothing of an earlier emergency is overdue.

EMG-19 = Few emergencies are open at once.
EMG-19_why = Who fights two fires alone does neither well.
EMG-19_satisfy = End those that are over (sekisho emergency end CHANGE), or have somebody on the route say yes.
EMG-19_service = { $open } other emergencies of this service are open; { $most } at most, this one included.
EMG-19_total = { $open } other emergencies are open; { $most } at most, this one included.
EMG-19_failed = It could not be shown how many emergencies are open.

EMG-20 = Emergencies stay rare.
EMG-20_why = When the exception becomes the usual way, the usual way needs work.
EMG-20_satisfy = Look at what makes the normal way too slow.
EMG-20_often = This is emergency { $lately } of this service in 30 days; more than { $most }.
EMG-20_share = { $percent } % of what was carried out in 90 days were emergencies; more than { $most } %.
EMG-20_failed = It could not be shown how often emergencies happen.

EMG-21 = What makes people look twice is shown.
EMG-21_why = Patterns are seen only by whoever is shown them.
EMG-21_satisfy = Nothing has to be done; say it in the review.
EMG-21_late = It was declared after the work.
EMG-21_again = The same measure was an emergency of this service within the last week.
EMG-21_copied = The reason is the one of another emergency.
EMG-21_friday = It was declared late on a Friday.
EMG-21_failed = It could not be shown what about this emergency makes people look twice.

EMG-22 = What was done first is declared soon.
EMG-22_why = Late is better than never, and must not become the habit.
EMG-22_satisfy = Declare it: sekisho emergency --done-at TIME

EMG-23 = What was changed by hand returns to code.
EMG-23_why = Otherwise the next deployment undoes the repair.
EMG-23_satisfy = Bring it back, and record it: sekisho due --done ID --evidence WHAT

EMG-24 = What is temporary goes by a day.
EMG-24_why = Nothing lasts as long as what was meant for a day.
EMG-24_satisfy = Remove it or keep it by a change of its own, and record it: sekisho due --done ID --evidence WHAT

EMG-25 = In a hard freeze two people say yes.
EMG-25_why = In these days an outage costs most, and fewest are there to repair it.
EMG-25_satisfy = Call until two people on the route have said yes.
EMG-25_hard = The hard freeze { $freeze } is in force until { $until }; { $people } of 2 people have said yes.
EMG-25_failed = It could not be shown that two people said yes in a hard freeze.

EMG-26 = An emergency is declared by a deliberate step.
EMG-26_why = So that nobody uses the procedure for emergencies by mistake.
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
rules-duration = { $found } is no length of time that can be used here; 30m, 4h and 90d are.
rules-glob = { $found } is no pattern of paths.
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
