//! The three sets of defaults.

use crate::change::Risk;

/// Which defaults are in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// One person with an outside reviewer.
    Solo,
    /// Two to ten people.
    #[default]
    Small,
    /// An organisation under audit.
    Audited,
}

impl Profile {
    /// Every profile, in the order of the documentation.
    pub const ALL: &'static [Self] = &[Self::Solo, Self::Small, Self::Audited];

    /// The spelling in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Solo => "solo",
            Self::Small => "small",
            Self::Audited => "audited",
        }
    }

    /// How many approvals a change of this risk needs.
    pub const fn quorum(self, risk: Risk) -> u32 {
        match (self, risk) {
            (Self::Solo, _) => 0,
            (Self::Audited, Risk::High) => 2,
            _ => 1,
        }
    }

    /// How many approvals a change to the gate's own files needs.
    pub const fn gate_quorum(self) -> u32 {
        match self {
            Self::Solo => 1,
            Self::Small | Self::Audited => 2,
        }
    }
}
