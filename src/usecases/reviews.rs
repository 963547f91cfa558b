//! Reviews on the forge, as acts of people on exactly what they saw.

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::change::{Digest, PersonKey};
use crate::config::Config;
use crate::dossier::coverage::Stretch;
use crate::dossier::{NotCounted, Origin, subject};
use crate::ledger::{Act, ActKind, Trust};
use crate::ports::{Review, ReviewState};

use super::collect_change::Material;
use super::expected::bound;
use super::record::document;
use super::{Heard, LogView, Ports, Stop};

/// Where a unit begins, and what its content leaves out.
#[derive(Debug, Clone, Default)]
pub(super) struct Start {
    /// The commit before it.
    parent: Option<String>,
    /// The commit before its last step.
    before_last: Option<String>,
    /// Its own declaration's files.
    without: BTreeSet<String>,
}

impl Start {
    pub(super) fn of(stretch: &Stretch) -> Self {
        Self {
            parent: stretch.parent_of_first.clone(),
            before_last: stretch.parent_of_last.clone(),
            without: stretch.without.clone(),
        }
    }

    /// The commit before it.
    pub(super) fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    /// Its own declaration's files.
    pub(super) fn without(&self) -> &BTreeSet<String> {
        &self.without
    }
}

/// What reviews come to for one change.
#[derive(Debug, Clone, Default)]
pub(super) struct Reviewed {
    /// Their acts, the oldest first.
    pub acts: Vec<Act>,
    /// Approvals of which it cannot be shown that they are of anything.
    pub not_counted: Vec<NotCounted>,
}

/// What an approval binds, as it was at one head.
type Bound = (Digest, Digest, Option<Digest>);

/// Turns the reviews of the pull requests that brought `material` into acts.
///
/// # Errors
/// [`Stop`] when a commit cannot be read.
pub(super) fn reviewed(
    ports: Ports<'_>,
    view: &LogView,
    config: &Config,
    material: &Material,
    plan: Option<Digest>,
) -> Result<Reviewed, Stop> {
    let Some(heard) = ports.heard else {
        return Ok(Reviewed::default());
    };
    let reading = Reading {
        ports,
        view,
        heard,
        config,
        material,
        plan,
    };
    let mut reviewed = Reviewed::default();
    let mut objectors: BTreeSet<PersonKey> = BTreeSet::new();
    for (nth, unit) in material.units.iter().enumerate() {
        let Some(pull) = unit.pull.and_then(|number| heard.evidence.pulls.get(&number)) else {
            continue;
        };
        for review in &pull.reviews {
            let Some(person) = config.person_of_account(review.author.id, &review.author.login) else {
                continue;
            };
            let because = match reading.act(nth, person, review)? {
                _ if !review.author.human => "bot",
                Some(act) if act.kind != ActKind::Approve || review.can_write => {
                    if act.kind == ActKind::Object {
                        objectors.insert(person.clone());
                    }
                    reviewed.acts.push(act);
                    continue;
                }
                Some(_) => "no_write",
                None => "unseen",
            };
            if review.state == ReviewState::Approved {
                reviewed.not_counted.push(NotCounted {
                    person: person.clone(),
                    because: because.to_owned(),
                });
            }
        }
    }
    // Who still objects in one pull request of the change does not agree in another.
    let agrees = |act: &Act| act.kind == ActKind::Approve && objectors.contains(&act.person);
    reviewed.acts.retain(|act| !agrees(act));
    reviewed.acts.sort_by_key(|act| act.at);
    Ok(reviewed)
}

/// What all reviews of one change are read with.
struct Reading<'a> {
    ports: Ports<'a>,
    view: &'a LogView,
    heard: &'a Heard,
    config: &'a Config,
    material: &'a Material,
    plan: Option<Digest>,
}

impl Reading<'_> {
    /// The act of one review on one unit; `None` for an approval of something that cannot be
    /// known any more.
    fn act(&self, nth: usize, person: &PersonKey, review: &Review) -> Result<Option<Act>, Stop> {
        let Some(unit) = self.material.units.get(nth) else {
            return Ok(None);
        };
        let wanted: Bound = (unit.content, self.material.digest, self.plan);
        let of = match review.state {
            // An objection outlives what it was about.
            ReviewState::Objected => Some(wanted),
            ReviewState::Approved | ReviewState::Dismissed => self.saw(nth, review, wanted)?,
        };
        let kind = match review.state {
            ReviewState::Approved => ActKind::Approve,
            ReviewState::Objected => ActKind::Object,
            ReviewState::Dismissed => ActKind::Withdraw,
        };
        let Some((content, declaration, plan)) = of.or_else(|| (kind == ActKind::Withdraw).then_some(wanted))
        else {
            return Ok(None);
        };
        Ok(Some(Act {
            seq: self.view.head.size,
            person: person.clone(),
            by: person.clone(),
            kind,
            at: review.submitted_at,
            said: review.submitted_at,
            trust: Trust::Account,
            change: (self.material.origin != Origin::Derived).then(|| self.material.id.clone()),
            of: Digest::of(&document(&subject(&[content], declaration, plan).into())?),
            content: vec![content],
            declaration,
            plan,
            via: None,
            revoked: None,
        }))
    }

    /// What the reviewer agreed to: the wanted, when every head that they may have looked at
    /// comes to it, else the first that does not.
    fn saw(&self, nth: usize, review: &Review, wanted: Bound) -> Result<Option<Bound>, Stop> {
        let mut same = None;
        for head in &review.seen {
            let Some(bound) = self.at(nth, head, review)? else {
                return Ok(None);
            };
            if bound != wanted {
                return Ok(Some(bound));
            }
            same = Some(bound);
        }
        Ok(same)
    }

    /// What an approval at `head` binds; `None` when that cannot be told.
    fn at(&self, nth: usize, head: &str, review: &Review) -> Result<Option<Bound>, Stop> {
        let repository = self.ports.repository;
        let Some(start) = self.material.starts.get(nth) else {
            return Ok(None);
        };
        let Some(parent) = start.parent.as_deref() else {
            return Ok(None);
        };
        if self.heard.gone.contains(head) {
            return Ok(None);
        }
        let Some(fork) = repository.merge_base(parent, head)? else {
            return Ok(None);
        };
        // A step that is itself part of the reviewed branch was on the main line before: the
        // forge did not show it to the reviewer.
        if let Some(before_last) = &start.before_last
            && !self.is_proposed(before_last)
            && repository.merge_base(before_last, head)?.as_ref() != Some(&fork)
        {
            return Ok(None);
        }
        let content = repository.patch(Some(&fork), head, &start.without)?.digest;
        let Some(declaration) = self.declaration(head, review)? else {
            return Ok(None);
        };
        let plan = bound(self.ports, head, self.config, &self.material.typed)?;
        Ok(Some((content, declaration, plan)))
    }

    /// Whether a commit is one of those that wait to be merged.
    fn is_proposed(&self, commit: &str) -> bool {
        let brought = self.heard.evidence.commits.get(commit);
        brought.is_some() && brought == self.heard.proposal.as_ref()
    }

    /// The digest of the declaration as the reviewer had it.
    fn declaration(&self, head: &str, review: &Review) -> Result<Option<Digest>, Stop> {
        let material = self.material;
        Ok(match material.origin {
            Origin::Derived => Some(material.digest),
            Origin::File => self
                .ports
                .repository
                .read(head, &material.place)?
                .map(|bytes| Digest::of(&bytes)),
            Origin::Log => {
                let filed = self.view.standing.filed.get(&material.id);
                filed
                    .filter(|filed| filed.at <= review.submitted_at)
                    .map(|_| material.digest)
            }
        })
    }
}

/// The acts of the log and of reviews as one list, by time.
pub(super) fn in_order(log: &[Act], reviews: Vec<Act>) -> Cow<'_, [Act]> {
    if reviews.is_empty() {
        return Cow::Borrowed(log);
    }
    let mut reviews = reviews.into_iter().peekable();
    let mut all = Vec::with_capacity(log.len() + reviews.len());
    for act in log {
        while let Some(review) = reviews.next_if(|review| review.at <= act.at) {
            all.push(review);
        }
        all.push(act.clone());
    }
    all.extend(reviews);
    Cow::Owned(all)
}
