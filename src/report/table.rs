//! Columns that stay in line, also with full-width characters.

use comfy_table::presets::NOTHING;
use comfy_table::{ContentArrangement, Table};

use super::{Look, harmless};

/// The cells, made harmless, below their headings; every line ends with a line end. Wrapped to
/// the screen's width, and not at all without one.
pub fn table(headings: &[String], rows: &[Vec<String>], look: Look) -> String {
    let mut table = Table::new();
    table.load_style(NOTHING);
    if let Some(width) = look.width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(width.max(20));
    } else {
        table.set_content_arrangement(ContentArrangement::Disabled);
    }
    table.set_header(headings.iter().map(|text| harmless(text)));
    for row in rows {
        table.add_row(row.iter().map(|text| harmless(text)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    let mut text = String::new();
    for line in table.lines() {
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}
