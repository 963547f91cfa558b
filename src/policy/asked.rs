//! One rule that is asked about one change after the other.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::NotJudged;
use super::bundle::Active;
use super::program::RunFault;
use super::rule::{Cell, Scope};
use super::verdict::{self, Verdict, VerdictFault};
use crate::change::ChangeType;
use crate::dossier::Change;

/// How many verdicts of one rule are kept to be given again.
const MOST_KEPT: usize = 1_024;

/// One rule, with the part of its input that is the same for every change.
pub(super) struct Asked<'a> {
    pub(super) active: &'a Active,
    pub(super) common: Map<String, Value>,
    query: String,
    /// Verdicts by what the rule read: it is a function of that.
    given: HashMap<Vec<u32>, Arc<Verdict>>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(active: &'a Active, common: &Map<String, Value>) -> Self {
        let read = common.iter().filter(|(name, _)| active.reads.field(name));
        let mut common: Map<String, Value> =
            read.map(|(name, value)| (name.clone(), value.clone())).collect();
        common.insert("params".to_owned(), active.params.clone().into());
        Self {
            query: active.query(),
            given: HashMap::new(),
            active,
            common,
        }
    }

    fn runs(&self, change_type: ChangeType) -> bool {
        matches!(self.active.rule.effect.of(change_type), Cell::Run(_))
    }

    pub(super) fn judges(&self, change: &Change) -> bool {
        self.active.rule.scope == Scope::Change && self.runs(change.change_type)
    }

    pub(super) fn judges_deployment(&self) -> bool {
        self.active.rule.scope == Scope::Deployment && self.runs(ChangeType::Normal)
    }

    /// Its verdict about one change. What has the same `trace` has the same verdict.
    pub(super) fn about(
        &mut self,
        change: &Change,
        fields: &Map<String, Value>,
        trace: Option<Vec<u32>>,
    ) -> Result<Arc<Verdict>, NotJudged> {
        if let Some(known) = trace.as_ref().and_then(|trace| self.given.get(trace)) {
            return Ok(Arc::clone(known));
        }
        let mut input = self.common.clone();
        input.insert("change".to_owned(), self.active.reads.of_change(fields).into());
        let verdict = Arc::new(self.run(input, Some(change))?);
        if let Some(trace) = trace.filter(|_| self.given.len() < MOST_KEPT) {
            self.given.insert(trace, Arc::clone(&verdict));
        }
        Ok(verdict)
    }

    /// Its verdict about a deployment of these changes.
    pub(super) fn about_deployment(&self, changes: &[Value]) -> Result<Arc<Verdict>, NotJudged> {
        let mut input = self.common.clone();
        if let Some(changes) = self.active.reads.of_changes(changes) {
            input.insert("changes".to_owned(), changes.into());
        }
        self.run(input, None).map(Arc::new)
    }

    fn run(&self, input: Map<String, Value>, change: Option<&Change>) -> Result<Verdict, NotJudged> {
        let code = || self.active.rule.code.clone();
        let change = || change.map(|change| change.id.clone());
        let value = self
            .active
            .program
            .run(&self.query, &input.into())
            .map_err(|fault| match fault {
                RunFault::Undefined => NotJudged::NoVerdict {
                    code: code(),
                    change: change(),
                },
                RunFault::TimedOut => NotJudged::TimedOut {
                    code: code(),
                    change: change(),
                },
                RunFault::Failed(why) => NotJudged::Failed {
                    code: code(),
                    change: change(),
                    why,
                },
            })?;
        verdict::read(value, &self.active.rule.code).map_err(|fault| match fault {
            VerdictFault::Missing => NotJudged::NoVerdict {
                code: code(),
                change: change(),
            },
            VerdictFault::Malformed(why) => NotJudged::Malformed {
                code: code(),
                change: change(),
                why,
            },
        })
    }
}
