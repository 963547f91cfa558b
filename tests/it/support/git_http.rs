//! A git server over HTTP on this machine: `git http-backend` behind a listener, one request a
//! connection. It can lose an answer after the work was done, and ask for a header.
#![allow(clippy::disallowed_methods, reason = "tests start git")]

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

/// A server of the repositories in one folder; it ends with its value.
pub(crate) struct GitHttp {
    shared: Arc<Shared>,
    port: u16,
}

struct Shared {
    folder: PathBuf,
    lose: AtomicUsize,
    header: Mutex<Option<String>>,
    over: AtomicBool,
}

impl GitHttp {
    /// Serves the repositories in `folder`.
    pub(crate) fn serve(folder: &Path) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared = Arc::new(Shared {
            folder: folder.canonicalize().unwrap(),
            lose: AtomicUsize::new(0),
            header: Mutex::new(None),
            over: AtomicBool::new(false),
        });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                if serving.over.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&serving);
                std::thread::spawn(move || {
                    // A client that went away is no failure of the server.
                    let _ = connection.map(|connection| shared.answer(connection));
                });
            }
        });
        Self { shared, port }
    }

    /// The address of a repository in the folder.
    pub(crate) fn url(&self, name: &str) -> String {
        format!("http://127.0.0.1:{}/{name}", self.port)
    }

    /// Loses the answers to the next `count` pushes, which are carried out all the same.
    pub(crate) fn lose(&self, count: usize) {
        self.shared.lose.store(count, Ordering::SeqCst);
    }

    /// Answers nobody without this `Authorization`.
    pub(crate) fn demand(&self, authorization: &str) {
        *self.shared.header.lock().unwrap() = Some(authorization.to_owned());
    }
}

impl Drop for GitHttp {
    fn drop(&mut self) {
        self.shared.over.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(("127.0.0.1", self.port));
    }
}

struct Request {
    method: String,
    path: String,
    query: String,
    headers: HashMap<String, String>,
    body: Vec<u8>,
}

impl Shared {
    fn answer(&self, connection: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(connection.try_clone()?);
        let mut connection = connection;
        let request = read(&mut reader, &mut connection)?;
        let wanted = self.header.lock().unwrap().clone();
        if wanted.is_some() && wanted.as_ref() != request.headers.get("authorization") {
            let refusal = "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            return connection.write_all(refusal.as_bytes());
        }
        let printed = self.backend(&request)?;
        let push = request.method == "POST" && request.path.ends_with("/git-receive-pack");
        let less = |count: usize| count.checked_sub(1);
        if push
            && self
                .lose
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, less)
                .is_ok()
        {
            return Ok(());
        }
        let end = printed
            .windows(4)
            .position(|bytes| bytes == b"\r\n\r\n")
            .unwrap_or(0);
        let head = String::from_utf8_lossy(&printed[..end]).into_owned();
        let body = &printed[end + 4..];
        let mut status = "200 OK".to_owned();
        let mut lines = String::new();
        for line in head.lines() {
            match line.strip_prefix("Status: ") {
                Some(other) => other.clone_into(&mut status),
                None => lines.push_str(&format!("{line}\r\n")),
            }
        }
        let length = body.len();
        let answer =
            format!("HTTP/1.1 {status}\r\n{lines}Content-Length: {length}\r\nConnection: close\r\n\r\n");
        connection.write_all(answer.as_bytes())?;
        connection.write_all(body)
    }

    fn backend(&self, request: &Request) -> std::io::Result<Vec<u8>> {
        let header = |name: &str| request.headers.get(name).cloned().unwrap_or_default();
        let mut child = Command::new("git")
            .arg("http-backend")
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_PROJECT_ROOT", &self.folder)
            .env("GIT_HTTP_EXPORT_ALL", "1")
            .env("REMOTE_USER", "somebody")
            .env("REMOTE_ADDR", "127.0.0.1")
            .env("REQUEST_METHOD", &request.method)
            .env("PATH_INFO", &request.path)
            .env("QUERY_STRING", &request.query)
            .env("CONTENT_TYPE", header("content-type"))
            .env("CONTENT_LENGTH", request.body.len().to_string())
            .env("HTTP_CONTENT_ENCODING", header("content-encoding"))
            .env("GIT_PROTOCOL", header("git-protocol"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut input = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            scope.spawn(move || input.write_all(&request.body));
            Ok(child.wait_with_output()?.stdout)
        })
    }
}

fn read(reader: &mut BufReader<TcpStream>, connection: &mut TcpStream) -> std::io::Result<Request> {
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default().to_owned();
    let target = words.next().unwrap_or_default().to_owned();
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let mut headers = HashMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    if headers.contains_key("expect") {
        connection.write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
    }
    let mut body = Vec::new();
    if headers
        .get("transfer-encoding")
        .is_some_and(|kind| kind == "chunked")
    {
        loop {
            let mut size = String::new();
            reader.read_line(&mut size)?;
            let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
            let mut chunk = vec![0; size + 2];
            reader.read_exact(&mut chunk)?;
            if size == 0 {
                break;
            }
            body.extend_from_slice(&chunk[..size]);
        }
    } else if let Some(length) = headers.get("content-length").and_then(|text| text.parse().ok()) {
        body.resize(length, 0);
        reader.read_exact(&mut body)?;
    }
    Ok(Request {
        method,
        path: path.to_owned(),
        query: query.to_owned(),
        headers,
        body,
    })
}
