//! What a declaration starts from: a template of `sekisho.yml`, a shipped one, or nothing.

use sekisho::change::Message;
use sekisho::change::text::declaration::Draft;
use sekisho::config::Config;
use sekisho::usecases::{InForce, SHIPPED_TEMPLATES, Stop, shipped_template};

use crate::cli::args::{DeclareArgs, Global};
use crate::cli::exit::{Ended, Failure};
use crate::cli::files;
use crate::cli::gate::open;
use crate::cli::output::Output;
use crate::wire::Access;

/// The draft that `--from` names. A template of the repository wins over a shipped one of its name.
pub(super) fn start(output: &Output, args: &DeclareArgs, rules: &InForce) -> Result<Draft, Stop> {
    let Some(name) = &args.from else {
        return Ok(Draft::default());
    };
    let own = || rules.config.templates.iter().any(|(key, _)| key.as_str() == name);
    if own() {
        let mut draft = Draft::default();
        draft.set("template", name.as_str().into());
        return Ok(draft);
    }
    let text =
        shipped_template(name, output.wording.language()).ok_or_else(|| unknown(name, &rules.config))?;
    Draft::read(text).map_err(|_| unknown(name, &rules.config))
}

fn unknown(name: &str, config: &Config) -> Stop {
    let own = config.templates.iter().map(|(key, _)| key.as_str());
    let known: Vec<&str> = own.chain(SHIPPED_TEMPLATES.iter().copied()).collect();
    Stop::Request(
        Message::new("error-unknown-template")
            .with("name", name)
            .with("known", known.join(", ")),
    )
}

/// Prints the name of each template and what it is for; those of the repository first.
pub(super) async fn list(global: &Global, output: &Output) -> Result<Ended, Failure> {
    let wiring = open(global, output, Access::Read).await?;
    let top = files::work_tree(&wiring)?;
    let mut lines: Vec<(String, String)> = Vec::new();
    // Without a configuration there are the shipped ones; a wrong one is said.
    match files::work_tree_rules(&wiring, &top) {
        Ok(rules) => {
            for (key, template) in &rules.config.templates {
                let about = Message::new("template-own").with("paths", template.paths.join(" "));
                lines.push((key.to_string(), output.say(&about)));
            }
        }
        Err(Stop::Request(_)) => {}
        Err(stop) => return Err(stop),
    }
    for name in SHIPPED_TEMPLATES {
        if !lines.iter().any(|(known, _)| known == name) {
            lines.push((
                (*name).to_owned(),
                output.wording.label(&format!("template-{name}")),
            ));
        }
    }
    let width = lines
        .iter()
        .map(|(name, _)| name.chars().count())
        .max()
        .unwrap_or(0);
    for (name, about) in lines {
        output.data(&format!("{:width$}  {about}", sekisho::report::harmless(&name)));
    }
    output.tell(&Message::new("declare-list-next"));
    Ok(Ended::done())
}
