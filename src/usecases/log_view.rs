//! The log, read once: verified and folded.

use std::collections::{BTreeMap, BTreeSet};

use crate::change::{ChangeId, Digest};
use crate::config::Freeze;
use crate::ledger::{
    Head, Looked, Options, Receipt, Record, Report, Signed, Standing, Tree, Trust, Verification, leaf,
};

use super::documents::documents;
use super::freezes::declared;
use super::record::Onto;
use super::waivers::{Waived, settle};
use super::{Ports, Stop};

/// The log as one command sees it.
pub struct LogView {
    /// Where it ends.
    pub head: Head,
    /// What verification found.
    pub report: Report,
    /// What it says now.
    pub standing: Standing,
    /// Its records with what is known of their signatures, in order.
    pub records: Vec<(Record, Trust)>,
    /// The texts of declarations in the log.
    pub filed_texts: BTreeMap<Digest, Vec<u8>>,
    /// Open work that was waived; it is no longer among what is open.
    pub waived: Vec<Waived>,
    /// Freezes that were declared in the log and count.
    pub freezes: Vec<Freeze>,
    /// Why somebody excepted, froze or waived, by record; none where the text was taken out.
    pub reasons: BTreeMap<u64, String>,
}

/// How many records are read at once.
pub(super) const PAGE: u64 = 1_000;

/// The acts whose reason decisions show.
const REASONED: &[&str] = &["exception.granted/1", "freeze.declared/1", "obligation.waived/1"];

/// The acts that bring a declaration's text.
const DECLARING: &[&str] = &["change.declared/1", "emergency.declared/1"];

impl LogView {
    /// The log's origin; empty before there is a log.
    pub fn origin(&self) -> &str {
        self.standing.origin.as_deref().unwrap_or_default()
    }

    /// What a record is written onto.
    pub fn onto(&self) -> Onto<'_> {
        Onto {
            origin: self.origin(),
            head: self.head,
            signers: self.standing.signers,
            revocations: &self.report.revocations,
            machines: &self.report.machines,
        }
    }

    /// The log's first leaf, 64 hex digits; `None` before there is a log.
    pub fn genesis(&self) -> Option<String> {
        self.report.genesis.map(|leaf| Digest::from_bytes(leaf).hex())
    }

    /// Every change that the log knows in any way.
    pub fn changes(&self) -> BTreeSet<ChangeId> {
        let decided = self.standing.decisions.values().flat_map(|d| &d.changes);
        let acts = self.standing.acts.iter().filter_map(|act| act.change.clone());
        let filed = self.standing.filed.keys().cloned();
        filed.chain(acts).chain(decided.map(|c| c.id.clone())).collect()
    }

    /// The changes that the gate let pass.
    pub fn passed(&self) -> BTreeSet<ChangeId> {
        let passed = self.standing.decisions.values().filter(|d| d.allowed);
        passed.flat_map(|d| &d.changes).map(|c| c.id.clone()).collect()
    }

    /// Whether `change` is known to the log in any way.
    pub fn knows(&self, change: &ChangeId) -> bool {
        self.standing.filed.contains_key(change)
            || self
                .standing
                .acts
                .iter()
                .any(|a| a.change.as_ref() == Some(change))
            || self
                .standing
                .decisions
                .values()
                .any(|v| v.changes.iter().any(|c| &c.id == change))
    }
}

/// Reads and verifies the whole log.
///
/// # Errors
/// [`Stop::Broken`] when it does not verify, [`Stop::Unavailable`] when it cannot be read.
pub async fn read_log(ports: Ports<'_>) -> Result<LogView, Stop> {
    let view = inspect(ports).await?;
    if view.report.is_intact() {
        Ok(view)
    } else {
        Err(Stop::Broken(Box::new(view.report)))
    }
}

/// Reads the whole log and reports its damages instead of stopping at them.
///
/// # Errors
/// [`Stop::Unavailable`] when the store cannot be read.
pub async fn inspect(ports: Ports<'_>) -> Result<LogView, Stop> {
    let mut verification = Verification::new(Options {
        remembered: ports.remembered.to_vec(),
        against: ports.against.to_vec(),
        ..Options::default()
    });
    for complaint in ports.ledger.check().await? {
        verification.complain(&complaint);
    }
    let head = ports.ledger.head().await?;
    let mut standing = Standing::default();
    let mut records = Vec::new();
    let mut filed_texts = BTreeMap::new();
    let mut reasons = BTreeMap::new();
    let mut from = 0;
    while from < head.size {
        let page = ports.ledger.range(from, (from + PAGE).min(head.size)).await?;
        if page.is_empty() {
            break;
        }
        for looked in Looked::page(&page).iter().flatten() {
            let sealed = looked.row();
            let mut documents = documents(ports.ledger, ports.verifier, looked).await?;
            let signed = verification.take(looked, &mut documents);
            let (Some(trust), Ok(record)) = (trust(signed), Record::read(&sealed.bytes)) else {
                continue;
            };
            standing.apply(&record, trust);
            verification.require_signatures(!standing.unsigned_counts);
            if DECLARING.contains(&record.statement.act.as_str()) {
                filed_texts.extend(documents.texts());
            } else if REASONED.contains(&record.statement.act.as_str()) {
                reasons.extend(documents.reason(&record).map(|reason| (record.seq, reason)));
            }
            records.push((record, trust));
        }
        from += page.len() as u64;
        (ports.progress)(from);
    }
    for remark in ports.ledger.remarks().await? {
        verification.remark(remark);
    }
    let report = verification.finish();
    if !report.revocations.is_empty() {
        standing = folded(&records, &report);
    }
    let waived = settle(ports, &mut standing);
    let freezes = declared(ports, &standing, &reasons);
    Ok(LogView {
        head,
        report,
        standing,
        waived,
        freezes,
        records,
        filed_texts,
        reasons,
    })
}

/// The records folded once more, now that it is known which keys are revoked in the end.
fn folded(records: &[(Record, Trust)], report: &Report) -> Standing {
    let mut standing = Standing::knowing(report.revocations.clone());
    for (record, trust) in records {
        standing.apply(record, *trust);
    }
    standing
}

/// What to keep of the log as it is now, from the tree of its first records.
///
/// # Errors
/// [`Stop::Unavailable`] when the store cannot be read.
pub async fn grown(ports: Ports<'_>, mut tree: Tree) -> Result<Receipt, Stop> {
    let Head { size, leaf: last } = ports.ledger.head().await?;
    while tree.size() < size {
        let page = ports
            .ledger
            .range(tree.size(), (tree.size() + PAGE).min(size))
            .await?;
        if page.is_empty() {
            break;
        }
        page.iter().for_each(|sealed| tree.push(leaf(&sealed.bytes)));
    }
    Ok(Receipt::of(tree.size(), last, tree.root()))
}

/// A wrong signature is a damage; what such a record says is not taken in.
pub(super) const fn trust(signed: Signed) -> Option<Trust> {
    match signed {
        Signed::Good => Some(Trust::Signed),
        Signed::Unknown => Some(Trust::Unchecked),
        Signed::Unsigned => Some(Trust::Unsigned),
        Signed::Bad => None,
    }
}
