//! Git over smart HTTP, by git's own program.
#![allow(clippy::disallowed_methods, reason = "tests start git")]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use axum::body::Body;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The header that a token comes in.
pub(super) fn login(token: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("x-access-token:{token}")))
}

/// Lets git answer a request about the repository at `bare`.
pub(super) fn answer(
    bare: &Path,
    path: &str,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Response<Body> {
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned()
    };
    let mut child = Command::new("git")
        .arg("http-backend")
        .env("GIT_PROJECT_ROOT", bare)
        .env("GIT_HTTP_EXPORT_ALL", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_PROTOCOL", header("git-protocol"))
        .env("PATH_INFO", path)
        .env("QUERY_STRING", uri.query().unwrap_or_default())
        .env("REQUEST_METHOD", method.as_str())
        .env("CONTENT_TYPE", header("content-type"))
        .env("CONTENT_LENGTH", body.len().to_string())
        .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let bytes = body.to_vec();
    let writer = std::thread::spawn(move || drop(input.write_all(&bytes)));
    let done = child.wait_with_output().unwrap();
    writer.join().unwrap();
    response(&done.stdout)
}

/// Runs git in the repository; what it printed, where it did what it was asked.
pub(super) fn run(bare: &Path, arguments: &[&str]) -> Option<String> {
    fed(bare, arguments, b"")
}

/// The same with something to read.
pub(super) fn fed(bare: &Path, arguments: &[&str], input: &[u8]) -> Option<String> {
    let mut child = Command::new("git")
        .arg("--git-dir")
        .arg(bare)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .env("GIT_AUTHOR_NAME", "GitHub")
        .env("GIT_AUTHOR_EMAIL", "noreply@github.com")
        .env("GIT_COMMITTER_NAME", "GitHub")
        .env("GIT_COMMITTER_EMAIL", "noreply@github.com")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let done = child.wait_with_output().unwrap();
    let printed = String::from_utf8_lossy(&done.stdout).trim().to_owned();
    done.status.success().then_some(printed)
}

/// Headers, an empty line, and the rest.
fn response(printed: &[u8]) -> Response<Body> {
    let end = printed
        .windows(4)
        .position(|four| four == b"\r\n\r\n")
        .unwrap_or(0);
    let mut response = Response::new(Body::from(printed.get(end + 4..).unwrap_or_default().to_vec()));
    for line in String::from_utf8_lossy(&printed[..end]).lines() {
        let Some((name, value)) = line.split_once(": ") else {
            continue;
        };
        if name == "Status" {
            *response.status_mut() = StatusCode::from_bytes(&value.as_bytes()[..3]).unwrap();
        } else {
            let name: axum::http::HeaderName = name.parse().unwrap();
            response.headers_mut().insert(name, value.parse().unwrap());
        }
    }
    response
}
