//! What is recorded while an emergency runs, and after it.

use sekisho::change::{Declaration, Message, Moment, PersonKey, RollbackChoice};
use sekisho::report::time;
use sekisho::usecases::{self, Calling, Extending, Recorded, Stop};

use super::{Crisis, status};
use crate::cli::args::{AckArgs, CallArgs, CompleteArgs, DoneArgs, EndArgs, ExtendArgs, Global, ToldArgs};
use crate::cli::exit::{Ended, Failure};
use crate::cli::files;
use crate::cli::output::Output;

/// Records a call, and says who comes next.
pub(super) async fn call(global: &Global, output: &Output, args: &CallArgs) -> Result<Ended, Failure> {
    let (recorded, done) = record_call(global, output, args).await?;
    let ended = match &recorded {
        Recorded::Sealed(_) => {
            output.print(&done);
            Ended::done()
        }
        Recorded::Waits(_) => {
            output.tell(&done);
            Ended::waits()
        }
    };
    let again = Crisis::open(global, output, args.change.as_deref()).await?;
    status::print(output, &again)?;
    Ok(ended)
}

/// Records a call; what there is to say about it.
pub(super) async fn record_call(
    global: &Global,
    output: &Output,
    args: &CallArgs,
) -> Result<(Recorded, Message), Stop> {
    let crisis = Crisis::open(global, output, args.change.as_deref()).await?;
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    let attests = crisis.acting.person().as_str() != args.person && args.result == "approved";
    let is_file = evidence.as_ref().is_some_and(|evidence| evidence.is_file);
    if attests && crisis.rules.config.approval.attested_file && !is_file {
        return Err(Stop::request("error-evidence-file"));
    }
    let calling = Calling {
        person: PersonKey::from(args.person.as_str()),
        channel: args.channel.clone(),
        result: args.result.clone(),
        evidence: evidence.map(|evidence| evidence.bytes),
    };
    let recorded = usecases::call(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        &crisis.rules,
        (&crisis.id, &calling),
        &crisis.wiring.spool(),
    )
    .await?;
    let said = match &recorded {
        Recorded::Sealed(record) => {
            crisis.wiring.remember().await?;
            Message::new(format!("emergency-called-{}", args.result))
                .with("person", crisis.name(&args.person))
                .with("seq", record.seq)
        }
        Recorded::Waits(number) => Message::new("spool-kept").with("number", number),
    };
    Ok((recorded, said))
}

/// Records that it was carried out without the log.
pub(super) async fn done(global: &Global, output: &Output, args: &DoneArgs) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, args.change.as_deref()).await?;
    let zone = &crisis.rules.config.calendar.zone;
    let read = |text: &str| {
        Moment::read(text, zone)
            .map_err(|_| Stop::Request(Message::new("error-emergency-time").with("text", text)))
    };
    let at = args.at.as_deref().map(read).transpose()?;
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    let evidence = evidence.as_ref().map(|evidence| evidence.bytes.as_slice());
    let recorded = usecases::carried_out(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        &crisis.rules,
        (&crisis.id, at, evidence),
        &crisis.wiring.spool(),
    )
    .await?;
    let done = Message::new("emergency-carried-out").with("change", &crisis.id);
    crisis.told(output, &recorded, done).await
}

/// Records more time.
pub(super) async fn extend(global: &Global, output: &Output, args: &ExtendArgs) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, args.change.as_deref()).await?;
    let extending = Extending {
        approver: PersonKey::from(args.approver.as_str()),
        channel: args.channel.clone(),
        evidence: files::evidence(&args.evidence)?.bytes,
    };
    let (recorded, until) = usecases::extend(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        &crisis.rules,
        (&crisis.id, &extending),
        &crisis.wiring.spool(),
    )
    .await?;
    let done = Message::new("emergency-extended")
        .with("change", &crisis.id)
        .with("until", time::moment(&output.wording, until));
    crisis.told(output, &recorded, done).await
}

/// Records that everyone was told.
pub(super) async fn told(global: &Global, output: &Output, args: &ToldArgs) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, args.change.as_deref()).await?;
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    let evidence = evidence.as_ref().map(|evidence| evidence.bytes.as_slice());
    let recorded = tell(&crisis, &args.channel, evidence).await?;
    let done = Message::new("emergency-told").with("change", &crisis.id);
    crisis.told(output, &recorded, done).await
}

async fn tell(crisis: &Crisis, channel: &str, evidence: Option<&[u8]>) -> Result<Recorded, Stop> {
    usecases::tell(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        &crisis.rules,
        (&crisis.id, channel, evidence),
        &crisis.wiring.spool(),
    )
    .await
}

/// Records somebody's answer.
pub(super) async fn acknowledge(global: &Global, output: &Output, args: &AckArgs) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, Some(&args.change)).await?;
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    let on_behalf = args.on_behalf.as_deref().map(PersonKey::from);
    let recorded = usecases::acknowledge(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        &crisis.rules,
        (
            &crisis.id,
            on_behalf.as_ref(),
            evidence.as_ref().map(|evidence| evidence.bytes.as_slice()),
        ),
        &crisis.wiring.spool(),
    )
    .await?;
    let who = on_behalf.as_ref().unwrap_or(crisis.acting.person());
    let done = Message::new("emergency-acknowledged")
        .with("change", &crisis.id)
        .with("person", crisis.name(who.as_str()));
    crisis.told(output, &recorded, done).await
}

/// Records what nobody was asked at the first hour.
pub(super) async fn complete(
    global: &Global,
    output: &Output,
    args: &CompleteArgs,
) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, Some(&args.change)).await?;
    let full = fuller(declared(&crisis)?, args)?;
    let recorded = usecases::complete(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        (&crisis.id, &full),
        &crisis.wiring.spool(),
    )
    .await?;
    let done = Message::new("emergency-completed").with("change", &crisis.id);
    crisis.told(output, &recorded, done).await
}

/// The declaration of the first hour.
fn declared(crisis: &Crisis) -> Result<Declaration, Stop> {
    use sekisho::change::text::{Document, declaration};
    let gone = || Stop::Request(Message::new("error-emergency-text").with("change", &crisis.id));
    let known = crisis.log.standing.emergencies.get(&crisis.id).ok_or_else(gone)?;
    let text = crisis.log.filed_texts.get(&known.declaration).ok_or_else(gone)?;
    let document = Document::parse_bytes(text).map_err(|_| gone())?;
    let zone = &crisis.rules.config.calendar.zone;
    let read = declaration::read(&document, zone, Some(crisis.id.as_str()));
    read.map(|(declaration, _)| declaration).map_err(|_| gone())
}

/// The same with what is known by now.
fn fuller(mut full: Declaration, args: &CompleteArgs) -> Result<Declaration, Stop> {
    if args.description.is_some() {
        full.description.clone_from(&args.description);
    }
    full.impact.functions.extend(args.function.iter().cloned());
    full.verification.checks.extend(args.verify.iter().cloned());
    if args.done_when.is_some() {
        full.verification.done_when.clone_from(&args.done_when);
    }
    if let Some(RollbackChoice::Stated(plan)) = &mut full.rollback {
        plan.criteria.extend(args.criterion.iter().cloned());
        if let Some(duration) = &args.duration {
            let wrong = || Stop::Request(Message::new("error-emergency-duration").with("text", duration));
            plan.duration = Some(duration.parse().map_err(|_| wrong())?);
        }
    }
    Ok(full)
}

/// Records that it is over.
pub(super) async fn end(global: &Global, output: &Output, args: &EndArgs) -> Result<Ended, Failure> {
    let crisis = Crisis::open(global, output, args.change.as_deref()).await?;
    let recorded = usecases::end(
        crisis.wiring.ports(),
        crisis.acting.actor(),
        &crisis.log,
        &crisis.rules,
        (&crisis.id, args.reason.as_deref()),
        &crisis.wiring.spool(),
    )
    .await?;
    let done = Message::new("emergency-ended").with("change", &crisis.id);
    crisis.told(output, &recorded, done).await
}
