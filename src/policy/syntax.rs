//! What a Rego file names: rules, calls and references, read from its syntax tree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A reference below `input`: keys, and `[]` for any element.
pub(crate) type Path = Vec<String>;

/// The step from a list to its elements.
pub(crate) const ITEM: &str = "[]";

/// Calls that look at the kind and the length of what they are given, and not into it.
const MEASURES: &[&str] = &["count", "is_array"];

/// What one file names, with the line of the first place.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    /// Its package, dotted.
    pub(crate) package: String,
    /// Imports, dotted.
    pub(crate) imports: Vec<(String, u32)>,
    /// Names of rules and functions; references with more than one step are dotted.
    pub(crate) rules: BTreeMap<String, u32>,
    /// Whether `verdict` is written as a set, and only so.
    pub(crate) verdict_is_set: bool,
    /// Calls, dotted.
    pub(crate) calls: BTreeMap<String, u32>,
    /// References below `input`, also those through a name that stands for one.
    pub(crate) inputs: BTreeMap<Path, u32>,
    /// Those of them that stand elsewhere than under a call of [`MEASURES`].
    pub(crate) whole: BTreeSet<Path>,
    /// References below `input` under a `not`.
    pub(crate) negated: BTreeMap<Path, u32>,
    /// References below `data`, dotted.
    pub(crate) data: BTreeMap<String, u32>,
    /// Lines that replace `input` or `data` by `with`.
    pub(crate) with: BTreeSet<u32>,
}

/// A reference taken apart.
struct Chain<'a> {
    root: &'a str,
    steps: Path,
    line: u32,
}

/// The names of the only file in `ast` (JSON of the syntax tree); `None` when it is not shaped
/// as expected.
pub(crate) fn names(ast: &str) -> Option<Names> {
    let tree: Value = serde_json::from_str(ast).ok()?;
    let file = tree.get(0)?;
    let source = file.pointer("/source/contents")?.as_str()?;
    let module = file.get("ast")?;
    let mut names = Names {
        package: dotted(&chain(module.pointer("/package/refr")?)?),
        verdict_is_set: true,
        ..Names::default()
    };
    for import in module.get("imports")?.as_array()? {
        let reference = chain(import.get("refr")?)?;
        names.imports.push((dotted(&reference), reference.line));
    }
    for rule in module.get("rules")?.as_array()? {
        head(rule, &mut names)?;
        // Names are bound anywhere in a rule, also after their use in a comprehension.
        let mut bound = BTreeMap::new();
        for _ in 0..3 {
            bind(rule, source, &mut bound);
        }
        let mut walk = Walk {
            bound: &bound,
            names: &mut names,
        };
        walk.visit(rule, false);
    }
    if MEASURES.iter().any(|name| names.rules.contains_key(*name)) {
        // Here the name is the file's own, for something else.
        names.whole = names.inputs.keys().cloned().collect();
    }
    names.verdict_is_set &= names.rules.contains_key("verdict");
    Some(names)
}

/// Notes the name that a rule defines.
fn head(rule: &Value, names: &mut Names) -> Option<()> {
    let (refr, set) = match rule.get("Spec") {
        Some(spec) => {
            let (form, head) = spec.get("head")?.as_object()?.iter().next()?;
            (head.get("refr")?, form == "Set")
        }
        None => (rule.pointer("/Default/refr")?, false),
    };
    let reference = chain(refr)?;
    let name = dotted(&reference);
    if reference.root == "verdict" && !(set && reference.steps.is_empty()) {
        names.verdict_is_set = false;
    }
    names.rules.entry(name).or_insert(reference.line);
    Some(())
}

/// Takes `a.b["c"][d]` apart; `None` for an expression that is no reference.
fn chain(expression: &Value) -> Option<Chain<'_>> {
    let mut steps = Vec::new();
    let mut here = expression;
    loop {
        let (form, body) = here.as_object()?.iter().next()?;
        match form.as_str() {
            "Var" => {
                steps.reverse();
                let line = u32::try_from(body.pointer("/span/line")?.as_u64()?).ok()?;
                return Some(Chain {
                    root: body.get("value")?.as_str()?,
                    steps,
                    line,
                });
            }
            "RefDot" => steps.push(body.pointer("/field/1")?.as_str()?.to_owned()),
            "RefBrack" => {
                let index = body.get("index")?;
                let literal = index
                    .pointer("/String/value")
                    .or_else(|| index.pointer("/RawString/value"));
                steps.push(literal.and_then(Value::as_str).unwrap_or(ITEM).to_owned());
            }
            _ => return None,
        }
        here = body.get("refr")?;
    }
}

/// `data.a.b`, up to the first step that is not written down.
fn dotted(chain: &Chain<'_>) -> String {
    let known = chain.steps.iter().take_while(|step| *step != ITEM);
    known.fold(chain.root.to_owned(), |text, step| format!("{text}.{step}"))
}

/// The path below `input` that a reference stands for, through bound names.
fn below_input(chain: &Chain<'_>, bound: &BTreeMap<String, Path>) -> Option<Path> {
    let mut path = match chain.root {
        "input" => Path::new(),
        name => bound.get(name)?.clone(),
    };
    path.extend(chain.steps.iter().cloned());
    Some(path)
}

/// Notes which names stand for something below `input`.
fn bind(node: &Value, source: &str, bound: &mut BTreeMap<String, Path>) {
    let Value::Object(fields) = node else {
        if let Value::Array(items) = node {
            items.iter().for_each(|item| bind(item, source, bound));
        }
        return;
    };
    for (form, body) in fields {
        let pair = match form.as_str() {
            "SomeIn" => body
                .pointer("/value/Var/value")
                .and_then(Value::as_str)
                .zip(body.get("collection")),
            "Every" => every_name(body, source).zip(body.get("domain")),
            "AssignExpr" => body
                .pointer("/lhs/Var/value")
                .and_then(Value::as_str)
                .zip(body.get("rhs")),
            _ => None,
        };
        if let Some((name, from)) = pair
            && let Some(mut path) = chain(from).and_then(|reference| below_input(&reference, bound))
        {
            if form != "AssignExpr" {
                path.push(ITEM.to_owned());
            }
            bound.entry(name.to_owned()).or_insert(path);
        }
        bind(body, source, bound);
    }
}

/// The name of an element in `every NAME in …`, which the tree holds as a place only.
fn every_name<'a>(body: &Value, source: &'a str) -> Option<&'a str> {
    let place = |edge: &str| usize::try_from(body.pointer(edge)?.as_u64()?).ok();
    source.get(place("/value/start")?..place("/value/end")?)
}

/// Collects what one rule refers to.
struct Walk<'a> {
    bound: &'a BTreeMap<String, Path>,
    names: &'a mut Names,
}

impl Walk<'_> {
    fn visit(&mut self, node: &Value, negated: bool) {
        match node {
            Value::Array(items) => items.iter().for_each(|item| self.visit(item, negated)),
            Value::Object(fields) => {
                for (form, body) in fields {
                    self.form(form, body, node, negated);
                }
            }
            _ => {}
        }
    }

    fn form(&mut self, form: &str, body: &Value, node: &Value, negated: bool) {
        match form {
            "NotExpr" => self.visit(body, true),
            "Var" | "RefDot" | "RefBrack" => self.reference(node, negated, false),
            "Call" => {
                if let Some(called) = body.get("fcn").and_then(chain) {
                    self.names.calls.entry(dotted(&called)).or_insert(called.line);
                }
                match body.get("params").and_then(Value::as_array).map(Vec::as_slice) {
                    Some([only]) if measures(body) && chain(only).is_some() => {
                        self.reference(only, negated, true);
                    }
                    Some(values) => values.iter().for_each(|value| self.visit(value, negated)),
                    None => {}
                }
            }
            "with_mods" => {
                let lines = body.as_array().into_iter().flatten();
                let lines = lines.filter_map(|m| u32::try_from(m.pointer("/span/line")?.as_u64()?).ok());
                self.names.with.extend(lines);
                self.visit(body, negated);
            }
            _ => self.visit(body, negated),
        }
    }

    fn reference(&mut self, node: &Value, negated: bool, measured: bool) {
        if let Some(reference) = chain(node) {
            if reference.root == "data" {
                self.names
                    .data
                    .entry(dotted(&reference))
                    .or_insert(reference.line);
            } else if let Some(path) = below_input(&reference, self.bound) {
                if negated {
                    self.names.negated.entry(path.clone()).or_insert(reference.line);
                }
                if !measured {
                    self.names.whole.insert(path.clone());
                }
                self.names.inputs.entry(path).or_insert(reference.line);
            }
        }
        // What stands in brackets is a reference of its own, and so is what a call returned.
        let mut here = node;
        while let Some(body) = here.get("RefDot").or_else(|| here.get("RefBrack")) {
            if let Some(index) = body.get("index") {
                self.visit(index, negated);
            }
            let Some(next) = body.get("refr") else { return };
            here = next;
        }
        if here.get("Var").is_none() {
            self.visit(here, negated);
        }
    }
}

/// Whether a call is of [`MEASURES`].
fn measures(call: &Value) -> bool {
    let called = call.get("fcn").and_then(chain);
    called.is_some_and(|called| MEASURES.contains(&dotted(&called).as_str()))
}

/// `change.approvals[].person`, as people read a path.
pub(crate) fn written(path: &[String]) -> String {
    path.iter().fold(String::new(), |mut text, step| {
        if step != ITEM && !text.is_empty() {
            text.push('.');
        }
        text + step
    })
}
