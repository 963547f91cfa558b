//! The approver whom nobody has named yet.

/// The name that `init` writes in English.
pub const SHIPPED_BLANK_NAME: &str = "(approver: write the name here)";
/// The name that `init` writes in Japanese.
pub const SHIPPED_BLANK_NAME_JA: &str = "(承認者: ここに氏名を書いてください)";

/// Whether a person's name is one that `init` wrote to be replaced.
pub fn is_shipped_blank(name: &str) -> bool {
    name == SHIPPED_BLANK_NAME || name == SHIPPED_BLANK_NAME_JA
}
