# What verifying the change log finds. { $seq }: the record's number.

damage-not-canonical = Record { $seq } is not written in the one allowed way (byte { $at }: { $rule }).
damage-not-a-record = Record { $seq } is no record: { $field } is missing or wrong.
damage-newer-format = Record { $seq } needs a newer version of sekisho to be read.
damage-leaf-differs = Record { $seq }: its bytes are not those that were sealed.
damage-chain-broken = Record { $seq } does not follow the record before it; one of the two was changed.
damage-sequence-gap = Records are missing, doubled or out of order: { $found } stands where { $expected } belongs.
damage-no-genesis = The log does not begin with its opening record.
damage-second-genesis = Record { $seq } opens the log a second time.
damage-after-the-end = Record { $seq } stands behind the record that closed the log.
damage-closed-unsigned = Record { $seq } closes the log and is itself not signed. Nothing can be appended behind it.
damage-duplicate-id = Record { $seq } repeats an earlier statement ({ $id }).
damage-foreign-origin = Record { $seq } was made for another log: { $found } instead of { $expected }.
damage-time-backwards = Record { $seq } was sealed before the one in front of it ({ $time }).
damage-time-too-far = Record { $seq } claims { $claimed }, but was sealed at { $sealed }.
damage-time-ahead = Record { $seq } was sealed at { $time }, which is still to come: nothing can be logged behind it until then. next: set this machine's clock right, if it is wrong; else sekisho show { $seq }, and put back a copy of the log from before (sekisho log import)
damage-seen-elsewhere = Record { $seq }: its author { $by } had seen another history of the first { $size } records.
damage-bad-signature = Record { $seq }: the signature does not belong to what it stands under ({ $reason ->
        [signature-unreadable] { signature-unreadable }
        [signature-untouched] { signature-untouched }
       *[other] { signature-wrong }
    }).
damage-bad-token = Record { $seq }: the token under it does not make it the word of { $by } ({ $claim ->
        [act] a workflow does not say this by itself
        [actor] another account started the run than that of the person it names
        [audience] it was made for another statement
        [author] the record names another author
        [environment] the job was in another environment
        [event] a pull request started the run
        [form] it is no token that is signed with RS256
        [issuer] somebody else issued it
        [owner] the repository has another owner
        [ref] it is of another branch
        [repository] it is of another repository
        [time] it did not hold when the record was sealed
        [workflow] the job is in a workflow that does not count
       *[signature] the issuer did not sign it
    }).
damage-key-not-the-issuers = The log has a key { $kid } for runners' tokens that is not the one its issuer publishes under this name. Somebody brought a key of their own. next: sekisho history, and find out who recorded it
damage-token-unpublished = Record { $seq }: its token was made within the last day, with a key ({ $kid }) that the issuer does not publish. Somebody brought a key of their own. next: sekisho show { $seq }
damage-signature-missing = Record { $seq } names { $by } as its author and carries no signature.
damage-unknown-key = Record { $seq }: nobody had the key that signed it at that time.
damage-not-the-signer = Record { $seq } names { $person }, but the key that signed it is not theirs.
damage-key-revoked = Record { $seq }: the key that signed it, { $key }, was revoked before.
damage-branch-newer = Commit { $commit } of { $branch } carries record { $seq } in a format that this version does not read, so nothing behind it can be read either. next: a newer sekisho, if somebody writes with one; if nobody does, whoever may rewrite the branch takes the commit off: git fetch { $remote } { $name } && git push --force { $remote } { $commit }^:refs/heads/{ $name }
damage-branch-ahead = Commit { $commit } of { $branch } carries record { $seq }, sealed at { $time }; this machine's clock says { $now }. Nothing can be logged behind it until then. next: set this machine's clock right; if it is right, whoever may rewrite the branch takes the commit off: git fetch { $remote } { $name } && git push --force { $remote } { $commit }^:refs/heads/{ $name }
damage-key-outside-days = Record { $seq }: the key of { $person } did not count at { $time }.
damage-signers-unreadable = Record { $seq } brings a list of signers that cannot be read ({ $reason }).
damage-signers-unsigned = Record { $seq } changes who may sign and is itself not signed.
damage-blob-missing = Record { $seq }: a document that it names is gone, and no record says why ({ $digest }).
damage-blob-altered = Record { $seq }: a document that it names was altered ({ $digest }).
damage-shortened = The log ends at { $size } records; it had { $remembered } when it was last looked at from here.
damage-other-history = This is another history: record { $seq } is not the one that was seen from here before ({ $remembered } records then, { $size } now).
damage-shorter-than-noted = Records are missing at the end: the log has { $size }, and { $by } noted { $noted } on commit { $commit } at { $at } (status { $id } on GitHub). Somebody took the log's place back, or cut it. next: put the branch back to where it was; its last commits are in the clones of others and in the activity of the repository. Whoever may push can also note something false: if the log is whole, name the status under disregard: in the workflow (docs/github.md)
damage-other-than-noted = This is another history: { $by } noted a log of { $noted } records on commit { $commit } at { $at } (status { $id } on GitHub), and this one has something else there. next: find out which of the two is the log; other clones have the branch as they saw it. Whoever may push can also note something false: if the log is the right one, name the status under disregard: in the workflow (docs/github.md)
damage-not-the-checkpoint = This is another history: its first { $size } records are not those of the checkpoint.
damage-shorter-than-checkpoint = The log ends at { $size } records; the checkpoint was made when it had { $kept }.
damage-more-than-checkpoint = There are { $size } records; the checkpoint beside them was made over { $kept }.
damage-checkpoint-of-another = The checkpoint is of another log: { $found } instead of { $expected }.
damage-checkpoint-unreadable = The checkpoint cannot be read ({ $reason }).
damage-checkpoint-forged = The checkpoint carries a signature in the name of { $name } that its key did not make.
damage-file-stray = { $file } does not belong here: no record names it.
damage-file-wrong = { $file } is missing or is not the file that a bundle has ({ $reason }).
damage-signers-differ = allowed_signers is not the list that the last record about signers names.
damage-decision-differs = Record { $seq }: this decision does not follow from its own case under the same rules ({ $reason ->
        [no-case] it has no case
        [case-unreadable] its case cannot be read
        [policy] its rules are not those that it names
        [rules-unusable] its rules cannot be used
        [not-judged] its case cannot be judged
        [other-word] the gate decides otherwise
        [other-body] the record says something else about it
       *[other-documents] its documents are not those of this decision
    }).
damage-store = The log's file is damaged: { $complaint }

note-bundle-unsigned = Nobody has signed the checkpoint. Records that were cut off at the end, with a new checkpoint, cannot be seen from this alone. next: sekisho verify --bundle … --against "…", with what somebody kept
note-replayed = Judged once more: { $same } of { $count } decisions came out the same, to the byte.
note-replay-other-engine = { $count } decisions were made by sekisho { $version } with other rules than this one ({ $own }); only that version can judge them again.
note-replay-not-possible = Record { $seq }: this decision cannot be judged again, because its case was taken out.
note-blob-redacted = Record { $seq }: a text was taken out by record { $by } ({ $digest }).
note-blob-redacted-but-present = Record { $seq }: a text was declared taken out and is still there ({ $digest }).
note-request-claimed = Record { $seq }: { $person } took a text out. That { $asked } asked for it is their word alone; { $asked } signed nothing. next: ask { $asked }, when in doubt
note-signature-unchecked = Record { $seq }: its signature is of a kind that cannot be checked here.
note-signers-unsigned = Record { $seq } changes who may sign, without a signature.
note-filed-late = Record { $seq } was said at { $claimed } and sealed at { $sealed }: it was made without a way to the log, and counts from when it was sealed.
note-key-revoked-since = Record { $seq }: the key that signed it was revoked afterwards, by record { $by }. Decisions that came before stay; for the next one it does not count.
note-branch-foreign = Commit { $commit } of { $branch } adds no record that continues the log; it is passed over.
note-branch-foreign-more = { $count } more commits of { $branch } add no record either.

signature-token-key-unknown = Record { $seq }: a runner's token fits, but nobody whose word counts has brought the key { $kid } that made it.
signature-token-nobody = Record { $seq }: it is signed by a workflow, and by the log no workflow counts here.
signature-kind-unknown = Record { $seq }: a signature of type { $kind } cannot be checked here.
signature-key-type-unknown = Record { $seq }: a signature by a key of type { $type } cannot be checked here.
signature-unreadable = the signature cannot be read
signature-namespace = the signature was made for another purpose: { $namespace }
signature-untouched = the security key was not touched
signature-wrong = the signature is wrong

log-prepared = The database is ready for change logs.
log-prepared-before = The database was ready already.
log-prepare-next = Who writes needs the role sekisho_writer, who only reads sekisho_reader, who takes texts out sekisho_redactor. next: GRANT sekisho_writer TO …
