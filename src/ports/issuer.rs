//! Who issues runners' tokens.

use async_trait::async_trait;

use super::ForgeError;

/// An issuer of tokens, asked over the network.
#[async_trait]
pub trait Issuer: Send + Sync {
    /// The key set (JWKS) that `issuer` publishes now.
    ///
    /// # Errors
    /// [`ForgeError`] when it cannot be had, or is not the issuer's own.
    async fn keys(&self, issuer: &str) -> Result<Vec<u8>, ForgeError>;
}
