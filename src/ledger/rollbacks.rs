//! When a named rollback plan was last carried out, as the log says.

use super::Standing;
use super::body::Fields;
use crate::change::{Digest, Moment, ServiceKey};

impl Standing {
    /// The end of the last deployment of `service` that was rolled back along the named plan
    /// `plan`, as long as its steps were the ones that `steps` is of; `None` when there is none.
    pub fn last_rollback(&self, service: &ServiceKey, plan: &str, steps: Digest) -> Option<Moment> {
        let along = |fields: Fields<'_>| {
            fields.text("rollback_plan") == Some(plan) && fields.digest("rollback_steps") == Some(steps)
        };
        self.executions
            .iter()
            .filter(|execution| execution.outcome.as_deref() == Some("rolled_back"))
            .filter(|execution| {
                let decided = self.decisions.get(&execution.decision);
                decided.is_some_and(|decided| {
                    &decided.service == service && decided.changes.iter().any(|c| along(Fields(&c.body)))
                })
            })
            .filter_map(|execution| execution.finished)
            .max()
    }
}
