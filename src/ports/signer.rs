//! How a person, or a workflow for itself, signs.

/// Signs statements: with one person's key, or as the workflow that runs.
pub trait Signer {
    /// The kind of signature, as records name it.
    fn kind(&self) -> &'static str {
        "sshsig"
    }

    /// The public key that this signer uses: type and base64, without a comment. Empty where it
    /// has none of its own.
    fn public_key(&self) -> &str;

    /// The signature over `bytes`, in `namespace` where its kind knows such.
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
