//! `sekisho baseline`: the first authorised state.

use sekisho::change::{EnvironmentKey, Message, ServiceKey};
use sekisho::ports::Repository as _;
use sekisho::usecases::{InForce, Stop, baseline, read_log};

use super::actor;
use super::args::{BaselineArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use crate::wire::Access;

/// Records the state and says what to do next.
pub(super) async fn run(global: &Global, output: &Output, args: &BaselineArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let head = wiring.repository.resolve(&args.head)?;
    let rules = InForce::at(wiring.ports().repository, &head, &wiring.name)?;
    let service = service_of(&rules, args.service.as_deref())?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    // The file is only made once everything else is known to be right.
    let wiring = open(global, output, Access::Create).await?;
    let log = read_log(wiring.ports()).await?;
    let environment = EnvironmentKey::from(args.environment.as_str());
    let origin = wiring.origin.clone();
    let place = (&service, &environment);
    let done = baseline(wiring.ports(), acting.actor(), &log, &rules, place, &origin).await?;
    wiring.keep_place()?;
    wiring.remember().await?;
    if done.opened {
        output.tell(
            &Message::new("baseline-opened")
                .with("place", wiring.shown_place())
                .with("genesis", &done.genesis),
        );
    }
    output.print(
        &Message::new("baseline-done")
            .with("service", &done.service)
            .with("environment", &done.environment)
            .with("head", done.head.get(..12).unwrap_or(&done.head))
            .with("seq", done.record.seq),
    );
    output.tell(&Message::new("baseline-next").with("environment", &done.environment));
    Ok(Ended::done())
}

/// The service that is meant, from the configuration.
fn service_of(rules: &InForce, wanted: Option<&str>) -> Result<ServiceKey, Stop> {
    let known: Vec<&str> = rules.config.services.keys().map(ServiceKey::as_str).collect();
    match (wanted, known.as_slice()) {
        (Some(wanted), _) => Ok(ServiceKey::from(wanted)),
        (None, [only]) => Ok(ServiceKey::from(*only)),
        (None, _) => Err(Stop::Request(
            Message::new("error-which-service").with("services", known.join(", ")),
        )),
    }
}
