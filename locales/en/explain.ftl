# Why a decision is what it is, what would be decided, and what is set.

## The page of reasons
why-heading-recorded = WHY  record { $seq }, { $word }: { $service } → { $environment }      { $at }
why-heading-would = WHY  { $word }: { $service } → { $environment }      { $at }
why-same = Judged once more from the recorded case under the same rules, with the same answer.
why-differs =
    ATTENTION: the same rules say something else about the recorded case than record { $seq } does. What counts is the record.
    Either this build is not the one it says it is, or the record was not made by the gate. next: sekisho verify
why-other-rules =
    Record { $seq } was decided under other rules (sekisho { $theirs }); what counts is what was found then.
    Below that is what the rules of this sekisho ({ $ours }) say about the same case today; it changes nothing.
why-not-recorded = Nothing was decided or recorded by asking.
why-recorded = What the record says
why-stopped = What stops
why-owed = What has to be done later
why-warned = What is warned of
why-noted = What is worth knowing
why-held = What holds
why-not-applicable = What did not apply
why-off = Switched off in sekisho.yml
why-not-asked = Not asked about this type of change
why-kept = Kept by the engine, and nothing found
why-all = What each of them looked at: --format json. One rule: sekisho check --explain CODE
why-looked = Looked at
why-set = Set to
why-effect = effect
why-none = (none)
why-absent = (not there)
why-entries = { $count ->
    [one] 1 entry
   *[other] { $count } entries
    }; --format json has all of it
why-more = and { $count } more
from-shipped = shipped default
from-profile = default of the profile { $profile }

## Keys
key-unset = (not set)
key-wins = { $value }  ← in force
key-loses = { $value }  (overruled)
key-silent = says nothing
source-declaration = declaration
source-template = template
source-plan = rollback plan
source-area = area
source-service = service
source-top_level = file
source-derived = worked out
source-profile = profile
source-shipped = shipped default

## Rules
rule-why = Why: { $sentence }
rule-satisfy = To satisfy it: { $sentence }
rule-effect = What a failure does
rule-here = here
rule-as-shipped = as shipped
rule-off = switched off
rule-examples = Cases from its tests
rule-holds = holds
rule-fails = does not hold
rule-not-applicable = does not apply
rule-kept-by = Kept by
rule-engine = types and control flow; there is no file, and nothing switches it off
rule-obligation = work with a deadline that events open and close
rule-controls = Evidence relevant to
rules-code = CODE
rules-name = NAME
rules-normal = NORMAL
rules-standard = STANDARD
rules-emergency = EMERGENCY
rules-here = HERE
cell-template = judged on the template
cell-never = -
cell-stop = no decision at all

## What if
decision-would-pass = WOULD PASS
check-outlook-at = If HEAD were deployed at { $at }, as things stand now, the gate would say (nothing was recorded):
what-if-heading = WHAT IF — a saved case, judged again. This is not a decision.
what-if-saved = Nothing was recorded, so nothing passed: the exit code is never 0. To deploy: sekisho gate
what-if-other-rules = Note: the case was saved under other rules than those that judged it here.

## Tests of rules
tests-not-covered = not reached: { $lines }
tests-below = Fewer lines are reached than the { $least } % that were asked for.
tests-look = next: edit { $file }, then sekisho policy test

## Wrong requests
error-show-near = Neither a change, nor a rule, nor a record: { $what }. Did you mean { $near }? All rules: sekisho policy list
error-explain-near = Neither a rule nor a key: { $what }. Did you mean { $near }?
error-explain-unknown = Neither a rule nor a key: { $what }. All rules: sekisho policy list. Keys are written like approval.quorum.high
error-at-time = "{ $text }" is not a time. Times look like 2026-12-04T09:50 (in { $zone }) or 2026-12-04T09:50+09:00
error-at-past = { $at } lies before the last record ({ $last }): what the log says now was not known then. What was decided: sekisho history, then sekisho show --why RECORD
error-why-what = "{ $what }" is neither a change nor a record. For a rule as it stands now: sekisho check --explain CODE
error-why-no-decision = Record { $seq } is no decision of the gate. Decisions: sekisho history
error-why-never-asked = The gate has not decided about { $change } yet. What it would say: sekisho check
error-man-dir = Nothing was written to { $folder }: { $detail }

## Could not be evaluated
error-why-gone = The case that record { $seq } was decided on is not in this copy of the log.
error-why-redacted = The case that record { $seq } was decided on was taken out by record { $by }.
error-why-unreadable = The case of record { $seq } was written by sekisho { $version } in a form that this one cannot read ({ $detail }). What the record says: sekisho show { $seq }

## The layout of help
help-usage = Usage
help-commands = Commands
help-arguments = Arguments
help-options = Options
help-group-work = Carrying out
help-group-look = Looking back
help-group-tools = More
help-more = Every command: sekisho --help --all. One command: sekisho COMMAND --help. A tour: sekisho demo
help-choices = [one of: { $value }]
help-default = [default: { $value }]
help-variable = [or the variable { $value }]
help-exit-codes =
    Exit codes:
      0  passed, or done
      1  blocked, or a check found something
      2  the request itself is wrong
      3  could not be evaluated: no pass
      4  the change log does not verify: no pass
      5  a saved case would pass (gate --dossier): no pass

## Manual pages
man-name = NAME
man-synopsis = SYNOPSIS
man-description = DESCRIPTION
man-options = OPTIONS
man-commands = COMMANDS
man-exit = EXIT STATUS
man-version = VERSION
man-done = { $count } manual pages are in { $folder }: man1/ in English, ja/man1/ in Japanese.

## A command line that cannot be understood
usage-error = error: { $sentence }
usage-no-value = { $flag } needs a value.
usage-value = "{ $value }" is no value for { $flag }.
usage-unknown-flag = There is no option { $flag }.
usage-extra-word = "{ $word }" is not expected here.
usage-unknown-command = There is no command "{ $command }".
usage-missing-command = { $command } needs a command of its own: { $known }.
usage-missing = This is missing: { $flags }
usage-conflict = { $flag } and { $other } do not go together.
usage-twice = { $flag } is given more than once.
usage-alone = { $flag } does not go together with anything else.
usage-count = { $flag } has too few or too many values.
usage-not-text = An argument is not UTF-8 text.
usage-other = The command line cannot be understood.
usage-choices = One of: { $choices }
usage-range = It has to be within { $range }.
usage-number = It has to be a whole number.
usage-detail = { $detail }
usage-near = Did you mean { $near }?
usage-more = More: --help
