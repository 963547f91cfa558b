//! When a named rollback plan was last carried out, as the log says.

use super::Standing;
use super::body::Fields;
use crate::change::{Digest, Moment, ServiceKey};

impl Standing {
    /// Remembers that the deployment of a decision was rolled back, along the plans of its changes.
    pub(super) fn note_rollback(&mut self, decision: u64, at: Moment) {
        let Some(decided) = self.decisions.get(&decision) else {
            return;
        };
        for change in &decided.changes {
            let fields = Fields(&change.body);
            if let (Some(plan), Some(steps)) = (fields.text("rollback_plan"), fields.digest("rollback_steps"))
            {
                self.rollbacks
                    .insert((decided.service.clone(), plan.to_owned(), steps), at);
            }
        }
    }

    /// The end of the last deployment of `service` that was rolled back along the named plan
    /// `plan`, as long as its steps were the ones that `steps` is of; `None` when there is none.
    pub fn last_rollback(&self, service: &ServiceKey, plan: &str, steps: Digest) -> Option<Moment> {
        let key = (service.clone(), plan.to_owned(), steps);
        self.rollbacks.get(&key).copied()
    }
}
