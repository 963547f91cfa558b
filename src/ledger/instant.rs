//! The one way records write time: UTC to the second, `2026-11-24T02:00:01Z`.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

/// Seconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ`; `None` for anything else, also for a date that
/// no calendar has.
pub fn instant(text: &str) -> Option<i64> {
    let [
        y1,
        y2,
        y3,
        y4,
        b'-',
        o1,
        o2,
        b'-',
        d1,
        d2,
        b'T',
        h1,
        h2,
        b':',
        m1,
        m2,
        b':',
        s1,
        s2,
        b'Z',
    ] = text.as_bytes()
    else {
        return None;
    };
    let two = |tens: &u8, ones: &u8| {
        let both = [tens, ones].map(u8::is_ascii_digit) == [true; 2];
        // jiff's own types refuse what no date and no clock has.
        both.then(|| (tens - b'0') * 10 + (ones - b'0'))
            .and_then(|number| i8::try_from(number).ok())
    };
    let year = i16::from(two(y1, y2)?) * 100 + i16::from(two(y3, y4)?);
    let date = Date::new(year, two(o1, o2)?, two(d1, d2)?).ok()?;
    let time = Time::new(two(h1, h2)?, two(m1, m2)?, two(s1, s2)?, 0).ok()?;
    let at = TimeZone::UTC.to_timestamp(date.to_datetime(time)).ok()?;
    Some(at.as_second())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utc_to_the_second() {
        assert_eq!(instant("1970-01-02T00:00:01Z"), Some(86_401));
        assert_eq!(instant("2026-11-24T02:00:01Z"), Some(1_795_485_601));
        for wrong in [
            "2026-11-24T02:00:01+00:00",
            "2026-11-24t02:00:01z",
            "2026-11-24T02:00:60Z",
            "2026-02-30T02:00:01Z",
            "2026-11-24T24:00:00Z",
            "2026-11-24T02:00:01",
            "",
        ] {
            assert_eq!(instant(wrong), None, "{wrong}");
        }
    }
}
