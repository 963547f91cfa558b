//! Which change a command is run for, and by whom.

use sekisho::change::{ChangeId, EnvironmentKey};
use sekisho::ports::Repository as _;
use sekisho::usecases::{Asked, LogView, Stop, read_log};

use crate::cli::actor::{self, Acting};
use crate::cli::args::{ExecArgs, Global};
use crate::cli::gate::{authorised, change_id, run_of};
use crate::wire::Wiring;

/// What is carried out, where, and by whom.
pub(super) struct Place {
    /// The change.
    pub id: ChangeId,
    /// What is asked of the gate.
    pub asked: Asked,
    /// Who asks.
    pub acting: Acting,
}

impl Place {
    /// Finds out.
    ///
    /// # Errors
    /// [`Stop::Request`] where it is not clear which change it is.
    pub(super) async fn of(wiring: &Wiring, global: &Global, args: &ExecArgs) -> Result<Self, Stop> {
        let log = read_log(wiring.ports()).await?;
        let named = args.change.as_deref().map(change_id).transpose()?;
        let own = match &named {
            Some(id) => known_place(&log, id),
            // Whose they are follows from who asks, and that from what is in force for one of them.
            None => log
                .standing
                .emergencies
                .values()
                .find(|known| known.ended_by(|_| false).is_none())
                .map(|known| (known.service.to_string(), known.environment.to_string())),
        };
        if named.is_none() && own.is_none() {
            return Err(Stop::request("error-exec-which"));
        }
        let (own_service, own_environment) = own.unzip();
        let service = args.service.clone().or(own_service);
        let environment = args.environment.clone().or(own_environment);
        let environment = environment.unwrap_or_else(|| "production".to_owned());
        let (log, service, rules) = authorised(wiring, service.as_deref(), &environment).await?;
        let acting = actor::find_in_job(wiring, &log, &rules.config, global)?;
        let id = match named {
            Some(id) => id,
            None => only_own(&log, &acting)?,
        };
        // The one emergency may be of another service than the first.
        let (service, environment) = match (args.change.is_none(), log.standing.emergencies.get(&id)) {
            (true, Some(known)) => (known.service.clone(), known.environment.clone()),
            _ => (service, EnvironmentKey::from(environment.as_str())),
        };
        let asked = Asked {
            service,
            environment,
            head: wiring.repository.resolve("HEAD")?,
            base: None,
            actor: acting.person().clone(),
            run: run_of(None, wiring)?,
            rollback_of: None,
        };
        Ok(Self { id, asked, acting })
    }
}

/// The service and environment that the log knows of a change.
fn known_place(log: &LogView, id: &ChangeId) -> Option<(String, String)> {
    if let Some(known) = log.standing.emergencies.get(id) {
        return Some((known.service.to_string(), known.environment.to_string()));
    }
    let verdict = log.standing.to_finish(id)?;
    Some((verdict.service.to_string(), verdict.environment.to_string()))
}

/// The only open emergency that somebody declared or carries out.
fn only_own(log: &LogView, acting: &Acting) -> Result<ChangeId, Stop> {
    let all = log.standing.emergencies.iter();
    let mut own: Vec<&ChangeId> = all
        .filter(|(_, known)| known.ended_by(|_| false).is_none())
        .filter(|(_, known)| [&known.executor, &known.declarer].contains(&acting.person()))
        .map(|(id, _)| id)
        .collect();
    match (own.pop(), own.is_empty()) {
        (Some(only), true) => Ok(only.clone()),
        _ => Err(Stop::request("error-exec-which")),
    }
}
