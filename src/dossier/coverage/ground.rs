//! What the configuration says about paths, compiled once.

use std::collections::BTreeMap;

use super::FileChange;
use super::globs::Globs;
use crate::change::{AreaKey, ChangeId, Kind, Risk, ServiceKey, TemplateKey};
use crate::config::{Area, Config, Template};

/// A glob of the configuration that cannot be compiled.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{glob}: {why}")]
pub struct GroundError {
    /// The glob.
    pub glob: String,
    /// What is wrong with it, in globset's words.
    pub why: String,
}

/// Whose a path is, and what it may do: the configuration's globs, compiled.
#[derive(Debug, Clone)]
pub struct Ground {
    changes: String,
    ignore: Globs,
    gate: Globs,
    services: BTreeMap<ServiceKey, ServiceGround>,
    areas: Vec<AreaGround>,
    templates: Vec<TemplateGround>,
}

/// A service's paths; `None`: what no other service names.
#[derive(Debug, Clone)]
struct ServiceGround {
    paths: Option<Globs>,
}

#[derive(Debug, Clone)]
struct AreaGround {
    key: AreaKey,
    paths: Globs,
    sensitive: bool,
    risk: Risk,
}

#[derive(Debug, Clone)]
struct TemplateGround {
    key: TemplateKey,
    service: Option<ServiceKey>,
    paths: Globs,
    risk: Risk,
}

impl Ground {
    /// Compiles the globs of `config`.
    ///
    /// # Errors
    /// [`GroundError`] for the first glob that globset does not take.
    pub fn new(config: &Config) -> Result<Self, GroundError> {
        let service = |paths: &Vec<String>| -> Result<ServiceGround, GroundError> {
            let paths = (!paths.is_empty()).then(|| Globs::new(paths)).transpose()?;
            Ok(ServiceGround { paths })
        };
        Ok(Self {
            changes: folder(&config.paths.changes),
            ignore: Globs::new(&config.paths.ignore)?,
            gate: Globs::new(&config.paths.gate)?,
            services: config
                .services
                .iter()
                .map(|(key, s)| Ok((key.clone(), service(&s.paths)?)))
                .collect::<Result<_, _>>()?,
            areas: config.areas.iter().map(area).collect::<Result<_, _>>()?,
            templates: config.templates.iter().map(template).collect::<Result<_, _>>()?,
        })
    }

    /// The change that a declaration at `path` declares: `CHG-….yml` anywhere below the folder of
    /// declarations.
    pub fn declaration(&self, path: &str) -> Option<ChangeId> {
        let below = self.below_changes(path)?;
        let name = below.rsplit('/').next()?;
        name.strip_suffix(".yml")?.parse().ok()
    }

    /// Whether `path` lies in the folder of declarations and needs no declaration itself. The
    /// gate's own files always need one, wherever they lie.
    pub fn declares(&self, path: &str) -> bool {
        self.declaration(path).is_some() && !self.gate.is_match(path)
    }

    /// Whether `file` is a declaration that needs no declaration itself; a link or a submodule
    /// with such a name is none.
    pub fn declares_file(&self, file: &FileChange) -> bool {
        file.regular && self.declares(&file.path)
    }

    fn below_changes<'a>(&self, path: &'a str) -> Option<&'a str> {
        if self.changes.is_empty() {
            return None;
        }
        path.strip_prefix(self.changes.as_str())
    }

    /// Whether `path` is `service`'s. The gate's own files and paths of no service are
    /// everybody's; a service that is not configured has every path.
    pub fn in_service(&self, service: &ServiceKey, path: &str) -> bool {
        let Some(own) = self.services.get(service) else {
            return true;
        };
        if own.paths.as_ref().is_some_and(|globs| globs.is_match(path)) || self.gate.is_match(path) {
            return true;
        }
        let named = |s: &ServiceGround| s.paths.as_ref().is_some_and(|globs| globs.is_match(path));
        if self.services.values().any(named) {
            return false;
        }
        own.paths.is_none() || self.services.values().all(|s| s.paths.is_some())
    }

    /// Whether `path` is never deployed: ignored, not sensitive and not the gate's.
    pub fn ignored(&self, path: &str) -> bool {
        self.ignore.is_match(path) && !self.guarded(path)
    }

    /// Whether `path` is the gate's own or lies in an area that has owners.
    pub fn guarded(&self, path: &str) -> bool {
        self.gate.is_match(path)
            || self
                .areas
                .iter()
                .any(|area| area.sensitive && area.paths.is_match(path))
    }

    /// The first template of `service` that covers all of `files` (none: no template).
    pub fn template(&self, service: &ServiceKey, files: &[String]) -> Option<TemplateKey> {
        let files: Vec<&String> = self.counted(files).collect();
        if files.is_empty() || files.iter().any(|path| self.guarded(path)) {
            return None;
        }
        let floor = self.floor(&files);
        self.templates
            .iter()
            .filter(|t| t.service.as_ref().is_none_or(|own| own == service))
            .find(|t| floor <= t.risk && files.iter().all(|path| t.paths.is_match(path)))
            .map(|t| t.key.clone())
    }

    /// The lowest risk that a change of `files` has, and what makes it more than low: `gate`
    /// and `area:NAME`.
    pub fn risk_floor(&self, files: &[String]) -> (Risk, Vec<String>) {
        let files: Vec<&String> = self.counted(files).collect();
        let floor = self.floor(&files);
        if floor == Risk::Low {
            return (floor, Vec::new());
        }
        let gate = files.iter().any(|path| self.gate.is_match(path)) && floor == Risk::High;
        let areas = self
            .areas
            .iter()
            .filter(|area| area.risk == floor && files.iter().any(|path| area.paths.is_match(path)))
            .map(|area| format!("area:{}", area.key));
        (
            floor,
            gate.then(|| "gate".to_owned()).into_iter().chain(areas).collect(),
        )
    }

    fn floor(&self, files: &[&String]) -> Risk {
        if files.iter().any(|path| self.gate.is_match(path)) {
            return Risk::High;
        }
        self.areas
            .iter()
            .filter(|area| files.iter().any(|path| area.paths.is_match(path)))
            .map(|area| area.risk)
            .max()
            .unwrap_or(Risk::Low)
    }

    /// The areas that `files` lie in, by name.
    pub fn areas(&self, files: &[String]) -> Vec<AreaKey> {
        let files: Vec<&String> = self.counted(files).collect();
        self.areas
            .iter()
            .filter(|area| files.iter().any(|path| area.paths.is_match(path)))
            .map(|area| area.key.clone())
            .collect()
    }

    /// Those of `files` that are the gate's own.
    pub fn gate_paths(&self, files: &[String]) -> Vec<String> {
        files
            .iter()
            .filter(|path| self.gate.is_match(path))
            .cloned()
            .collect()
    }

    /// `files` without the declarations.
    fn counted<'a>(&'a self, files: &'a [String]) -> impl Iterator<Item = &'a String> {
        files.iter().filter(|path| !self.declares(path))
    }
}

/// `path` with one slash at its end; nothing for the top folder, below which every file would
/// cover itself.
fn folder(path: &str) -> String {
    let path = path.trim_start_matches("./").trim_matches('/');
    if path.is_empty() || path == "." {
        return String::new();
    }
    format!("{path}/")
}

fn area((key, area): (&AreaKey, &Area)) -> Result<AreaGround, GroundError> {
    let by_kind = || key.as_str().parse().map_or(Risk::Low, Kind::risk);
    Ok(AreaGround {
        key: key.clone(),
        paths: Globs::new(&area.paths)?,
        sensitive: area.sensitive(),
        risk: area.risk.unwrap_or_else(by_kind),
    })
}

fn template((key, template): &(TemplateKey, Template)) -> Result<TemplateGround, GroundError> {
    Ok(TemplateGround {
        key: key.clone(),
        service: template.service.clone(),
        paths: Globs::new(&template.paths)?,
        risk: template.risk,
    })
}
