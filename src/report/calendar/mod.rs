//! What is coming: freezes, windows, holidays.

mod render;
mod view;

pub(super) use render::freeze;
pub use render::{json, markdown, text};
pub use view::{CalendarView, FreezeLine, WindowHoursLine, WindowLine};
