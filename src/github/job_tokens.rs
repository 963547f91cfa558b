//! Tokens that GitHub makes for one job: who runs this, signed by GitHub, for one audience.

use std::future::Future;
use std::time::Duration;

use serde_json::Value;

use super::plain::get;
use super::token::Token;
use crate::ledger::{self, Machines, TOKEN_SIGNATURE};
use crate::ports::{ForgeError, SignError, Signer};

/// What a job without the right to such tokens lacks.
const PERMISSION: &str = "id-token: write";

/// The door through which a job asks for tokens. Nothing shows what it is asked with.
#[derive(Debug, Clone)]
pub struct JobTokens {
    place: reqwest::Url,
    token: Token,
    pause: Duration,
}

impl JobTokens {
    /// The door at `place`, opened with `token`; `None` when they are none.
    pub fn new(place: &str, token: &str, pause: Duration) -> Option<Self> {
        Some(Self {
            place: reqwest::Url::parse(place).ok()?,
            token: Token::new(token)?,
            pause,
        })
    }

    /// A token for this audience.
    ///
    /// # Errors
    /// [`ForgeError`] when GitHub makes none.
    pub fn ask(&self, audience: &str) -> Result<Vec<u8>, ForgeError> {
        let mut place = self.place.clone();
        place.query_pairs_mut().append_pair("audience", audience);
        let answer = waited(get(place.as_str(), Some(&self.token), self.pause))??;
        let answer = answer.map_err(|status| match status {
            401 | 403 | 404 => ForgeError::Forbidden {
                what: "id token".to_owned(),
                permission: PERMISSION.to_owned(),
            },
            status => ForgeError::Answer(format!("HTTP {status} for a token of this job")),
        })?;
        let answer: Value = serde_json::from_slice(&answer).unwrap_or_default();
        let value = answer.get("value").and_then(Value::as_str).unwrap_or_default();
        match ledger::Token::read(value.as_bytes()) {
            Some(_) => Ok(value.as_bytes().to_vec()),
            None => Err(ForgeError::Answer("no token".to_owned())),
        }
    }
}

impl Signer for JobTokens {
    fn kind(&self) -> &'static str {
        TOKEN_SIGNATURE
    }

    fn public_key(&self) -> &str {
        ""
    }

    /// The audience of the token is the digest of what is signed: it is good for nothing else.
    fn sign(&self, _: &str, bytes: &[u8]) -> Result<Vec<u8>, SignError> {
        self.ask(&Machines::audience(bytes))
            .map_err(|error| SignError::Refused(error.to_string()))
    }
}

/// Waits for an answer on a thread of its own: whoever signs does not know of a network.
fn waited<T: Send>(question: impl Future<Output = T> + Send) -> Result<T, ForgeError> {
    let failed = || ForgeError::Unreachable("no thread to ask on".to_owned());
    std::thread::scope(|scope| {
        let asking = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            Some(runtime.ok()?.block_on(question))
        });
        asking.join().ok().flatten().ok_or_else(failed)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_job_asks_with_goes_over_no_open_line_and_is_never_shown() {
        let door = JobTokens::new("http://ci.example/tokens?v=2", "secret-of-a-job", Duration::ZERO);
        let door = door.unwrap();
        let refused = door.ask("sekisho:v1:look").unwrap_err();
        assert!(matches!(refused, ForgeError::Answer(_)), "{refused:?}");
        assert!(!format!("{door:?} {refused:?} {refused}").contains("secret-of-a-job"));
        assert!(JobTokens::new("no address", "secret-of-a-job", Duration::ZERO).is_none());
    }
}
