//! Business days and hours.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};

use super::{Moment, Opening, Period};

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
        let mut day = self.date(event);
        let mut left = days;
        while left > 0 {
            day = day.tomorrow().map_err(|_| UnknownYear(day.year()))?;
            if self.is_business_day(day)? {
                left -= 1;
            }
        }
        self.first(day, self.due_time).ok_or(UnknownYear(day.year()))
    }

    /// The latest moment from which `period` is over by `end`: what happens later than it is due
    /// after `end`.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table begins after the days that are counted.
    pub fn latest(&self, end: Moment, period: Period) -> Result<Moment, UnknownYear> {
        let days = match period {
            Period::Wall(seconds) => {
                let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
                return Ok(end.plus_seconds(-seconds).shown_in(&self.zone));
            }
            Period::BusinessDays(days) => days,
        };
        // The first day that is too late.
        let mut day = self.date(end);
        let edge = |day: Date| UnknownYear(day.year());
        if self.first(day, self.due_time).is_some_and(|due| due <= end) {
            day = day.tomorrow().map_err(|_| edge(day))?;
        }
        let mut left = days;
        while left > 0 {
            day = day.yesterday().map_err(|_| edge(day))?;
            if self.is_business_day(day)? {
                left -= 1;
            }
        }
        let next = self.first(day, Time::midnight()).ok_or(edge(day))?;
        Ok(next.plus_seconds(-1))
    }

    /// The hours in which work is done on `day`.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table does not know `day`.
    pub fn business_hours(&self, day: Date) -> Result<Option<Opening>, UnknownYear> {
        if !self.is_business_day(day)? {
            return Ok(None);
        }
        Ok(self.opening(day, self.from, self.to))
    }

    /// Seconds of business hours between two moments; at most those of the first ten years.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table does not know all the days between them.
    pub fn business_seconds(&self, from: Moment, to: Moment) -> Result<u64, UnknownYear> {
        const MOST_DAYS: u32 = 3_660;
        let (mut day, last) = (self.date(from), self.date(to));
        let mut seconds = 0;
        for _ in 0..MOST_DAYS {
            if day > last {
                break;
            }
            let hours = self.business_hours(day)?;
            seconds += hours.map_or(0, |hours| hours.seconds_within(from, to));
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(seconds)
    }

    /// What is open on `day` from one time to another, on the next day where `to` is not after
    /// `from`: the opening belongs to the day on which it begins. `None` when the clocks skip all
    /// of it.
    pub fn opening(&self, day: Date, from: Time, to: Time) -> Option<Opening> {
        let end = if to > from { day } else { day.tomorrow().ok()? };
        let opening = Opening {
            from: self.first(day, from)?,
            to: self.first(end, to)?,
        };
        (opening.from < opening.to).then_some(opening)
    }

    /// When the clocks show `time` on `day` for the first time; when they skip it, the moment at
    /// which they do. `None` at the edge of what can be counted.
    pub fn first(&self, day: Date, time: Time) -> Option<Moment> {
        let clocks = self.zone.to_ambiguous_timestamp(day.to_datetime(time));
        let skipped = matches!(clocks.offset(), AmbiguousOffset::Gap { .. });
        let earlier = clocks.earlier().ok()?;
        let first = match skipped {
            true => self.zone.following(earlier).next()?.timestamp(),
            false => earlier,
        };
        Some(Moment::new(first, &self.zone))
    }

    /// The calendar's date of `moment`.
    pub fn date(&self, moment: Moment) -> Date {
        moment.shown_in(&self.zone).zoned().date()
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
