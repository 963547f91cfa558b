# Work with a deadline.
due-nothing = Nothing is open.
due-waived = Waived
due-waived-so-far = waived so far by { $people }
due-waived-more = and { $count } more: sekisho due --format json
due-waived-line = { $at }, { $people } waived what { $owner } owed { $service }: { $what }
due-waived-line-change = { $at }, { $people } waived what { $owner } owed { $service }: { $what } of { $change }
due-close = sekisho show { $change }
due-close-record = sekisho history
due-close-outcome = sekisho finish { $change } --outcome OUTCOME
waive-done = { $person } waives #{ $id } (record { $seq }).
waive-missing = It is still open. Missing: { $count } of { $people }.
act-obligation-waived = obligation waived
error-due-unknown = Nothing that is open is called { $id }. next: sekisho due
error-waive-reason = Waiving needs a reason in words, { $count } characters or more; it is shown for ever. next: --reason
error-waive-own = { $person } owes #{ $id } or carried out what it comes from; others have to waive it. next: sekisho due
error-waive-no-right = { $person } may not waive #{ $id }. Who may: { $people }
error-waive-nobody = Nobody can waive #{ $id } now: it takes { $count } people, and { $able } of them are here and have no part in it.
