//! What an answer of the API says when it does not say what was asked.

use serde_json::Value;

use super::token::Token;
use crate::ports::ForgeError;

/// How much of GitHub's own words is passed on, in characters.
const LONGEST: usize = 200;

/// The error in an answer with a status that is no success.
pub(super) fn refused(
    status: u16,
    header: impl Fn(&str) -> Option<String>,
    body: &[u8],
    what: &str,
    needs: &str,
    token: &Token,
) -> ForgeError {
    let used_up = header("x-ratelimit-remaining").as_deref() == Some("0");
    match status {
        401 => ForgeError::Token,
        429 => limit(&header),
        403 if used_up || header("retry-after").is_some() => limit(&header),
        403 | 404 => ForgeError::Forbidden {
            what: what.to_owned(),
            permission: needs.to_owned(),
        },
        500.. => ForgeError::Unreachable(format!("HTTP {status}")),
        _ => {
            let body: Value = serde_json::from_slice(body).unwrap_or_default();
            let said = body.get("message").and_then(Value::as_str).unwrap_or_default();
            ForgeError::Answer(words(&format!("HTTP {status} {said}"), token))
        }
    }
}

fn limit(header: &impl Fn(&str) -> Option<String>) -> ForgeError {
    let reset = header("x-ratelimit-reset").and_then(|text| text.parse::<i64>().ok());
    let reset = reset.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
    ForgeError::Limit(reset.map(|at| at.to_string()))
}

/// The `data` of an answer to a query. Anything under `errors` makes all of it worthless: GitHub
/// leaves out what it could not read and answers the rest.
pub(super) fn data(mut answer: Value, needs: &str, token: &Token) -> Result<Value, ForgeError> {
    let errors = match answer.get("errors") {
        None | Some(Value::Null) => Vec::new(),
        Some(Value::Array(errors)) => errors.clone(),
        Some(other) => vec![other.clone()],
    };
    if let Some(first) = errors.first() {
        return Err(error(first, needs, token));
    }
    match answer.get_mut("data").map(Value::take) {
        Some(data @ Value::Object(_)) => Ok(data),
        _ => Err(ForgeError::Answer("no data".to_owned())),
    }
}

fn error(error: &Value, needs: &str, token: &Token) -> ForgeError {
    let text = |key: &str| error.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "FORBIDDEN" | "NOT_FOUND" | "INSUFFICIENT_SCOPES" => ForgeError::Forbidden {
            what: place(error),
            permission: needs.to_owned(),
        },
        "RATE_LIMIT" | "RATE_LIMITED" => ForgeError::Limit(None),
        kind => ForgeError::Answer(words(&format!("{kind} {}", text("message")), token)),
    }
}

/// The field that an error is about.
fn place(error: &Value) -> String {
    let path = error.get("path").and_then(Value::as_array);
    let names = path.into_iter().flatten().filter_map(Value::as_str);
    let names: Vec<&str> = names.filter(|name| is_plain(name)).collect();
    if names.is_empty() {
        "repository".to_owned()
    } else {
        names.join(".")
    }
}

fn is_plain(name: &str) -> bool {
    name.len() <= 50 && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Words of a server, fit to be shown: one line, short, without the token.
fn words(text: &str, token: &Token) -> String {
    let masked = token.masked(text);
    let line = masked.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().filter(|c| !c.is_control()).take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn token() -> Token {
        Token::new("ghs_secret").unwrap()
    }

    #[test]
    fn errors_beside_data_are_errors() {
        let answer = json!({"data": {"repository": {}}, "errors": [{"type": "RESOURCE_LIMITS_EXCEEDED", "message": "too\nmuch ghs_secret"}]});
        let error = data(answer, "pull-requests: read", &token()).unwrap_err();
        assert_eq!(
            error,
            ForgeError::Answer("RESOURCE_LIMITS_EXCEEDED too much ***".to_owned())
        );
    }

    #[test]
    fn missing_rights_name_the_line_to_add() {
        let answer =
            json!({"data": null, "errors": [{"type": "FORBIDDEN", "path": ["repository", "p0", "reviews"]}]});
        let error = data(answer, "pull-requests: read", &token()).unwrap_err();
        let expected = ForgeError::Forbidden {
            what: "repository.p0.reviews".to_owned(),
            permission: "pull-requests: read".to_owned(),
        };
        assert_eq!(error, expected);
    }

    #[test]
    fn answer_without_data_is_no_answer() {
        for answer in [
            json!({}),
            json!([]),
            json!({"data": null}),
            json!({"data": [], "errors": []}),
            json!("x"),
        ] {
            assert!(data(answer.clone(), "", &token()).is_err(), "{answer}");
        }
        assert!(data(json!({"data": {}, "errors": "odd"}), "", &token()).is_err());
    }

    #[test]
    fn statuses_are_told_apart() {
        let none = |_: &str| None;
        let refused = |status, header: &dyn Fn(&str) -> Option<String>| {
            refused(
                status,
                header,
                b"{\"message\": \"Bad ghs_secret\"}",
                "activity",
                "contents: read",
                &token(),
            )
        };
        assert_eq!(refused(401, &none), ForgeError::Token);
        assert!(matches!(refused(403, &none), ForgeError::Forbidden { .. }));
        assert_eq!(refused(429, &none), ForgeError::Limit(None));
        let used_up = |name: &str| match name {
            "x-ratelimit-remaining" => Some("0".to_owned()),
            "x-ratelimit-reset" => Some("1796083200".to_owned()),
            _ => None,
        };
        assert_eq!(
            refused(403, &used_up),
            ForgeError::Limit(Some("2026-12-01T00:00:00Z".to_owned()))
        );
        assert_eq!(
            refused(502, &none),
            ForgeError::Unreachable("HTTP 502".to_owned())
        );
        assert_eq!(
            refused(422, &none),
            ForgeError::Answer("HTTP 422 Bad ***".to_owned())
        );
    }
}
