//! First workflows: one that asks the gate and deploys, one that checks pull requests.

use super::workflow_words::Words;
use crate::change::text::declaration::{inline, quoted};
use crate::config::Language;

/// Where the Action is until it has a published name: a copy in the repository itself, which is what
/// works today. The one place that says so.
pub const ACTION: &str = ".github/actions/sekisho";

/// What the gate's job may do, and the places of the reasons in the words of a language.
pub const GATE_PERMISSIONS: &[(&str, &str)] = &[
    ("contents", "write"),
    ("pull-requests", "read"),
    ("actions", "read"),
    ("deployments", "read"),
    ("id-token", "write"),
    ("statuses", "write"),
];

/// What `init` knows about a repository's deploys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StarterWorkflow {
    /// The language of the remarks.
    pub language: Language,
    /// `OWNER/NAME@COMMIT`; `None`: [`ACTION`].
    pub action: Option<String>,
    /// Environments behind the gate, each with its branch; at least one.
    pub environments: Vec<(String, String)>,
    /// The services; empty: one.
    pub services: Vec<String>,
    /// The command that deploys, where it is known.
    pub deploy: Option<String>,
    /// Account numbers with the names of the secrets that hold their keys; empty: acts are unsigned.
    pub keys: Vec<(u64, String)>,
    /// Whether the server is one that GitHub runs: it keeps those that wait in a queue, and takes an
    /// Action from the commit itself instead of the work tree.
    pub hosted: bool,
    /// Whether another workflow deploys and calls this one before.
    pub called: bool,
}

/// The whole history, and no token left behind.
const CHECKOUT: &str = "      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {fetch-depth: 0, persist-credentials: false}
";

impl StarterWorkflow {
    /// The workflow that asks the gate, and deploys unless it is called.
    pub fn gate(&self) -> String {
        let words = Words::of(self.language);
        let mut text = self.head(words);
        text.push_str("jobs:\n");
        for pair in self.pairs() {
            self.gate_job(&mut text, words, &pair);
            if !self.called {
                self.deploy_job(&mut text, words, &pair);
            }
        }
        text
    }

    /// The workflow that checks pull requests.
    pub fn check(&self) -> String {
        let words = Words::of(self.language);
        let uses = self.uses();
        format!(
            "{}{}name: check\non: [pull_request, pull_request_review]\npermissions: {{}}\nconcurrency:\n  group: check-${{{{ github.ref }}}}\n  cancel-in-progress: true\njobs:\n  check:\n    runs-on: ubuntu-latest\n    permissions:\n      contents: read        # {}\n      pull-requests: write  # {}\n    steps:\n{CHECKOUT}      - uses: {uses}\n        with: {{command: check}}\n",
            words.check,
            self.where_from(words),
            words.check_contents,
            words.check_reviews,
        )
    }

    fn head(&self, words: &Words) -> String {
        let mut branches: Vec<&str> = Vec::new();
        for (_, branch) in &self.environments {
            if !branches.contains(&branch.as_str()) {
                branches.push(branch);
            }
        }
        let branches: Vec<String> = branches.into_iter().map(inline).collect();
        let (about, name, on) = if self.called {
            let outputs = match self.pairs().as_slice() {
                [_] => "{outputs: {change-ids: {value: \"${{ jobs.gate.outputs.change-ids }}\"}}}".to_owned(),
                _ => "{}".to_owned(),
            };
            (words.called, "gate", format!("  workflow_call: {outputs}\n"))
        } else {
            let on = format!("  push: {{branches: [{}]}}\n", branches.join(", "));
            (words.own, "deploy", on)
        };
        let queue = if self.hosted {
            format!("  queue: max  # {}\n", words.queue)
        } else {
            format!("  # {}\n", words.no_queue)
        };
        format!(
            "{about}{}{}name: {name}\non:\n{on}permissions: {{}}\nconcurrency:\n  group: {name}\n  cancel-in-progress: false\n{queue}",
            self.where_from(words),
            words.limits,
        )
    }

    /// What the file says about the Action's name.
    fn where_from(&self, words: &Words) -> &'static str {
        match self.action {
            Some(_) => words.pinned,
            None => words.copied,
        }
    }

    fn uses(&self) -> String {
        match &self.action {
            Some(action) => inline(action),
            None if self.hosted => format!("$/{ACTION}"),
            None => format!("./{ACTION}  # zizmor: ignore[self-repository]"),
        }
    }

    fn gate_job(&self, text: &mut String, words: &Words, pair: &Pair<'_>) {
        text.push_str(&format!("  gate{}:\n", pair.end));
        self.condition(text, pair);
        text.push_str(&format!(
            "    runs-on: ubuntu-latest\n    # {}\n    environment: {{name: {}, deployment: false}}\n    permissions:\n",
            words.no_deployment,
            inline(pair.environment)
        ));
        permissions(text, words);
        text.push_str("    outputs: {change-ids: \"${{ steps.gate.outputs.change-ids }}\"}\n    steps:\n");
        text.push_str(CHECKOUT);
        text.push_str(&format!("      - id: gate\n        uses: {}\n", self.uses()));
        text.push_str("        with:\n          command: gate\n");
        self.with(text, words, pair);
    }

    fn deploy_job(&self, text: &mut String, words: &Words, pair: &Pair<'_>) {
        text.push_str(&format!(
            "  deploy{}:\n    needs: gate{}\n    runs-on: ubuntu-latest\n    environment: {}\n    permissions:\n",
            pair.end,
            pair.end,
            inline(pair.environment)
        ));
        permissions(text, words);
        text.push_str("    steps:\n");
        text.push_str(CHECKOUT);
        text.push_str(&format!(
            "      # {}\n      - uses: {}\n        with:\n          command: run\n",
            words.asks_again,
            self.uses()
        ));
        self.with(text, words, pair);
        match &self.deploy {
            Some(command) => text.push_str(&format!("          run: {}\n", inline(command))),
            None => text.push_str(&format!(
                "          # {}\n          run: |\n            echo {}\n            exit 1\n",
                words.your_command,
                quoted(words.no_command)
            )),
        }
    }

    /// A job of one branch among several runs there only; what it is needed by is skipped with it.
    fn condition(&self, text: &mut String, pair: &Pair<'_>) {
        let several = self.environments.iter().any(|(_, branch)| branch != pair.branch);
        if several && !self.called {
            let branch = pair.branch.replace('\'', "''");
            let condition = quoted(&format!("github.ref_name == '{branch}'"));
            text.push_str(&format!("    if: {condition}\n"));
        }
    }

    fn with(&self, text: &mut String, words: &Words, pair: &Pair<'_>) {
        text.push_str(&format!("          environment: {}\n", inline(pair.environment)));
        if let Some(service) = pair.service {
            text.push_str(&format!("          service: {}\n", inline(service)));
        }
        if !self.keys.is_empty() {
            let each = self
                .keys
                .iter()
                .map(|(id, secret)| format!("github.actor_id == '{id}' && secrets.{secret} || "));
            text.push_str(&format!(
                "          # {}\n          signing-key: ${{{{ {}'' }}}}\n",
                words.keys,
                each.collect::<String>()
            ));
        }
    }

    fn pairs(&self) -> Vec<Pair<'_>> {
        let services: Vec<Option<&str>> = match self.services.as_slice() {
            [] | [_] => vec![None],
            all => all.iter().map(|key| Some(key.as_str())).collect(),
        };
        let mut pairs: Vec<Pair<'_>> = Vec::new();
        for (environment, branch) in &self.environments {
            for service in &services {
                let mut name = Vec::new();
                if self.environments.len() > 1 {
                    name.push(environment.as_str());
                }
                name.extend(service);
                let end = pair_end(&name, pairs.len());
                let taken = pairs.iter().any(|pair| pair.end == end);
                pairs.push(Pair {
                    environment,
                    branch,
                    service: *service,
                    end: if taken {
                        format!("-{}", pairs.len() + 1)
                    } else {
                        end
                    },
                });
            }
        }
        pairs
    }
}

/// One environment with one service.
struct Pair<'a> {
    environment: &'a str,
    branch: &'a str,
    service: Option<&'a str>,
    /// What the names of its jobs end in.
    end: String,
}

/// The end of a job's name; a number where the words are none that GitHub takes.
fn pair_end(words: &[&str], nth: usize) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if words.iter().all(|word| word.chars().all(plain)) {
        words.iter().map(|word| format!("-{word}")).collect()
    } else {
        format!("-{}", nth + 1)
    }
}

fn permissions(text: &mut String, words: &Words) {
    for ((name, access), reason) in GATE_PERMISSIONS.iter().zip(words.reasons) {
        let line = format!("      {name}: {access}");
        text.push_str(&format!("{line:<28}# {reason}\n"));
    }
}
