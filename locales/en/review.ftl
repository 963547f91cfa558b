# The review of what was carried out.
review-title = Review of { $change }
review-how = Write below each heading. Leave what stands in brackets as it is, then: sekisho review { $change } --from FILE
review-closed-by = Closed by { $person }, { $at } (record { $seq })
review-done = The review of { $change } is closed (record { $seq }). { $actions ->
    [0] Nothing is left to be done.
    [one] 1 action is open: sekisho due
   *[other] { $actions } actions are open: sekisho due
 }
review-ask-happened = What happened, and when?
review-ask-path = Why was it an emergency, and what would have made the normal path fast enough?
review-ask-gate = Did it go through the gate as agreed? What went beside it?
review-ask-way_back = Was there a way back that could be used, and was it needed?
review-ask-earlier = How could it have been noticed or softened earlier?
review-ask-temporary = What is only temporary, and when does it go?
review-ask-elsewhere = Where else is the same weakness?
review-ask-told = Who was told what, and who should have been?
review-ask-rules = Which template, procedure, rule or boundary has to change?
review-ask-actions = What is to be done, by whom and by when?
review-action-form = One line each: - WHAT | PERSON | DAY, as in - Renew on a timer | hayashi | 2026-12-10; nothing where nothing is left
review-no-action = Nothing.
review-empty = A sentence, please; "nothing" or "nobody" is an answer too.
error-review-action = "{ $text }" is no action. next: WHAT | PERSON | DAY
error-review-actions = One review finds { $most } actions at most. next: put some together
error-review-due = "{ $what }" is due { $due }, which is no day to come. next: a day such as 2026-12-10
error-review-empty = The form says nothing. next: sekisho review CHANGE --format markdown
error-review-form = The form has something at { $detail } that was not asked. next: sekisho review CHANGE --format markdown
error-review-missing = The review of { $change } leaves open: { $questions }. next: answer them; "nothing" is an answer too
error-review-never = { $change } never passed the gate, so there is nothing to look back at. next: sekisho show { $change }
error-review-own = { $person } declared { $change } or carried it out; somebody else has to close its review.
error-review-owner = "{ $what }" is for { $owner }, whom the configuration does not know or who has left. next: a key of people

# What is still to be done after it, and approvals that another wrote down.
obligation-action = action of the review
due-close-action = sekisho due --done { $id } --evidence WHAT
act-action-done = action done
confirm-objected = { $person } says that what was recorded for them about { $change } was not their word (record { $seq }). A remediation is due { $due }: sekisho due
error-nothing-to-confirm = Nothing that was recorded for this person is to be confirmed. next: sekisho due
error-due-confirmation = { $person } wrote down what { $owner } is to confirm in #{ $id }, carried it out, or is asked themselves. Their own word: sekisho approve CHANGE. A reply is filed by somebody else.
error-due-remediation = { $person } cannot say that #{ $id } is put right: that is for whoever rejected it, or for another who may decide afterwards. next: one of them gives sekisho due --done { $id } --evidence "NOTE"
error-due-not-theirs = { $person } neither owes #{ $id } nor has a part in it. { $owner } does.
