//! Asks for what a declaration still lacks, and says why.

use sekisho::change::text::declaration::Draft;
use sekisho::change::{Kind, Message, PersonKey, ServiceKey, Strategy};
use sekisho::git::Here;
use sekisho::policy::Demand;
use sekisho::ports::Repository as _;
use sekisho::usecases::{FileFaults, InForce, Needs, Staged, Stop, needs};
use serde_json::Value;

use super::fields::{self, OF_ROLLBACK, Sort};
use super::proposals;
use crate::cli::args::DeclareArgs;
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question};
use crate::wire::Wiring;

/// One walk through the questions.
struct Asking<'a> {
    rules: &'a InForce,
    here: Here,
    branch: Option<String>,
    needs: Needs,
    prompt: Prompt<'a>,
    /// Whether a template says what sort of work it is.
    from: bool,
}

/// Asks until nothing is missing that somebody can answer now. Without a terminal, refuses and names the
/// flags.
pub(super) fn fill(
    wiring: &Wiring,
    output: &Output,
    args: &DeclareArgs,
    rules: &InForce,
    draft: &mut Draft,
) -> Result<(), Stop> {
    let here = wiring.repository.here()?;
    let email = wiring.repository.identity()?.email;
    let by_address = email.and_then(|email| rules.config.person_of_email(&email).cloned());
    let actor = by_address.or(args.executor.as_deref().map(PersonKey::from));
    let service = args.service.as_deref().map(ServiceKey::from);
    let look = |draft: &Draft, paths: &[String]| {
        let staged = Staged {
            paths,
            by_pipeline: !args.file,
            actor: actor.as_ref(),
            service: service.as_ref(),
        };
        needs(wiring.ports(), rules, draft, staged).map_err(|faults| {
            Stop::Faults(Box::new(FileFaults {
                file: "sekisho declare".to_owned(),
                text: draft.settled().text(),
                faults,
            }))
        })
    };
    let staged = here.staged.clone();
    let mut asking = Asking {
        needs: look(draft, &staged)?,
        rules,
        branch: wiring.repository.default_branch().ok(),
        here,
        prompt: Prompt::new(output, false),
        from: args.from.is_some(),
    };
    if asking.prompt.asks() {
        found(output, &asking);
    }
    let mut asked: Vec<String> = Vec::new();
    while let Some((field, demand, hint)) = asking.next(draft, &asked) {
        asked.push(field.clone());
        if let Some(value) = asking.answer(&field, demand, hint)? {
            draft.set(&field, value);
        }
        asking.needs = look(draft, &staged)?;
    }
    if !asking.prompt.asks() && !args.file && asking.unknown(draft) {
        output.tell(&Message::new("declare-unstaged"));
    }
    asking.prompt.settle("sekisho declare")
}

/// What git says, and what that makes of the change.
fn found(output: &Output, asking: &Asking<'_>) {
    let here = &asking.here;
    output.tell(
        &Message::new("declare-found")
            .with("branch", here.branch.as_deref().unwrap_or("-"))
            .with("count", here.staged.len()),
    );
    let because: Vec<String> = reasons(output, &asking.needs);
    if !because.is_empty() {
        output.tell(
            &Message::new("declare-risk")
                .with(
                    "risk",
                    output.wording.label(&format!("risk-{}", asking.needs.risk)),
                )
                .with("because", because.join(", ")),
        );
    }
}

fn reasons(output: &Output, needs: &Needs) -> Vec<String> {
    let said = |reason: &String| match reason.split_once(':') {
        Some(("kind", kind)) => output.wording.label(&format!("kind-{kind}")),
        Some((_, area)) => area.to_owned(),
        None => output.wording.label(&format!("risk-because-{reason}")),
    };
    needs.because.iter().map(said).collect()
}

impl Asking<'_> {
    /// The next field to ask for, why, and the words of its placeholder where it has one. Placeholders wait
    /// in the file where nobody is there to fill them in.
    fn next(&self, draft: &Draft, asked: &[String]) -> Option<(String, Option<Demand>, Option<String>)> {
        let placeholders = draft.placeholders();
        let hint = |field: &str| {
            placeholders
                .iter()
                .find(|(name, _)| name == field)
                .map(|(_, words)| words.clone())
        };
        let mut open: Vec<(String, Option<Demand>, Option<String>)> = Vec::new();
        for (field, demand) in &self.needs.missing {
            match hint(field) {
                Some(words) => open.extend(
                    self.prompt
                        .asks()
                        .then(|| (field.clone(), Some(*demand), Some(words))),
                ),
                None => open.push((field.clone(), Some(*demand), None)),
            }
        }
        if self.prompt.asks() {
            for (field, words) in &placeholders {
                // A list of maps is easier to write in the file.
                if !field.contains('[') && !open.iter().any(|(known, ..)| known == field) {
                    open.push((field.clone(), None, Some(words.clone())));
                }
            }
        }
        // Where there is no named plan to take, its parts are asked for one by one.
        let no_plans = self.rules.config.rollback_plans.is_empty();
        if no_plans && open.iter().any(|(field, ..)| field == "rollback") {
            open.retain(|(field, ..)| field != "rollback");
            let parts = OF_ROLLBACK.iter().filter(|part| draft.get(part).is_none());
            open.extend(parts.map(|part| ((*part).to_owned(), Some(Demand::Type), None)));
        }
        if self.prompt.asks() && self.unknown(draft) {
            open.push(("kind".to_owned(), None, None));
        }
        open.retain(|(field, ..)| !asked.contains(field));
        open.sort_by_key(|(field, ..)| fields::rank(field));
        open.into_iter().next()
    }

    /// Whether neither a staged file nor a word of the declaration tells how much is at risk.
    fn unknown(&self, draft: &Draft) -> bool {
        let told = ["kind", "risk", "template"];
        !self.from && self.here.staged.is_empty() && told.iter().all(|field| draft.get(field).is_none())
    }

    fn answer(
        &mut self,
        field: &str,
        demand: Option<Demand>,
        hint: Option<String>,
    ) -> Result<Option<Value>, Stop> {
        let flag = fields::flag(field).unwrap_or_else(|| field.to_owned());
        if !self.prompt.asks() {
            self.prompt.miss(&flag);
            return Ok(None);
        }
        let optional = hint.is_some();
        let proposal = match field {
            "title" => proposals::title(&self.here, self.branch.as_deref()),
            "references" => proposals::reference(&self.here),
            _ => None,
        };
        let question = Question {
            flag: &flag,
            words: self.words(field, hint.as_deref()),
            why: Some(match (field, demand) {
                ("kind", None) if !optional => Message::new("ask-why-unstaged"),
                _ => self.why(demand, optional),
            }),
            proposal: proposal.filter(|_| !optional),
        };
        match fields::sort(field) {
            Sort::Person if !optional => self.person(&question),
            Sort::Plan => self.plan(&question),
            Sort::Kind => {
                let options: Vec<String> = Kind::ALL
                    .iter()
                    .map(|kind| self.labelled("kind", kind.as_str()))
                    .collect();
                let chosen = self.prompt.one(&question, &options, Some(0))?;
                Ok(Kind::ALL.get(chosen).map(|kind| kind.as_str().into()))
            }
            Sort::Strategy => {
                let all = Strategy::ALL.iter();
                let options: Vec<String> = all.map(|way| self.labelled("strategy", way.as_str())).collect();
                let chosen = self.prompt.one(&question, &options, Some(0))?;
                Ok(Strategy::ALL.get(chosen).map(|way| way.as_str().into()))
            }
            _ => self.line(&question, field, optional),
        }
    }

    /// A typed line; empty where a placeholder may stay.
    fn line(&mut self, question: &Question<'_>, field: &str, optional: bool) -> Result<Option<Value>, Stop> {
        let rules = self.rules;
        let text = self
            .prompt
            .line(question, &|text| match (text.is_empty(), optional) {
                (true, true) => Ok(()),
                (true, false) => Err(Message::new("ask-something")),
                (false, _) => fields::value(field, text, rules).map(drop),
            })?;
        if text.is_empty() {
            return Ok(None);
        }
        fields::value(field, &text, rules)
            .map(Some)
            .map_err(Stop::Request)
    }

    fn person(&mut self, question: &Question<'_>) -> Result<Option<Value>, Stop> {
        let people = &self.rules.config.people;
        let options: Vec<String> = people
            .iter()
            .map(|(key, person)| format!("{} ({key})", person.name))
            .collect();
        let chosen = self.prompt.one(question, &options, Some(0))?;
        Ok(people.keys().nth(chosen).map(|key| key.as_str().into()))
    }

    fn plan(&mut self, question: &Question<'_>) -> Result<Option<Value>, Stop> {
        let plans: Vec<String> = self.rules.config.rollback_plans.keys().cloned().collect();
        let chosen = self.prompt.one(question, &plans, Some(0))?;
        Ok(plans.get(chosen).map(|name| name.as_str().into()))
    }

    fn labelled(&self, group: &str, word: &str) -> String {
        format!("{word}: {}", self.prompt.label(&format!("{group}-{word}")))
    }

    /// The question: its own words, or those of the placeholder.
    fn words(&self, field: &str, hint: Option<&str>) -> Message {
        match hint {
            Some(hint) => {
                let hint = hint.trim_matches(['<', '>']);
                Message::new("ask-placeholder")
                    .with("field", field)
                    .with("hint", hint)
            }
            None => match field.strip_prefix("details.") {
                Some(key) => Message::new("ask-detail").with("key", key),
                None => Message::new(format!("ask-field-{}", field.replace('.', "-"))),
            },
        }
    }

    fn why(&self, demand: Option<Demand>, optional: bool) -> Message {
        let risk = self.prompt.label(&format!("risk-{}", self.needs.risk));
        match demand {
            _ if optional => Message::new("ask-why-later"),
            Some(Demand::Risk(_)) => Message::new("ask-why-risk").with("risk", risk),
            Some(Demand::Hand) => Message::new("ask-why-hand"),
            Some(Demand::Kind) => Message::new("ask-why-kind"),
            Some(Demand::Type) | None => Message::new("ask-why-type"),
        }
    }
}
