//! Points in time with the offset that they were written in.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A point in time, to the second, shown in one offset; RFC 3339 on the wire.
#[derive(Clone, Copy)]
pub struct Moment {
    timestamp: Timestamp,
    offset: Offset,
}

/// A text that is not a point in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a time (2026-12-04T09:50 or with an offset): {0}")]
pub struct MomentError(pub String);

impl Moment {
    /// `timestamp` cut to the second, as the clocks of `zone` show it.
    pub fn new(timestamp: Timestamp, zone: &TimeZone) -> Self {
        let offset = zone.to_offset(timestamp);
        let timestamp = Timestamp::from_second(timestamp.as_second()).unwrap_or(timestamp);
        Self { timestamp, offset }
    }

    /// Reads RFC 3339; seconds and offset may be missing, the offset is then `zone`'s.
    pub fn read(text: &str, zone: &TimeZone) -> Result<Self, MomentError> {
        if let Ok(moment) = text.parse() {
            return Ok(moment);
        }
        let wrong = || MomentError(text.to_owned());
        if !shaped(text) {
            return Err(wrong());
        }
        let local: jiff::civil::DateTime = text.parse().map_err(|_| wrong())?;
        let zoned = local.to_zoned_datetime(zone.clone()).map_err(|_| wrong())?;
        Ok(Self::new(zoned.timestamp(), zone))
    }

    /// The point in time alone.
    pub const fn timestamp(self) -> Timestamp {
        self.timestamp
    }

    /// The same point as the clocks of `zone` show it.
    #[must_use]
    pub fn shown_in(self, zone: &TimeZone) -> Self {
        Self::new(self.timestamp, zone)
    }

    /// Date and time on a clock with this moment's offset.
    pub fn zoned(self) -> ZonedDateTime {
        self.timestamp.to_zoned_datetime(TimeZone::fixed(self.offset))
    }

    /// Seconds from `earlier` to this; negative when it is later.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        self.timestamp.as_second() - earlier.timestamp.as_second()
    }

    /// This moment moved by `seconds`; stays where it is at the edge of the calendar.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        let timestamp = self
            .timestamp
            .checked_add(SignedDuration::from_secs(seconds))
            .unwrap_or(self.timestamp);
        Self { timestamp, ..self }
    }

    /// `2026-11-24T02:00:01Z`, as records write it.
    pub fn utc(self) -> String {
        self.timestamp
            .to_zoned_datetime(TimeZone::UTC)
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string()
    }
}

/// A date, `T`, and hours and minutes: what jiff reads besides (a bare date, a week date) is
/// not what a person meant here.
fn shaped(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 16 && bytes.get(10) == Some(&b'T') && bytes.get(13) == Some(&b':')
}

impl FromStr for Moment {
    type Err = MomentError;

    fn from_str(text: &str) -> Result<Self, MomentError> {
        let wrong = || MomentError(text.to_owned());
        if !shaped(text) {
            return Err(wrong());
        }
        let pieces = jiff::fmt::temporal::DateTimeParser::new();
        let timestamp = pieces.parse_timestamp(text).map_err(|_| wrong())?;
        let offset = pieces
            .parse_pieces(text)
            .ok()
            .and_then(|p| p.to_numeric_offset())
            .unwrap_or(Offset::UTC);
        Ok(Self::new(timestamp, &TimeZone::fixed(offset)))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.zoned().strftime("%Y-%m-%dT%H:%M:%S%:z"))
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.timestamp == other.timestamp
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.timestamp.cmp(&other.timestamp)
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
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
    fn a_missing_offset_is_the_zones() {
        let tokyo = TimeZone::get("Asia/Tokyo").unwrap();
        let short = Moment::read("2026-12-04T09:50", &tokyo).unwrap();
        assert_eq!(short.to_string(), "2026-12-04T09:50:00+09:00");
        assert_eq!(short, "2026-12-04T00:50:00Z".parse().unwrap());
        assert_eq!(short.utc(), "2026-12-04T00:50:00Z");
        for wrong in ["2026-12-04", "09:50", "2026-13-01T00:00", "soon", ""] {
            assert!(Moment::read(wrong, &tokyo).is_err(), "{wrong}");
        }
    }
}
