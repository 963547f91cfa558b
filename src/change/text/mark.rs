//! One line of a file as a terminal shows it, and the columns to underline.

use unicode_width::UnicodeWidthChar;

use super::Place;
use super::lines::Lines;

/// A line to print with the carets below it; columns are those of a terminal, where 漢 takes two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The line's number, from 1.
    pub line_number: u32,
    /// The line: tabs are spaces, unprintable characters are `�`, what is too long is cut to `…`.
    pub line: String,
    /// The columns before the first caret.
    pub caret_offset_columns: usize,
    /// How many carets; 0 when the line as a whole is meant.
    pub caret_width_columns: usize,
}

/// The most columns of a file's line that are shown.
const WIDEST: usize = 100;
/// The columns that stay visible before a mark in a line that is cut.
const LEAD: usize = 24;
/// What a tab is shown as.
const TAB: &str = "    ";

/// One shown character: its width and whether it is marked.
struct Cell {
    shown: char,
    width: usize,
    marked: bool,
}

/// The line of `place` in `text`, made fit for printing.
pub fn mark(text: &str, place: &Place) -> Marked {
    let (line, start) = Lines::of(text).text(text, place.bytes.start).to_owned();
    let cells = cells(line, start, place);
    let total: usize = cells.iter().map(|cell| cell.width).sum();
    let offset = columns_before(&cells);
    let from = if total <= WIDEST || offset + LEAD < WIDEST {
        0
    } else {
        offset.saturating_sub(LEAD)
    };
    let mut marked = Marked {
        line_number: place.line,
        line: String::new(),
        caret_offset_columns: 0,
        caret_width_columns: 0,
    };
    let mut column = 0;
    let mut used = 0;
    if from > 0 {
        marked.line.push('…');
        used = 1;
    }
    for cell in cells {
        let skipped = column < from;
        column += cell.width;
        if skipped {
            continue;
        }
        if used + cell.width > WIDEST {
            marked.line.push('…');
            break;
        }
        marked.line.push(cell.shown);
        if cell.marked {
            if marked.caret_width_columns == 0 {
                marked.caret_offset_columns = used;
            }
            marked.caret_width_columns += cell.width;
        }
        used += cell.width;
    }
    marked
}

fn columns_before(cells: &[Cell]) -> usize {
    if !cells.iter().any(|cell| cell.marked) {
        return 0;
    }
    cells
        .iter()
        .take_while(|cell| !cell.marked)
        .map(|cell| cell.width)
        .sum()
}

fn cells(line: &str, start: usize, place: &Place) -> Vec<Cell> {
    let mut cells = Vec::new();
    for (i, character) in line.char_indices() {
        let marked = place.bytes.contains(&(start + i));
        if character == '\t' {
            cells.extend(TAB.chars().map(|shown| Cell {
                shown,
                width: 1,
                marked,
            }));
            continue;
        }
        let shown = if deceives(character) {
            '\u{fffd}'
        } else {
            character
        };
        cells.push(Cell {
            shown,
            width: shown.width().unwrap_or(0),
            marked,
        });
    }
    cells
}

/// Characters that would steer a terminal or show a line in another order than it is read.
fn deceives(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
