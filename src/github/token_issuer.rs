//! The keys that an issuer of runners' tokens publishes, as OpenID Connect has them found.

use std::time::Duration;

use async_trait::async_trait;
use serde_json::Value;

use super::plain::get;
use crate::ports::{ForgeError, Issuer};

/// Asks issuers for their keys.
#[derive(Debug, Clone, Copy)]
pub struct TokenIssuer {
    pause: Duration,
}

impl TokenIssuer {
    /// `pause` is the first pause before something is asked again.
    pub const fn new(pause: Duration) -> Self {
        Self { pause }
    }

    async fn asked(&self, place: &str) -> Result<Vec<u8>, ForgeError> {
        let answer = get(place, None, self.pause).await?;
        answer.map_err(|status| ForgeError::Answer(format!("HTTP {status} for the issuer's keys")))
    }
}

#[async_trait]
impl Issuer for TokenIssuer {
    async fn keys(&self, issuer: &str) -> Result<Vec<u8>, ForgeError> {
        let about = self
            .asked(&format!("{issuer}/.well-known/openid-configuration"))
            .await?;
        let about: Value = serde_json::from_slice(&about).unwrap_or_default();
        let says = |name: &str| about.get(name).and_then(Value::as_str).unwrap_or_default();
        if says("issuer") != issuer {
            return Err(ForgeError::Answer("the issuer calls itself otherwise".to_owned()));
        }
        let place = says("jwks_uri");
        if origin(place).is_none() || origin(place) != origin(issuer) {
            return Err(ForgeError::Answer(
                "the issuer's keys are on another server".to_owned(),
            ));
        }
        let set = self.asked(place).await?;
        let read: Value = serde_json::from_slice(&set).unwrap_or_default();
        match read.get("keys").and_then(Value::as_array) {
            Some(keys) if !keys.is_empty() => Ok(set),
            _ => Err(ForgeError::Answer("the issuer has no keys".to_owned())),
        }
    }
}

/// Scheme, host and port.
fn origin(place: &str) -> Option<reqwest::Url> {
    let mut url = reqwest::Url::parse(place).ok()?;
    if !url.username().is_empty() || url.password().is_some() {
        return None;
    }
    url.set_path("");
    url.set_query(None);
    url.set_fragment(None);
    Some(url)
}
