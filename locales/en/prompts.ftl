# What init and declare find, ask and remark.

# asking
ask-keys-one = ↑↓ to move, Enter to choose
ask-keys-some = Space to tick, ↑↓ to move, Enter when done
ask-at-least = At least { $count } of them.
ask-something = Something has to stand here.
error-prompt-left = You left before the end. Nothing was written.
error-prompt = The terminal cannot be asked: { $detail }
error-flags-missing =
    Without a terminal nobody can be asked. Missing: { $flags }
    next: { $command } with { $count ->
        [one] this flag
       *[other] these flags
    }; { $command } --help explains them

# init: what was found
init-found = Looked at { $place }, default branch { $branch }. Nothing was changed.
init-found-people = { "  " }people        { $found }
init-found-owners = { "  " }owners        { $found }
init-found-areas = { "  " }areas         CODEOWNERS names owners of single paths. To let nothing pass there without them, add below areas: in sekisho.yml:
init-found-deploys = { "  " }deploy jobs   { $found }
init-found-keys = { "  " }SSH keys      { $found }
init-found-services = { "  " }services      { $found }
init-found-database = { "  " }migrations    { $found }
init-found-deployed = { "  " }deployed      { $found }

# init: questions
like-solo = solo: one person, and somebody outside who looks on afterwards
like-team = team: a few people who approve each other's changes
like-agency = agency: a few people, and a client who approves and has no account
like-monorepo = monorepo: several services in one repository
like-audited = audited: everybody signs, high risk needs two approvals
ask-like = What is the team like?
ask-executors = Who carries out changes?
ask-approvers = Who approves?
ask-approvers-why = Nobody approves their own change.
ask-approver = Who else approves? (Name <address>; empty: write it into the file later)
ask-approver-why = Whoever carries out alone cannot approve alone.
ask-reviewer = Who from outside looks at the changes? (Name <address>)
ask-client = Who approves at the client? (Name <address>)
ask-person-why = Tanaka Aya <tanaka@client.example>; no account is needed.
ask-public-key = SSH public key of { $person }
ask-public-key-why = The line (ssh-ed25519 AAAA…) or the path of the .pub file.
ask-route = Whom to call in an emergency?
ask-route-why = At least two, so that one may be asleep.
ask-services = Which services are deployed from here?
ask-service = A service and its paths (web=apps/web/**)
ask-service-why = One at a time; an empty line when all are named.
ask-rollback-strategy = How is a release put back?
ask-rollback-step = The command that does it
ask-rollback-step-why = So that somebody else can run it as it stands.
ask-rollback-criterion = What has to be seen before going back?
ask-rollback-criterion-why = With a number, or something that is either seen or not.
ask-rollback-criterion-proposal = 5xx > 1% for 5m
ask-rollback-decider = Who decides to go back?
ask-rollback-minutes = How many minutes does going back take?
ask-time-zone = Time zone
ask-time-zone-why = Of business hours, deadlines and every time that people read: Europe/Berlin, Asia/Tokyo, UTC.
ask-ignore = Which of these are never deployed?
ask-ignore-why = Changes of these paths alone need no declaration. On a site of texts, leave them unticked.
error-init-person = Nobody here is called "{ $text }" ({ $flag }). Known: { $people }. A new person is written "Name <address>".
error-init-rollback = A rollback plan needs a step and a criterion. next: --rollback-step COMMAND --rollback-criterion OBSERVATION
error-public-key = "{ $text }" is no SSH public key, nor the path of one. It looks like: ssh-ed25519 AAAA…

# init: remarks
init-account-ids = The account numbers (github_id) come from the addresses of commits, and a commit can claim any address: compare them before you commit the file.
init-signing = Acts without a signature count, and are shown as unsigned, until the line "trust" is gone. Take it out when everybody has a key below their name.
init-template = Changes of { $paths } alone need no declaration, only an approval (template { $template }). Take its lines out if you would rather declare each.
init-account = { $person }: github: { $login }, github_id: { $id }
init-deploy-ungated =
    The job { $job } of { $file } deploys, and nothing that stops it stands before it. Add this below jobs: in that file, and the line "needs: gate" to the job { $job }:
          gate:
            uses: ./{ $gate }
            permissions: { "{" }{ $permissions }{ "}" }
init-deploys-gated = Every job that deploys asks the gate already; only the check of pull requests was written.
init-workflow = Wrote { $path }. Its comments say what each line is for.
init-workflow-deploy = Nothing here looks like the command that deploys: write it into { $path }. Until then the job deploy fails.
init-workflow-copy =
    The Action has no published name yet, so the workflows use a copy of it in { $place }. Put it there and commit it too:
          mkdir -p .github/actions/sekisho && git -C PATH/TO/sekisho archive HEAD | tar -x -C .github/actions/sekisho
init-workflow-hint = On GitHub, sekisho init --workflow also writes the workflows that ask the gate and check pull requests.
init-workflow-accounts = GitHub tells the gate an account, and nobody's is known for: { $people }. Write github and github_id below their names, or take the file away and run init again with --github-login PERSON=LOGIN.
init-workflow-doors = then: git push. The gate stops nobody until the side doors are closed (environment, ruleset, code owners): docs/action.md has the list.
init-workflow-number = The workflow can sign by itself, without anybody's key in a secret, when sekisho.yml says which repository it is. Take the files away and run init again with a token (GITHUB_TOKEN), or with the number: --repository-id $(gh api repos/{ $name } --jq .id)
init-workflow-key = Add the secret { $secret } to the environment: the SSH private key of that person, who starts deployments.
error-init-action = "{ $action }" is no Action at one commit. A tag can be moved, a commit cannot: OWNER/NAME@ and its 40 digits, 0-9 and a-f.
error-login-token =
    { $login } cannot be looked up: there is no token for the server of the remote "origin". next: set GITHUB_TOKEN,
    or find the number by hand, as "id" at https://api.github.com/users/{ $login } or by gh api users/{ $login } --jq .id, and give it too: --github-login PERSON={ $login }:ID
error-login-unknown = Nobody on GitHub is called { $login } now. Accounts can be renamed: ask the person for the name on their page.
error-login-renamed = { $login } is now { $now }, with the number { $id }. Make sure that this is the person you mean, then give the new name: --github-login PERSON={ $now }
error-login-machine = { $login } is no person's account, and only people approve and deploy. next: --github-login PERSON=LOGIN with the account of a person

# declare: what is there
declare-found = Branch { $branch }, { $count ->
    [0] nothing staged
    [one] 1 file staged
   *[other] { $count } files staged
    }.
declare-risk = That makes it { $risk }, because of: { $because }.
declare-open = Still to be filled in in { $path }: { $fields }
declare-list-next = next: sekisho declare --from NAME
template-own = of sekisho.yml, a standard change of { $paths }
template-dependency-patch = an update of somebody else's software, by a deploy
template-price-import = new prices imported by hand, with old file and correction of orders
template-release-rollback = an earlier release deployed again, where no declared change can be put back
template-renew-certificate = a TLS certificate renewed by hand
risk-because-downtime = downtime
risk-because-irreversible = data that cannot be brought back
risk-because-manual = work by hand
risk-because-paths = the paths

# declare: questions
ask-why-type = Every change of this type says it.
ask-why-unstaged = Nothing is staged, so no file tells how much is at risk; the kind of work does.
declare-unstaged = Nothing is staged, so no file could raise the risk, and it is taken as low. After git add: sekisho check
ask-why-risk = Asked because this is { $risk }.
ask-why-hand = Asked because people carry it out by hand.
ask-why-kind = Asked of work of this kind by hand.
ask-why-later = Empty: write it into the file later.
ask-title-long = A title has at most 80 characters; this one has { $count }.
ask-placeholder = { $hint } [{ $field }]
ask-detail = Details: { $key }
ask-field-title = The change in one line
ask-field-reason = Why is it made?
ask-field-references = Issue, address or CVE
ask-field-kind = What sort of work is it?
ask-field-targets = What is touched?
ask-field-roles-executor = Who carries it out?
ask-field-roles-verifier = Who checks the result?
ask-field-impact-functions = Which functions are affected? (commas between)
ask-field-impact-security = What does it mean for security? (none, or in words)
ask-field-procedure = Where are the steps written down? (path or address)
ask-field-plan = The file with the expected difference
ask-field-tests = What was tried before?
ask-field-window-start = Earliest start (2026-12-04T09:50)
ask-field-window-end = Latest end
ask-field-rollback = Which rollback plan?
ask-field-rollback-strategy = How is it put back?
ask-field-rollback-steps = The command that puts it back
ask-field-rollback-criteria = What has to be seen before going back?
ask-field-rollback-decider = Who decides to go back?
ask-field-rollback-duration = How long does going back take? (8m)
ask-field-verification-checks = How is the result checked?
ask-field-verification-done_when = What has to be seen for it to be done?
error-unknown-template = There is no template "{ $name }". Known: { $known }. next: sekisho declare --list-templates
error-declare-open = A record cannot be filled in later; still missing: { $fields }. next: give their flags, or answer at a terminal
