//! A pass that fell before it was told: it is taken back in the log, too. Otherwise its commit would
//! stay the authorised one, and the next run would deploy it as nothing new.

use sekisho::change::Message;
use sekisho::policy::Word;
use sekisho::report::annotation::Level;
use sekisho::usecases::{self, Finishing, Judged, Recorded};

use super::actor::Acting;
use super::output::Output;
use crate::wire::Wiring;

/// Records that what this call let pass ends as aborted. A pass that an earlier call of the same
/// attempt told is left: something may run by it. So is a way back: its end is the end of what is put
/// back.
pub(super) async fn take_back(output: &Output, wiring: &Wiring, acting: &Acting, judged: &Judged) {
    let Some(record) = judged
        .record
        .as_ref()
        .filter(|_| judged.decision.word != Word::Deny)
    else {
        return;
    };
    let dossier = &judged.collected.dossier;
    let Some(change) = dossier
        .changes
        .first()
        .filter(|_| dossier.request.rollback_of.is_none())
    else {
        return;
    };
    let still_open = || {
        Message::new("fallen-open")
            .with("change", &change.id)
            .with("seq", record.seq)
    };
    if record.seq < judged.log.size() {
        output.remark(Level::Warning, &still_open());
        return;
    }
    let finishing = Finishing {
        outcome: "aborted".to_owned(),
        back_to: None,
        evidence: Some(b"not told: the pass fell before".to_vec()),
        deviation: None,
    };
    let spool = wiring.spool();
    let done = usecases::finish(wiring.ports(), acting.actor(), &change.id, finishing, &spool).await;
    match done.map(|finished| finished.recorded) {
        Ok(Recorded::Sealed(sealed)) => {
            // What cannot be remembered here is read again next time.
            let _ = wiring.remember().await;
            let message = Message::new("fallen-aborted").with("change", &change.id);
            output.remark(Level::Notice, &message.with("seq", sealed.seq));
        }
        Ok(Recorded::Waits(_)) | Err(_) => output.remark(Level::Warning, &still_open()),
    }
}
