//! Lengths of time as people write them: `30m`, `4h`, `7d`, `2bd`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A length of time: wall time in seconds, or business days of the configured calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// Seconds that pass on any day.
    Wall(u64),
    /// Days of business; the end of the last one is `calendar.due_time`.
    BusinessDays(u32),
}

/// A text that is not a length of time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a duration (30m, 4h, 7d or 2bd): {0}")]
pub struct PeriodError(pub String);

/// Longer than any plan: a thousand years would overflow dates further on.
const LONGEST: u64 = 100 * 366 * 86_400;

impl Period {
    /// Seconds of wall time; `None` for business days.
    pub const fn seconds(self) -> Option<u64> {
        match self {
            Self::Wall(seconds) => Some(seconds),
            Self::BusinessDays(_) => None,
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Self, PeriodError> {
        let wrong = || PeriodError(text.to_owned());
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, unit) = text.split_at(digits);
        let number: u64 = number.parse().map_err(|_| wrong())?;
        if unit == "bd" {
            return u32::try_from(number)
                .ok()
                .filter(|days| *days <= 10_000)
                .map(Self::BusinessDays)
                .ok_or_else(wrong);
        }
        let factor = match unit {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 604_800,
            _ => return Err(wrong()),
        };
        number
            .checked_mul(factor)
            .filter(|seconds| *seconds <= LONGEST)
            .map(Self::Wall)
            .ok_or_else(wrong)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::BusinessDays(days) => write!(f, "{days}bd"),
            Self::Wall(0) => f.write_str("0m"),
            Self::Wall(s) if s % 86_400 == 0 => write!(f, "{}d", s / 86_400),
            Self::Wall(s) if s % 3_600 == 0 => write!(f, "{}h", s / 3_600),
            Self::Wall(s) if s % 60 == 0 => write!(f, "{}m", s / 60),
            Self::Wall(s) => write!(f, "{s}s"),
        }
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_refuses_the_rest() {
        for text in ["0m", "30m", "4h", "7d", "2bd", "90s", "100h"] {
            assert_eq!(text.parse::<Period>().map(|p| p.to_string()).as_deref(), Ok(text));
        }
        for wrong in [
            "",
            "30",
            "m",
            "4 h",
            "-1h",
            "1.5h",
            "99999999999999999999d",
            "9999999d",
            "2BD",
        ] {
            assert!(wrong.parse::<Period>().is_err(), "{wrong}");
        }
    }
}
