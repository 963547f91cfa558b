//! How a person signs.

/// Signs statements with one person's key.
pub trait Signer {
    /// The public key that this signer uses: type and base64, without a comment.
    fn public_key(&self) -> &str;

    /// The armoured SSH signature of `bytes` in `namespace`.
    ///
    /// # Errors
    /// [`SignError`] when the key is not there or its owner said no.
    fn sign(&self, namespace: &str, bytes: &[u8]) -> Result<Vec<u8>, SignError>;
}

/// No signature was made.
#[derive(Debug, Clone, thiserror::Error)]
pub enum SignError {
    /// `ssh-keygen` is not installed.
    #[error("ssh-keygen was not found")]
    NoProgram,
    /// `ssh-keygen` refused; its own words.
    #[error("ssh-keygen did not sign: {0}")]
    Refused(String),
}
