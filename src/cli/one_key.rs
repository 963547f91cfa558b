//! One key at a terminal, without Enter.

use std::time::Duration;

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};

/// What somebody pressed for leaving: Ctrl-C, Ctrl-D or Escape.
pub(super) const LEAVE: char = '\u{1b}';

/// The terminal gives each key at once, until this is dropped.
struct Raw;

impl Raw {
    fn new() -> std::io::Result<Self> {
        enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for Raw {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

/// The key that is pressed within `wait`; `None` when none is.
///
/// # Errors
/// When the terminal cannot be read.
pub(super) fn one_key(wait: Duration) -> std::io::Result<Option<char>> {
    let _raw = Raw::new()?;
    if !event::poll(wait)? {
        return Ok(None);
    }
    let Event::Key(key) = event::read()? else {
        return Ok(None);
    };
    if key.kind == KeyEventKind::Release {
        return Ok(None);
    }
    Ok(match key.code {
        KeyCode::Esc => Some(LEAVE),
        KeyCode::Char('c' | 'd') if key.modifiers.contains(KeyModifiers::CONTROL) => Some(LEAVE),
        KeyCode::Char(c) => Some(c),
        _ => None,
    })
}
