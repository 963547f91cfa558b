//! What sort of work a change is, and what that says about its risk.

/// A closed list of words, each with its spelling in files; generates `ALL`, `as_str`, `FromStr`
/// and `Display` so that the spelling stands once.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $text)] $variant,)+
        }

        impl $name {
            /// Every word, in the order of the documentation.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The spelling in files, records and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = ();

            fn from_str(text: &str) -> Result<Self, ()> {
                Self::ALL.iter().copied().find(|word| word.as_str() == text).ok_or(())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// How much a change can hurt.
    Risk { /// Little.
        Low = "low", /// Some.
        Medium = "medium", /// A lot.
        High = "high" }
}

words! {
    /// What a change does to data.
    DataImpact { /// Nothing.
        None = "none", /// Reads it.
        Read = "read", /// Writes it.
        Write = "write", /// Changes it for good.
        Irreversible = "irreversible" }
}

words! {
    /// What sort of work a change is; every kind is also an area of the same name.
    Kind {
        /// Program code.
        Code = "code",
        /// Settings.
        Config = "config",
        /// Machines, networks, clusters.
        Infrastructure = "infrastructure",
        /// Schema and migrations.
        Database = "database",
        /// Records corrected or imported.
        Data = "data",
        /// Texts and pictures.
        Content = "content",
        /// Prices and campaigns.
        Pricing = "pricing",
        /// How money is taken.
        Payment = "payment",
        /// Somebody else's interface.
        ExternalApi = "external_api",
        /// TLS certificates.
        Certificate = "certificate",
        /// Name records.
        Dns = "dns",
        /// Content delivery network.
        Cdn = "cdn",
        /// Web application firewall.
        Waf = "waf",
        /// Permissions and accounts.
        Access = "access",
        /// Updates of somebody else's software.
        Patch = "patch",
        /// Scheduled work.
        Job = "job",
        /// Alerts and thresholds.
        Monitoring = "monitoring",
    }
}

impl Kind {
    /// The lowest risk that this sort of work has by itself.
    pub const fn risk(self) -> Risk {
        match self {
            Self::Code | Self::Content | Self::Job | Self::Monitoring => Risk::Low,
            Self::Dns | Self::ExternalApi | Self::Payment => Risk::High,
            _ => Risk::Medium,
        }
    }

    /// What this sort of work does to data unless said otherwise.
    pub const fn data(self) -> DataImpact {
        match self {
            Self::Database | Self::Data | Self::Pricing | Self::Payment => DataImpact::Write,
            _ => DataImpact::None,
        }
    }

    /// Whether users see this sort of work.
    pub const fn visible(self) -> bool {
        matches!(self, Self::Content | Self::Pricing | Self::Payment)
    }

    /// Whether money depends on this sort of work.
    pub const fn money(self) -> bool {
        matches!(self, Self::Pricing | Self::Payment)
    }
}
