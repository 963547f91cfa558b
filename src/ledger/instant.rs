//! The one way records write time: UTC to the second, `2026-11-24T02:00:01Z`.

use jiff::Timestamp;

/// Seconds since 1970 of `YYYY-MM-DDTHH:MM:SSZ`; `None` for anything else, also for a date that
/// no calendar has.
pub fn instant(text: &str) -> Option<i64> {
    const SHAPE: &[u8; 20] = b"dddd-dd-ddTdd:dd:ddZ";
    let fits = text.len() == SHAPE.len()
        && text.bytes().zip(SHAPE).all(|(byte, shape)| match shape {
            b'd' => byte.is_ascii_digit(),
            _ => byte == *shape,
        });
    // jiff reads a leap second as the second before it: two ways to write one time.
    if !fits || text.get(17..19) == Some("60") {
        return None;
    }
    text.parse().ok().map(Timestamp::as_second)
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
