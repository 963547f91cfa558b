//! What a change brings along: by hand or not, inside what it declares, with its expected difference.

use serde::{Deserialize, Serialize};

use super::{Findings, MOST_HITS};
use crate::change::{AreaKey, Delivery, Target};

/// The file with the expected difference, as it stands at the commit that is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanFile {
    /// None is named.
    Unsaid,
    /// There is no such file.
    Missing,
    /// It holds nothing.
    Empty,
    /// It is there.
    There,
}

/// Facts about what a change brings along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentFacts {
    /// Whether people carry out some of it.
    pub by_hand: bool,
    /// Whether it touches nothing but the gate's own files.
    pub gate_only: bool,
    /// Whether it says which files it keeps to.
    pub paths_declared: bool,
    /// The sensitive areas that its files lie in.
    pub sensitive: Vec<AreaKey>,
    /// Those of them that it does not name although it names others, or a kind of work.
    pub undeclared: Vec<AreaKey>,
    /// Its expected difference.
    pub plan: PlanFile,
    /// Its files that change the shape of data, the first [`MOST_HITS`].
    pub migrations: Vec<String>,
    /// How many there are.
    pub migrations_count: u64,
}

impl ContentFacts {
    /// Computes them.
    pub(super) fn compute(of: Findings<'_>) -> Self {
        let mut migrations: Vec<String> = of
            .files
            .iter()
            .filter(|file| of.globs.migrations.is_match(file))
            .cloned()
            .collect();
        let migrations_count = migrations.len() as u64;
        migrations.truncate(MOST_HITS);
        let sensitive = sensitive(of);
        Self {
            by_hand: matches!(of.completed.delivery, Some(Delivery::Manual | Delivery::Mixed)),
            gate_only: gate_only(of),
            paths_declared: paths_declared(of),
            undeclared: undeclared(of, &sensitive),
            sensitive,
            plan: of.plan_file,
            migrations,
            migrations_count,
        }
    }
}

fn gate_only(of: Findings<'_>) -> bool {
    let own = |file: &String| of.gate_files.contains(file) || of.ground.declares(file);
    !of.gate_files.is_empty() && of.files.iter().all(own)
}

fn paths_declared(of: Findings<'_>) -> bool {
    of.completed.targets.iter().any(|target| !target.paths.is_empty())
}

/// The areas with owners that the files lie in.
fn sensitive(of: Findings<'_>) -> Vec<AreaKey> {
    let with_owners = |key: &&AreaKey| {
        let area = of.around.config.areas.get(*key);
        area.is_some_and(|area| area.sensitive())
    };
    of.around.areas.iter().filter(with_owners).cloned().collect()
}

/// Where a person named neither kind nor targets, both follow from the files and name every area.
fn undeclared(of: Findings<'_>, sensitive: &[AreaKey]) -> Vec<AreaKey> {
    if of.typed.kind.is_none() && of.typed.targets.is_empty() {
        return Vec::new();
    }
    let kind = of.completed.kind.map(|kind| AreaKey::from(kind.as_str()));
    let named = |area: &AreaKey| {
        let by_target = |target: &Target| target.area.as_ref() == Some(area);
        kind.as_ref() == Some(area) || of.typed.targets.iter().any(by_target)
    };
    sensitive.iter().filter(|area| !named(area)).cloned().collect()
}

/// Files outside everything that the change declares; without declared paths nothing is outside.
/// Declarations declare themselves.
pub(super) fn paths_outside(of: Findings<'_>) -> Vec<String> {
    if !paths_declared(of) {
        return Vec::new();
    }
    let globs: Vec<_> = of
        .typed
        .targets
        .iter()
        .flat_map(|target| &target.paths)
        .filter_map(|glob| {
            let glob = globset::GlobBuilder::new(glob).literal_separator(true).build();
            glob.ok().map(|glob| glob.compile_matcher())
        })
        .collect();
    let inside = |file: &String| {
        globs.iter().any(|glob| glob.is_match(file))
            || of.globs.tolerated.is_match(file)
            || of.ground.declares(file)
            || of.typed.targets.iter().any(|target| stands_for(of, target, file))
    };
    of.files.iter().filter(|file| !inside(file)).cloned().collect()
}

/// A target that names an area or a whole service, and no paths, stands for the paths of that.
fn stands_for(of: Findings<'_>, target: &Target, file: &String) -> bool {
    if !target.paths.is_empty() {
        return false;
    }
    match (&target.area, &target.service, &target.resource) {
        (Some(area), _, _) => of.ground.areas(std::slice::from_ref(file)).contains(area),
        (None, Some(service), None) => of.ground.in_service(service, file),
        _ => false,
    }
}
