# What a job of GitHub Actions is told.
action-stopped = The gate could not decide; nothing passed
action-fallen = Denied after all
action-summary-cut = The page is longer than GitHub shows. The whole decision is in the file that the output report-path names.
action-input = The input { $input } is not one of: { $known }. next: correct it under with: in the workflow
action-no-text = The variable { $variable } is not text in UTF-8. next: set it anew in the workflow
action-on-pull-request = This run was started by { $event }, and such a run obeys the workflow of the proposal itself. Nothing is decided there. next: command: check here, and command: gate on push to the deployed branch
action-genesis = This is another change log than the one that is pinned: its first record is { $found }, pinned is { $pinned }. Waiting does not help; see which of the two is wrong.
action-other-repository = The change log belongs to { $origin }, and this job runs in { $repository }. If the repository was renamed, pin its log with the input genesis (sekisho show 0 prints the 64 characters).
action-no-account = The runner does not say whose account started this run (GITHUB_ACTOR, GITHUB_ACTOR_ID), so it is not known who deploys. next: run this on a runner of GitHub Actions that sets them
action-run-again = { $account } started this attempt again, after { $first } had started the run, and GitHub tells a job only the account number of { $first }. Who deploys is not known for sure. next: { $account } starts a run of their own (push, or workflow_dispatch)
action-unknown-account =
    The account { $account } (number { $id }) started this run, and in the authorised sekisho.yml it belongs to nobody.
    next: add this below the person, and let it pass the gate once:
          github: { $account }
          github_id: { $id }
action-inactive = { $person } is no longer, or not yet, part of the team by the authorised sekisho.yml. next: somebody else starts the run
action-renamed = The account number { $id } belongs to { $person } by sekisho.yml, as { $login }; GitHub calls it { $account }. One of the two is wrong. next: compare https://api.github.com/users/{ $account } with sekisho.yml, and correct it there
action-key-of-other = { $person } started this run, but the signing key of this job is that of { $owner }. Nobody acts in another's name. next: { $owner } starts the run, or the secret holds the key of { $person }
action-needs-key =
    { $person } started this run, and a decision has to be signed here.
    next: id-token: write below permissions of the job, so that the workflow signs (docs/action.md)
          or put an SSH key of { $person } into a secret of the environment, and hand it over as the input signing-key
          or, where unsigned records are enough: trust: {"{"}signatures: optional{"}"} in sekisho.yml
action-token-unreadable = GitHub made a token for this job that cannot be read. Nothing passed. next: run the job again
action-token-nobody =
    This workflow could sign, but by the authorised sekisho.yml no workflow counts.
    next: add this, and let it pass the gate once, signed by a person:
          trust:
            repository_id: { $repository }
            workflows: ["{ $workflow }"]
action-token-misfit =
    This job is not one that the log lets sign: { $claim ->
        [environment] its environment is { $found }
        [event] it was started by { $found }
        [issuer] its tokens are issued by { $found }
        [owner] its repository's owner has the number { $found }
        [ref] it runs for { $found }
        [repository] its repository has the number { $found }
       *[workflow] it is written in { $found }
    }. Nothing passed.
    next: run the workflow that sekisho.yml names below trust, on its branch; or change trust there, and let that pass the gate
action-token-public =
    The repository is public, and so is the log on its branch: a token that signs there can be read by everybody while it still holds. It is good for sekisho alone, but who takes tokens without looking at their audience would take it, too.
    next: put a key of { $person } into a secret, as the input signing-key; or keep the log in a database;
          or, where nothing of yours takes tokens that way: trust: {"{"}publish_tokens: true{"}"} in sekisho.yml, through the gate
action-token-key = GitHub signs for this job with a key ({ $kid }) that nobody has brought into the log. Nothing passed. next: a person with a key runs sekisho key fetch, once; then this job again
action-nothing-to-run = command: run needs what it is to run, once. next: the input run, a script for bash
action-not-started = The deploy could not be started: { $detail }
action-other-commit = The gate was asked about { $head }, but { $here } is checked out; what would be deployed is not what passed. next: check out { $head }
action-not-put-back = Putting { $change } back did not succeed, so no outcome was recorded. What runs now is not known to the log. next: sekisho finish { $change } --outcome rolled_back, once it is back
action-end-unrecorded = The end of { $change } ({ $outcome }) could not be recorded: { $detail } next: sekisho finish { $change } --outcome { $outcome }
action-finish-needs = command: finish needs the inputs change and outcome. next: change: the output change-ids of the gate, outcome: the status of the job
action-unwritable = { $file } cannot be written: { $detail }

# a pass, looked at once more
recheck-objected = { $person } objected (record { $seq }) after the decision of record { $decision }. The pass no longer holds. next: talk to { $person }; then sekisho finish CHANGE --outcome aborted, and the gate again
recheck-withdrawn = { $person } took the approval back (record { $seq }) after the decision of record { $decision }. The pass no longer holds. next: talk to { $person }; then sekisho finish CHANGE --outcome aborted, and the gate again
recheck-revoked = The key with which { $person } approved was revoked (record { $seq }) after the decision of record { $decision }. The pass no longer holds. next: { $person } approves with another key (sekisho approve); then sekisho finish CHANGE --outcome aborted, and the gate again
recheck-superseded = Another decision for this service came after record { $seq }, so that pass no longer holds. next: sekisho history -n 5
recheck-head-moved = { $head } names another commit than when the gate was asked. next: ask again, with the commit itself
recheck-not-on-branch = Commit { $commit } is no longer on the branch of this run: somebody moved the branch by force or deleted it. The pass no longer holds. next: see what the branch holds now, then ask the gate again
recheck-review-gone = { $person } no longer approves { $pull }: the review was dismissed or taken back after the decision. The pass no longer holds. next: talk to { $person }, then ask the gate again
recheck-review-objected = { $person } objected in { $pull } after the decision. The pass no longer holds. next: talk to { $person }, then ask the gate again
fallen-aborted = { $change } was recorded as aborted (record { $seq }): nothing may run by this pass, and what was authorised before stands.
fallen-open = The pass of record { $seq } stands in the log as it is, since something may run by it already. next: sekisho finish { $change } --outcome aborted, where nothing ran

# notes about the log on GitHub
anchor-blind = What was noted about the log on GitHub cannot be read, so a log that was cut would not be noticed here. next: give the job { $permission } under permissions:
anchor-not-permitted = Where the log ends was not noted on GitHub: the token may not. A log that is cut later will not be noticed by this. next: give the job { $permission } under permissions:
anchor-not-noted = Where the log ends could not be noted on GitHub: { $detail } What was decided stands.
anchor-of-a-person = The log does not have what { $by } noted about it on commit { $commit } at { $at }: { $noted } records, and there are { $size } (status { $id } on GitHub). Only what a machine account noted counts as proof. next: ask { $by }, and compare with another clone
anchor-disregarded = The log does not have what { $by } noted about it on commit { $commit } at { $at }: { $noted } records, and there are { $size }. The workflow or this clone says to disregard that (status { $id } on GitHub).

# how records reach the branch of the log
append-not-permitted = GitHub did not append to the log's branch for this token, so it was pushed. next: give the job { $permission } under permissions:, or keep it as it is with git config sekisho.append push
append-pushed = GitHub did not append to the log's branch, so it was pushed: { $detail }
append-other-bytes = GitHub wrote other bytes to the log's branch than it was given. That commit is passed over, and from now on records are pushed.
error-append-setting = sekisho.append can be push or api, and is "{ $text }". next: git config sekisho.append push

# the comment on a pull request
comment-no-token = There is no comment on the pull request, since this job has no token. What was found is in the summary. next: leave the input github-token as it is
comment-not-permitted = There is no comment on the pull request, since the token may not write one; that of a fork never may. What was found is in the summary. next: give the job pull-requests: write under permissions:, or say comment: false
comment-not-written = The comment on the pull request could not be written: { $detail } What was found is in the summary.
comment-cut = The page is longer than a comment may be. All of it is in the summary of the job.
check-page = What the gate will ask for
check-page-outlook = If this were merged and deployed now, the gate would say:
check-page-advice = Nothing was decided here. The gate decides after the merge, by the rules of the last authorised state.
