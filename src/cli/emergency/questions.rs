//! The seven answers and what goes with them, asked one by one at a terminal.

use sekisho::change::{AreaKey, Message, PersonKey, ServiceKey};
use sekisho::config::Config;
use sekisho::usecases::Stop;

use super::answers::{Answers, GROUNDS, NAMES};
use super::kept::Kept;
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question, narrow};

/// The measures that are none of the listed ones where nobody lists them.
const MEASURES: [&str; 9] = [
    "rollback",
    "disable_feature",
    "restrict_traffic",
    "renew_certificate",
    "restart",
    "scale",
    "config",
    "code",
    "data",
];

/// What is known before anything is asked.
pub(super) struct Questions<'a> {
    /// Where they are asked.
    pub output: &'a Output,
    /// What is in force.
    pub config: &'a Config,
    /// Today, `YYYY-MM-DD`.
    pub day: String,
    /// Who answers.
    pub person: &'a PersonKey,
    /// What is broken.
    pub service: &'a ServiceKey,
    /// Where the answers are kept.
    pub kept: &'a Kept,
}

impl Questions<'_> {
    /// Asks for what `answers` lack. Each answer is kept before the next question.
    ///
    /// # Errors
    /// [`Stop::Request`] when somebody leaves.
    pub(super) fn ask(&self, answers: &mut Answers) -> Result<(), Stop> {
        let before = self.kept.read();
        if before.is_some_and(|before| answers.fill(&before)) {
            self.recall(answers);
        }
        let mut prompt = Prompt::new(self.output, false);
        for name in NAMES {
            if answers.all(name).is_empty() {
                let said = self.one(&mut prompt, name, answers)?;
                answers.say(name, vec![said]);
            }
            if let Err(error) = self.kept.keep(answers) {
                self.output
                    .tell(&Message::new("emergency-not-kept").with("detail", error));
            }
        }
        Ok(())
    }

    /// Shows what was answered before, so that nobody declares what they do not see.
    fn recall(&self, answers: &Answers) {
        self.output.tell(&Message::new("emergency-recalled"));
        for name in NAMES {
            if let Some(said) = answers.one(name) {
                let line = Message::new("emergency-recalled-one")
                    .with("flag", format!("--{name}"))
                    .with("text", said);
                self.output.tell(&line);
            }
        }
    }

    fn one(&self, prompt: &mut Prompt<'_>, name: &str, answers: &Answers) -> Result<String, Stop> {
        match name {
            "measure" => self.measure(prompt),
            "grounds" => {
                let words = GROUNDS.map(str::to_owned);
                self.choose(prompt, name, &words, "grounds", None)
            }
            "executor" => self.who(prompt, name, Some(self.person)),
            "decider" => self.who(prompt, name, self.on_route(answers)),
            "approver" => self.who(prompt, name, self.owner(answers).or(self.on_route(answers))),
            _ => self.line(prompt, name, answers),
        }
    }

    fn question<'q>(flag: &'q str, name: &str) -> Question<'q> {
        Question {
            flag,
            words: Message::new(format!("ask-emergency-{name}")),
            why: Some(Message::new(format!("ask-emergency-{name}-why"))),
            proposal: None,
        }
    }

    fn line(&self, prompt: &mut Prompt<'_>, name: &str, answers: &Answers) -> Result<String, Stop> {
        let flag = format!("--{name}");
        let mut question = Self::question(&flag, name);
        if name == "step" {
            question.proposal = self.way_back(answers);
        }
        let said = prompt.line(&question, &|text| match text.trim().is_empty() {
            true => Err(Message::new("ask-emergency-something")),
            false => Ok(()),
        })?;
        Ok(match name {
            "incident" => narrow(&said),
            _ => said,
        })
    }

    fn measure(&self, prompt: &mut Prompt<'_>) -> Result<String, Stop> {
        let listed = &self.config.emergency.listed_measures;
        let mut words: Vec<String> = listed.clone();
        for word in MEASURES {
            if !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        self.choose(prompt, "measure", &words, "measure", Some(listed))
    }

    /// One word of a closed list, with what it means.
    fn choose(
        &self,
        prompt: &mut Prompt<'_>,
        name: &str,
        words: &[String],
        group: &str,
        listed: Option<&[String]>,
    ) -> Result<String, Stop> {
        let waits = |word: &String| listed.is_some_and(|listed| !listed.contains(word));
        let option = |word: &String| {
            let meaning = self.output.wording.word(group, word);
            match waits(word) {
                true => format!(
                    "{meaning} ({})",
                    self.output.wording.label("ask-emergency-needs-yes")
                ),
                false => meaning,
            }
        };
        let options: Vec<String> = words.iter().map(option).collect();
        let flag = format!("--{name}");
        let chosen = prompt.one(&Self::question(&flag, name), &options, None)?;
        Ok(words.get(chosen).cloned().unwrap_or_default())
    }

    /// Somebody of the configuration who is there today.
    fn who(&self, prompt: &mut Prompt<'_>, name: &str, proposal: Option<&PersonKey>) -> Result<String, Stop> {
        let people = self.config.people.iter();
        let there: Vec<_> = people.filter(|(_, one)| one.active_on(&self.day)).collect();
        let options: Vec<String> = there
            .iter()
            .map(|(key, one)| format!("{} ({key})", one.name))
            .collect();
        let place = there.iter().position(|(key, _)| Some(*key) == proposal);
        let flag = format!("--{name}");
        let chosen = prompt.one(&Self::question(&flag, name), &options, place)?;
        Ok(there
            .get(chosen)
            .map(|(key, _)| key.to_string())
            .unwrap_or_default())
    }

    /// Who is called first among those without a part in it.
    fn on_route(&self, answers: &Answers) -> Option<&PersonKey> {
        let mut route = self.config.emergency_route.iter();
        route.find(|person| self.independent(person, answers))
    }

    /// An owner of the area that the measure touches.
    fn owner(&self, answers: &Answers) -> Option<&PersonKey> {
        let area = self.config.areas.get(&AreaKey::from(answers.kind()))?;
        area.owners
            .iter()
            .find(|person| self.independent(person, answers))
    }

    fn independent(&self, person: &PersonKey, answers: &Answers) -> bool {
        let there = self.config.people.get(person);
        let there = there.is_some_and(|one| one.active_on(&self.day));
        there && person != self.person && answers.one("executor") != Some(person.as_str())
    }

    /// How releases are put back, where a release is what is undone.
    fn way_back(&self, answers: &Answers) -> Option<String> {
        let fits = matches!(answers.one("measure"), Some("rollback" | "code"));
        let plan = self.config.default_rollback(self.service).filter(|_| fits);
        plan.and_then(|(_, plan)| plan.steps.first().cloned())
    }
}
