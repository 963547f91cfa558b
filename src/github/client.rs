//! Asks over HTTP: within a time, a size and a number of attempts, and only what may be repeated.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::redirect::Policy;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use super::address::Address;
use super::answer;
use super::query::Query;
use super::token::Token;
use crate::ports::ForgeError;

/// The version of the REST API: the next one leaves out what is asked here.
const VERSION: (HeaderName, &str) = (HeaderName::from_static("x-github-api-version"), "2022-11-28");

/// How often a question is repeated that got no answer.
const REPEATS: u32 = 3;

/// The longest pause that GitHub may ask for, in seconds.
const LONGEST_PAUSE: u64 = 20;

/// The largest answer, in bytes.
const LARGEST: usize = 32 * 1024 * 1024;

/// How long one answer may take, and one connection.
const ANSWER_TIME: Duration = Duration::from_secs(30);
const CONNECT_TIME: Duration = Duration::from_secs(10);

/// The doors of one API.
pub(super) struct Client {
    http: reqwest::Client,
    token: Token,
    rest: String,
    graphql: String,
    pause: Duration,
}

/// One page of a REST list.
pub(super) struct Got {
    /// What is on it.
    pub(super) body: Value,
    /// The address of the next page.
    pub(super) next: Option<String>,
}

/// An answer before anybody looked at it.
struct Raw {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Raw {
    fn header(&self, name: &str) -> Option<String> {
        let value = self.headers.get(name)?.to_str().ok()?;
        Some(value.to_owned())
    }

    /// How long to wait before the same question may get an answer; `None`: it will not.
    fn again(&self) -> Option<u64> {
        let asked = self.header("retry-after").and_then(|text| text.parse().ok());
        match (self.status, asked) {
            (502..=504, asked) => Some(asked.unwrap_or(0)),
            (403 | 429, Some(seconds)) if self.header("x-ratelimit-remaining").as_deref() != Some("0") => {
                Some(seconds)
            }
            _ => None,
        }
        .filter(|seconds| *seconds <= LONGEST_PAUSE)
    }
}

impl Client {
    /// A client for `address`; `pause` is the first pause before a repetition.
    ///
    /// # Errors
    /// [`ForgeError::Unreachable`] when this machine has no certificates to trust.
    pub(super) fn new(address: &Address, token: Token, pause: Duration) -> Result<Self, ForgeError> {
        Ok(Self {
            http: http()?,
            token,
            rest: address.rest.clone(),
            graphql: address.graphql.clone(),
            pause,
        })
    }

    /// The answer to a query; `needs` is the permission that it takes.
    ///
    /// # Errors
    /// [`ForgeError`] unless all of it was answered.
    pub(super) async fn query(&self, query: &Query, needs: &str) -> Result<Value, ForgeError> {
        let body = json!({"query": query.text, "variables": query.variables});
        let raw = self
            .send(&|| self.request(Method::POST, &self.graphql).json(&body))
            .await?;
        if raw.status != 200 {
            return Err(self.refused(&raw, "graphql", needs));
        }
        answer::data(self.json(&raw)?, needs, &self.token)
    }

    /// The answer to a change that is asked for once: whether one that got no answer was made is
    /// not known.
    ///
    /// # Errors
    /// [`ForgeError`] unless it was made.
    pub(super) async fn mutate(&self, query: &Query, needs: &str) -> Result<Value, ForgeError> {
        let body = json!({"query": query.text, "variables": query.variables});
        let raw = self
            .once(self.request(Method::POST, &self.graphql).json(&body))
            .await?;
        if raw.status != 200 {
            return Err(self.refused(&raw, "graphql", needs));
        }
        answer::data(self.json(&raw)?, needs, &self.token)
    }

    /// Makes something at a path. It is sent again when there is no answer, so it has to be
    /// something that may stand there twice.
    ///
    /// # Errors
    /// [`ForgeError`] unless it was made.
    pub(super) async fn post(
        &self,
        path: &str,
        body: &Value,
        what: &str,
        needs: &str,
    ) -> Result<(), ForgeError> {
        let place = format!("{}{path}", self.rest);
        let raw = self
            .send(&|| self.request(Method::POST, &place).json(body))
            .await?;
        match raw.status {
            201 => Ok(()),
            _ => Err(self.refused(&raw, what, needs)),
        }
    }

    /// A page of a REST list, by its path or by what an earlier page named as the next; `None`
    /// when there is no such thing.
    ///
    /// # Errors
    /// [`ForgeError`] when it cannot be read.
    pub(super) async fn get(&self, path: &str, what: &str, needs: &str) -> Result<Option<Got>, ForgeError> {
        let place = match path.strip_prefix('/') {
            Some(_) => format!("{}{path}", self.rest),
            None => path.to_owned(),
        };
        // The token goes nowhere else, whatever an answer names.
        if !place.starts_with(&format!("{}/", self.rest)) {
            return Err(ForgeError::Answer("a next page on another server".to_owned()));
        }
        let raw = self.send(&|| self.request(Method::GET, &place)).await?;
        match raw.status {
            200 => Ok(Some(Got {
                body: self.json(&raw)?,
                next: raw.header("link").as_deref().and_then(next_page),
            })),
            404 | 422 => Ok(None),
            _ => Err(self.refused(&raw, what, needs)),
        }
    }

    fn json(&self, raw: &Raw) -> Result<Value, ForgeError> {
        serde_json::from_slice(&raw.body).map_err(|_| ForgeError::Answer("no JSON".to_owned()))
    }

    fn refused(&self, raw: &Raw, what: &str, needs: &str) -> ForgeError {
        answer::refused(
            raw.status,
            |name| raw.header(name),
            &raw.body,
            what,
            needs,
            &self.token,
        )
    }

    fn request(&self, method: Method, place: &str) -> RequestBuilder {
        let request = self.http.request(method, place);
        let request = request
            .header(VERSION.0, VERSION.1)
            .header(ACCEPT, "application/vnd.github+json");
        match HeaderValue::from_str(&self.token.bearer()) {
            Ok(mut value) => {
                value.set_sensitive(true);
                request.header(AUTHORIZATION, value)
            }
            Err(_) => request,
        }
    }

    /// Sends what changes nothing, and so may be sent again.
    async fn send(&self, request: &(dyn Fn() -> RequestBuilder + Sync)) -> Result<Raw, ForgeError> {
        let mut pause = self.pause;
        for _ in 0..REPEATS {
            match self.once(request()).await {
                Ok(raw) => match raw.again() {
                    None => return Ok(raw),
                    Some(seconds) => tokio::time::sleep(pause.max(Duration::from_secs(seconds))).await,
                },
                Err(ForgeError::Unreachable(_)) => tokio::time::sleep(pause).await,
                Err(error) => return Err(error),
            }
            pause *= 2;
        }
        self.once(request()).await
    }

    async fn once(&self, request: RequestBuilder) -> Result<Raw, ForgeError> {
        let mut response = request.send().await.map_err(|error| silence(&error))?;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| silence(&error))? {
            if body.len() + chunk.len() > LARGEST {
                return Err(ForgeError::Answer("more than 32 MiB".to_owned()));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Raw {
            status,
            headers,
            body,
        })
    }
}

/// What asks over HTTP: in a limited time, and led on to no other server.
///
/// # Errors
/// [`ForgeError::Unreachable`] when this machine has no certificates to trust.
pub(super) fn http() -> Result<reqwest::Client, ForgeError> {
    // Another part of the program may have chosen the same one before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let same_host = Policy::custom(|attempt| {
        let first = attempt.previous().first();
        let same = first.is_some_and(|first| first.origin() == attempt.url().origin());
        if same && attempt.previous().len() <= 3 {
            attempt.follow()
        } else {
            attempt.stop()
        }
    });
    reqwest::Client::builder()
        .user_agent(concat!("sekisho/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(CONNECT_TIME)
        .timeout(ANSWER_TIME)
        .redirect(same_host)
        .build()
        .map_err(|_| ForgeError::Unreachable("no certificates to trust".to_owned()))
}

/// Why there is no answer, without the words of the library: they can hold addresses, and those
/// a password.
pub(super) fn silence(error: &reqwest::Error) -> ForgeError {
    let why = if error.is_timeout() {
        "time-out"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    ForgeError::Unreachable(why.to_owned())
}

/// The next page that a `Link` header names.
fn next_page(link: &str) -> Option<String> {
    let next = link.split(',').find(|part| part.contains("rel=\"next\""))?;
    let (_, rest) = next.split_once('<')?;
    rest.split_once('>').map(|(address, _)| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn next_page_is_the_one_that_says_so() {
        let link = "<https://a/x?page=1>; rel=\"prev\", <https://a/x?page=3>; rel=\"next\"";
        assert_eq!(next_page(link).as_deref(), Some("https://a/x?page=3"));
        assert_eq!(next_page("<https://a/x>; rel=\"last\""), None);
    }
}
