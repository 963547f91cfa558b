# sekisho exec: work by hand as a command, and the evidence of start and finish.
exec-runs = { $change } is being carried out (record { $seq }). From here on it is the command that speaks.
exec-ended = { $change }: the command ended with exit code { $code }, which is passed on; recorded as { $outcome } (record { $seq }).
exec-ended-waits = { $change }: the command ended with exit code { $code }, which is passed on ({ $outcome }). The log cannot be reached; the end is signed and waits as draft { $number }. next: sekisho log sync
exec-unrecorded = { $change }: the command ended with exit code { $code }, which is passed on. That it ended as { $outcome } could not be recorded: { $detail } It is remembered here. next: sekisho finish { $change } --outcome { $word }
exec-left = { $change }: a command that { $person } began at { $begun } on { $host } was cut short. How far it came is not known, and nothing is assumed. next: look, then sekisho finish { $change } --outcome OUTCOME
exec-left-running = { $change }: sekisho was killed under a command that { $person } began at { $begun } on { $host }; process group { $leader } may still run. next: wait for it or end it, look, then sekisho finish { $change } --outcome OUTCOME
exec-left-ended = { $change }: the end of the command that { $person } began at { $begun } on { $host } may be missing from the log. next: sekisho finish { $change } --outcome { $word }
exec-left-unreadable = { $file } tells of a command that was cut short, and cannot be read. next: sekisho due shows what has no end; once that is settled, delete the file
error-exec-which = There is not one open emergency of yours, so it is not clear which change this is. next: sekisho exec CHANGE -- CMD
error-exec-missing = { $program } is no program that can be run; nothing was judged and nothing recorded. Folders of PATH that are not absolute are not looked into. next: name it with its path
error-exec-start = The command could not be started: { $detail } Nothing was run. next: mend it; what was recorded as aborted needs a new change
error-exec-journal = Nothing was run: what runs has to be noted in .git/sekisho/running first, and that cannot be written: { $detail }. next: look at room and owner of .git/sekisho
error-exec-running = { $change } was started and has no end in the log: it runs, or it was cut short. Nothing was run. next: sekisho finish { $change } --outcome OUTCOME
error-exec-other-commit = { $change } passed with { $commit }, and { $here } is checked out: what would run is not what passed. Nothing was run. next: git checkout { $commit }
error-exec-plan = The plan is not what was approved: neither plan nor procedure of the declaration has this content in the commit that is checked out. Nothing was run. next: git diff HEAD, then take the approved file, or have the new one committed and approved
error-exec-plan-unused = The command does not use { $file }, so what was approved would not be what is run. Nothing was run. next: name the file in the command, or $SEKISHO_PLAN in a script
error-keep-many = At most { $count } files are kept with a record. next: without --keep their digests are recorded, however many there are
