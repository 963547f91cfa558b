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
recheck-superseded = Another decision for this service came after record { $seq }, so that pass no longer holds. next: sekisho history -n 5
recheck-head-moved = { $head } names another commit than when the gate was asked. next: ask again, with the commit itself
