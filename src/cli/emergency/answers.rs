//! The seven answers and what goes with them, from flags and at a terminal.

use sekisho::change::text::Document;
use sekisho::change::text::declaration::{self, Draft};
use sekisho::change::{AreaKey, ChangeId, Declaration, Message};
use sekisho::usecases::{Declared, FileFaults, InForce, Stop, declaration_faults};
use serde_json::{Value, json};

use crate::cli::args::EmergencyArgs;
use crate::cli::output::Output;
use crate::cli::prompt::{Prompt, Question};

/// Grounds that are some; anything else is said by EMG-03, not written down.
const GROUNDS: [&str; 5] = ["outage", "security", "data_loss", "legal", "money"];

/// What was answered so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Answers {
    pub target: Vec<String>,
    pub what: Option<String>,
    pub executor: Option<String>,
    pub incident: Option<String>,
    pub step: Vec<String>,
    pub decider: Option<String>,
    pub approver: Vec<String>,
    pub grounds: Option<String>,
    pub reason: Option<String>,
    pub measure: Option<String>,
}

impl Answers {
    /// Those of the flags, and at a terminal those of the person for what no flag says.
    pub(super) fn of(output: &Output, args: &EmergencyArgs, executor: &str) -> Result<Self, Stop> {
        let mut all = Self {
            target: args.target.clone(),
            what: args.what.clone(),
            executor: Some(args.executor.clone().unwrap_or_else(|| executor.to_owned())),
            incident: args.incident.clone(),
            step: args.step.clone(),
            decider: args.decider.clone(),
            approver: args.approver.clone(),
            grounds: args.grounds.clone(),
            reason: args.reason.clone(),
            measure: args.measure.clone(),
        };
        let mut prompt = Prompt::new(output, false);
        if prompt.asks() {
            all.ask(&mut prompt)?;
        }
        Ok(all)
    }

    fn ask(&mut self, prompt: &mut Prompt<'_>) -> Result<(), Stop> {
        let mut line = |flag: &'static str, key: &'static str| {
            let question = Question {
                flag,
                words: Message::new(format!("ask-emergency-{key}")),
                why: Some(Message::new(format!("ask-emergency-{key}-why"))),
                proposal: None,
            };
            prompt.line(&question, &|text| match text.is_empty() {
                true => Err(Message::new("ask-emergency-something")),
                false => Ok(()),
            })
        };
        for (field, flag, key) in [
            (&mut self.target, "--target", "target"),
            (&mut self.step, "--step", "step"),
            (&mut self.approver, "--approver", "approver"),
        ] {
            if field.is_empty() {
                field.push(line(flag, key)?);
            }
        }
        for (field, flag, key) in [
            (&mut self.what, "--what", "what"),
            (&mut self.incident, "--incident", "incident"),
            (&mut self.decider, "--decider", "decider"),
            (&mut self.grounds, "--grounds", "grounds"),
            (&mut self.reason, "--reason", "reason"),
            (&mut self.measure, "--measure", "measure"),
        ] {
            if field.is_none() {
                *field = Some(line(flag, key)?);
            }
        }
        Ok(())
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
        set("title", self.what.as_deref());
        set("kind", Some(&kind));
        set("delivery", Some(args.delivery.as_deref().unwrap_or("manual")));
        set("reason", self.reason.as_deref());
        set("roles.executor", self.executor.as_deref());
        set("impact.data", args.data.as_deref());
        set("rollback.decider", self.decider.as_deref());
        set("emergency.incident", self.incident.as_deref());
        let grounds = self.grounds.as_deref().filter(|word| GROUNDS.contains(word));
        set("emergency.grounds", grounds);
        set("emergency.measure", self.measure.as_deref());
        set("emergency.detected_at", args.detected_at.as_deref());
        set("temporary.remove_by", args.remove_by.as_deref());
        if !self.step.is_empty() {
            draft.set("rollback.steps", json!(self.step));
            let strategy = args.strategy.as_deref().unwrap_or("restore");
            draft.set("rollback.strategy", strategy.into());
        }
        if !self.approver.is_empty() {
            draft.set("roles.approvers", json!(self.approver));
        }
        if let Some(incident) = &self.incident {
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
        if !self.target.is_empty() {
            let targets: Vec<Value> = self.target.iter().map(target).collect();
            draft.set("targets", targets.into());
        }
        draft
    }

    /// The sort of work that a measure is, where nobody says.
    fn kind(&self) -> &'static str {
        match self.measure.as_deref() {
            Some("renew_certificate") => "certificate",
            Some("restart" | "scale") => "infrastructure",
            Some("disable_feature" | "config") => "config",
            Some("restrict_traffic") => "waf",
            Some("data") => "data",
            _ => "code",
        }
    }
}
