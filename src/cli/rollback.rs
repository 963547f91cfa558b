//! `sekisho rollback`: what the way back is, who decides it, and that it was gone.

mod run;

use sekisho::change::{ChangeId, EnvironmentKey, Message, Moment, PersonKey};
use sekisho::ports::Repository as _;
use sekisho::report::way_back::{self as page, WayBackView};
use sekisho::usecases::{
    self, Asked, Checking, Deciding, InForce, LogView, Recorded, Stop, Undone, Way, WayBack, read_log,
    with_spooled,
};

use super::actor::{self, Acting};
use super::args::{Format, Global, RollbackArgs};
use super::exit::{Ended, Failure};
use super::files;
use super::gate::{authorised, change_id, open, run_of};
use super::history::people;
use super::output::Output;
use crate::wire::{Access, Wiring};

/// A way back with what it was read with.
struct Scene {
    wiring: Wiring,
    log: LogView,
    rules: InForce,
    way: WayBack,
}

/// Shows the way back, records the decision, or carries it out.
pub(super) async fn run(global: &Global, output: &Output, args: RollbackArgs) -> Result<Ended, Failure> {
    let id = change_id(&args.change)?;
    if args.no_go {
        return no_go(global, output, &args, &id).await;
    }
    let scene = Scene::open(global, output, &id).await?;
    if args.show {
        print(output, &scene);
        return Ok(Ended::done());
    }
    let late = args.done || args.failed;
    if !scene.is_open(late) {
        print(output, &scene);
        return Ok(Ended::denied());
    }
    let acting = actor::find(&scene.wiring, &scene.rules.config, global)?;
    if !args.command.is_empty() {
        let command: Vec<String> = args
            .command
            .iter()
            .map(|word| word.to_string_lossy().into_owned())
            .collect();
        let step = scene.step(&command.join(" "))?;
        let scene = decided(global, output, scene, &acting, &args).await?;
        return run::step(output, &scene, &acting, &args.command, step).await;
    }
    let before = scene.way.decided.is_some();
    let scene = decided(global, output, scene, &acting, &args).await?;
    if late {
        let undone = Undone {
            success: args.done,
            code: None,
            evidence: evidence(&args)?,
        };
        return scene.end(output, &acting, &undone).await;
    }
    if before {
        let said = Message::new("rollback-decided-before").with("change", &id);
        output.tell(&said);
    }
    print(output, &scene);
    Ok(Ended::done())
}

impl Scene {
    async fn open(global: &Global, output: &Output, id: &ChangeId) -> Result<Self, Stop> {
        let wiring = open(global, output, Access::Late).await?;
        let mut log = read_log(wiring.ports()).await?;
        with_spooled(wiring.ports(), &mut log, &wiring.spool())?;
        let Some(decided) = log.standing.last_allowed(id, None) else {
            return Err(Stop::Request(
                Message::new("error-never-passed").with("change", id),
            ));
        };
        let service = decided.service.to_string();
        let environment = decided.environment.to_string();
        let (_, _, rules) = authorised(&wiring, Some(&service), &environment).await?;
        let now = Moment::new(wiring.now, &rules.config.calendar.zone);
        let route = &rules.config.emergency_route;
        let way = usecases::way_back(wiring.ports(), &log, id, route, now).await?;
        Ok(Self {
            wiring,
            log,
            rules,
            way,
        })
    }

    /// Whether it may be gone. What was decided in time may be reported a day later.
    fn is_open(&self, late: bool) -> bool {
        const REPORTED: i64 = 86_400;
        let now = Moment::new(self.wiring.now, &self.rules.config.calendar.zone);
        let decided = self.way.decided.as_ref().map(|(_, at)| *at);
        match self.way.way {
            Way::Open(_) => true,
            Way::Over(end) => {
                late && decided.is_some_and(|at| at <= end) && now.seconds_since(end) <= REPORTED
            }
            Way::Gone(_) | Way::NoReturn | Way::Overtaken(_) => false,
        }
    }

    /// The number of the declared step that a command is.
    fn step(&self, command: &str) -> Result<usize, Stop> {
        usecases::step_of(&self.way, command).ok_or_else(|| {
            Stop::Request(
                Message::new("error-rollback-step")
                    .with("change", &self.way.change)
                    .with("command", command),
            )
        })
    }

    /// Records the end, and says what is left to do.
    async fn end(&self, output: &Output, acting: &Acting, undone: &Undone) -> Result<Ended, Failure> {
        let recorded = usecases::end_rollback(
            self.wiring.ports(),
            acting.actor(),
            (&self.log, &self.rules),
            (&self.way, undone),
            &self.wiring.spool(),
        )
        .await?;
        let key = match undone.success {
            true => "rollback-ended",
            false => "rollback-ended-failed",
        };
        let ended = self
            .told(
                output,
                &recorded,
                Message::new(key).with("change", &self.way.change),
            )
            .await?;
        if let (true, Some(before)) = (undone.success, &self.way.before) {
            let commit = before.get(..12).unwrap_or(before);
            output.tell(&Message::new("finish-back-to").with("commit", commit));
        }
        if undone.success {
            output.tell(&Message::new("rollback-owes").with("change", &self.way.change));
        }
        Ok(ended)
    }

    /// Says what was recorded, or that it waits.
    async fn told(&self, output: &Output, recorded: &Recorded, done: Message) -> Result<Ended, Failure> {
        match recorded {
            Recorded::Sealed(record) => {
                self.wiring.remember().await?;
                output.tell(&done.with("seq", record.seq));
                Ok(Ended::done())
            }
            Recorded::Waits(number) => {
                output.tell(&Message::new("spool-kept").with("number", number));
                Ok(Ended::waits())
            }
        }
    }
}

fn evidence(args: &RollbackArgs) -> Result<Option<Vec<u8>>, Stop> {
    let evidence = args.evidence.as_deref().map(files::evidence).transpose()?;
    Ok(evidence.map(|evidence| evidence.bytes))
}

/// The scene once somebody has decided; records the decision where there is none yet.
async fn decided(
    global: &Global,
    output: &Output,
    scene: Scene,
    acting: &Acting,
    args: &RollbackArgs,
) -> Result<Scene, Stop> {
    if scene.way.decided.is_some() {
        return Ok(scene);
    }
    let decider = args.decided_by.as_deref().map(PersonKey::from);
    let deciding = Deciding {
        decider: decider.unwrap_or_else(|| acting.person().clone()),
        via: args.channel.clone(),
        evidence: evidence(args)?,
        criteria: args.criterion.clone(),
        not_reached: args
            .not_reached
            .iter()
            .map(|one| PersonKey::from(one.as_str()))
            .collect(),
    };
    let recorded = usecases::decide_rollback(
        scene.wiring.ports(),
        acting.actor(),
        &scene.log,
        (&scene.way, &deciding),
        &scene.wiring.spool(),
    )
    .await?;
    let people = people(Some(&scene.rules.config));
    let done = Message::new("rollback-recorded")
        .with("change", &scene.way.change)
        .with("person", people.name(deciding.decider.as_str()));
    scene.told(output, &recorded, done).await?;
    Scene::open(global, output, &scene.way.change).await
}

fn print(output: &Output, scene: &Scene) {
    let (way, config) = (&scene.way, &scene.rules.config);
    let zone = &config.calendar.zone;
    let (state, at) = match way.way {
        Way::Open(until) => ("open", Some(until)),
        Way::Gone(at) => ("gone", Some(at)),
        Way::NoReturn => ("no_return", None),
        Way::Over(end) => ("over", Some(end)),
        Way::Overtaken(_) => ("overtaken", None),
    };
    let mut plan = way.plan.clone();
    plan.decide_by = plan.decide_by.map(|until| until.shown_in(zone));
    let view = WayBackView {
        change: way.change.clone(),
        title: way.title.clone(),
        service: way.service.clone(),
        environment: way.environment.clone(),
        plan,
        route: way.route.clone(),
        others: way.others.clone(),
        state: state.to_owned(),
        at: at.map(|at| at.shown_in(zone)),
        now: Moment::new(scene.wiring.now, zone),
        decided: way
            .decided
            .clone()
            .map(|(person, at)| (person, at.shown_in(zone))),
        started: way.started.map(|at| at.shown_in(zone)),
        next: next(way),
        people: people(Some(config)),
    };
    output.data(&match output.format {
        Format::Text => page::text(&output.wording, &view, output.look()),
        Format::Markdown => page::markdown(&output.wording, &view),
        Format::Json | Format::Sarif => format!("{:#}", page::json(&view)),
    });
}

/// The command that comes next.
fn next(way: &WayBack) -> Message {
    let about = |key: &str| Message::new(key).with("change", &way.change);
    match &way.way {
        Way::Gone(_) => about("rollback-next-gone"),
        Way::Over(_) => about("rollback-next-over"),
        Way::Overtaken(seq) => about("rollback-next-overtaken").with("seq", seq),
        Way::NoReturn => {
            let fix = way.plan.forward_fix.as_ref();
            let owner = fix
                .and_then(|fix| fix.owner.as_ref())
                .or(way.plan.decider.as_ref());
            about("rollback-next-forward").with("person", owner.map_or("-", PersonKey::as_str))
        }
        Way::Open(_) if way.decided.is_none() => {
            let decider = way.deciders().into_iter().next();
            let decider = decider.or_else(|| way.route.first().cloned());
            about("rollback-next-decide").with("person", decider.as_ref().map_or("-", PersonKey::as_str))
        }
        Way::Open(_) => {
            about("rollback-next-step").with("step", way.plan.steps.first().map_or("-", String::as_str))
        }
    }
}

/// Records that a change will not be carried out.
async fn no_go(
    global: &Global,
    output: &Output,
    args: &RollbackArgs,
    id: &ChangeId,
) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Write).await?;
    let (log, service, rules) = authorised(&wiring, args.service.as_deref(), &args.environment).await?;
    let acting = actor::find(&wiring, &rules.config, global)?;
    let asked = Asked {
        service,
        environment: EnvironmentKey::from(args.environment.as_str()),
        head: wiring.repository.resolve("HEAD")?,
        base: None,
        actor: acting.person().clone(),
        run: run_of(None, &wiring)?,
        rollback_of: None,
    };
    let checking = Checking {
        decider: args.decided_by.as_deref().map(PersonKey::from),
        via: args.channel.clone(),
        evidence: evidence(args)?,
        reason: args.reason.clone(),
    };
    let record = usecases::say_no_go(
        wiring.ports(),
        acting.actor(),
        (&log, &rules),
        (&asked, id),
        &checking,
    )
    .await?;
    wiring.remember().await?;
    output.print(
        &Message::new("no-go-done")
            .with("change", id)
            .with("seq", record.seq),
    );
    Ok(Ended::done())
}
