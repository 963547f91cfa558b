//! The same rule, judged by two machines; and nothing in it that a third would read otherwise.

use std::collections::{BTreeMap, BTreeSet};

use regorus::Value;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::RegoVM;
use serde_json::Value as Json;

use crate::support::rego::{RuleFiles, shipped};

/// The input, and the input without each of its fields.
fn variants(input: &Value) -> Vec<Value> {
    let whole: Json = serde_json::from_str(&input.to_json_str().unwrap()).unwrap();
    let mut all = vec![whole.clone()];
    without(&whole, &mut |part| all.push(part));
    all.iter()
        .map(|json| Value::from_json_str(&json.to_string()).unwrap())
        .collect()
}

/// Calls `found` with every document that lacks one field or element of `json`, or has null there.
fn without(json: &Json, found: &mut dyn FnMut(Json)) {
    match json {
        Json::Object(fields) => {
            for (key, inner) in fields {
                let mut less = fields.clone();
                less.remove(key);
                found(Json::Object(less));
                let mut with = |part: Json| {
                    let mut other = fields.clone();
                    other.insert(key.clone(), part);
                    found(Json::Object(other));
                };
                with(Json::Null);
                without(inner, &mut with);
            }
        }
        Json::Array(items) => {
            for at in 0..items.len() {
                let mut less = items.clone();
                less.remove(at);
                found(Json::Array(less));
                without(&items[at], &mut |part| {
                    let mut other = items.clone();
                    other[at] = part;
                    found(Json::Array(other));
                });
            }
        }
        _ => {}
    }
}

/// What the interpreter says; `None` where it stops with an error.
fn interpreted(engine: &regorus::Engine, rule: &RuleFiles, input: &Value) -> Option<Value> {
    let mut engine = engine.clone();
    engine.set_input(input.clone());
    engine.eval_rule(rule.verdict()).ok()
}

/// Every verdict without its details.
fn answers(verdicts: &Value) -> Vec<(Value, Value)> {
    let all = verdicts.as_set().unwrap().iter();
    all.map(|verdict| (verdict["rule"].clone(), verdict["result"].clone()))
        .collect()
}

fn passes(verdicts: &Value) -> bool {
    let mut all = verdicts.as_set().unwrap().iter();
    all.any(|verdict| verdict["result"] == Value::from("pass"))
}

#[test]
fn interpreter_and_machine_agree_on_every_case_and_on_what_is_left_of_it() {
    let mut compared = 0;
    for rule in shipped() {
        let mut engine = rule.engine(&rule.rule).unwrap();
        let entry = rule.verdict();
        let compiled = engine.compile_with_entrypoint(&entry.as_str().into()).unwrap();
        let program = Compiler::compile_from_policy(&compiled, &[entry.as_str()]).unwrap();
        for (name, _, whole) in rule.cases() {
            for input in variants(&whole) {
                let mut machine = RegoVM::new();
                machine.load_program(program.clone());
                machine.set_data(Value::new_object()).unwrap();
                machine.set_input(input.clone());
                let one = interpreted(&engine, &rule, &input);
                let other = machine.execute().ok();
                let shown = input.to_json_str().unwrap();
                match (one, other) {
                    (Some(one), Some(other)) if input == whole => {
                        assert_eq!(one, other, "{} {name}: {shown}", rule.path);
                    }
                    // With a field missing, a set of details ends early in one of them; the
                    // answer is the same.
                    (Some(one), Some(other)) => {
                        assert_eq!(answers(&one), answers(&other), "{} {name}: {shown}", rule.path);
                    }
                    (None, None) => {}
                    // One of them stops where the other goes on: then nothing may pass.
                    (Some(only), None) | (None, Some(only)) => {
                        assert!(!passes(&only), "{} {name}: {shown}", rule.path);
                    }
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 1_000, "{compared}");
}

/// The forms of expression that plain OPA 1.x has as well.
const FORMS: &[&str] = &[
    "ArithExpr",
    "Array",
    "ArrayCompr",
    "AssignExpr",
    "BinExpr",
    "Bool",
    "BoolExpr",
    "Call",
    "Compr",
    "Default",
    "Every",
    "Expr",
    "False",
    "Func",
    "Membership",
    "Null",
    "Number",
    "Object",
    "ObjectCompr",
    "RefBrack",
    "RefDot",
    "Set",
    "SetCompr",
    "SomeIn",
    "SomeVars",
    "Spec",
    "String",
    "True",
    "UnaryExpr",
    "Var",
];

/// The builtins that OPA 1.x has with the same meaning for the types that rules call them with.
const CALLS: &[&str] = &[
    "array.slice",
    "ceil",
    "concat",
    "contains",
    "count",
    "floor",
    "is_array",
    "is_boolean",
    "is_number",
    "is_object",
    "is_string",
    "lower",
    "max",
    "min",
    "object.get",
    "object.keys",
    "object.union",
    "sort",
    "sprintf",
    "startswith",
    "substring",
    "sum",
    "trim_space",
];

#[derive(Default)]
struct Seen {
    forms: BTreeSet<String>,
    calls: BTreeSet<String>,
    negated: BTreeSet<String>,
}

impl Seen {
    fn visit(&mut self, node: &Json, negated: bool) {
        match node {
            Json::Array(items) => items.iter().for_each(|item| self.visit(item, negated)),
            Json::Object(fields) => {
                for (form, body) in fields {
                    let variant = form.starts_with(|c: char| c.is_ascii_uppercase());
                    if variant {
                        self.forms.insert(form.clone());
                    }
                    if form == "Call" {
                        let name = called(&body["fcn"]);
                        if negated {
                            self.negated.insert(name.clone());
                        }
                        self.calls.insert(name);
                    }
                    self.visit(body, negated || form == "NotExpr");
                }
            }
            _ => {}
        }
    }
}

/// `object.get`, from its tree.
fn called(node: &Json) -> String {
    match node.as_object().and_then(|fields| fields.iter().next()) {
        Some((form, body)) if form == "Var" => body["value"].as_str().unwrap().to_owned(),
        Some((form, body)) if form == "RefDot" => {
            format!("{}.{}", called(&body["refr"]), body["field"][1].as_str().unwrap())
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn rules_say_only_what_plain_opa_understands() {
    let mut wrong = BTreeMap::new();
    for rule in shipped() {
        let mut engine = regorus::Engine::new();
        engine.add_policy(rule.path.clone(), rule.rule.clone()).unwrap();
        let tree: Json = serde_json::from_str(&engine.get_ast_as_json().unwrap()).unwrap();
        let module = &tree[0]["ast"];
        let own: BTreeSet<String> = rule
            .rule
            .lines()
            .filter_map(|line| line.split_once('('))
            .map(|(name, _)| name.to_owned())
            .collect();
        let mut seen = Seen::default();
        seen.visit(&module["rules"], false);
        let forms = seen
            .forms
            .iter()
            .filter(|form| *form != "NotExpr" && !FORMS.contains(&form.as_str()));
        let calls = seen
            .calls
            .iter()
            .filter(|name| !own.contains(*name) && !CALLS.contains(&name.as_str()));
        // A call that fails is an error here and undefined in OPA, where `not` makes it true.
        let negated = seen.negated.iter().filter(|name| !own.contains(*name));
        let all: Vec<&String> = forms.chain(calls).chain(negated).collect();
        if !all.is_empty() {
            wrong.insert(rule.path.clone(), all.into_iter().cloned().collect::<Vec<_>>());
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
