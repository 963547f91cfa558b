//! Values that have to be spelled in one way: numbers, times, words of a list, names and paths.

use jiff::civil::{Date, Time};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::meant;
use super::near::nearest;
use super::spelling::{is_name, is_reference, narrow, short};
use super::{Ask, Shape, Value};
use crate::change::{Message, Moment, Period};

impl Value<'_> {
    /// A truth value.
    pub fn truth(&self) -> Option<bool> {
        let scalar = self.scalar("bool")?;
        let truth = scalar.truth();
        if truth.is_none() {
            let mut message = self.type_message("bool");
            if let Some(meant) = meant::truth(&scalar.text) {
                message = message.with("suggestion", meant);
            }
            self.fault(message);
        }
        truth
    }

    /// A whole number from `least` to `most`.
    pub fn whole(&self, least: u32, most: u32) -> Option<u32> {
        self.note(|| Ask::Range(least, most));
        let scalar = self.scalar("whole")?;
        let Some(number) = scalar.whole() else {
            let mut message = self.type_message("whole");
            let plain = narrow(&scalar.text);
            if plain.parse::<u32>().is_ok_and(|n| (least..=most).contains(&n)) {
                message = message.with("suggestion", plain);
            }
            self.fault(message);
            return None;
        };
        let fits = u32::try_from(number).ok().filter(|n| (least..=most).contains(n));
        if fits.is_none() {
            let message = Message::new("yaml-range").with("found", number);
            self.fault(message.with("least", least).with("most", most));
        }
        fits
    }

    /// A number that identifies something.
    pub fn number(&self) -> Option<u64> {
        let number = self.scalar("whole")?.whole().and_then(|n| u64::try_from(n).ok());
        if number.is_none() {
            self.wrong_type("whole");
        }
        number
    }

    fn parsed<T>(&self, expected: &'static str, key: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let text = &self.scalar(expected)?.text;
        let value = read(text);
        if value.is_none() {
            let mut message = Message::new(key).with("found", short(text));
            let meant = meant::candidates(key, text);
            if let Some(meant) = meant.into_iter().find(|meant| read(meant).is_some()) {
                message = message.with("suggestion", meant);
            }
            self.fault(message);
        }
        value
    }

    /// A length of time, such as `30m` or `2bd`.
    pub fn period(&self) -> Option<Period> {
        self.parsed("duration", "yaml-duration", |text| text.parse().ok())
    }

    /// A length of time, or `off`.
    pub fn period_or_off(&self) -> Option<Option<Period>> {
        if self.is("off") {
            Some(None)
        } else {
            self.period().map(Some)
        }
    }

    /// A point in time; a missing offset is `zone`'s. A local time that the zone's clocks show
    /// twice or never is a warning.
    pub fn moment(&self, zone: &TimeZone) -> Option<Moment> {
        let moment = self.parsed("moment", "yaml-moment", |text| Moment::read(text, zone).ok())?;
        if let Shape::Scalar(scalar) = &self.node().shape
            && scalar.text.parse::<Moment>().is_err()
            && let Ok(local) = scalar.text.parse::<jiff::civil::DateTime>()
        {
            let key = match zone.to_ambiguous_timestamp(local).offset() {
                AmbiguousOffset::Unambiguous { .. } => return Some(moment),
                AmbiguousOffset::Gap { .. } => "yaml-moment-skipped",
                AmbiguousOffset::Fold { .. } => "yaml-moment-ambiguous",
            };
            let message = Message::new(key).with("found", short(&scalar.text));
            self.warn(message.with("taken", moment).with("suggestion", moment));
        }
        Some(moment)
    }

    /// A day, `2026-12-04`.
    pub fn day(&self) -> Option<Date> {
        self.parsed("day", "yaml-day", |text| {
            let shaped = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
            shaped.then(|| text.parse().ok()).flatten()
        })
    }

    /// A time of day, `09:00`.
    pub fn time(&self) -> Option<Time> {
        self.parsed("time", "yaml-time", |text| {
            let (hour, minute) = text.split_once(':')?;
            let two = |t: &str| (t.len() == 2).then(|| t.parse::<i8>().ok()).flatten();
            Time::new(two(hour)?, two(minute)?, 0, 0).ok()
        })
    }

    /// One word of a closed list.
    pub fn word<W: Copy>(&self, all: &[W], spelling: impl Fn(W) -> &'static str) -> Option<W> {
        self.note(|| Ask::Word(all.iter().map(|word| spelling(*word)).collect()));
        let text = &self.scalar("word")?.text;
        if let Some(word) = all.iter().copied().find(|word| spelling(*word) == text) {
            return Some(word);
        }
        let allowed: Vec<&str> = all.iter().map(|word| spelling(*word)).collect();
        let message = match likely(text, &allowed) {
            Some(near) => Message::new("yaml-word").with("suggestion", near),
            None => Message::new("yaml-word-alone"),
        };
        self.fault(
            message
                .with("found", short(text))
                .with("allowed", allowed.join(", ")),
        );
        None
    }

    /// A name: letters, digits, `_`, `-` and `.`, as in keys of `people:`.
    pub fn name(&self) -> Option<String> {
        if matches!(&self.node().shape, Shape::Scalar(scalar) if !is_name(&scalar.text)) && self.wide_comma()
        {
            return None;
        }
        self.parsed("name", "yaml-name", |text| is_name(text).then(|| text.to_owned()))
    }

    /// A glob inside the repository.
    pub fn glob(&self) -> Option<String> {
        self.parsed("text", "yaml-glob", |text| {
            let inside =
                !text.starts_with(['/', '.', '!']) || text.starts_with(".github/") || is_dotfile(text);
            let inside = inside && !text.split('/').any(|part| part == ".." || part == ".");
            let fits = globset::GlobBuilder::new(text)
                .literal_separator(true)
                .build()
                .is_ok();
            (inside && fits && !text.is_empty()).then(|| text.to_owned())
        })
    }

    /// A path inside the repository.
    pub fn path(&self) -> Option<String> {
        self.parsed("text", "yaml-path", |text| {
            let text = text.strip_prefix("./").unwrap_or(text);
            let parts = text.trim_end_matches('/').split('/');
            let inside = !text.contains(['\\', '\n', '*'])
                && !parts.into_iter().any(|part| matches!(part, "" | "." | ".."));
            inside.then(|| text.to_owned())
        })
    }

    /// A reference to a secret: `${NAME}`, `file:PATH` or `file:PATH#key` as the whole value. The
    /// value itself is never part of a message.
    pub fn secret(&self) -> Option<String> {
        let text = &self.scalar("secret")?.text;
        self.sheet().secret(self.node());
        if is_reference(text) {
            return Some(text.clone());
        }
        self.fault(Message::new("yaml-secret-literal"));
        None
    }

    /// Adds a fault where `name` is not one of `known`.
    pub fn known<'k>(&self, name: &str, sort: &str, known: impl IntoIterator<Item = &'k str>) -> bool {
        let known: Vec<&str> = known.into_iter().collect();
        if known.contains(&name) {
            return true;
        }
        let message = match likely(name, &known) {
            Some(near) => Message::new("yaml-unknown-name").with("suggestion", near),
            None => Message::new("yaml-unknown-name-alone"),
        };
        self.fault(message.with("sort", sort).with("name", short(name)));
        false
    }
}

/// The word that was meant: the same one in narrow characters, else the nearest.
pub(crate) fn likely<'k>(text: &str, known: &[&'k str]) -> Option<&'k str> {
    let plain = narrow(text);
    let same = known.iter().copied().find(|word| *word == plain);
    same.or_else(|| nearest(&plain, known.iter().copied()))
}

fn is_dotfile(text: &str) -> bool {
    text.starts_with('.') && text.as_bytes().get(1).is_some_and(u8::is_ascii_alphanumeric)
}
