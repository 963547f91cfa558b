//! `init`: what it finds, asks, writes and refuses.

use crate::support::stage::Stage;

/// A repository of three people with keys, with something to deploy.
fn shop() -> Stage {
    let mut stage = Stage::new();
    for person in ["ishii", "hayashi", "sato"] {
        stage.key(person);
        stage.write(&format!("notes/{person}.txt"), "here\n");
        stage.commit(person, "Hello");
    }
    stage.git("sato", &["config", "user.name", "sato"]);
    stage.git("sato", &["config", "user.email", "sato@shop.example"]);
    stage
}

/// The flags of each starting point, besides `--yes`.
fn flags(stage: &mut Stage, like: &str) -> Vec<String> {
    let mut flags = vec!["--like".to_owned(), like.to_owned()];
    let mut add = |flag: &str, value: &str| flags.extend([flag.to_owned(), value.to_owned()]);
    match like {
        "solo" => {
            add("--executor", "sato");
            add("--outside", "Tanaka Aya <tanaka@client.example>");
        }
        "agency" => add("--outside", "田中 彩 <tanaka@client.example>"),
        _ => {}
    }
    for person in ["hayashi", "ishii"] {
        let key = stage.key(person);
        add("--public-key", &format!("{person}={key}"));
    }
    flags
}

/// From `init` to a decision about one commit, in `language`.
fn walk(like: &str, language: &str) -> (Stage, serde_json::Value) {
    let mut stage = shop();
    let service = if like == "monorepo" {
        stage.write("apps/web/page.html", "one\n");
        stage.write("apps/api/main.go", "one\n");
        stage.commit("sato", "Two services");
        vec!["--service", "web"]
    } else {
        Vec::new()
    };
    let flags = flags(&mut stage, like);
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let arguments = [&["--lang", language, "init", "--yes"][..], &flags].concat();
    let done = stage.sekisho("sato", &arguments).expect(0);
    let last = done.err.lines().last().unwrap_or_default();
    assert!(
        last.trim_start().starts_with("sekisho baseline"),
        "{}",
        done.both()
    );
    stage.sekisho("sato", &["check"]).expect(0);
    stage.commit("sato", "The gate's configuration");
    for command in last.split(" && ") {
        let words: Vec<&str> = command.split_whitespace().skip(1).collect();
        stage.sekisho("sato", &words).expect(0);
    }
    stage.write("apps/web/prices.txt", "980\n");
    let declare = [
        "declare",
        "--title",
        "Lower the price",
        "--reason",
        "The autumn campaign starts on Monday.",
        "--reference",
        "#12",
    ];
    let done = stage
        .sekisho("sato", &[&declare[..], &service].concat())
        .expect(0);
    stage.commit("sato", "Lower the price");
    let change = done.out.trim().rsplit('/').next().unwrap();
    let change = change.trim_end_matches(".yml").to_owned();
    match like {
        "solo" => {}
        "agency" => {
            let note = [
                "--for",
                "tanaka",
                "--channel",
                "phone",
                "--evidence",
                "Agreed at 10:05",
            ];
            let approve = [&["approve", &change][..], &note, &service].concat();
            stage.sekisho("sato", &approve).expect(0);
        }
        _ => {
            let approve = [&["approve", &change][..], &service].concat();
            stage.sekisho("hayashi", &approve).expect(0);
        }
    }
    // The solo profile lets an hour pass between the last commit and its deploy.
    // Business hours, where they count, are those of the zone that each language proposes.
    stage.at(if language == "en" {
        "2026-12-01T11:30:00Z"
    } else {
        "2026-12-01T11:30:00+09:00"
    });
    let gate = [&["gate", "--format", "json"][..], &service].concat();
    let answer = stage.sekisho("sato", &gate).json();
    (stage, answer)
}

#[test]
fn each_starting_point_leads_to_a_decision_in_english() {
    for like in ["solo", "team", "agency", "monorepo", "audited"] {
        let (stage, answer) = walk(like, "en");
        assert_ne!(answer["decision"], "deny", "{like}: {answer:#}");
        assert!(stage.read("sekisho.yml").contains("language: en"));
    }
}

#[test]
fn each_starting_point_leads_to_a_decision_in_japanese() {
    for like in ["solo", "team", "agency", "monorepo", "audited"] {
        let (stage, answer) = walk(like, "ja");
        assert_ne!(answer["decision"], "deny", "{like}: {answer:#}");
        let text = stage.read("sekisho.yml");
        assert!(
            text.contains("language: ja") && text.contains("切り戻し判断者"),
            "{text}"
        );
    }
}

#[test]
fn an_agency_does_not_approve_its_own_work() {
    let mut stage = shop();
    let flags = flags(&mut stage, "agency");
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    stage
        .sekisho("sato", &[&["init", "--yes"][..], &flags].concat())
        .expect(0);
    let text = stage.read("sekisho.yml");
    assert!(
        text.contains("approvers: [aya]") || text.contains("approvers: [tanaka]"),
        "{text}"
    );
    assert_eq!(text.matches("org: agency").count(), 3, "{text}");
    assert_eq!(text.matches("org: client").count(), 1, "{text}");
    stage.commit("sato", "The gate's configuration");
    stage.sekisho("sato", &["baseline"]).expect(0);
    stage.write("prices.txt", "980\n");
    let declare = [
        "declare",
        "--title",
        "Lower the price",
        "--reason",
        "The autumn campaign starts on Monday.",
        "--reference",
        "#12",
    ];
    let done = stage.sekisho("sato", &declare).expect(0);
    stage.commit("sato", "Lower the price");
    let change = done.out.trim().rsplit('/').next().unwrap();
    let change = change.trim_end_matches(".yml").to_owned();
    // Everybody at the agency agrees, and that is not enough.
    for person in ["hayashi", "ishii"] {
        stage.sekisho(person, &["approve", &change]);
    }
    let gate = ["gate", "--format", "json"];
    let denied = stage.sekisho("sato", &gate).expect(1).json();
    let codes: Vec<&str> = denied["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|finding| finding["effect"] == "deny")
        .filter_map(|finding| finding["rule"].as_str().or(finding["code"].as_str()))
        .collect();
    assert!(codes.contains(&"APP-01"), "{denied:#}");
    let note = ["--channel", "phone", "--evidence", "Agreed at 10:05"];
    let client = text
        .split("\n")
        .find(|line| line.contains("org: client"))
        .unwrap();
    let client = client.trim().split(':').next().unwrap();
    let note = [&["--for", client][..], &note].concat();
    stage
        .sekisho("sato", &[&["approve", &change][..], &note].concat())
        .expect(0);
    let passed = stage.sekisho("sato", &gate).expect(0).json();
    assert_ne!(passed["decision"], "deny", "{passed:#}");
}

#[test]
fn each_starting_point_is_written_as_it_is_documented() {
    let mut all = String::new();
    for like in ["solo", "agency", "monorepo", "audited"] {
        let (stage, _) = walk(like, if like == "agency" { "ja" } else { "en" });
        all.push_str(&format!("# {like}\n{}\n", stage.read("sekisho.yml")));
    }
    insta::with_settings!({filters => vec![("AAAA[A-Za-z0-9+/=]+", "KEY")]}, {
        insta::assert_snapshot!(all);
    });
}

#[test]
fn without_a_terminal_the_missing_flags_are_named_and_nothing_hangs() {
    let stage = shop();
    let done = stage.sekisho("sato", &["init"]).expect(2);
    for flag in [
        "--like",
        "--executor",
        "--approver",
        "--rollback-strategy",
        "--rollback-step",
        "--rollback-criterion",
        "--rollback-decider",
        "--rollback-duration",
        "--time-zone",
    ] {
        assert!(done.err.contains(flag), "{flag}\n{}", done.both());
    }
    assert!(!stage.path("sekisho.yml").exists());
    let done = stage.sekisho("sato", &["init", "--like", "audited"]).expect(2);
    assert!(done.err.contains("--public-key hayashi=KEY"), "{}", done.both());
    let done = stage.sekisho("sato", &["--lang", "ja", "init"]).expect(2);
    assert!(done.err.contains("不足(9件)"), "{}", done.both());
    let done = stage
        .sekisho("sato", &["init", "--yes", "--like", "agency"])
        .expect(2);
    assert!(done.err.contains("--outside"), "{}", done.both());
}

#[test]
fn all_flags_need_neither_a_terminal_nor_yes() {
    let stage = shop();
    let done = stage.sekisho(
        "sato",
        &[
            "init",
            "--like",
            "team",
            "--executor",
            "sato",
            "--approver",
            "hayashi",
            "--approver",
            "Mori Kaoru <mori@shop.example>",
            "--rollback-strategy",
            "revert",
            "--rollback-step",
            "./deploy.sh previous",
            "--rollback-criterion",
            "the order page does not open",
            "--rollback-decider",
            "mori",
            "--rollback-duration",
            "25m",
            "--time-zone",
            "Europe/Lisbon",
            "--ignore",
            "notes/**",
            "--service",
            "shop=**",
        ],
    );
    let done = done.expect(0);
    assert_eq!(done.out, "sekisho.yml\n");
    let text = stage.read("sekisho.yml");
    for line in [
        "approvers: [hayashi, mori]",
        "strategy: revert",
        "duration: 25m",
        "decider: mori",
        "calendar: {timezone: Europe/Lisbon}",
        "paths: {ignore: [\"notes/**\"]}",
        "shop: {paths: [\"**\"]}",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    stage.sekisho("sato", &["check"]).expect(0);
}

#[test]
fn what_is_found_is_said() {
    let stage = shop();
    stage.write(".github/CODEOWNERS", "* @hayashi-i\n");
    stage.write(
        ".github/workflows/deploy.yml",
        "jobs:\n  ship: {environment: production}\n",
    );
    stage.write("db/migrate/1.rb", "x\n");
    stage.write("src/app.rs", "x\n");
    stage.commit("sato", "More");
    for (name, address) in [
        ("Hayashi Itsuki", "12+hayashi-i@users.noreply.github.com"),
        (
            "dependabot[bot]",
            "49699333+dependabot[bot]@users.noreply.github.com",
        ),
    ] {
        let (name, address) = (format!("user.name={name}"), format!("user.email={address}"));
        let author = format!("--author={} <{}>", &name[10..], &address[11..]);
        stage.git("sato", &["commit", "-q", "--allow-empty", &author, "-m", "x"]);
    }
    let url = "https://user:hunter2@github.com/acme/shop.git";
    stage.git("sato", &["remote", "add", "origin", url]);
    let done = stage.sekisho("sato", &["init", "--yes"]).expect(0);
    for found in [
        "github.com/acme/shop",
        "branch main",
        "@hayashi-i",
        ".github/CODEOWNERS: hayashi-i",
        ".github/workflows/deploy.yml: ship",
        "db/migrate/**",
        "src/**",
        "ssh-ed25519 …",
    ] {
        assert!(done.err.contains(found), "{found}\n{}", done.both());
    }
    assert!(!done.both().contains("hunter2"), "{}", done.both());
    assert!(!done.both().contains("dependabot"), "{}", done.both());
    let text = stage.read("sekisho.yml");
    assert!(text.contains("github: hayashi-i, github_id: 12"), "{text}");
    assert!(text.contains("deploy: {paths: [\"src/**\"]}"), "{text}");
    stage.sekisho("sato", &["check"]).expect(0);
}

#[test]
fn running_it_again_changes_nothing_and_says_so() {
    let stage = shop();
    stage.sekisho("sato", &["init", "--yes", "--workflow"]).expect(0);
    let before = (
        stage.read("sekisho.yml"),
        stage.read(".github/workflows/sekisho.yml"),
    );
    let done = stage.sekisho("sato", &["init", "--workflow"]).expect(0);
    assert_eq!(done.err.matches("already here").count(), 3, "{}", done.both());
    let after = (
        stage.read("sekisho.yml"),
        stage.read(".github/workflows/sekisho.yml"),
    );
    assert_eq!(before, after);
}

#[test]
fn workflow_is_written_only_when_it_is_asked_for() {
    let stage = shop();
    stage.sekisho("sato", &["init", "--yes"]).expect(0);
    assert!(!stage.path(".github").exists());
    let done = stage.sekisho("sato", &["init", "--workflow"]).expect(0);
    assert!(
        done.out.contains(".github/workflows/sekisho.yml"),
        "{}",
        done.both()
    );
    assert!(
        done.err.contains("git add sekisho.yml .github"),
        "{}",
        done.both()
    );
    // What runs is named, and what is missing before it does.
    assert!(
        done.err.contains("tar -x -C .github/actions/sekisho"),
        "{}",
        done.both()
    );
    assert!(
        done.err.contains("Until then the job deploy fails"),
        "{}",
        done.both()
    );
    let text = stage.read(".github/workflows/sekisho.yml");
    assert!(text.contains("signing-key:") == text.contains("SEKISHO_KEY_"));
}

#[test]
fn workflow_has_the_deploy_the_services_and_the_action_that_were_named() {
    let stage = shop();
    stage.write("scripts/deploy", "x\n");
    stage.commit("sato", "Deploy");
    let commit = "0123456789abcdef0123456789abcdef01234567";
    let action = format!("acme/sekisho@{commit}");
    let flags = ["init", "--yes", "--workflow", "--service", "web=web/**"];
    let more = ["--service", "api=api/**", "--action", &action];
    stage.sekisho("sato", &[&flags[..], &more].concat()).expect(0);
    let text = stage.read(".github/workflows/sekisho.yml");
    for line in [
        "  gate-api:",
        "  deploy-web:",
        "    needs: gate-web",
        "          service: api",
        &format!("uses: {action}"),
        "run: \"./scripts/deploy\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    std::fs::remove_dir_all(stage.path(".github")).unwrap();
    let flags = ["init", "--workflow", "--action", "acme/sekisho@v1"];
    let done = stage.sekisho("sato", &flags).expect(2);
    assert!(done.err.contains("A tag can be moved"), "{}", done.both());
    assert!(!stage.path(".github").exists());
    let flags = ["init", "--workflow", "--deploy", "make ship"];
    stage.sekisho("sato", &flags).expect(0);
    let text = stage.read(".github/workflows/sekisho.yml");
    assert!(text.contains("run: make ship"), "{text}");
}

#[test]
fn server_of_ones_own_gets_no_queue_and_no_new_way_to_name_the_action() {
    let stage = shop();
    let url = "https://git.acme.example/acme/shop.git";
    stage.git("sato", &["remote", "add", "origin", url]);
    stage.sekisho("sato", &["init", "--yes", "--workflow"]).expect(0);
    let text = stage.read(".github/workflows/sekisho.yml");
    assert!(!text.contains("\n  queue:") && !text.contains("$/"), "{text}");
    assert!(text.contains("uses: ./.github/actions/sekisho"), "{text}");
    crate::action::zizmor_finds_nothing(&stage.repository());
}

#[test]
fn workflow_that_deploys_already_is_left_alone_and_told_what_it_lacks() {
    let stage = shop();
    let deploy = "on:\n  push:\n  workflow_dispatch:\njobs:\n  ship: {environment: production}\n";
    stage.write(".github/workflows/deploy.yml", deploy);
    stage.commit("sato", "Deploy");
    let done = stage.sekisho("sato", &["init", "--yes", "--workflow"]).expect(0);
    for words in [
        "The job ship of .github/workflows/deploy.yml",
        "uses: ./.github/workflows/sekisho.yml",
        "needs: gate",
        "permissions: {contents: write, pull-requests: read,",
    ] {
        assert!(done.err.contains(words), "{words}\n{}", done.both());
    }
    assert_eq!(stage.read(".github/workflows/deploy.yml"), deploy);
    let gate = stage.read(".github/workflows/sekisho.yml");
    assert!(
        gate.contains("workflow_call") && !gate.contains("deploy:"),
        "{gate}"
    );
    // As it was told to be: nobody is accused any more.
    let called = "  gate: {uses: ./.github/workflows/sekisho.yml}\n";
    let ship = "  ship: {environment: production, needs: gate}\n";
    let gated = format!("on: push\njobs:\n{called}{ship}");
    stage.write(".github/workflows/deploy.yml", &gated);
    stage.commit("sato", "Gate");
    let done = stage.sekisho("sato", &["init", "--workflow"]).expect(0);
    assert!(!done.err.contains("The job"), "{}", done.both());
    assert!(done.err.contains("asks the gate already"), "{}", done.both());
}

#[test]
fn account_numbers_are_given_by_hand_where_nobody_can_be_asked() {
    let stage = shop();
    let flags = ["init", "--yes", "--github-login"];
    let done = stage
        .sekisho("sato", &[&flags[..], &["sato=sato-y"]].concat())
        .expect(2);
    for words in [
        "https://api.github.com/users/sato-y",
        "gh api users/sato-y",
        "sato-y:ID",
    ] {
        assert!(done.err.contains(words), "{words}\n{}", done.both());
    }
    for wrong in ["sato", "sato=", "sato=a b", "sato=x:y", "sato=../x", "nobody=x:1"] {
        stage.sekisho("sato", &[&flags[..], &[wrong]].concat()).expect(2);
    }
    assert!(!stage.path("sekisho.yml").exists());
    let done = stage
        .sekisho("sato", &[&flags[..], &["sato=sato-y:77"]].concat())
        .expect(0);
    assert!(
        done.err.contains("sato: github: sato-y, github_id: 77"),
        "{}",
        done.both()
    );
    assert!(!done.err.contains("compare them"), "{}", done.both());
    let text = stage.read("sekisho.yml");
    assert!(text.contains("github: sato-y, github_id: 77"), "{text}");
}

#[test]
fn configuration_that_nobody_could_satisfy_is_not_written() {
    let stage = shop();
    let sole = ["--executor", "sato", "--approver", "sato"];
    let team = [
        &["init", "--yes", "--like", "monorepo", "--service", "a=a/**"][..],
        &sole,
    ]
    .concat();
    let done = stage.sekisho("sato", &team);
    // Somebody to be named is better than nobody, and is said.
    assert_eq!(done.code, 0, "{}", done.both());
    assert!(done.err.contains("who approves"), "{}", done.both());
    std::fs::remove_file(stage.path("sekisho.yml")).unwrap();
    let solo = [
        "init",
        "--yes",
        "--like",
        "solo",
        "--executor",
        "sato",
        "--executor",
        "hayashi",
        "--outside",
        "sato",
    ];
    stage.sekisho("sato", &solo).expect(2);
    let key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE1ZbGl0dGxlIGtleSBmb3IgYSB0ZXN0IG9ubHkh";
    let keys = format!("hayashi={key}");
    let audited = [
        "init",
        "--yes",
        "--like",
        "audited",
        "--executor",
        "sato",
        "--executor",
        "hayashi",
        "--approver",
        "sato",
        "--approver",
        "hayashi",
        "--public-key",
        &keys,
    ];
    let done = stage.sekisho("sato", &audited).expect(2);
    assert!(done.err.contains("high"), "{}", done.both());
    let glob = ["init", "--yes", "--ignore", "docs/[", "--service", "a b=x/**"];
    stage.sekisho("sato", &glob).expect(2);
    assert!(!stage.path("sekisho.yml").exists());
}

#[test]
fn person_who_is_nobody_is_refused_with_those_who_are() {
    let stage = shop();
    let done = stage
        .sekisho("sato", &["init", "--yes", "--approver", "hayasi"])
        .expect(2);
    assert!(done.err.contains("hayashi"), "{}", done.both());
    let done = stage
        .sekisho("sato", &["init", "--yes", "--public-key", "hayashi=not a key"])
        .expect(2);
    assert!(done.err.contains("ssh-ed25519"), "{}", done.both());
}

#[test]
fn committer_whose_name_is_yaml_and_escapes() {
    let stage = shop();
    for name in [
        "A\": {x: y}, # \u{1b}[31mred",
        "- *anchor &x !tag",
        "\u{202e}txt.exe\u{7}",
        "null",
        "'quoted' \"twice\"",
    ] {
        let author = format!("--author={name} <{}@evil.example>", name.len());
        stage.git("sato", &["commit", "-q", "--allow-empty", &author, "-m", "x"]);
    }
    let done = stage.sekisho("sato", &["init", "--yes"]).expect(0);
    assert!(!done.both().contains('\u{1b}') && !done.both().contains('\u{202e}'));
    let text = stage.read("sekisho.yml");
    assert!(!text.contains('\u{1b}') && !text.contains('\u{202e}'), "{text}");
    stage.sekisho("sato", &["check"]).expect(0);
}

#[test]
fn folder_of_workflows_that_is_a_link_out_of_the_repository() {
    let stage = shop();
    let outside = stage.repository().parent().unwrap().join("outside");
    std::fs::create_dir_all(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, stage.path(".github")).unwrap();
    stage.sekisho("sato", &["init", "--yes", "--workflow"]).expect(2);
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
}

/// The second option.
const DOWN: &str = "\u{1b}[B";

#[test]
fn a_person_answers_every_question_in_english() {
    let stage = shop();
    stage.write("docs/page.md", "x\n");
    stage.write("src/app.rs", "x\n");
    stage.commit("sato", "More");
    let mut terminal = stage.at_terminal("sato", &["init"]);
    terminal
        .answers("What is the team like?", DOWN)
        .answers("Who approves at the client?", "tanaka")
        .answers("A new person is written", " <tanaka@client.example>")
        .answers("Who carries out changes?", "")
        .answers("How is a release put back?", "")
        .answers("The command that does it", "./deploy.sh previous")
        .answers("What has to be seen before going back?", "")
        .answers("Who decides to go back?", "")
        .answers("How many minutes does going back take?", "soon")
        .answers(
            "is no value for --rollback-duration",
            "\u{7f}\u{7f}\u{7f}\u{7f}１５",
        )
        .answers("Time zone", "Europe/Lisbon")
        .answers("Which of these are never deployed?", " ");
    let seen = terminal.ends(0);
    assert!(seen.contains("sekisho baseline"), "{seen}");
    let text = stage.read("sekisho.yml");
    for line in [
        "organisations: {agency: Agency, client: Client}",
        "org: client, email: tanaka@client.example",
        "strategy: revert",
        "\"./deploy.sh previous\"",
        "duration: 15m",
        "calendar: {timezone: Europe/Lisbon}",
        "paths: {ignore: [\"docs/**\"]}",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    stage.sekisho("sato", &["check"]).expect(0);
}

#[test]
fn a_person_answers_every_question_in_japanese() {
    let stage = shop();
    stage.write("services/web/a", "x\n");
    stage.write("services/api/b", "x\n");
    stage.commit("sato", "More");
    let mut terminal = stage.at_terminal("sato", &["--lang", "ja", "init"]);
    terminal
        .answers("どのような体制ですか", "")
        .answers("変更の実行者は誰ですか", "")
        .answers("承認者は誰ですか", "")
        .answers("ここから反映するサービスはどれですか", "")
        .answers("どうやって切り戻しますか", "")
        .answers("切り戻しのコマンド", "./戻す.sh")
        .answers("切り戻し判断基準", "注文画面が開かない")
        .answers("切り戻し判断者は誰ですか", "")
        .answers("切り戻しに何分かかりますか", "１０")
        .answers("タイムゾーン", "");
    let seen = terminal.ends(0);
    assert!(seen.contains("次の操作"), "{seen}");
    let text = stage.read("sekisho.yml");
    for line in [
        "web: {paths: [\"services/web/**\"]}",
        "steps: [\"./戻す.sh\"]",
        "criteria: [注文画面が開かない]",
        "duration: 10m",
        "calendar: {timezone: Asia/Tokyo}",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    stage.sekisho("sato", &["check"]).expect(0);
}

#[test]
fn leaving_at_a_question_writes_nothing() {
    let stage = shop();
    for key in ["\u{3}", "\u{1b}"] {
        let mut terminal = stage.at_terminal("sato", &["init"]);
        terminal.sees("What is the team like?").types(key);
        let seen = terminal.ends(2);
        assert!(seen.contains("Nothing was written"), "{seen}");
        assert!(!stage.path("sekisho.yml").exists());
    }
}
