//! `sekisho grant`: an exception to one rule for one change, for a time.

use sekisho::change::schedule::Calendar;
use sekisho::change::{EnvironmentKey, Message, Moment, Period};
use sekisho::config::Config;
use sekisho::ports::Repository as _;
use sekisho::usecases::{Asked, Granted, Granting, Stop, grant, take_back};

use super::actor;
use super::approve::{fork, somebody_else};
use super::args::{Global, GrantArgs};
use super::exit::{Ended, Failure};
use super::gate::{authorised, change_id, open, run_of};
use super::history::people;
use super::output::Output;
use crate::wire::Access;

/// Records the exception, or takes it back.
pub(super) async fn run(global: &Global, output: &Output, args: GrantArgs) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let (log, service, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let change = change_id(&args.change)?;
    let rule = args.code.to_uppercase();
    let (Some(reason), Some(until)) = (args.reason, args.until) else {
        let granted = take_back(wiring.ports(), acting.actor(), &log, &rule, &change).await?;
        wiring.remember().await?;
        let done = Message::new("grant-withdrawn")
            .with(
                "person",
                people(Some(&rules.config)).name(acting.person().as_str()),
            )
            .with("code", rule)
            .with("change", change)
            .with("seq", granted.record.seq);
        output.print(&done);
        return Ok(Ended::done());
    };
    let head = wiring.repository.resolve("HEAD")?;
    let fork = fork(&wiring, &head)?;
    let asked = Asked {
        environment: EnvironmentKey::from(args.environment.as_str()),
        head,
        base: None,
        actor: somebody_else(&rules.config, &service, acting.person()),
        service,
        run: run_of(None, &wiring)?,
        rollback_of: None,
    };
    let granting = Granting {
        until: end(&rules.config.calendar, wiring.ports().at(&rules.config), &until)?,
        rule,
        change,
        reason,
        fork,
    };
    let granted = grant(
        wiring.ports(),
        acting.actor(),
        &log,
        &rules,
        &asked,
        granting.clone(),
    )
    .await?;
    wiring.remember().await?;
    tell(
        output,
        &rules.config,
        acting.person().as_str(),
        &granting,
        &granted,
    );
    Ok(Ended::done())
}

/// When the exception ends: a time, or a length of time from now.
fn end(calendar: &Calendar, now: Moment, text: &str) -> Result<Moment, Stop> {
    if let Ok(period) = text.parse::<Period>() {
        return calendar
            .due(now, period)
            .map_err(|error| Stop::Unavailable(Message::new("error-calendar").with("year", error.0)));
    }
    Moment::read(text, &calendar.zone)
        .map(|until| until.shown_in(&calendar.zone))
        .map_err(|_| Stop::Request(Message::new("error-grant-until").with("text", text)))
}

/// Says what was recorded, and whose word is still missing.
fn tell(output: &Output, config: &Config, person: &str, granting: &Granting, granted: &Granted) {
    let people = people(Some(config));
    output.print(
        &Message::new("grant-done")
            .with("person", people.name(person))
            .with("code", &granting.rule)
            .with("change", &granting.change)
            .with(
                "until",
                sekisho::report::time::moment(&output.wording, granting.until),
            )
            .with("seq", granted.record.seq),
    );
    for missing in &granted.missing {
        output.print(
            &Message::new("grant-missing")
                .with("count", missing.count)
                .with("people", people.names(&output.wording, &missing.of)),
        );
    }
}
