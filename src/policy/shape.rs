//! The shape of a rule's input: one document in which every field is filled in.

use serde_json::{Map, Value, json};

use super::rule::Scope;
use super::sample::full_dossier;
use super::syntax::{ITEM, Path};
use crate::dossier::{Change, Dossier};

/// The input of one rule for one change, or for the deployment when `change` is none.
pub(crate) fn input(dossier: &Dossier, change: Option<&Change>, params: &Map<String, Value>) -> Value {
    let mut input = common(dossier);
    input.insert("params".to_owned(), params.clone().into());
    match change {
        Some(change) => input.insert("change".to_owned(), json!(change)),
        None => input.insert("changes".to_owned(), json!(dossier.changes)),
    };
    input.into()
}

/// What every input for this dossier has, whichever rule and change it is for.
pub(crate) fn common(dossier: &Dossier) -> Map<String, Value> {
    let fields = [
        ("at", json!(dossier.at)),
        ("request", json!(dossier.request)),
        ("profile", json!(dossier.profile)),
        ("log", json!(dossier.log)),
        ("standing", json!(dossier.standing)),
        ("coverage", json!(dossier.coverage)),
    ];
    fields
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Whether `path` leads somewhere in the input of a rule with these parameters. Below an empty
/// map (a declaration, whose fields differ by type of change) everything leads somewhere.
pub(crate) fn known(shape: &Value, path: &Path) -> bool {
    let mut here = shape;
    for step in path {
        here = match here {
            Value::Object(fields) if fields.is_empty() => return true,
            Value::Object(_) if step == ITEM => return true,
            Value::Object(fields) => match fields.get(step) {
                Some(next) => next,
                None => return false,
            },
            Value::Array(items) if step == ITEM || step.parse::<usize>().is_ok() => match items.first() {
                Some(next) => next,
                None => return true,
            },
            _ => return false,
        };
    }
    !path.is_empty()
}

/// The full input of a rule with these parameters.
pub(crate) fn of(scope: Scope, params: &Map<String, Value>) -> Value {
    let dossier = full_dossier();
    let change = match scope {
        Scope::Change => dossier.changes.first(),
        Scope::Deployment => None,
    };
    input(&dossier, change, params)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tells_a_field_from_a_misspelt_one() {
        let params = json!({"limit": 3}).as_object().cloned().unwrap();
        let shape = of(Scope::Change, &params);
        let path = |text: &str| text.split('.').map(str::to_owned).collect::<Path>();
        for right in [
            "at",
            "change.approvals.[].person",
            "change.facts.freezes.[].areas.[]",
            "change.declaration.rollback.anything",
            "standing.obligations.[].change",
            "log.verified",
            "request.rollback_of",
            "params.limit",
        ] {
            assert!(known(&shape, &path(right)), "{right}");
        }
        for wrong in [
            "change.aprovals",
            "change.approvals.person",
            "changes",
            "params.limits",
            "at.year",
            "data",
            "log.signed",
        ] {
            assert!(!known(&shape, &path(wrong)), "{wrong}");
        }
        assert!(known(&of(Scope::Deployment, &params), &path("changes.[].id")));
        assert!(!known(&shape, &Path::new()));
    }
}
