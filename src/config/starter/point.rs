//! The sorts of team that `init` knows.

use crate::config::Profile;

/// What a team looks like before anything else is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StartingPoint {
    /// One person with an outside reviewer.
    Solo,
    /// A few people who approve each other's changes.
    #[default]
    Team,
    /// A few people and a client who approves and has no account.
    Agency,
    /// A repository that holds several services.
    Monorepo,
    /// An organisation under audit.
    Audited,
}

impl StartingPoint {
    /// Every starting point, from the fewest people to the most.
    pub const ALL: &'static [Self] = &[
        Self::Solo,
        Self::Team,
        Self::Agency,
        Self::Monorepo,
        Self::Audited,
    ];

    /// The spelling in flags.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Solo => "solo",
            Self::Team => "team",
            Self::Agency => "agency",
            Self::Monorepo => "monorepo",
            Self::Audited => "audited",
        }
    }

    /// The profile that it starts with.
    pub const fn profile(self) -> Profile {
        match self {
            Self::Solo => Profile::Solo,
            Self::Team | Self::Agency | Self::Monorepo => Profile::Small,
            Self::Audited => Profile::Audited,
        }
    }

    /// Whether somebody from outside approves.
    pub const fn asks_outside(self) -> bool {
        matches!(self, Self::Solo | Self::Agency)
    }
}
