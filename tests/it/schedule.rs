//! The shipped holidays against the law they follow.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};
use sekisho::change::holidays::HolidayTable;

/// The n-th Monday of a month.
fn monday(year: i16, month: i8, n: i32) -> Date {
    date(year, month, 1)
        .nth_weekday_of_month(i8::try_from(n).unwrap(), Weekday::Monday)
        .unwrap()
}

/// The holidays of a year by the law: fixed days, Mondays, equinoxes; then days between two
/// holidays, then the next free day after each Sunday.
fn lawful(year: i16, spring: i8, autumn: i8) -> BTreeSet<Date> {
    let fixed = [
        (1, 1),
        (2, 11),
        (2, 23),
        (3, spring),
        (4, 29),
        (5, 3),
        (5, 4),
        (5, 5),
        (8, 11),
        (9, autumn),
        (11, 3),
        (11, 23),
    ];
    let mut named: BTreeSet<Date> = fixed.iter().map(|(m, d)| date(year, *m, *d)).collect();
    named.extend([
        monday(year, 1, 2),
        monday(year, 7, 3),
        monday(year, 9, 3),
        monday(year, 10, 2),
    ]);
    let mut all = named.clone();
    for day in &named {
        let between = *day + 1.day();
        if named.contains(&(*day + 2.days())) && !named.contains(&between) {
            all.insert(between);
        }
        if day.weekday() == Weekday::Sunday {
            let mut next = *day + 1.day();
            while named.contains(&next) {
                next += 1.day();
            }
            all.insert(next);
        }
    }
    all
}

#[test]
fn japans_holidays_are_those_of_the_law() {
    let table = HolidayTable::preset("jp").unwrap();
    assert_eq!(table.years, Some(2024..=2027));
    let equinoxes = [(2024, 20, 22), (2025, 20, 23), (2026, 20, 23), (2027, 21, 23)];
    let lawful: BTreeSet<Date> = equinoxes
        .iter()
        .flat_map(|(y, s, a)| lawful(*y, *s, *a))
        .collect();
    assert_eq!(table.days, lawful);
    assert!(HolidayTable::preset("jq").is_none());
}

#[test]
fn a_list_of_days_names_its_first_wrong_line() {
    assert_eq!(
        HolidayTable::read("# x\n2026-12-29 休業\n\n").unwrap().days.len(),
        1
    );
    assert_eq!(HolidayTable::read("2026-12-29\n29.12.2026\n"), Err(2));
    assert_eq!(HolidayTable::read("years 2026\n"), Err(1));
}
