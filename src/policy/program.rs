//! One Rego file, compiled, in an engine of its own: no rule sees another.

use std::num::{NonZeroU32, NonZeroUsize};
use std::sync::Arc;
use std::time::Duration;

use regorus::languages::rego::compiler::Compiler;
use regorus::utils::limits::ExecutionTimerConfig;
use regorus::{Engine, LimitError, PolicyLengthConfig};
use serde::Deserialize as _;
use serde_json::Value;

use super::BundleError;
use super::syntax::{self, Names};
use crate::change::Message;

/// How long one rule may take over one change.
pub(crate) const TIME_LIMIT: Duration = Duration::from_secs(2);

/// How big a rule file may be, in bytes.
pub(crate) const SIZE_LIMIT: usize = 64 * 1024;

/// What would make a judgement differ from its replay, with the number of arguments. They
/// are not in the list of what rules may call either; this is the second lock.
const SEALED: &[(&str, u8)] = &[
    ("time.now_ns", 0),
    ("rand.intn", 2),
    ("uuid.rfc4122", 1),
    ("uuid.parse", 1),
    ("opa.runtime", 0),
    ("http.send", 1),
    ("net.lookup_ip_addr", 1),
    ("net.cidr_contains", 2),
    ("net.cidr_expand", 1),
    ("net.cidr_is_valid", 1),
    ("numbers.range", 2),
    ("numbers.range_step", 3),
];

/// Why a program gave no value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RunFault {
    /// Nothing was defined.
    Undefined,
    /// It took longer than [`TIME_LIMIT`].
    TimedOut,
    /// It failed, in the engine's words.
    Failed(String),
}

/// A compiled file, or a rule with its tests.
#[derive(Clone)]
pub(crate) struct Program {
    engine: Engine,
}

impl Program {
    /// Reads a file and takes its names apart.
    pub(crate) fn parse(path: &str, source: &str) -> Result<(Self, Names), BundleError> {
        let program = Self::read(path, source)?;
        let unreadable = |error: &dyn std::fmt::Display| unreadable(path, error);
        let tree = program
            .engine
            .get_ast_as_json()
            .map_err(|error| unreadable(&error))?;
        let names = syntax::names(&tree).ok_or_else(|| unreadable(&"syntax tree"))?;
        Ok((program, names))
    }

    /// Reads a file.
    pub(crate) fn read(path: &str, source: &str) -> Result<Self, BundleError> {
        if source.len() > SIZE_LIMIT {
            return Err(BundleError::file(
                path,
                Message::new("policy-too-large").with("limit", SIZE_LIMIT),
            ));
        }
        let mut program = Self { engine: engine() };
        program
            .engine
            .add_policy(path.to_owned(), source.to_owned())
            .map_err(|error| unreadable(path, &error))?;
        Ok(program)
    }

    /// The same program with one more file.
    pub(crate) fn with(mut self, path: &str, source: &str) -> Result<Self, BundleError> {
        match self.engine.add_policy(path.to_owned(), source.to_owned()) {
            Ok(_) => Ok(self),
            Err(error) => Err(unreadable(path, &error)),
        }
    }

    /// Compiles everything that `rule` (`data.package.name`) reaches, which finds unknown
    /// functions and unsafe variables, and makes the program ready to run.
    pub(crate) fn compile(&mut self, path: &str, rule: &str) -> Result<(), BundleError> {
        let wrong = |error: &dyn std::fmt::Display| {
            BundleError::file(path, Message::new("policy-compile").with("error", error))
        };
        let entry: Arc<str> = rule.into();
        let compiled = self
            .engine
            .compile_with_entrypoint(&entry)
            .map_err(|error| wrong(&error))?;
        Compiler::compile_from_policy(&compiled, &[rule]).map_err(|error| wrong(&error))?;
        for &(name, arguments) in SEALED {
            let sealed = move |_: Vec<regorus::Value>| {
                Err(std::io::Error::other(format!("{name} is not available to rules")).into())
            };
            self.engine
                .add_extension(name.to_owned(), arguments, Box::new(sealed))
                .map_err(|error| wrong(&error))?;
        }
        Ok(())
    }

    /// The value of `rule` for `input`.
    pub(crate) fn run(&self, rule: &str, input: &Value) -> Result<Value, RunFault> {
        self.clone().run_here(rule, input)
    }

    /// As [`Self::run`], noting the lines that were reached.
    pub(crate) fn run_here(&mut self, rule: &str, input: &Value) -> Result<Value, RunFault> {
        let input = regorus::Value::deserialize(input).map_err(|e| RunFault::Failed(e.to_string()))?;
        self.engine.set_input(input);
        let value = self.engine.eval_rule(rule.to_owned()).map_err(|error| {
            match error.downcast_ref::<LimitError>() {
                Some(LimitError::TimeLimitExceeded { .. }) => RunFault::TimedOut,
                _ => RunFault::Failed(error.to_string()),
            }
        })?;
        if value == regorus::Value::Undefined {
            return Err(RunFault::Undefined);
        }
        let json = value.to_json_str().map_err(|e| RunFault::Failed(e.to_string()))?;
        serde_json::from_str(&json).map_err(|e| RunFault::Failed(e.to_string()))
    }

    /// Starts noting lines.
    pub(crate) fn watch_lines(&mut self) {
        self.engine.set_enable_coverage(true);
    }

    /// The lines of `path` that were reached, and those that were not.
    pub(crate) fn lines(&self, path: &str) -> (Vec<u32>, Vec<u32>) {
        let report = self.engine.get_coverage_report().unwrap_or_default();
        let file = report.files.into_iter().find(|file| file.path == path);
        file.map_or_else(Default::default, |file| {
            (
                file.covered.into_iter().collect(),
                file.not_covered.into_iter().collect(),
            )
        })
    }
}

fn unreadable(path: &str, error: &dyn std::fmt::Display) -> BundleError {
    BundleError::file(path, Message::new("policy-unreadable").with("error", error))
}

/// An engine without data, with limits.
fn engine() -> Engine {
    let mut engine = Engine::new();
    engine.set_execution_timer_config(ExecutionTimerConfig {
        limit: TIME_LIMIT,
        check_interval: NonZeroU32::MIN,
    });
    let most = |n: usize| NonZeroUsize::new(n).unwrap_or(NonZeroUsize::MIN);
    engine.set_policy_length_config(PolicyLengthConfig {
        max_col: NonZeroU32::new(1024).unwrap_or(NonZeroU32::MIN),
        max_file_bytes: most(SIZE_LIMIT),
        max_lines: most(2_000),
    });
    engine.set_strict_builtin_errors(true);
    engine
}
