//! When changes are made.

use jiff::civil::{Date, Time, Weekday};

use crate::change::schedule::{Calendar, UnknownYear};
use crate::change::{Moment, Opening};

/// What a key of `windows:` stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WindowHours {
    /// At any time.
    Always,
    /// During `calendar.business_hours`.
    BusinessHours,
    /// On these days between two times, holidays or not; past midnight where `to` is not after
    /// `from`.
    Hours {
        /// The days on which it opens.
        days: Vec<Weekday>,
        /// When it opens.
        from: Time,
        /// When it closes.
        to: Time,
    },
}

/// What a window is at one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WindowNow {
    /// Open, and it never closes.
    Always,
    /// Open; openings that follow without a break are one.
    Open(Opening),
    /// Closed; when it opens next, as far as the calendar knows.
    Closed(Option<Opening>),
}

impl WindowHours {
    /// How the window stands at `at`.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table does not know whether it is open.
    pub fn at(&self, calendar: &Calendar, at: Moment) -> Result<WindowNow, UnknownYear> {
        if *self == Self::Always {
            return Ok(WindowNow::Always);
        }
        let today = calendar.date(at);
        for day in self.days_that_reach(today) {
            if let Some(opening) = self.opening_on(calendar, day)?
                && opening.holds(at)
            {
                return Ok(WindowNow::Open(self.unbroken(calendar, day, opening)));
            }
        }
        Ok(WindowNow::Closed(self.next(calendar, today, at)))
    }

    /// Every opening that reaches into the time from `from` to `to`, in order; none for
    /// [`Self::Always`], which does not open.
    ///
    /// # Errors
    /// [`UnknownYear`] when the holiday table does not know all the days between them.
    pub fn openings(
        &self,
        calendar: &Calendar,
        from: Moment,
        to: Moment,
    ) -> Result<Vec<Opening>, UnknownYear> {
        let first = calendar.date(from);
        let mut openings = Vec::new();
        let mut day = self.days_that_reach(first).next().unwrap_or(first);
        while day <= calendar.date(to) {
            let opening = self.opening_on(calendar, day)?;
            openings.extend(opening.filter(|opening| opening.to > from && opening.from < to));
            match day.tomorrow() {
                Ok(next) => day = next,
                Err(_) => break,
            }
        }
        Ok(openings)
    }

    /// The opening that begins on `day`.
    fn opening_on(&self, calendar: &Calendar, day: Date) -> Result<Option<Opening>, UnknownYear> {
        match self {
            Self::Always => Ok(None),
            Self::BusinessHours => calendar.business_hours(day),
            Self::Hours { days, from, to } => Ok(days
                .contains(&day.weekday())
                .then(|| calendar.opening(day, *from, *to))
                .flatten()),
        }
    }

    /// The days whose openings can be open on `day`: yesterday's where they pass midnight.
    fn days_that_reach(&self, day: Date) -> impl Iterator<Item = Date> + use<> {
        let overnight = matches!(self, Self::Hours { from, to, .. } if to <= from);
        let yesterday = overnight.then(|| day.yesterday().ok()).flatten();
        yesterday.into_iter().chain([day])
    }

    /// `opening`, and what follows it without a break, for a week at most.
    fn unbroken(&self, calendar: &Calendar, mut day: Date, mut opening: Opening) -> Opening {
        for _ in 0..7 {
            let Ok(next) = day.tomorrow() else { break };
            match self.opening_on(calendar, next) {
                Ok(Some(following)) if following.from <= opening.to => opening.to = following.to,
                _ => break,
            }
            day = next;
        }
        opening
    }

    /// The first opening after `at`, within a year.
    fn next(&self, calendar: &Calendar, today: Date, at: Moment) -> Option<Opening> {
        let mut day = today;
        for _ in 0..366 {
            let opening = self.opening_on(calendar, day).ok()?;
            if let Some(opening) = opening.filter(|opening| opening.from > at) {
                return Some(opening);
            }
            day = day.tomorrow().ok()?;
        }
        None
    }
}
