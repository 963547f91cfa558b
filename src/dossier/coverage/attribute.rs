//! Steps in, stretches out: looks at neighbours once every step has been judged alone.

use std::ops::Range;

use super::approved::Looking;
use super::line::Line;
use super::source::Found;
use super::{Approved, Attribution, Ground, Source, StepCommit, Stretch};
use crate::change::{ChangeId, Digest, ServiceKey};
use crate::dossier::{Uncovered, UncoveredReason};

/// Attributes `steps` (oldest first, each the child of the one before) to changes, as `service`
/// sees them. `content` computes the digest of a stretch: the difference between
/// `parent_of_first` and `last`, the files of `without` left out. It is asked only where
/// `approved` has something to compare with.
///
/// # Errors
/// Those of `content`.
pub fn attribute<E>(
    ground: &Ground,
    service: &ServiceKey,
    steps: &[StepCommit],
    approved: &Approved,
    content: impl FnMut(&Stretch) -> Result<Digest, E>,
) -> Result<Attribution, E> {
    let mut line = Line::new(ground, service, steps);
    let mut looking = Looking::new(approved, content);
    for declared in [true, false] {
        for at in 0..steps.len() {
            if let Some(source) = line
                .open_source(at)
                .filter(|s| matches!(s, Source::Declared(_)) == declared)
            {
                settle(&mut line, &mut looking, at, &source)?;
            }
        }
    }
    Ok(count(ground, steps, line))
}

/// Makes units of the run that begins at `at`: whole where its content was approved or nothing
/// is known, else in approved pieces, and what is left reaches for its neighbours.
fn settle<E, F>(
    line: &mut Line<'_>,
    looking: &mut Looking<'_, F>,
    at: usize,
    source: &Source,
) -> Result<(), E>
where
    F: FnMut(&Stretch) -> Result<Digest, E>,
{
    let run = line.run(at, source);
    if !line.divisible(at) || !looking.worthwhile(source) || approves(line, looking, &run, source)? {
        line.take(run, source);
        return Ok(());
    }
    for piece in pieces(line, looking, &run, source)? {
        line.take(piece, source);
    }
    let mut rest = run.start;
    while rest < run.end {
        if line.open_source(rest).as_ref() != Some(source) {
            rest += 1;
            continue;
        }
        let part = line.run(rest, source);
        rest = part.end;
        let part = reach(line, looking, &part, source)?.unwrap_or(part);
        line.take(part, source);
    }
    Ok(())
}

/// The parts of `run` whose own content was approved, the longest first from the left.
fn pieces<E, F>(
    line: &Line<'_>,
    looking: &mut Looking<'_, F>,
    run: &Range<usize>,
    source: &Source,
) -> Result<Vec<Range<usize>>, E>
where
    F: FnMut(&Stretch) -> Result<Digest, E>,
{
    let mut found = Vec::new();
    let mut start = run.start;
    while start < run.end {
        let mut next = start + 1;
        if line.open_source(start).is_some() {
            let longest = run.end.min(start + Line::REACH);
            for end in (start + 1..=longest).rev() {
                let piece = start..end;
                if piece != *run
                    && line.open_source(end - 1).is_some()
                    && approves(line, looking, &piece, source)?
                {
                    next = end;
                    found.push(piece);
                    break;
                }
            }
        }
        start = next;
    }
    Ok(found)
}

/// The shortest approved range around `part`, over neighbours that say nothing themselves: a
/// branch that was rebased, of which not every commit names the change.
fn reach<E, F>(
    line: &Line<'_>,
    looking: &mut Looking<'_, F>,
    part: &Range<usize>,
    source: &Source,
) -> Result<Option<Range<usize>>, E>
where
    F: FnMut(&Stretch) -> Result<Digest, E>,
{
    let (before, after) = line.silent_around(part, source);
    for more in 1..=before + after {
        for left in more.saturating_sub(after)..=more.min(before) {
            let wider = part.start - left..part.end + (more - left);
            if approves(line, looking, &wider, source)? {
                return Ok(Some(wider));
            }
        }
    }
    Ok(None)
}

fn approves<E, F>(
    line: &Line<'_>,
    looking: &mut Looking<'_, F>,
    range: &Range<usize>,
    source: &Source,
) -> Result<bool, E>
where
    F: FnMut(&Stretch) -> Result<Digest, E>,
{
    match line.stretch(range, source) {
        Some(stretch) => looking.approves(&stretch),
        None => Ok(false),
    }
}

/// Counts every step once.
fn count(ground: &Ground, steps: &[StepCommit], line: Line<'_>) -> Attribution {
    let mut attribution = Attribution::default();
    attribution.coverage.steps = steps.len() as u64;
    let (found, units) = line.into_parts();
    let mut inside = vec![None; steps.len()];
    for (place, unit) in units.iter().enumerate() {
        inside
            .iter_mut()
            .take(unit.range.end)
            .skip(unit.range.start)
            .for_each(|slot| *slot = Some(place));
    }
    let mut stretches: Vec<(Stretch, bool)> = units
        .into_iter()
        .map(|unit| {
            let own = steps.get(unit.range).unwrap_or_default();
            let deployed = own
                .iter()
                .flat_map(|step| &step.files)
                .any(|file| !ground.declares_file(file));
            (unit.stretch, deployed)
        })
        .collect();
    for ((at, step), (own, inside)) in steps.iter().enumerate().zip(found.iter().zip(&inside)) {
        let home = inside.and_then(|place| stretches.get_mut(place));
        let counts = &mut attribution.coverage;
        match (own, home) {
            (Found::Empty, _) => counts.empty += 1,
            (Found::Elsewhere, _) => counts.elsewhere += 1,
            (_, Some((stretch, true))) => {
                counts.covered += 1;
                stretch.steps.push(super::Covered {
                    commit: step.commit.clone(),
                    path: hint(ground, step),
                    at,
                });
            }
            (Found::Ignored, None) | (_, Some((_, false))) => counts.ignored += 1,
            (Found::Uncovered(UncoveredReason::Undeclared) | Found::From(_), None) => {
                let mut undeclared = uncovered(ground, step, UncoveredReason::Undeclared);
                let after = || steps.iter().zip(&found).skip(at + 1);
                if let Some((change, later)) = after().find_map(|(step, found)| declares(ground, step, found))
                {
                    undeclared.reason = UncoveredReason::DeclaredLater;
                    undeclared.change = Some(change);
                    undeclared.later = Some(later);
                }
                attribution.report(at, undeclared);
            }
            (Found::Uncovered(reason), None) => attribution.report(at, uncovered(ground, step, *reason)),
        }
    }
    attribution.stretches = stretches
        .into_iter()
        .filter(|(_, deployed)| *deployed)
        .map(|(s, _)| s)
        .collect();
    attribution.show();
    attribution
}

fn uncovered(ground: &Ground, step: &StepCommit, reason: UncoveredReason) -> Uncovered {
    Uncovered {
        commit: step.commit.clone(),
        reason,
        change: None,
        path: hint(ground, step),
        later: None,
    }
}

/// The change whose declaration `step` brings, where it is one only, and the step's commit.
fn declares(ground: &Ground, step: &StepCommit, found: &Found) -> Option<(ChangeId, String)> {
    if matches!(found, Found::Elsewhere) {
        return None;
    }
    let written = step.files.iter().filter(|file| file.present && file.regular);
    let mut ids = written.filter_map(|file| ground.declaration(&file.path));
    let (first, None) = (ids.next()?, ids.next()) else {
        return None;
    };
    Some((first, step.commit.clone()))
}

/// The path that tells people most: one that is guarded, else one that is no declaration.
fn hint(ground: &Ground, step: &StepCommit) -> Option<String> {
    let paths = || step.files.iter().map(|file| &file.path);
    paths()
        .find(|path| ground.guarded(path) && !ground.declares(path))
        .or_else(|| paths().find(|path| !ground.declares(path)))
        .or_else(|| paths().next())
        .cloned()
}
