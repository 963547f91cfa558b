//! Questions beside the API: one address, one answer, within a time, a size and a number of attempts.

use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};

use super::address::is_closed;
use super::client::{http, silence};
use super::token::Token;
use crate::ports::ForgeError;

/// How often a question is repeated that got no answer.
const REPEATS: u32 = 3;

/// The largest answer, in bytes.
const LARGEST: usize = 256 * 1024;

/// Asks by GET; only over a line that nobody else reads. An answer that is no success is its status.
///
/// # Errors
/// [`ForgeError`] when there is no answer, or one that is too long.
pub(super) async fn get(
    place: &str,
    bearer: Option<&Token>,
    pause: Duration,
) -> Result<Result<Vec<u8>, u16>, ForgeError> {
    if !is_closed(place) {
        return Err(ForgeError::Answer("an address that is not https".to_owned()));
    }
    let client = http()?;
    let mut pause = pause;
    for _ in 0..REPEATS {
        match once(&client, place, bearer).await {
            Ok(Err(429 | 500..)) | Err(ForgeError::Unreachable(_)) => tokio::time::sleep(pause).await,
            other => return other,
        }
        pause *= 2;
    }
    match once(&client, place, bearer).await? {
        Err(status @ (429 | 500..)) => Err(ForgeError::Unreachable(format!("HTTP {status}"))),
        other => Ok(other),
    }
}

async fn once(
    client: &reqwest::Client,
    place: &str,
    bearer: Option<&Token>,
) -> Result<Result<Vec<u8>, u16>, ForgeError> {
    let mut request = client.get(place).header(ACCEPT, "application/json");
    if let Some(token) = bearer
        && let Ok(mut value) = HeaderValue::from_str(&token.bearer())
    {
        value.set_sensitive(true);
        request = request.header(AUTHORIZATION, value);
    }
    let mut response = request.send().await.map_err(|error| silence(&error))?;
    let status = response.status().as_u16();
    if status != 200 {
        return Ok(Err(status));
    }
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| silence(&error))? {
        if body.len() + chunk.len() > LARGEST {
            return Err(ForgeError::Answer("more than 256 KiB".to_owned()));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Ok(body))
}
