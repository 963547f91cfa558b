//! Times and lengths of time as people of each language write them.

use jiff::fmt::strtime;

use super::Wording;
use crate::change::{Message, Moment};

/// `Fri 4 Dec 2026 09:45 +09:00` or `2026年12月4日(金) 09:45 +09:00`, in the moment's own offset.
pub fn moment(wording: &Wording, moment: Moment) -> String {
    wording.say(&dated("time-moment", wording, moment))
}

/// `4 Dec 09:45` or `12/4 09:45`.
pub fn short(wording: &Wording, moment: Moment) -> String {
    wording.say(&dated("time-short", wording, moment))
}

/// `09:45`.
pub fn clock(moment: Moment) -> String {
    part(moment, "%H:%M")
}

/// The date of a moment as values of a sentence.
fn dated(key: &str, wording: &Wording, moment: Moment) -> Message {
    let date = moment.zoned().date();
    let weekday = wording.label(&format!("weekday-{}", date.weekday().to_monday_one_offset()));
    let month = wording.label(&format!("month-{}", date.month()));
    Message::new(key)
        .with("weekday", weekday)
        .with("day", date.day())
        .with("month", month)
        .with("year", date.year())
        .with("clock", clock(moment))
        .with("offset", part(moment, "%:z"))
}

fn part(moment: Moment, form: &str) -> String {
    strtime::format(form, &moment.zoned()).unwrap_or_else(|_| moment.to_string())
}

/// `8 min`, `1 h 30 min`, `2 d` or `8分`, `1時間30分`, `2日`; the two largest units, rounded to
/// the nearest minute above two minutes.
pub fn duration(wording: &Wording, seconds: u64) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    if seconds == 0 || seconds < 2 * MINUTE && !seconds.is_multiple_of(MINUTE) {
        return wording.say(&Message::new("duration-seconds").with("n", seconds));
    }
    let minutes = seconds.saturating_add(MINUTE / 2) / MINUTE * MINUTE;
    let (days, hours, minutes) = (minutes / DAY, minutes % DAY / HOUR, minutes % HOUR / MINUTE);
    let parts = [
        ("duration-days", days),
        ("duration-hours", hours),
        // Beside days, minutes say nothing.
        ("duration-minutes", if days > 0 { 0 } else { minutes }),
    ];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(_, n)| *n > 0)
        .map(|(key, n)| wording.say(&Message::new(key).with("n", n)))
        .collect();
    match words.as_slice() {
        [large, small] => wording.say(
            &Message::new("duration-two")
                .with("large", large)
                .with("small", small),
        ),
        other => other.concat(),
    }
}

/// How much time is left until `until`, or how long ago it passed.
pub fn remaining(wording: &Wording, now: Moment, until: Moment) -> String {
    let seconds = until.seconds_since(now);
    let key = if seconds >= 0 { "time-left" } else { "time-ago" };
    let length = duration(wording, seconds.unsigned_abs());
    wording.say(&Message::new(key).with("duration", length))
}

/// `2026-12-04 09:45 +09:00`, the same in every language, for columns.
pub fn table(moment: Moment) -> String {
    part(moment, "%Y-%m-%d %H:%M %:z")
}
