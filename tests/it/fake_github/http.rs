//! The server: REST, GraphQL and git behind one address.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State as Shared;
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri};
use serde_json::{Value, json};

use super::state::{Habit, State};
use super::{graphql, smart_git};

/// The token that is good here.
pub(super) const TOKEN: &str = "ghs_fake0123456789";

/// A running server; it ends with its value.
pub(super) struct Server {
    state: Arc<Mutex<State>>,
    pub(super) address: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

#[derive(Clone)]
struct Kept {
    state: Arc<Mutex<State>>,
    bare: PathBuf,
    address: String,
}

impl Server {
    /// Serves the bare repository at `bare` as `acme/shop`.
    pub(super) fn start(bare: PathBuf) -> Self {
        let state = Arc::new(Mutex::new(State::default()));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let kept = Kept {
            state: Arc::clone(&state),
            bare,
            address: address.clone(),
        };
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async move {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                let app = Router::new().fallback(answer).with_state(kept);
                let ended = async move { stopped.await.ok() };
                tokio::select! {
                    served = axum::serve(listener, app) => served.unwrap(),
                    _ = ended => {}
                }
            });
        });
        Self {
            state,
            address,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// What it knows.
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

async fn answer(
    Shared(kept): Shared<Kept>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    let path = uri.path().to_owned();
    if let Some(rest) = path.strip_prefix("/acme/shop.git") {
        if !logged_in(&headers, &smart_git::login(TOKEN)) {
            kept.state.lock().unwrap().strangers += 1;
            return status(401, &json!({}));
        }
        return smart_git::answer(&kept.bare, rest, &method, &uri, &headers, &body);
    }
    let mut state = kept.state.lock().unwrap();
    state.requests += 1;
    if !logged_in(&headers, &format!("Bearer {TOKEN}")) {
        state.strangers += 1;
        return status(401, &json!({"message": "Bad credentials"}));
    }
    if let Some(refused) = gateway(&mut state) {
        return refused;
    }
    match (method.as_str(), path.as_str()) {
        ("POST", "/api/graphql") => {
            let request: Value = serde_json::from_slice(&body).unwrap();
            let answer = graphql::answer(&mut state, &kept.bare, &request);
            answer.map_or_else(
                || status(502, &json!({"message": "Server Error"})),
                |answer| status(200, &answer),
            )
        }
        ("POST", path) if path.starts_with("/api/v3/repos/acme/shop/statuses/") => {
            state.rest += 1;
            let given: Value = serde_json::from_slice(&body).unwrap();
            noted(&mut state, path.rsplit('/').next().unwrap(), &given)
        }
        ("GET", path) => {
            state.rest += 1;
            assert_eq!(headers.get("x-github-api-version").unwrap(), "2022-11-28");
            rest(&state, &kept, path, &parameters(&uri))
        }
        _ => status(404, &json!({"message": "Not Found"})),
    }
}

/// What stands between the caller and GitHub.
fn gateway(state: &mut State) -> Option<Response<Body>> {
    if state.has(Habit::Nonsense) {
        return Some(Response::new(Body::from("<html>")));
    }
    let bad = state.habits.iter().find_map(|habit| match habit {
        Habit::BadGateway(times) if *times > 0 => Some(*times),
        _ => None,
    });
    let times = bad?;
    state.habits.remove(&Habit::BadGateway(times));
    state.habits.insert(Habit::BadGateway(times - 1));
    Some(status(502, &json!({"message": "Server Error"})))
}

fn logged_in(headers: &HeaderMap, expected: &str) -> bool {
    let all: Vec<_> = headers.get_all("authorization").iter().collect();
    all.len() == 1
        && all[0].to_str().is_ok_and(|value| {
            value.eq_ignore_ascii_case(expected) && value.ends_with(expected.rsplit(' ').next().unwrap())
        })
}

/// Makes a status, as the account of a workflow's token.
fn noted(state: &mut State, commit: &str, given: &Value) -> Response<Body> {
    if state.has(Habit::NoStatuses) {
        return status(403, &json!({"message": "Resource not accessible by integration"}));
    }
    let text = |key: &str| given[key].as_str().unwrap().to_owned();
    assert!(text("description").len() <= 140);
    state.status(
        commit,
        &text("context"),
        &text("description"),
        super::actions_bot(),
    );
    status(201, &json!({}))
}

/// How a branch and a commit lie to each other, from the branch.
fn compared(bare: &std::path::Path, between: &str) -> Response<Body> {
    let (branch, commit) = between.split_once("...").unwrap();
    let git = |arguments: &[&str]| super::smart_git::run(bare, arguments);
    let reference = format!("refs/heads/{}", branch.replace("%2F", "/"));
    let Some(tip) = git(&["rev-parse", "--verify", "-q", &reference]) else {
        return status(404, &json!({"message": "Not Found"}));
    };
    let word = match git(&["merge-base", &tip, commit]) {
        _ if tip == commit => "identical",
        Some(base) if base == commit => "behind",
        Some(base) if base == tip => "ahead",
        _ => "diverged",
    };
    status(200, &json!({"status": word}))
}

fn rest(state: &State, kept: &Kept, path: &str, query: &BTreeMap<String, String>) -> Response<Body> {
    let address = kept.address.as_str();
    let repository = path.strip_prefix("/api/v3/repos/acme/shop/").unwrap_or_default();
    if let Some(between) = repository.strip_prefix("compare/") {
        return compared(&kept.bare, between);
    }
    let commit = repository
        .strip_prefix("commits/")
        .and_then(|rest| rest.strip_suffix("/statuses"));
    if let Some(commit) = commit {
        if state.has(Habit::NoStatuses) {
            return status(403, &json!({"message": "Resource not accessible by integration"}));
        }
        let nothing = Vec::new();
        return listed(
            state,
            address,
            path,
            query,
            state.statuses.get(commit).unwrap_or(&nothing),
        );
    }
    if path == "/api/v3/repos/acme/shop/activity" {
        if state.has(Habit::NoActivity) {
            return status(403, &json!({"message": "Resource not accessible by integration"}));
        }
        let lost = state.habits.iter().find_map(|habit| match habit {
            Habit::LostActivity(code) => Some(*code),
            _ => None,
        });
        if let Some(code) = lost {
            return status(code, &json!({"message": "Not Found"}));
        }
        let nothing = Vec::new();
        let all = state.pushes.get(&query["ref"]).unwrap_or(&nothing);
        return listed(state, address, path, query, all);
    }
    if path == "/api/v3/repos/acme/shop" {
        return status(
            200,
            &json!({"id": super::graphql::REPOSITORY, "owner": {"id": 4_001, "login": "acme"}}),
        );
    }
    if let Some(login) = path.strip_prefix("/api/v3/users/") {
        // A login is found however it is written; one that was given up is nobody's, or somebody else's.
        let found = state
            .users
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case(login));
        return match found {
            Some((_, user)) => status(200, &user.rest()),
            None => status(404, &json!({"message": "Not Found"})),
        };
    }
    let team = path
        .strip_prefix("/api/v3/orgs/acme/teams/")
        .and_then(|rest| rest.strip_suffix("/members"));
    match team.and_then(|team| state.teams.get(team)) {
        Some(ids) => {
            let all: Vec<Value> = ids
                .iter()
                .map(|id| json!({"id": id, "login": format!("u{id}"), "type": "User"}))
                .collect();
            listed(state, address, path, query, &all)
        }
        None => status(404, &json!({"message": "Not Found"})),
    }
}

/// One page of a REST list, and where the next one is.
fn listed(
    state: &State,
    address: &str,
    path: &str,
    query: &BTreeMap<String, String>,
    all: &[Value],
) -> Response<Body> {
    let page: usize = query.get("page").map_or(1, |page| page.parse().unwrap());
    let size = state.page();
    let (start, end) = ((page - 1) * size, (page * size).min(all.len()));
    let mut response = status(200, &json!(all.get(start..end).unwrap_or_default()));
    if end < all.len() {
        let reference = query
            .get("ref")
            .map_or(String::new(), |name| format!("ref={}&", name.replace('/', "%2F")));
        let next = format!("<{address}{path}?{reference}page={}>; rel=\"next\"", page + 1);
        response.headers_mut().insert("link", next.parse().unwrap());
    }
    response
}

fn parameters(uri: &Uri) -> BTreeMap<String, String> {
    let pairs = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), value.replace("%2F", "/")))
        .collect()
}

/// A JSON answer.
fn status(code: u16, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(code).unwrap();
    response
}
