//! The issuer of runners' tokens: it makes one for whom the job says, publishes its keys, and changes
//! them when it is told to.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Router;
use axum::body::Body;
use axum::extract::State as Shared;
use axum::http::{HeaderMap, Response, StatusCode, Uri};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair, RsaPublicKeyComponents};
use serde_json::{Map, Value, json};

/// What a job asks with; nobody else ever sees it.
pub(crate) const REQUEST_TOKEN: &str = "request-token-of-this-job-9a7c";

/// A key of the issuer, `one`, `two` or `three`.
fn pair(name: &str) -> RsaKeyPair {
    let file = crate::scan::top().join(format!("tests/it/data/issuer-{name}.pk8"));
    RsaKeyPair::from_pkcs8(&std::fs::read(file).unwrap()).unwrap()
}

/// A key set with these keys.
pub(crate) fn key_set(names: &[&str]) -> Vec<u8> {
    let key = |name: &&str| {
        let public: RsaPublicKeyComponents<Vec<u8>> = pair(name).public().into();
        let (n, e) = (URL_SAFE_NO_PAD.encode(public.n), URL_SAFE_NO_PAD.encode(public.e));
        json!({"kty": "RSA", "alg": "RS256", "use": "sig", "kid": format!("key-{name}"), "n": n, "e": e})
    };
    let keys: Vec<Value> = names.iter().map(key).collect();
    json!({"keys": keys}).to_string().into_bytes()
}

/// A token with this header and these claims, signed with the key `name`.
pub(crate) fn token(name: &str, header: &Value, claims: &Value) -> Vec<u8> {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(header), part(claims));
    let pair = pair(name);
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        signed.as_bytes(),
        &mut signature,
    )
    .unwrap();
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)).into_bytes()
}

/// The header of a token that is signed with the key `name`.
pub(crate) fn header(name: &str) -> Value {
    json!({"typ": "JWT", "alg": "RS256", "kid": format!("key-{name}")})
}

/// What GitHub says of a job that `sato-y` started on the main line of `acme/shop`.
pub(crate) fn claims(issuer: &str, audience: &str, now: i64) -> Map<String, Value> {
    let file = "acme/shop/.github/workflows/deploy.yml@refs/heads/main";
    let all = json!({
        "iss": issuer,
        "aud": audience,
        "sub": "repo:acme@555/shop@987654321:environment:production",
        "actor": "sato-y",
        "actor_id": "11",
        "environment": "production",
        "event_name": "push",
        "job_workflow_ref": file,
        "ref": "refs/heads/main",
        "ref_protected": "true",
        "repository": "acme/shop",
        "repository_id": "987654321",
        "repository_owner_id": "555",
        "repository_visibility": "private",
        "run_id": "1700",
        "workflow_ref": file,
        "nbf": now - 600,
        "iat": now,
        "exp": now + 300,
    });
    let Value::Object(all) = all else { panic!() };
    all
}

/// What the issuer does.
#[derive(Debug, Default)]
pub(crate) struct Issuing {
    /// The key that it signs with.
    pub(crate) signs_with: String,
    /// The keys that it publishes.
    pub(crate) publishes: Vec<String>,
    /// Claims that it makes otherwise than usual.
    pub(crate) claims: BTreeMap<String, Value>,
    /// Its clock, in seconds since 1970.
    pub(crate) now: i64,
    /// How many requests it does not answer any more.
    pub(crate) silent: u32,
    /// Where it says that its keys are, if not with itself.
    pub(crate) keys_at: Option<String>,
    /// Whether it publishes the key `three` under the name of `one`.
    pub(crate) disguised: bool,
    /// Whether jobs have no right to tokens.
    pub(crate) refuses: bool,
    /// Audiences that were asked for.
    pub(crate) asked: Vec<String>,
}

/// A running issuer; it ends with its value.
pub(crate) struct Issuer {
    state: Arc<Mutex<Issuing>>,
    /// Its name and address.
    pub(crate) name: String,
    stop: Option<tokio::sync::oneshot::Sender<()>>,
    thread: Option<std::thread::JoinHandle<()>>,
}

#[derive(Clone)]
struct Kept {
    state: Arc<Mutex<Issuing>>,
    name: String,
}

impl Issuer {
    /// Signs with the key `one`, which it publishes.
    pub(crate) fn start(now: i64) -> Self {
        let state = Arc::new(Mutex::new(Issuing {
            signs_with: "one".to_owned(),
            publishes: vec!["one".to_owned()],
            now,
            ..Issuing::default()
        }));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let name = format!("http://{}/_services/token", listener.local_addr().unwrap());
        let kept = Kept {
            state: Arc::clone(&state),
            name: name.clone(),
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
            name,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// What it does from now on.
    pub(crate) fn does(&self) -> MutexGuard<'_, Issuing> {
        self.state.lock().unwrap()
    }

    /// The variables of a job that may have tokens.
    pub(crate) fn variables(&self) -> [(&'static str, String); 2] {
        [
            (
                "ACTIONS_ID_TOKEN_REQUEST_URL",
                format!("{}/request?api-version=2.0", self.name),
            ),
            ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", REQUEST_TOKEN.to_owned()),
        ]
    }
}

impl Drop for Issuer {
    fn drop(&mut self) {
        let _ = self.stop.take().map(|stop| stop.send(()));
        let _ = self.thread.take().map(std::thread::JoinHandle::join);
    }
}

async fn answer(Shared(kept): Shared<Kept>, uri: Uri, headers: HeaderMap) -> Response<Body> {
    let mut state = kept.state.lock().unwrap();
    if state.silent > 0 {
        state.silent -= 1;
        return status(503, b"<html>".to_vec());
    }
    let names: Vec<&str> = state.publishes.iter().map(String::as_str).collect();
    match uri.path().strip_prefix("/_services/token") {
        Some("/.well-known/openid-configuration") => {
            let keys = format!("{}/.well-known/jwks", kept.name);
            let about = json!({"issuer": kept.name, "jwks_uri": state.keys_at.clone().unwrap_or(keys)});
            status(200, about.to_string().into_bytes())
        }
        Some("/.well-known/jwks") => {
            let set = match state.disguised {
                false => key_set(&names),
                true => String::from_utf8(key_set(&["three"]))
                    .unwrap()
                    .replace("key-three", "key-one")
                    .into_bytes(),
            };
            status(200, set)
        }
        Some("/request") => {
            let header = headers.get("authorization").and_then(|value| value.to_str().ok());
            if header != Some(&format!("Bearer {REQUEST_TOKEN}")) || state.refuses {
                return status(403, b"{}".to_vec());
            }
            let audience = audience(&uri);
            let mut all = claims(&kept.name, &audience, state.now);
            all.extend(state.claims.clone());
            state.asked.push(audience);
            let name = state.signs_with.clone();
            let value = token(&name, &self::header(&name), &Value::Object(all));
            let value = String::from_utf8(value).unwrap();
            status(200, json!({"count": 1, "value": value}).to_string().into_bytes())
        }
        _ => status(404, b"{}".to_vec()),
    }
}

fn audience(uri: &Uri) -> String {
    let pairs = uri.query().unwrap_or_default().split('&');
    let given = pairs.filter_map(|pair| pair.strip_prefix("audience="));
    let text = given.collect::<Vec<_>>().concat();
    text.replace("%3A", ":")
}

fn status(code: u16, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(code).unwrap();
    response
}

/// As tokens write bytes.
pub(crate) fn encoded(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}
