//! Whether a deployment is exactly the way back of a change.

use std::collections::BTreeSet;

use crate::change::{ChangeId, Digest};
use crate::dossier::Origin;
use crate::dossier::coverage::Source;
use crate::ledger::{MOVES_BACK_SECONDS, State};
use crate::ports::Range;

use super::Stop;
use super::collect::{Walk, content_of};
use super::collect_change::{Material, find_declaration};
use super::found::Found;

/// How long a way back stays open after the execution, where the declaration does not say.
const ROLLBACK_VALID_SECONDS: i64 = MOVES_BACK_SECONDS;

impl Walk<'_> {
    /// The change to put back, where `head` is exactly what was before it: the commit that its
    /// decision started from, or a tree that lacks its content alone. `None` when it is not, or
    /// when its way back is no longer valid: then it is judged as any other deployment.
    pub(super) fn rollback(&self, id: &ChangeId, state: &State) -> Result<Option<Material>, Stop> {
        let Some(verdict) = self
            .view
            .standing
            .last_allowed(id, Some((&self.asked.service, &self.asked.environment)))
        else {
            return Ok(None);
        };
        let still_valid = {
            let finished = self
                .view
                .standing
                .executions_of(id, Some((&self.asked.service, &self.asked.environment)))
                .filter_map(|e| e.finished)
                .last()
                .unwrap_or(verdict.at);
            self.at.seconds_since(finished) <= ROLLBACK_VALID_SECONDS
        };
        if !still_valid {
            return Ok(None);
        }
        let from = verdict.head.as_deref().unwrap_or(&self.asked.head);
        let Found::There(mut material) = self.find_executed(from, id)? else {
            return Ok(None);
        };
        if let Some(until) = material.typed.reversible_until
            && until < self.at
        {
            return Ok(None);
        }
        // Where the service stood before is only the way back while nothing has come since.
        // That is what the log says, not the base that its asker chose to judge from.
        let before = verdict.before.as_deref().or(verdict.base.as_deref());
        let is_base = state.seq == verdict.seq && before == Some(self.asked.head.as_str());
        if !is_base && !self.reverts(&material, verdict.head.as_deref(), before, state)? {
            return Ok(None);
        }
        material.units.clear();
        Ok(Some(*material))
    }

    fn find_executed(&self, head: &str, id: &ChangeId) -> Result<Found, Stop> {
        if let Some(decided) = self
            .view
            .standing
            .last_allowed(id, Some((&self.asked.service, &self.asked.environment)))
            && let Some(change) = decided.changes.iter().find(|c| &c.id == id)
            && let Some(template) = change.body.get("template").and_then(|t| t.as_str())
            && change.change_type == "standard"
            && !change.body.contains_key("template_d")
        {
            let material = Material::of_template(self.rules, id, &template.into());
            return Ok(material.map_or(Found::Missing, |m| Found::There(Box::new(m))));
        }
        find_declaration(self.ports, self.view, self.rules, head, id)
    }

    /// Whether going from `head` to the authorised tree is exactly what the change did.
    fn reverts(
        &self,
        material: &Material,
        after: Option<&str>,
        before: Option<&str>,
        state: &State,
    ) -> Result<bool, Stop> {
        let (Some(after), Some(before)) = (after, before) else {
            return Ok(false);
        };
        let without = match material.origin {
            Origin::File => BTreeSet::from([material.place.clone()]),
            Origin::Log | Origin::Derived => BTreeSet::new(),
        };
        let repository = self.ports.repository;
        let Some(content) = self.content_carried(material, before, after)? else {
            return Ok(false);
        };
        let undone = repository.patch(Some(&self.asked.head), &state.head, &without)?;
        Ok(undone.files > 0 && undone.digest == content)
    }

    /// The digest of everything that the change brought in the deployment that carried it;
    /// `None` where other changes came between its parts, so that no one difference is all of it.
    fn content_carried(
        &self,
        material: &Material,
        before: &str,
        after: &str,
    ) -> Result<Option<Digest>, Stop> {
        let Range::Steps(steps) = self.ports.repository.range(before, after, &mut |_| {})? else {
            return Ok(None);
        };
        let mut own = Vec::new();
        for stretch in self.attribute(&steps)?.stretches {
            let id = match &stretch.source {
                Source::Declared(id) => id.clone(),
                Source::Derived(key) => {
                    Material::from_template(self.view, self.rules, self.asked, key, &stretch)?.id
                }
            };
            if id == material.id {
                own.push(stretch);
            }
        }
        match own.as_slice() {
            [all] => content_of(self.ports.repository, all).map(Some),
            _ => Ok(None),
        }
    }
}
