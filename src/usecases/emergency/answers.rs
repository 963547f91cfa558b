//! Who has said yes or no to an emergency: one word for each person, the last.

use crate::change::{ChangeId, Moment, PersonKey};
use crate::config::Config;
use crate::dossier::LiveApproval;
use crate::ledger::{ActKind, Emergency, NO_ANSWER, REFUSED};
use crate::usecases::LogView;

use super::facts::route;

/// What people have answered.
pub(super) struct Answers {
    /// Who said yes.
    pub live: Vec<LiveApproval>,
    /// Who said no.
    pub refused: Vec<PersonKey>,
}

/// Something that somebody said about it.
struct Word<'a> {
    person: &'a PersonKey,
    at: Moment,
    seq: u64,
    says: ActKind,
    /// Whether somebody else wrote it down.
    attested: bool,
}

/// Who said yes at `at` or before, with a key of their own or to somebody who wrote it down, and who said no,
/// whenever.
pub(super) fn answers(
    view: &LogView,
    known: &Emergency,
    id: &ChangeId,
    config: &Config,
    at: Moment,
) -> Answers {
    let route = route(known, config, at);
    let on_route = |person: &PersonKey| route.iter().any(|level| &level.person == person);
    let mut last: Vec<Word<'_>> = Vec::new();
    for word in words(view, known, id) {
        let yes = word.says == ActKind::Approve;
        let counts =
            on_route(word.person) && word.at <= at && (!word.attested || config.approval.attested_emergency);
        if (yes && !counts) || last.iter().any(|before| !word.outdoes(before)) {
            continue;
        }
        last.retain(|before| before.person != word.person);
        last.push(word);
    }
    let (mut live, mut refused) = (Vec::new(), Vec::new());
    for word in last {
        match word.says {
            ActKind::Approve => live.push(LiveApproval {
                person: word.person.clone(),
                at: word.at.shown_in(&config.calendar.zone),
                attested: word.attested,
            }),
            ActKind::Object => refused.push(word.person.clone()),
            ActKind::Withdraw => {}
        }
    }
    live.truncate(crate::dossier::MOST_HITS);
    Answers { live, refused }
}

impl Word<'_> {
    /// Whether it takes the place of what was said before: what another writes down for somebody never lifts a
    /// no that they said with their own key.
    fn outdoes(&self, before: &Self) -> bool {
        self.person != before.person
            || !self.attested
            || before.attested
            || before.says != ActKind::Object
            || self.says == ActKind::Object
    }
}

/// All that was said, in order of time. Whose key was lost says no with it, and nothing else.
fn words<'a>(view: &'a LogView, known: &'a Emergency, id: &ChangeId) -> Vec<Word<'a>> {
    let calls = known.attempts.iter().filter(|call| call.result != NO_ANSWER);
    let calls = calls.filter(|call| call.result == REFUSED || call.declaration == known.declaration);
    let calls = calls.map(|call| Word {
        person: &call.called,
        at: call.at,
        seq: call.seq,
        says: if call.result == REFUSED {
            ActKind::Object
        } else {
            ActKind::Approve
        },
        attested: call.by != call.called,
    });
    let acts = view.standing.acts.iter();
    let acts = acts.filter(|act| act.change.as_ref() == Some(id));
    let acts = acts.filter(|act| act.kind == ActKind::Object || act.revoked.is_none());
    // A yes by key is on this declaration; what another wrote down as an approval is no answer to a call.
    let acts = acts.filter(|act| {
        act.kind != ActKind::Approve || (!act.attested() && act.declaration == known.declaration)
    });
    let acts = acts.map(|act| Word {
        person: &act.person,
        at: act.said,
        seq: act.seq,
        says: act.kind,
        attested: act.attested(),
    });
    let mut all: Vec<Word<'_>> = calls.chain(acts).collect();
    all.sort_by_key(|word| (word.at, word.seq));
    all
}
