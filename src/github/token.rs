//! The token that everything is asked with.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// A token; nothing shows its text.
#[derive(Clone)]
pub struct Token(String);

impl Token {
    /// The token with this text; `None` when it is none.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        fits.then(|| Self(text.to_owned()))
    }

    /// The value of the header that the API wants.
    pub(super) fn bearer(&self) -> String {
        format!("Bearer {}", self.0)
    }

    /// The header that git over HTTP wants.
    pub fn git_header(&self) -> String {
        let pair = STANDARD.encode(format!("x-access-token:{}", self.0));
        format!("Authorization: Basic {pair}")
    }

    /// `text` with every occurrence of the token taken out.
    pub(super) fn masked(&self, text: &str) -> String {
        text.replace(&self.0, "***")
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}
