//! One declared step of a way back, run and recorded.

use std::ffi::OsString;
use std::process::ExitCode;

use sekisho::change::Message;
use sekisho::usecases::{self, Recorded, Undone};

use super::Scene;
use crate::cli::action::wrap::Deploy;
use crate::cli::actor::Acting;
use crate::cli::exit::{Ended, Failure};
use crate::cli::output::Output;

/// Records that going back begins, runs the step, and records the end with the last one. The exit code
/// is the step's own, also where the end could not be recorded and waits.
pub(super) async fn step(
    output: &Output,
    scene: &Scene,
    acting: &Acting,
    command: &[OsString],
    step: usize,
) -> Result<Ended, Failure> {
    let deploy = Deploy::prepare(command, None)?;
    if scene.way.started.is_none() {
        let recorded = usecases::begin_rollback(
            scene.wiring.ports(),
            acting.actor(),
            &scene.log,
            &scene.way,
            &scene.wiring.spool(),
        )
        .await?;
        if let Recorded::Waits(number) = recorded {
            output.tell(&Message::new("spool-kept").with("number", number));
        }
    }
    let ran = deploy.run()?;
    let success = ran.code == 0 && ran.cancelled.is_none();
    let steps = scene.way.plan.steps.len();
    if success && step < steps {
        let next = scene.way.plan.steps.get(step).cloned().unwrap_or_default();
        output.tell(
            &Message::new("rollback-step-done")
                .with("change", &scene.way.change)
                .with("step", step)
                .with("steps", steps)
                .with("next", next),
        );
        return Ok(Ended(ExitCode::from(ran.code)));
    }
    let undone = Undone {
        success,
        code: Some(ran.code),
        evidence: None,
    };
    if let Err(stop) = scene.end(output, acting, &undone).await {
        crate::cli::exit::stopped(output, &stop);
        output.tell(&Message::new("rollback-end-lost").with("change", &scene.way.change));
    }
    if !success {
        output.tell(
            &Message::new("rollback-step-failed")
                .with("step", step)
                .with("code", ran.code),
        );
    }
    Ok(Ended(ExitCode::from(ran.code)))
}
