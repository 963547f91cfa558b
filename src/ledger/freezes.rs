//! Freezes that people declared, folded.

use super::Record;
use super::Standing;
use super::body::Fields;
use crate::change::{AreaKey, Moment, PersonKey, ServiceKey};

/// The longest freeze that a record can declare, in seconds.
pub const LONGEST_FREEZE_SECONDS: i64 = 90 * 86_400;

/// A freeze that somebody declared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclaredFreeze {
    /// The record.
    pub seq: u64,
    /// Who declared it.
    pub by: PersonKey,
    /// Whether nothing passes; else low risk does.
    pub hard: bool,
    /// Its first second.
    pub from: Moment,
    /// Its last second.
    pub to: Moment,
    /// Who may except from it and lift it.
    pub owner: PersonKey,
    /// Only these areas; empty: all.
    pub areas: Vec<AreaKey>,
    /// Only these services; empty: all.
    pub services: Vec<ServiceKey>,
    /// The service and the commit that were authorised last when it was declared: that configuration
    /// says who may freeze.
    pub under: Option<(ServiceKey, String)>,
    /// The record that lifted it.
    pub lifted: Option<u64>,
}

impl DeclaredFreeze {
    /// How people name it.
    pub fn id(&self) -> String {
        format!("freeze-{}", self.seq)
    }
}

impl Standing {
    /// A freeze only tightens: the word of a key that is revoked later stands until its end.
    pub(super) fn freeze_declared(&mut self, record: &Record, at: Moment) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let newest = self.states.iter().max_by_key(|(_, state)| state.seq);
        let freeze = DeclaredFreeze {
            seq: record.seq,
            by: fields.person("person")?,
            hard: match fields.text("kind")? {
                "hard" => true,
                "soft" => false,
                _ => return None,
            },
            from: moment(&fields, "from")?,
            to: moment(&fields, "to")?,
            owner: fields.person("owner")?,
            areas: keys(&fields, "areas")?.into_iter().map(AreaKey::from).collect(),
            services: keys(&fields, "services")?
                .into_iter()
                .map(ServiceKey::from)
                .collect(),
            under: newest.map(|((service, _), state)| (service.clone(), state.head.clone())),
            lifted: None,
        };
        let length = freeze.to.seconds_since(freeze.from);
        if !(0..=LONGEST_FREEZE_SECONDS).contains(&length) || freeze.to < at {
            return None;
        }
        self.freezes.insert(record.seq, freeze);
        Some(())
    }

    /// Only its owner lifts a freeze, with a key that counts.
    pub(super) fn freeze_lifted(&mut self, record: &Record, at: Moment) -> Option<()> {
        let fields = Fields(&record.statement.body);
        let (seq, person) = (fields.number("freeze")?, fields.person("person")?);
        if self.distrusted(record, at).is_some() {
            return Some(());
        }
        if let Some(freeze) = self.freezes.get_mut(&seq)
            && freeze.owner == person
        {
            freeze.lifted.get_or_insert(record.seq);
        }
        Some(())
    }
}

fn moment(fields: &Fields<'_>, key: &str) -> Option<Moment> {
    fields.text(key)?.parse().ok()
}

fn keys<'a>(fields: &Fields<'a>, key: &str) -> Option<Vec<&'a str>> {
    fields.list(key)?.iter().map(|item| item.as_str()).collect()
}
