//! Templates are judged once, as the changes that they would make.

use super::bundle::Bundle;
use super::{Finding, NotJudged, asking, invariants};
use crate::dossier::{Change, Dossier};

/// What is found in the templates of a dossier; fields are places in the configuration.
///
/// # Errors
/// [`NotJudged`] when a rule has no proper verdict.
pub fn judge_templates(bundle: &Bundle, dossier: &Dossier) -> Result<Vec<Finding>, NotJudged> {
    let mut findings = invariants::of_templates(dossier);
    findings.extend(asking::templates(bundle, dossier)?);
    for finding in &mut findings {
        let about = dossier
            .templates
            .iter()
            .find(|one| Some(&one.id) == finding.change.as_ref());
        finding.field = about.map(|template| place(template, finding.field.as_deref()));
        // It is nobody's change yet.
        finding.change = None;
    }
    findings.sort_by(|a, b| {
        (std::cmp::Reverse(a.effect), &a.code, &a.field).cmp(&(
            std::cmp::Reverse(b.effect),
            &b.code,
            &b.field,
        ))
    });
    Ok(findings)
}

/// Where a field of the change stands: in the named plan, or in the template itself.
fn place(template: &Change, field: Option<&str>) -> String {
    let about = &template.facts.template;
    let own = format!("templates.{}", about.name);
    match field {
        Some(field) if !about.plan.is_empty() && field.starts_with("rollback.") => {
            let inside = field.trim_start_matches("rollback.");
            format!("rollback_plans.{}.{inside}", about.plan)
        }
        Some(field) => format!("{own}.{field}"),
        None => own,
    }
}
