# What the commands say. One sentence, one key; the Japanese file has the same keys.

# init
init-done = Wrote { $path }. Read it once: it is short, and everything else has a default.
init-exists = { $path } is already here; nothing was changed.
init-name-approver = One thing is missing: who approves. Write that person's name where the file says so, or take the file away and run init again with --approver "Name <address>".
init-unsigned =
    No SSH key was found, so acts are recorded without a signature and shown as unsigned.
    To sign, run: ssh-keygen -t ed25519 — then write the public key below your name and remove the line "trust".
init-next =
    next: git add { $paths } && git commit -m "Add the gate's configuration"
    { "      " }{ $baseline }

# baseline
baseline-opened =
    Opened the change log { $place }
    First record: { $genesis }
    Keep these 64 characters somewhere else; they tell this log from any other.
baseline-done = { $service } in { $environment } starts from { $head } (record { $seq }).
baseline-next =
    next: change something, commit it, and ask the gate:
          sekisho gate --environment { $environment } --head HEAD

# declare
declare-done = Wrote { $change }. The gate takes who carries it out and the rollback plan from sekisho.yml unless the file says otherwise.
declare-next =
    next: git add { $path } && git commit   (in the commit that makes the change, or add the line "Change: { $change }" to that commit's message)
          sekisho check
declare-filed = Filed { $change } into the change log (record { $seq }).

# check
check-clean = Nothing wrong in { $count ->
    [one] 1 file
   *[other] { $count } files
    }.
check-no-baseline = What the gate will say is not known yet: there is no authorised state. next: sekisho baseline
check-outlook = If HEAD were deployed now, the gate would say (nothing was recorded):

# approve, object
approve-done = { $person } approved { $change } — this exact content ({ $subject }), record { $seq }.
approve-done-range = { $person } approved these commits — this exact content ({ $subject }), record { $seq }.
approve-recorded = Recorded: { $person } approved { $change } — this exact content ({ $subject }), record { $seq }. It is shown as recorded on behalf until { $person } confirms it.
object-done = { $person } objects to { $change } (record { $seq }). Only { $person } can lift this, by approving or with --withdraw.
withdraw-done = { $person } took it back (record { $seq }).
doubt-involved = Note: the gate will not accept this. { $person } takes part in the change; somebody else has to approve.
doubt-no-authority = Note: the gate will not count this. { $person } may not approve this change; see approvers and areas in sekisho.yml.

# start, finish
start-beside-files = The approval may be of the declaration together with files committed beside it. Work by hand is its declaration and plan alone: write delivery: manual into the declaration, commit it, and have it approved anew: sekisho approve { $change }
start-done = { $change } is being carried out (record { $seq }). next: sekisho finish { $change } --outcome success
finish-done = { $change }: { $outcome } (record { $seq }).
finish-back-to = The authorised state is { $commit } again; what came after it is judged anew.

# wrong requests (exit 2)
error-init-nobody =
    git does not say who you are, and nobody has committed here.
    next: git config user.name "Your Name" && git config user.email you@example.com
error-git-not-found = git does not know { $what } in this repository. next: git log --oneline -5
error-no-repository = There is no git repository at { $place }. next: git init, or -C FOLDER
error-no-work-tree = This repository has no work tree; the command needs files. next: -C FOLDER
error-no-config-here = There is no sekisho.yml at the top of this repository. next: sekisho init --yes
error-unknown-environment = The configuration knows no environment { $environment }. next: add it under "environments:", or use --environment
error-unknown-service = The configuration knows no service { $service }; it knows { $services }.
error-which-service = There are several services: { $services }. next: --service NAME
error-unknown-person = The configuration knows nobody called { $person }; it knows { $people }.
error-baseline-exists = { $service } in { $environment } has an authorised state already (record { $seq }); from there on, only the gate moves it.
error-base-not-older = { $base } is not older than the authorised state { $authorised }. --base may only go back, so that nothing is skipped.
error-declared-twice = More than one file has the number { $change }, so it cannot be told which is meant. next: keep one of them, and commit
error-no-declaration = There is no declaration { $change }: neither below { $folder } in the commit nor in the change log. next: sekisho declare, and commit the file
error-no-plan = The file { $path }, which the declaration names as its plan, is not in the commit. next: git add { $path }, and commit
error-too-many-units = That would be an approval of { $count } separate contents; at most 64 go into one. next: approve a smaller range
error-nothing-to-withdraw = { $person } has no approval or objection of exactly this content.
error-withdraw-own = An approval or an objection is taken back by its author. --withdraw and --for do not go together.
error-evidence-file = In this profile, an answer that somebody else records needs a file as evidence. next: --evidence FILE
error-empty-range = Nothing waits for an approval: HEAD brings nothing beyond { $base }, which is authorised. next: git switch to the branch of the change, or sekisho approve CHANGE
error-range-declared = These commits belong to a declared change, and that is approved by its name: { $changes }. next: sekisho show { $first }, then sekisho approve { $first }
error-range-not-derived = These commits belong neither to a declared change nor to one template, so there is nothing to approve yet. next: sekisho check
error-nothing-to-approve = Nothing is named. next: sekisho approve CHANGE
error-template = The template { $template } cannot be used as a declaration. next: sekisho check
error-team-unread = Who is in the team { $team } cannot be known, and it may decide here. next: a token of an App or a person that may read the members of the organisation (a workflow's own token never may), or name the people in sekisho.yml
error-change-id = "{ $text }" is not a change ID. They look like CHG-20261204-7K3Q; sekisho history lists them.
error-change-closed = { $change } has ended. Doing it again is a new change. next: sekisho declare
error-gate-first = { $change } goes out with a deploy. next: sekisho gate, then sekisho start { $change }
error-never-passed = { $change } never passed the gate, so there is nothing to finish.
error-already-finished = How { $change } ended is recorded already. next: sekisho show { $change }
error-deviation-missing = Something went differently in { $change }, and nothing says what. next: sekisho finish { $change } --outcome success_with_issues --deviation "…"
error-back-to-gate = At { $commit } other rules, people or keys were in force than before this change. They come back by passing the gate. next: sekisho gate --head { $commit }
error-baseline-rules = The configuration or rules of that commit are in force nowhere in this log. They come into force by passing the gate. next: sekisho gate in an environment that has a state
error-finish-late = This passed more than seven days ago: what runs now is put back by a deployment, not by a record. next: sekisho gate --rollback-of CHANGE
error-start-person = { $person } does not carry out these changes: the start is for who asked for the decision and for executors. next: ask one of them to run the same command
error-finish-person = { $person } neither carries out these changes nor decides about going back, and this record would move what runs. next: ask one of the executors or the rollback decider
error-objected-since = { $person } objected to { $change } after it passed, or took the approval back. next: settle that (sekisho approve { $change }, or sekisho object { $change } --withdraw), or sekisho finish { $change } --outcome aborted
error-back-to = The service stood at { $base } before this change; { $commit } is not older than that. What is newer has to pass the gate.
error-baseline-signers = The keys or the signature setting of that commit are not the ones in force in this log. They come into force by passing the gate. next: sekisho gate in an environment that has a state
error-config-locks-out = This configuration no longer has the service { $service } with the environment { $environment }, so nothing could pass there any more. next: put it back in sekisho.yml, then sekisho check
error-run = "{ $text }" cannot be a run: letters, digits and -_./: only, at most 128.
error-flag = "{ $text }" is no value for { $flag }.
error-write-file = { $file } was not written: { $detail }
error-write-link = { $file } was not written: one of its folders is a link to somewhere else. next: replace the link by a folder
error-read-file = { $file } cannot be read: { $detail }
error-dossier-file = { $file } is not a saved case of the gate: { $detail }
error-folder-exists = { $folder } exists already; the demo needs a new folder.
error-forge-answer = GitHub answered with something that cannot be used, so reviews could not be read: { $detail }. next: run the same command again; if it stays, https://www.githubstatus.com
error-forge-forbidden =
    The token may not read this on GitHub: { $what }. Nothing is judged with a part of the evidence.
    next: give the job this line under permissions:
      { $permission }
error-forge-limit = GitHub's limit of requests for this token is used up, so reviews could not be read. next: run the same command again in an hour at the latest
error-forge-limit-until = GitHub's limit of requests for this token is used up until { $until }, so reviews could not be read. next: run the same command again after that time
error-forge-log = The change log was begun for { $origin }, and the token is for { $server }: reviews there say nothing about it. next: set remote.origin.url and GITHUB_SERVER_URL to the server that the log names
error-forge-token = GitHub does not accept the token in GITHUB_TOKEN or GH_TOKEN. next: check whether it has expired; without a token only approvals in the log count
error-forge-unreachable = GitHub could not be reached, so reviews could not be read: { $detail }. next: run the same command again; without a token only approvals in the log count
error-no-key-file = There is no key file { $file }.
error-key = This SSH key cannot be used: { $detail }
error-key-of-two = This key stands below { $one } and below { $other }; a key belongs to one person.
error-who-key =
    Nobody in the authorised sekisho.yml has your key, so it is not known who you are.
    next: add this below people: { $person }, and let it pass the gate once:
          keys: ["{ $key }"]
error-who-no-key =
    It is not known who you are: there is no SSH key here that the authorised sekisho.yml lists.
    next: ssh-keygen -t ed25519, then add the public key below people: { $person }
          or name another key with --key FILE
error-who-email =
    It is not known who you are: git says { $email }, and in the authorised sekisho.yml that belongs to nobody.
    next: add it below people: NAME, as email: { $email }, and let that pass the gate once; or git config user.email ADDRESS
error-show-unknown = Neither a change, nor a rule, nor a record: { $what }. next: sekisho history
error-show-unrecorded = { $what } stands in { $file }, and the change log knows nothing of it yet. next: sekisho check

# could not be evaluated (exit 3)
error-not-evaluated = COULD NOT BE EVALUATED — this is not a pass.
error-shallow = The clone is shallow, so the history ends before the authorised state. next: fetch-depth: 0 in actions/checkout, or git fetch --unshallow
error-git = git: { $detail }
error-authorised-gone = The authorised commit { $commit } is not in this clone: it was not fetched, or it was pushed away. next: git fetch origin { $commit }; if it is gone there too, push it again from a clone that has it
error-config-link = sekisho.yml is a link in commit { $commit }; only a file counts, because a link can point anywhere. next: put the file itself there, and commit
error-git-file-size = { $path } is larger than { $limit } MiB and is not read. next: split it, or leave it out of what sekisho reads
error-git-format = The repository at { $place } uses a format that sekisho does not read: SHA-256 objects or reftable. next: use a repository with SHA-1 objects and references as files
error-git-grafts = The repository has grafts (info/grafts), so its history is not the one that was pushed. next: remove the file, or clone anew
error-git-index = What is staged cannot be read: { $detail }. An index that is split or sparse is not supported. next: git update-index --no-split-index, or git sparse-checkout disable
error-git-merge-size = Merge { $commit } brings in more than { $limit } commits, which are not all read. next: merge in smaller parts
error-git-owner = The repository at { $place } belongs to another user, so git does not trust it. next: git config --global --add safe.directory { $place }
error-git-partial = Git could not fetch from { $remote } what this partial clone left out (objects: { $count }). next: git fetch { $remote } to see why, or a clone without --filter
error-git-bring = Git could not fetch from { $remote } what reviewers saw (commits: { $count }), so what they agreed to cannot be compared. next: git fetch { $remote } to see why
error-git-tree-size = The commits differ in more than two million files or four hundred nested folders. next: look at what was committed
error-git-two-names = { $name } is a branch and a tag. next: name the one that is meant, refs/heads/{ $name } or refs/tags/{ $name }
error-git-unborn = The branch { $branch } has no commit yet. next: git add -A && git commit
error-plan-link = { $path }, which the declaration names as its plan, is a link; only a file counts, because a link can point anywhere. next: put the file itself there, and commit
error-no-log = There is no change log at { $place }. next: sekisho baseline
error-empty-log = There is no change log yet. next: sekisho baseline
error-log-unreachable = The change log cannot be reached: { $detail }. Waiting may help.
error-log-address-shown = The address of a database belongs in the variable SEKISHO_LOG_URL: arguments and git's settings can be read by others. Change the password if it was real. next: --log postgres
error-log-no-address = The change log is in a database, and SEKISHO_LOG_URL does not say which. next: set it to postgres://USER@HOST/DATABASE (in a workflow: from a secret)
error-log-unprepared = The database has no tables for change logs, or those of an older version. next: sekisho log prepare, with the address of the tables' owner in SEKISHO_LOG_URL
error-log-no-room = The disk that keeps the change log is full: { $detail }. next: make room there, then run the same command again
error-log-read-only = The change log may not be written: { $detail }. next: see who owns the file and its folder, and whether the disk is mounted read-only; then run the same command again
error-log-not-admitted = The database does not let this user in: { $detail }. next: check user and password in SEKISHO_LOG_URL
error-log-clock = The clock of this machine is behind: the last record of the change log is of { $previous }, the clock says { $now }. Nothing is recorded in the past of a log. next: set the clock right, then run the same command again
error-log-busy = Others kept writing to the change log; the decision could not be recorded. Trying again helps.
error-no-bundle = No exported log is at { $place }. next: name the folder that sekisho log export made
error-log-closed = This change log was ended with sekisho log move and goes on elsewhere; nothing was recorded. next: sekisho history -n 1 says who moved it; point this clone to the new place: git config sekisho.log PLACE (branch, postgres, or a file)
error-log-refused = The change log refused the record: { $detail }
error-log-place =
    “{ $place }” is no place for a change log.
    Places are: auto, sqlite:FILE, FILE, branch, branch:REMOTE, postgres.
error-log-remote = The change log was asked for on a branch, but this repository has no remote for it. next: git remote add origin ADDRESS, or --log branch:REMOTE
log-beside-remote = This log is in a file of this clone alone; other clones do not see it and could begin another one. next: sekisho log move --to branch, or git config sekisho.log { $place } to keep it here
log-as-of = The change log at { $place } could not be fetched ({ $detail }). What is shown is as of { $at }.
log-never-fetched = The change log at { $place } could not be fetched ({ $detail }), and this clone has never seen it.
error-config-staged-away = The next commit would remove sekisho.yml, and nothing could be deployed any more. next: git restore --staged sekisho.yml
error-no-config = There is no sekisho.yml in commit { $commit }. next: sekisho init, and commit the file
error-no-baseline = There is no authorised state for { $environment } yet, so there is nothing to compare with. next: sekisho baseline --environment { $environment }
error-calendar = No holidays are known for { $year }; a deadline cannot be computed. next: update sekisho, or list the days in a file that begins with a line like “years 2026-2028”, and name it as file:PATH under calendar: holidays
error-encode = A record could not be written down: { $detail }
error-memory = What is remembered of the log beside it cannot be read or written: { $detail }
error-start = The command could not start: { $detail }
error-demo = The demo stopped at "{ $step }": { $detail }

# the log does not verify (exit 4)
error-log-broken = THE CHANGE LOG DOES NOT VERIFY ({ $count ->
    [one] 1 finding
   *[other] { $count } findings
    }). Nothing passes until that is understood. next: sekisho verify

schema-line = In the first line of { $file }, editors read: { $line }

# names that the configuration does not know
reference-unknown-person = Nobody is called "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-person-alone = Nobody is called "{ $name }". Known: { $known }
reference-unknown-plan = There is no rollback plan "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-plan-alone = There is no rollback plan "{ $name }". Known: { $known }
reference-unknown-service = There is no service "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-service-alone = There is no service "{ $name }". Known: { $known }
reference-unknown-environment = There is no environment "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-environment-alone = There is no environment "{ $name }". Known: { $known }
reference-unknown-area = There is no area "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-area-alone = There is no area "{ $name }". Known: { $known }
reference-unknown-vendor = There is no external party "{ $name }" under vendors in sekisho.yml. Did you mean { $suggestion }?
reference-unknown-vendor-alone = There is no external party "{ $name }": add it under vendors in sekisho.yml, or correct the name.
reference-unknown-contact = There is no contact rule "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-contact-alone = There is no contact rule "{ $name }". Known: { $known }
reference-unknown-change = Neither a file nor the change log knows { $name }. Did you mean { $suggestion }?
reference-unknown-change-alone = Neither a file nor the change log knows { $name }: correct the ID, or commit that declaration first.
reference-itself = A change cannot wait for itself: remove this line, or name another change.
reference-no-file = There is no { $path } in the repository. Did you mean { $suggestion }?
reference-no-file-alone = There is no { $path } in the repository: correct the path, or add the file.
reference-unknown-template = There is no template "{ $name }". Did you mean { $suggestion }? Known: { $known }
reference-unknown-template-alone = There is no template "{ $name }". Known: { $known }

# next commands after a decision
next-declare = sekisho declare --title "…" --reason "…" --reference "…", and commit the file with the change
next-approve = { $person }:   sekisho approve { $change }{ $place }
next-approve-after = after that, the approval of { $change }: whatever is edited is approved anew
next-approve-range = { $person }:   sekisho approve { $range }{ $place }
next-approve-for = on their behalf:   sekisho approve { $change } --for { $key } --channel phone --evidence "NOTE"{ $place }
next-approve-for-file = on their behalf:   sekisho approve { $change } --for { $key } --channel mail --evidence FILE{ $place }
next-edit = edit { $file } and commit, then run the gate again
next-finish = sekisho finish { $change } --outcome success

next-finish-rolled-back = sekisho finish { $change } --outcome rolled_back

# demo
demo-open = ── 1. A repository with a small shop, and the gate's configuration
demo-undeclared = ── 2. Somebody lowers a price and wants to deploy; nobody declared it
demo-declare = ── 3. The fix: declare the change in the commit that makes it
demo-unapproved = ── 4. Declared, but nobody has approved it
demo-approve = ── 5. The client approves exactly this content, with a key of their own
demo-pass = ── 6. Now it passes, and the decision is in the log before the answer is given
demo-execute = ── 7. It is carried out, and how it ended is recorded
demo-history = ── 8. The morning after: what changed, who agreed, how do we put it back, is the log intact
demo-tamper = ── 9. One byte of the log is flipped, in the file itself
demo-restore = ── 10. The byte is put back
demo-end = That was the real program on a real repository. To start with your own: sekisho init --yes
demo-title = Lower the price of tea
demo-reason = The autumn campaign starts today; tea is offered at 980 yen.
error-globs = A glob of the configuration cannot be used: { $detail }
error-faults = { $file } has { $count } faults. next: sekisho check
verify-unchecked = { $count } signatures are of a kind that cannot be checked here.

# the log itself
error-against = { $text } is no checkpoint: neither a file nor SIZE and HASH as decisions print them ({ $detail }). next: the line that sekisho verify prints, or a file that holds a checkpoint
error-import-taken = There is a change log here already, and it is never written over. next: sekisho verify
error-move-closed = This log is closed: it went on elsewhere, and there it is not. Nothing was moved. next: git config sekisho.log PLACE, with the place where it goes on
error-move-person = { $person } may not move the log: it would close for everybody. Those who may approve changes to the gate itself may: { $people }. next: one of them gives this command
error-move-same = The log is there already. Nothing was moved. next: another place under --to
error-redact-alone = { $person } asks for the redaction and would carry it out. It takes two. next: somebody else runs this command, with --requested-by { $person }
error-redact-needed = The log is checked with this document, so it has to stay. Texts can go: declarations, notes, dossiers.
error-redact-person = Nobody in sekisho.yml is called { $person }. next: sekisho log redact … --requested-by PERSON
error-redact-reason = A redaction needs a reason. next: sekisho log redact … --reason "…"
error-redact-unknown = The log has no text of { $what } that could go. next: sekisho history
error-redact-who = Who asked for this? It takes two. next: sekisho log redact … --requested-by PERSON
error-transfer-taken = Another log lies there already, and it is never written over. Choose another place.
log-exported = { $size } records and { $documents } documents are in { $folder }. Root: { $root }
log-exported-next = next: sekisho verify --bundle { $folder }, or by hand as its README.md says
log-imported = { $size } records were taken over into { $place }, byte for byte, and verify.
log-moved = { $size } records are in { $place } now, byte for byte, and verify. The log in { $old } is closed; it can still be read.
log-moved-next = Other clones are switched by hand: git config sekisho.log { $place }
log-redacted = Gone: { $digest }
log-redacted-record = Record { $seq } says so. Everything that was recorded before still verifies.
log-redacted-branch = The commits of the log's branch still have it. To take it out of them too, with a push that replaces the branch: the same command with --rewrite
log-redacted-copies = Copies elsewhere are not reached from here: clones, exported logs, backups.
