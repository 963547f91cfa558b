//! Tables of days without work.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::Date;

/// Days without work, and the years for which the table is complete.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HolidayTable {
    /// The days.
    pub days: BTreeSet<Date>,
    /// The years; `None`: every year.
    pub years: Option<RangeInclusive<i16>>,
}

/// The names of the shipped tables.
pub const PRESETS: &[&str] = &["jp"];

impl HolidayTable {
    /// A shipped table by its name under `calendar.holidays`.
    pub fn preset(name: &str) -> Option<Self> {
        match name {
            "jp" => Self::read(include_str!("holidays_jp.txt")).ok(),
            _ => None,
        }
    }

    /// Reads one day a line (`2026-12-29 why`), `#` for remarks, and optionally `years 2024-2027`.
    ///
    /// # Errors
    /// The number, from 1, of the first line that is none of these.
    pub fn read(text: &str) -> Result<Self, usize> {
        let mut table = Self::default();
        for (i, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let mut words = line.split_whitespace();
            let first = words.next().unwrap_or("");
            if first == "years" {
                let (from, to) = words
                    .next()
                    .and_then(|range| range.split_once('-'))
                    .ok_or(i + 1)?;
                let year = |text: &str| text.parse::<i16>().map_err(|_| i + 1);
                table.years = Some(year(from)?..=year(to)?);
            } else {
                table.days.insert(first.parse().map_err(|_| i + 1)?);
            }
        }
        Ok(table)
    }
}
