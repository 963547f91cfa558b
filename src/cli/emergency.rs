//! `sekisho emergency`: the way through the gate when something is broken.

mod acts;
mod answers;
mod declare;
mod kept;
mod questions;
mod refusal;
mod ring;
mod status;

use sekisho::change::{ChangeId, Message, Moment};
use sekisho::ledger::Emergency;
use sekisho::usecases::{InForce, LogView, Recorded, Stop, read_log, with_spooled};

use super::actor::{self, Acting};
use super::args::{EmergencyArgs, EmergencyCommand, Global};
use super::exit::{Ended, Failure};
use super::gate::{authorised, change_id, open};
use super::output::Output;
use crate::wire::{Access, Wiring};

/// Declares, or goes on with what was declared.
pub(super) async fn run(global: &Global, output: &Output, args: EmergencyArgs) -> Result<Ended, Failure> {
    match &args.command {
        None => declare::run(global, output, &args).await,
        Some(EmergencyCommand::Status(args)) => status::run(global, output, args).await,
        Some(EmergencyCommand::Call(args)) => acts::call(global, output, args).await,
        Some(EmergencyCommand::Done(args)) => acts::done(global, output, args).await,
        Some(EmergencyCommand::Extend(args)) => acts::extend(global, output, args).await,
        Some(EmergencyCommand::Told(args)) => acts::told(global, output, args).await,
        Some(EmergencyCommand::Ack(args)) => acts::acknowledge(global, output, args).await,
        Some(EmergencyCommand::Complete(args)) => acts::complete(global, output, args).await,
        Some(EmergencyCommand::End(args)) => acts::end(global, output, args).await,
    }
}

/// An emergency that is gone on with.
pub(super) struct Crisis {
    /// Repository and log.
    pub wiring: Wiring,
    /// The log, with what waits to be brought into it.
    pub log: LogView,
    /// What is in force for its service.
    pub rules: InForce,
    /// Who asks.
    pub acting: Acting,
    /// Which it is.
    pub id: ChangeId,
}

impl Crisis {
    /// Opens the emergency `named`; without a name the only one that runs here.
    pub(super) async fn open(global: &Global, output: &Output, named: Option<&str>) -> Result<Self, Stop> {
        let wiring = open(global, output, Access::Late).await?;
        let mut log = read_log(wiring.ports()).await?;
        with_spooled(wiring.ports(), &mut log, &wiring.spool())?;
        let id = match named {
            Some(named) => change_id(named)?,
            None => only(&log)?,
        };
        let Some(known) = log.standing.emergencies.get(&id) else {
            return Err(Stop::Request(
                Message::new("error-emergency-unknown").with("change", &id),
            ));
        };
        let (service, environment) = (known.service.clone(), known.environment.clone());
        let (mut log, _, rules) = authorised(&wiring, Some(service.as_str()), environment.as_str()).await?;
        with_spooled(wiring.ports(), &mut log, &wiring.spool())?;
        let acting = actor::find(&wiring, &rules.config, global)?;
        Ok(Self {
            wiring,
            log,
            rules,
            acting,
            id,
        })
    }

    /// The time as the configured calendar shows it.
    pub(super) fn now(&self) -> Moment {
        Moment::new(self.wiring.now, &self.rules.config.calendar.zone)
    }

    /// Somebody's name.
    pub(super) fn name<'a>(&'a self, person: &'a str) -> &'a str {
        let known = self.rules.config.people.get(person);
        known.map_or(person, |person| person.name.as_str())
    }

    /// Says what was recorded, or that it waits.
    pub(super) async fn told(
        &self,
        output: &Output,
        recorded: &Recorded,
        done: Message,
    ) -> Result<Ended, Failure> {
        match recorded {
            Recorded::Sealed(record) => {
                self.wiring.remember().await?;
                output.print(&done.with("seq", record.seq));
                Ok(Ended::done())
            }
            Recorded::Waits(number) => {
                output.tell(&Message::new("spool-kept").with("number", number));
                Ok(Ended::waits())
            }
        }
    }
}

/// The only emergency that was not ended.
fn only(log: &LogView) -> Result<ChangeId, Stop> {
    let open = |known: &Emergency| known.endings.is_empty();
    let all = log.standing.emergencies.iter();
    let mut running: Vec<&ChangeId> = all.filter(|(_, known)| open(known)).map(|(id, _)| id).collect();
    match running.len() {
        1 => running
            .pop()
            .cloned()
            .ok_or_else(|| Stop::request("error-emergency-none")),
        0 => Err(Stop::request("error-emergency-none")),
        _ => {
            let names: Vec<&str> = running.into_iter().map(ChangeId::as_str).collect();
            Err(Stop::Request(
                Message::new("error-emergency-which").with("changes", names.join(", ")),
            ))
        }
    }
}
