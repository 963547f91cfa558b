//! The seven answers and what goes with them, from flags and at a terminal.

use std::collections::BTreeMap;

use sekisho::change::text::Document;
use sekisho::change::text::declaration::{self, Draft};
use sekisho::change::{AreaKey, ChangeId, Declaration};
use sekisho::usecases::{Declared, FileFaults, InForce, Stop, declaration_faults};
use serde_json::{Value, json};

use crate::cli::args::EmergencyArgs;

/// Grounds that are some; anything else is said by EMG-03, not written down.
pub(super) const GROUNDS: [&str; 5] = ["outage", "security", "data_loss", "legal", "money"];

/// What was answered so far, by the name of its flag.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Answers(BTreeMap<String, Vec<String>>);

/// Everything that is asked, in the order of asking: what decides about later proposals comes first.
pub(super) const NAMES: [&str; 10] = [
    "target", "what", "executor", "measure", "incident", "grounds", "reason", "step", "decider", "approver",
];

impl Answers {
    /// Those of the flags.
    pub(super) fn of_flags(args: &EmergencyArgs) -> Self {
        let mut all = Self::default();
        for (name, said) in [
            ("target", args.target.as_slice()),
            ("step", &args.step),
            ("approver", &args.approver),
            ("what", args.what.as_slice()),
            ("executor", args.executor.as_slice()),
            ("incident", args.incident.as_slice()),
            ("decider", args.decider.as_slice()),
            ("grounds", args.grounds.as_slice()),
            ("reason", args.reason.as_slice()),
            ("measure", args.measure.as_slice()),
        ] {
            all.say(name, said.to_vec());
        }
        all
    }

    /// Answers `name`; nothing answers nothing.
    pub(super) fn say(&mut self, name: &str, said: Vec<String>) {
        if NAMES.contains(&name) && !said.is_empty() {
            self.0.insert(name.to_owned(), said);
        }
    }

    /// Every answer to `name`.
    pub(super) fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The first answer to `name`.
    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.all(name).first().map(String::as_str)
    }

    /// Whether nothing was answered.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes from `before` what is not answered here; whether that was anything.
    pub(super) fn fill(&mut self, before: &Self) -> bool {
        let mut took = false;
        for name in NAMES {
            if self.all(name).is_empty() && !before.all(name).is_empty() {
                self.say(name, before.all(name).to_vec());
                took = true;
            }
        }
        took
    }

    /// The declaration that they make.
    pub(super) fn declaration(
        &self,
        args: &EmergencyArgs,
        rules: &InForce,
        (service, id): (&str, &ChangeId),
    ) -> Result<Declaration, Stop> {
        let draft = self.draft(args, rules, service);
        let declared = Declared::new(&rules.config, id.clone(), &draft);
        let mut faults = declaration_faults(&declared.path, declared.text.as_bytes(), Some(rules));
        faults.retain(|fault| !fault.warning);
        let unusable = |faults| {
            Stop::Faults(Box::new(FileFaults {
                file: declared.path.clone(),
                text: declared.text.clone(),
                faults,
            }))
        };
        if !faults.is_empty() {
            return Err(unusable(faults));
        }
        let document = Document::parse(&declared.text).map_err(unusable)?;
        let read = declaration::read(&document, &rules.config.calendar.zone, None);
        read.map(|(declaration, _)| declaration).map_err(unusable)
    }

    fn draft(&self, args: &EmergencyArgs, rules: &InForce, service: &str) -> Draft {
        let kind = args.kind.clone().unwrap_or_else(|| self.kind().to_owned());
        let mut draft = Draft::default();
        draft.set("schema", "sekisho/declaration/v1".into());
        draft.set("type", "emergency".into());
        let mut set = |field: &str, value: Option<&str>| {
            let value = value.map(str::trim).filter(|value| !value.is_empty());
            if let Some(value) = value {
                draft.set(field, value.into());
            }
        };
        set("title", self.one("what"));
        set("kind", Some(&kind));
        set("delivery", Some(args.delivery.as_deref().unwrap_or("manual")));
        set("reason", self.one("reason"));
        set("roles.executor", self.one("executor"));
        set("impact.data", args.data.as_deref());
        set("rollback.decider", self.one("decider"));
        set("emergency.incident", self.one("incident"));
        let grounds = self.one("grounds").filter(|word| GROUNDS.contains(word));
        set("emergency.grounds", grounds);
        set("emergency.measure", self.one("measure"));
        set("emergency.detected_at", args.detected_at.as_deref());
        set("temporary.remove_by", args.remove_by.as_deref());
        let steps = self.all("step");
        if !steps.is_empty() {
            draft.set("rollback.steps", json!(steps));
            let strategy = args.strategy.as_deref().unwrap_or("restore");
            draft.set("rollback.strategy", strategy.into());
        }
        let approvers = self.all("approver");
        if !approvers.is_empty() {
            draft.set("roles.approvers", json!(approvers));
        }
        if let Some(incident) = self.one("incident") {
            draft.set("references", json!([incident]));
        }
        let known = rules.config.areas.contains_key(&AreaKey::from(kind.as_str()));
        let target = |resource: &String| {
            let mut target = json!({
                "service": service,
                "environment": args.environment,
                "resource": resource,
            });
            if let (true, Some(fields)) = (known, target.as_object_mut()) {
                fields.insert("area".to_owned(), kind.clone().into());
            }
            target
        };
        let named = self.all("target");
        if !named.is_empty() {
            let targets: Vec<Value> = named.iter().map(target).collect();
            draft.set("targets", targets.into());
        }
        draft
    }

    /// The sort of work that a measure is, where nobody says.
    pub(super) fn kind(&self) -> &'static str {
        match self.one("measure") {
            Some("renew_certificate") => "certificate",
            Some("restart" | "scale") => "infrastructure",
            Some("disable_feature" | "config") => "config",
            Some("restrict_traffic") => "waf",
            Some("data") => "data",
            _ => "code",
        }
    }
}
