//! Where the database is. The address holds a secret and is shown nowhere.

use std::str::FromStr as _;

use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};

use crate::ports::StoreError;

/// Where a PostgreSQL database is, as `postgres://…` says it.
#[derive(Clone)]
pub struct PostgresAddress {
    options: PgConnectOptions,
    /// What no message may repeat, the longest first.
    hidden: Vec<String>,
}

/// What stands in a message instead.
const HIDDEN: &str = "…";

impl std::fmt::Debug for PostgresAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PostgresAddress(…)")
    }
}

impl PostgresAddress {
    /// Reads an address. Over a network the server has to prove who it is, unless `sslmode=` in
    /// the address asks for less.
    ///
    /// # Errors
    /// [`StoreError::Unreachable`], without any part of `url`.
    pub fn read(url: &str) -> Result<Self, StoreError> {
        let wrong =
            || StoreError::Unreachable("SEKISHO_LOG_URL is no address of a PostgreSQL database".to_owned());
        let rest = ["postgres://", "postgresql://"]
            .iter()
            .find_map(|scheme| url.strip_prefix(scheme))
            .ok_or_else(wrong)?;
        let mut options = PgConnectOptions::from_str(url)
            .map_err(|_| wrong())?
            .disable_statement_logging();
        let query = rest.split_once('?').map_or("", |(_, query)| query);
        let says = |key: &str| query.split('&').any(|pair| pair.starts_with(key));
        let near = options.get_socket().is_some()
            || options.get_host().starts_with('/')
            || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&options.get_host());
        if !near && !says("sslmode=") && !says("ssl-mode=") {
            options = options.ssl_mode(PgSslMode::VerifyFull);
        }
        if !says("application_name=") {
            options = options.application_name("sekisho");
        }
        let hidden = hidden(url, rest, query, &options);
        Ok(Self { options, hidden })
    }

    pub(super) fn options(&self) -> &PgConnectOptions {
        &self.options
    }

    /// The text without anything that the address holds, except names of user and database.
    pub(super) fn masked(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for secret in &self.hidden {
            text = text.replace(secret.as_str(), HIDDEN);
        }
        text
    }
}

/// Password, host and everything behind the question mark, as written and as decoded.
fn hidden(url: &str, rest: &str, query: &str, options: &PgConnectOptions) -> Vec<String> {
    let mut hidden = vec![url.to_owned(), query.to_owned(), options.get_host().to_owned()];
    if let Some(socket) = options.get_socket() {
        hidden.push(socket.to_string_lossy().into_owned());
    }
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    if let Some((user, host)) = authority.rsplit_once('@') {
        hidden.push(host.to_owned());
        if let Some((_, password)) = user.split_once(':') {
            hidden.push(password.to_owned());
            hidden.push(decoded(password));
        }
    }
    for pair in query.split('&') {
        let Some((key, value)) = pair.split_once('=') else {
            continue;
        };
        if !["user", "dbname", "sslmode", "ssl-mode", "application_name"].contains(&key) {
            let plain = decoded(value);
            // The server repeats single words of its options.
            let words = plain
                .split([' ', '='])
                .filter(|word| key == "options" && word.len() > 2);
            hidden.extend(words.map(str::to_owned));
            hidden.push(value.to_owned());
            hidden.push(plain);
        }
    }
    hidden.retain(|secret| !secret.is_empty());
    hidden.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
    hidden
}

/// `%40` to `@`; what is no such code stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = (*first == b'%').then(|| after.get(..2)).flatten();
        let code = code.and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_shown_nowhere() {
        let url = "postgres://ci:s3cr%40t@db.shop.example:5433/logs?sslmode=require&options=-c%20x%3Dy";
        let address = PostgresAddress::read(url).unwrap();
        assert!(!format!("{address:?}").contains("s3cr"));
        let said = address.masked(&format!("{url} s3cr%40t s3cr@t db.shop.example -c x=y"));
        for part in ["s3cr", "shop", "x=y"] {
            assert!(!said.contains(part), "{said}");
        }
    }

    #[test]
    fn what_is_no_address_is_not_repeated() {
        for url in [
            "",
            "mysql://ci:s3cret@h/d",
            "s3cret",
            "postgres://ci:s3cret@h:port/d",
            "postgres://s3cret@[/d",
        ] {
            let error = PostgresAddress::read(url).unwrap_err().to_string();
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn server_over_a_network_proves_who_it_is() {
        let mode = |url: &str| PostgresAddress::read(url).unwrap().options.get_ssl_mode();
        assert!(matches!(mode("postgres://h.example/d"), PgSslMode::VerifyFull));
        assert!(matches!(
            mode("postgres://h.example/d?sslmode=require"),
            PgSslMode::Require
        ));
        assert!(!matches!(mode("postgres://localhost/d"), PgSslMode::VerifyFull));
        assert!(!matches!(
            mode("postgres://h/d?host=/run/postgresql"),
            PgSslMode::VerifyFull
        ));
    }
}
