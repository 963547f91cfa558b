//! What a rule file may say; checked before it is ever run.

use super::BundleError;
use super::program::Program;
use super::reads::Reads;
use super::rule::Rule;
use super::syntax::{Names, written};
use super::{metadata, shape};
use crate::change::Message;

/// What rules may call. Everything here is a function of its arguments; what reads a clock, a
/// network or chance, prints, or makes something huge from something small is not here.
const CALLS: &[&str] = &[
    "abs",
    "all",
    "any",
    "array.concat",
    "array.reverse",
    "array.slice",
    "ceil",
    "concat",
    "contains",
    "count",
    "endswith",
    "floor",
    "format_int",
    "glob.match",
    "indexof",
    "indexof_n",
    "intersection",
    "is_array",
    "is_boolean",
    "is_null",
    "is_number",
    "is_object",
    "is_set",
    "is_string",
    "json.filter",
    "json.remove",
    "lower",
    "max",
    "min",
    "object.filter",
    "object.get",
    "object.keys",
    "object.remove",
    "object.subset",
    "object.union",
    "product",
    "regex.is_valid",
    "regex.match",
    "regex.split",
    "replace",
    "round",
    "semver.compare",
    "semver.is_valid",
    "sort",
    "split",
    "sprintf",
    "startswith",
    "strings.any_prefix_match",
    "strings.any_suffix_match",
    "strings.count",
    "strings.reverse",
    "substring",
    "sum",
    "time.add_date",
    "time.clock",
    "time.date",
    "time.diff",
    "time.parse_duration_ns",
    "time.parse_rfc3339_ns",
    "time.weekday",
    "to_number",
    "trim",
    "trim_left",
    "trim_prefix",
    "trim_right",
    "trim_space",
    "trim_suffix",
    "type_name",
    "union",
    "units.parse",
    "units.parse_bytes",
    "upper",
];

/// A rule that keeps the contract, ready to run.
#[derive(Clone)]
pub(crate) struct Checked {
    pub(crate) rule: Rule,
    pub(crate) program: Program,
    pub(crate) reads: Reads,
}

/// Reads and compiles a file of this release. It was checked when the list of what rules read
/// was written; where the list does not know exactly this text, it is checked now.
///
/// # Errors
/// Those of [`check`].
pub(crate) fn shipped(path: &str, source: &str) -> Result<Checked, BundleError> {
    let Some((package, reads)) = Reads::listed(path, source) else {
        return check(path, source, false);
    };
    let mut program = Program::read(path, source)?;
    let rule = metadata::rule(path, source, package.clone(), false)?;
    program.compile(path, &format!("data.{package}.verdict"))?;
    Ok(Checked { rule, program, reads })
}

/// Reads, checks and compiles a rule file.
///
/// # Errors
/// [`BundleError::File`], at the first breach of the contract.
pub(crate) fn check(path: &str, source: &str, house: bool) -> Result<Checked, BundleError> {
    let (mut program, names) = Program::parse(path, source)?;
    let rule = metadata::rule(path, source, names.package.clone(), house)?;
    package(path, &rule, &names, house)?;
    alone(path, &names)?;
    calls(path, &names)?;
    inputs(path, &rule, &names)?;
    if !names.verdict_is_set {
        return Err(BundleError::file(path, Message::new("policy-verdict")));
    }
    program.compile(path, &format!("data.{}.verdict", names.package))?;
    Ok(Checked {
        rule,
        program,
        reads: Reads::of(&names),
    })
}

/// A shipped rule's package is its path; a house rule's begins with `house.`.
fn package(path: &str, rule: &Rule, names: &Names, house: bool) -> Result<(), BundleError> {
    let fits = match house {
        true => names.package.starts_with("house."),
        false => {
            let file = format!("policies/{}/{}.rego", rule.group, rule.name);
            path == file && names.package == format!("sekisho.{}.{}", rule.group, rule.name.replace('-', "_"))
        }
    };
    let wrong = || {
        BundleError::file(
            path,
            Message::new("policy-package").with("package", &names.package),
        )
    };
    fits.then_some(()).ok_or_else(wrong)
}

/// A rule imports nothing, reads no data and replaces neither input nor data.
fn alone(path: &str, names: &Names) -> Result<(), BundleError> {
    let foreign = names.imports.iter().find(|(import, _)| import != "rego.v1");
    let foreign = foreign.map(|(name, line)| (name, *line));
    let data = names.data.iter().map(|(name, line)| (name, *line)).next();
    if let Some((name, line)) = foreign.or(data) {
        return Err(BundleError::line(
            path,
            line,
            Message::new("policy-data").with("reference", name),
        ));
    }
    match names.with.first() {
        Some(&line) => Err(BundleError::line(path, line, Message::new("policy-with"))),
        None => Ok(()),
    }
}

/// Only functions of its own and those of the list.
fn calls(path: &str, names: &Names) -> Result<(), BundleError> {
    let unknown = names
        .calls
        .iter()
        .find(|(name, _)| !names.rules.contains_key(*name) && !CALLS.contains(&name.as_str()));
    match unknown {
        Some((name, &line)) => Err(BundleError::line(
            path,
            line,
            Message::new("policy-call").with("name", name),
        )),
        None => Ok(()),
    }
}

/// Every reference leads somewhere, and none stands under `not`, where nothing reads as true.
fn inputs(path: &str, rule: &Rule, names: &Names) -> Result<(), BundleError> {
    if let Some((reference, &line)) = names.negated.iter().next() {
        let message = Message::new("policy-negated").with("path", written(reference));
        return Err(BundleError::line(path, line, message));
    }
    let shape = shape::of(rule.scope, &rule.parameters.defaults);
    match names
        .inputs
        .iter()
        .find(|(reference, _)| !shape::known(&shape, reference))
    {
        Some((reference, &line)) => {
            let message = Message::new("policy-input").with("path", written(reference));
            Err(BundleError::line(path, line, message))
        }
        None => Ok(()),
    }
}
