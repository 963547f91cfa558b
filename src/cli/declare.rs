//! `sekisho declare`: from flags, a template and answers to a declaration's file, or to its record.

mod ask;
mod fields;
mod flags;
mod proposals;
mod templates;

use sekisho::change::text::Document;
use sekisho::change::text::declaration::{self, Draft};
use sekisho::change::{ChangeId, Declaration, EnvironmentKey, Message, ServiceKey};
use sekisho::usecases::{
    Declared, FileFaults, InForce, LogView, Stop, choose_service, declaration_faults, file_into_log, free_id,
    placeholder_faults, read_log,
};

use super::args::{DeclareArgs, Global};
use super::exit::{Ended, Failure};
use super::gate::open;
use super::output::Output;
use super::{actor, files};
use crate::wire::{Access, Wiring};

/// Writes the declaration.
pub(super) async fn run(global: &Global, output: &Output, args: DeclareArgs) -> Result<Ended, Failure> {
    if args.list_templates {
        return templates::list(global, output).await;
    }
    let access = if args.file { Access::Write } else { Access::Read };
    let wiring = open(global, output, access).await?;
    let log = read_log(wiring.ports()).await?;
    let top = files::work_tree(&wiring)?;
    let rules = files::work_tree_rules(&wiring, &top)?;
    let mut draft = templates::start(output, &args, &rules)?;
    draft.overlay(flags::draft(&args, &rules)?);
    ask::fill(&wiring, output, &args, &rules, &mut draft)?;
    let paths = files::declaration_paths(&top, &rules.config.paths.changes)?;
    let id = free_id(wiring.ports(), Some(&log), &rules.config, &paths);
    if args.file {
        return into_log(global, output, &wiring, &log, &args, (id, draft)).await;
    }
    let declared = Declared::new(&rules.config, id, &draft);
    let open_fields = refuse_faults(&declared, &draft, &rules)?;
    files::write_new(&top, &declared.path, &declared.text)?;
    output.data(&declared.path);
    output.tell(
        &Message::new("declare-done")
            .with("change", &declared.id)
            .with("path", &declared.path),
    );
    if !open_fields.is_empty() {
        output.tell(
            &Message::new("declare-open")
                .with("path", &declared.path)
                .with("fields", open_fields.join(", ")),
        );
    }
    output.tell(
        &Message::new("declare-next")
            .with("change", &declared.id)
            .with("path", &declared.path),
    );
    Ok(Ended::done())
}

async fn into_log(
    global: &Global,
    output: &Output,
    wiring: &Wiring,
    log: &LogView,
    args: &DeclareArgs,
    (id, draft): (ChangeId, Draft),
) -> Result<Ended, Failure> {
    let environment = EnvironmentKey::from(args.environment.as_deref().unwrap_or("production"));
    let wanted = args.service.as_deref().map(ServiceKey::from);
    let service = choose_service(&log.standing, &environment, wanted.as_ref())?;
    let key = (service.clone(), environment.clone());
    let commit = log
        .standing
        .states
        .get(&key)
        .map(|s| s.head.clone())
        .unwrap_or_default();
    let rules = InForce::at(&wiring.repository, &commit, service.as_str())?;
    let acting = actor::find(wiring, &rules.config, global)?;
    let declared = Declared::new(&rules.config, id.clone(), &draft);
    let open_fields = refuse_faults(&declared, &draft, &rules)?;
    if !open_fields.is_empty() {
        // A record cannot be filled in later.
        return Err(Stop::Request(
            Message::new("error-declare-open").with("fields", open_fields.join(", ")),
        ));
    }
    let declaration = read_back(&declared, &rules)?;
    let place = (&service, &environment);
    let (id, record) = file_into_log(
        wiring.ports(),
        acting.actor(),
        log,
        &rules,
        place,
        id,
        declaration,
    )
    .await?;
    wiring.remember().await?;
    output.data(id.as_str());
    output.tell(
        &Message::new("declare-filed")
            .with("change", &id)
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}

/// What was typed is read back as a file is: the same faults, before anything is written. Gives the
/// fields in which a placeholder is still to be replaced.
fn refuse_faults(declared: &Declared, draft: &Draft, rules: &InForce) -> Result<Vec<String>, Stop> {
    let faults = declaration_faults(&declared.path, declared.text.as_bytes(), Some(rules));
    let (mut faults, open_fields) = placeholder_faults(draft, faults);
    faults.retain(|fault| !fault.warning);
    if faults.is_empty() {
        return Ok(open_fields);
    }
    Err(unusable(declared, faults))
}

fn read_back(declared: &Declared, rules: &InForce) -> Result<Declaration, Stop> {
    let document = Document::parse(&declared.text).map_err(|faults| unusable(declared, faults))?;
    declaration::read(&document, &rules.config.calendar.zone, None)
        .map(|(declaration, _)| declaration)
        .map_err(|faults| unusable(declared, faults))
}

fn unusable(declared: &Declared, faults: Vec<sekisho::change::text::Fault>) -> Stop {
    Stop::Faults(Box::new(FileFaults {
        file: declared.path.clone(),
        text: declared.text.clone(),
        faults,
    }))
}
