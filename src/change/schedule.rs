//! Business days and hours.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;

use super::{Moment, Period};

/// Business hours, holidays and time zone.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Where the clocks are.
    pub zone: TimeZone,
    /// The zone's IANA name.
    pub zone_name: String,
    /// The days on which work is done.
    pub days: Vec<Weekday>,
    /// When work starts.
    pub from: Time,
    /// When work ends.
    pub to: Time,
    /// The time at which a deadline in business days ends.
    pub due_time: Time,
    /// Days without work.
    pub holidays: BTreeSet<Date>,
    /// The years that `holidays` is complete for; `None`: every year (dates were listed by hand).
    pub known_years: Option<RangeInclusive<i16>>,
}

/// A date outside the holiday table: not a day without holidays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no holidays are known for the year {0}")]
pub struct UnknownYear(pub i16);

impl Calendar {
    /// Whether work is done on `day`.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table ends before `day`.
    pub fn is_business_day(&self, day: Date) -> Result<bool, UnknownYear> {
        if let Some(years) = &self.known_years
            && !years.contains(&day.year())
        {
            return Err(UnknownYear(day.year()));
        }
        Ok(self.days.contains(&day.weekday()) && !self.holidays.contains(&day))
    }

    /// When something that is due `period` after `event` is due: wall time counts from the
    /// second, business days end at `due_time` of the n-th business day after the event's day.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table ends before the due day.
    pub fn due(&self, event: Moment, period: Period) -> Result<Moment, UnknownYear> {
        let days = match period {
            Period::Wall(seconds) => {
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                return Ok(event.plus_seconds(seconds).shown_in(&self.zone));
            }
            Period::BusinessDays(days) => days,
        };
        let mut day = event.shown_in(&self.zone).zoned().date();
        let mut left = days;
        while left > 0 {
            day = day.tomorrow().map_err(|_| UnknownYear(day.year()))?;
            if self.is_business_day(day)? {
                left -= 1;
            }
        }
        let end = day
            .to_datetime(self.due_time)
            .to_zoned_datetime(self.zone.clone())
            .map_err(|_| UnknownYear(day.year()))?;
        Ok(Moment::new(end.timestamp(), &self.zone))
    }

    /// The calendar's date of `moment`, `YYYY-MM-DD`.
    pub fn day(&self, moment: Moment) -> String {
        moment
            .shown_in(&self.zone)
            .zoned()
            .strftime("%Y-%m-%d")
            .to_string()
    }
}
