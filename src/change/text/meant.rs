//! What a value in the wrong spelling was probably meant to be.

use super::spelling::narrow;

/// Spellings to try instead of `text`, for the message `key`; the caller takes the first that fits.
pub(super) fn candidates(key: &str, text: &str) -> Vec<String> {
    let plain = narrow(text);
    let mut all = vec![plain.clone()];
    all.extend(match key {
        "yaml-duration" => duration(&plain),
        "yaml-moment" => moment(&plain),
        "yaml-day" => day(&plain),
        "yaml-time" => time(&plain),
        "yaml-path" => Some(path(&plain)),
        "yaml-glob" => Some(glob(&plain)),
        "yaml-name" => Some(plain.trim_start_matches('@').to_owned()),
        _ => None,
    });
    all.retain(|candidate| candidate != text);
    all
}

/// The truth value that a word of some language means.
pub(super) fn truth(text: &str) -> Option<&'static str> {
    match narrow(text).to_lowercase().as_str() {
        "true" | "yes" | "y" | "on" | "はい" | "有" | "あり" => Some("true"),
        "false" | "no" | "n" | "off" | "いいえ" | "無" | "なし" => Some("false"),
        _ => None,
    }
}

/// `5 min`, `15分` and `PT2H` as `5m`, `15m` and `2h`.
fn duration(text: &str) -> Option<String> {
    let text = text.to_lowercase();
    let text = text
        .strip_prefix("pt")
        .or(text.strip_prefix('p'))
        .unwrap_or(&text);
    let digits = text.chars().take_while(char::is_ascii_digit).count();
    let (number, unit) = text.split_at_checked(digits)?;
    let unit = match unit.trim() {
        "s" | "sec" | "secs" | "second" | "seconds" | "秒" => "s",
        "m" | "min" | "mins" | "minute" | "minutes" | "分" | "分間" => "m",
        "h" | "hr" | "hrs" | "hour" | "hours" | "時間" => "h",
        "d" | "day" | "days" | "日" | "日間" => "d",
        "w" | "week" | "weeks" | "週" | "週間" => "w",
        "bd" | "business days" | "business day" | "営業日" => "bd",
        _ => return None,
    };
    Some(format!("{number}{unit}"))
}

/// `2026/12/4 9:50` and `2026年12月4日 9時50分` as `2026-12-04T09:50`.
fn moment(text: &str) -> Option<String> {
    let at = text.find([' ', 'T']).or_else(|| {
        let end = text.find('日')?;
        Some(end + '日'.len_utf8())
    })?;
    let (date, clock) = text.split_at_checked(at)?;
    let clock = clock.trim_start_matches([' ', 'T']);
    let end = clock.find(['+', '-', 'Z']).unwrap_or(clock.len());
    let (clock, offset) = clock.split_at_checked(end)?;
    Some(format!("{}T{}{offset}", day(date)?, time(clock)?))
}

/// Any order of year, month and day that can be read in one way only, as `2026-12-04`.
fn day(text: &str) -> Option<String> {
    let parts = numbers(text, |c| matches!(c, '-' | '/' | '.' | '年' | '月' | '日' | ' '))?;
    let [one, two, three] = parts.as_slice() else {
        return None;
    };
    let (year, month, day) = match (*one, *two, *three) {
        (year, month, day) if year > 999 => (year, month, day),
        // 13.04. and 04/13 are clear, 03/04 is not.
        (day, month, year) if year > 999 && day > 12 => (year, month, day),
        (month, day, year) if year > 999 && day > 12 => (year, month, day),
        (day, month, year) if year > 999 && day == month => (year, month, day),
        _ => return None,
    };
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

/// `9:5`, `9時50分` and `9.50` as `09:50`.
fn time(text: &str) -> Option<String> {
    let half = text.trim().replace("時半", "時30分");
    let (text, later) = match half.to_lowercase() {
        text if text.ends_with("pm") => (text.trim_end_matches("pm").to_owned(), 12),
        text => (text.trim_end_matches("am").to_owned(), 0),
    };
    let parts = numbers(&text, |c| matches!(c, ':' | '.' | '時' | '分' | ' '))?;
    let (hour, minute) = match parts.as_slice() {
        [hour] if text.contains('時') || later > 0 => (*hour, 0),
        [hour, minute] | [hour, minute, _] => (*hour, *minute),
        _ => return None,
    };
    let hour = if later > 0 && hour < 12 {
        hour + later
    } else {
        hour
    };
    Some(format!("{hour:02}:{minute:02}"))
}

/// The whole numbers between separators; `None` where something else stands there.
fn numbers(text: &str, separator: impl Fn(char) -> bool) -> Option<Vec<u32>> {
    let parts = text.split(separator).filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().ok().filter(|number| *number < 10_000))
        .collect()
}

fn path(text: &str) -> String {
    let text = text.replace('\\', "/");
    text.trim_start_matches('/').to_owned()
}

fn glob(text: &str) -> String {
    let text = path(text);
    text.strip_prefix("./").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_in_one_way_is_meant() {
        let meant = |key, text| candidates(key, text).pop().unwrap_or_default();
        for (key, text, right) in [
            ("yaml-duration", "8 min", "8m"),
            ("yaml-duration", "１５分", "15m"),
            ("yaml-duration", "PT2H", "2h"),
            ("yaml-moment", "2026-12-04 09:50", "2026-12-04T09:50"),
            ("yaml-moment", "2026/12/4 9:50+09:00", "2026-12-04T09:50+09:00"),
            ("yaml-moment", "2026年12月4日9時半", "2026-12-04T09:30"),
            ("yaml-moment", "13/12/2026 9:50", "2026-12-13T09:50"),
            ("yaml-day", "2026.12.4", "2026-12-04"),
            ("yaml-time", "6pm", "18:00"),
            ("yaml-path", "\\docs\\a.md", "docs/a.md"),
        ] {
            assert_eq!(meant(key, text), right, "{text}");
        }
    }

    #[test]
    fn what_can_be_read_in_two_ways_is_not_guessed() {
        assert_eq!(day("03/04/2026"), None);
        assert_eq!(moment("03/04/2026 09:00"), None);
        assert_eq!(duration("8"), None);
        assert_eq!(time("18"), None);
        assert_eq!(moment("soon"), None);
        assert_eq!(moment("日"), None);
    }
}
