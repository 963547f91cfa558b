//! Whether a text says something: placeholders, vague steps, criteria that nobody can measure.

use crate::change::{Declaration, Rollback, RollbackChoice};

/// A text without what does not matter for comparing it: case, outer space, outer punctuation.
fn plain(text: &str) -> String {
    text.trim_matches(|c: char| c.is_whitespace() || "。.．、,!！?？…・()()[]「」<>".contains(c))
        .to_lowercase()
}

/// Whether `text` is one of `words`, or starts with one that is followed by a colon.
pub(super) fn is_blank(text: &str, words: &[String]) -> bool {
    let text_plain = plain(text);
    // `-` is all punctuation to some people; compare it as it stands too.
    let as_written = text.trim();
    if text_plain.is_empty() || (as_written.starts_with('<') && as_written.ends_with('>')) {
        return true;
    }
    words.iter().any(|word| {
        let word = word.to_lowercase();
        text_plain == word
            || as_written.to_lowercase() == word
            || text_plain
                .strip_prefix(&word)
                .is_some_and(|rest| rest.starts_with([':', '：']))
    })
}

/// Whether `step` only says that something is put back, in one of the `vague` phrases.
pub(super) fn is_vague_step(step: &str, vague: &[String]) -> bool {
    /// A few characters around the phrase add nothing that somebody could do.
    const AROUND: usize = 8;
    if is_place(step) {
        return false;
    }
    let step = plain(step);
    vague.iter().any(|phrase| {
        let phrase = plain(phrase);
        step.contains(&phrase) && step.chars().count() <= phrase.chars().count() + AROUND
    })
}

/// Whether a text begins with the path of a program, or is an address: its name may say anything.
fn is_place(text: &str) -> bool {
    let text = text.trim_start();
    ["./", "../", "/", "~/", "https://", "http://"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Whether `criterion` holds neither a number nor something that is either seen or not.
pub(super) fn is_vague_criterion(criterion: &str, observations: &[String]) -> bool {
    let text = criterion.to_lowercase();
    let number = text.chars().any(|c| c.is_numeric());
    !number
        && !observations
            .iter()
            .any(|word| text.contains(&word.to_lowercase()))
}

/// The typed texts that may not be placeholders, each with its field.
pub(super) fn texts(typed: &Declaration) -> Vec<(String, &str)> {
    let mut all: Vec<(String, &str)> = Vec::new();
    push(&mut all, "title", typed.title.as_deref());
    push(&mut all, "reason", typed.reason.as_deref());
    push(&mut all, "description", typed.description.as_deref());
    push(&mut all, "procedure", typed.procedure.as_deref());
    push(&mut all, "plan", typed.plan.as_deref());
    push(
        &mut all,
        "verification.done_when",
        typed.verification.done_when.as_deref(),
    );
    push_list(&mut all, "references", &typed.references);
    push_list(&mut all, "impact.functions", &typed.impact.functions);
    push_list(&mut all, "verification.checks", &typed.verification.checks);
    for (index, target) in typed.targets.iter().enumerate() {
        push(
            &mut all,
            &format!("targets[{index}].resource"),
            target.resource.as_deref(),
        );
    }
    for (index, test) in typed.tests.iter().enumerate() {
        push(&mut all, &format!("tests[{index}].what"), Some(&test.what));
    }
    if let Some(RollbackChoice::Stated(plan)) = &typed.rollback {
        rollback_texts(&mut all, plan);
    }
    all
}

fn rollback_texts<'a>(all: &mut Vec<(String, &'a str)>, plan: &'a Rollback) {
    push_list(all, "rollback.steps", &plan.steps);
    push_list(all, "rollback.criteria", &plan.criteria);
    push(all, "rollback.to", plan.to.as_deref());
    push(all, "rollback.data_correction", plan.data_correction.as_deref());
    push(
        all,
        "rollback.point_of_no_return",
        plan.point_of_no_return.as_deref(),
    );
    let fix = plan.forward_fix.as_ref().and_then(|fix| fix.plan.as_deref());
    push(all, "rollback.forward_fix.plan", fix);
    let copy = plan.backup.as_ref().and_then(|copy| copy.reference.as_deref());
    push(all, "rollback.backup.ref", copy);
}

fn push<'a>(all: &mut Vec<(String, &'a str)>, field: &str, text: Option<&'a str>) {
    if let Some(text) = text {
        all.push((field.to_owned(), text));
    }
}

fn push_list<'a>(all: &mut Vec<(String, &'a str)>, field: &str, texts: &'a [String]) {
    for (index, text) in texts.iter().enumerate() {
        all.push((format!("{field}[{index}]"), text));
    }
}
