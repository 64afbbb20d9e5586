//! Nothing that is secret is ever written down: every log line of every library, at the finest level, over good and
//! bad conversations, is searched for tokens, for the key and for the proxy's password.
//!
//! Alone in its file: whoever listens to logs listens for the whole process.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use asc_access::Role;
use asc_client::{
    Connection, Conversation, Depth, Here, Hints, Inquiry, Line, Signer, SystemProxy, Unsigned, Verdict, apps, check,
    owner,
};
use asc_key::token::{TokenRequest, TokenShape, mint};
use asc_key::{KeyId, parse};
use asc_sim::{Fault, Front, Page, Pair, Simulator, Team, Trouble, World};
use serde::Serialize;
use static_assertions::{assert_impl_all, assert_not_impl_any};

// What holds a token is as closed as the token.
assert_not_impl_any!(Conversation: Clone, Serialize, std::fmt::Display);
assert_not_impl_any!(Inquiry: Clone, Serialize);
assert_impl_all!(Conversation: Send);
assert_impl_all!(Line: Send, Sync);

const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

/// Everything anybody wrote.
static WRITTEN: Mutex<String> = Mutex::new(String::new());

struct Ear;

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        let _ = writeln!(WRITTEN.lock().unwrap(), "{} {}", record.target(), record.args());
    }

    fn flush(&self) {}
}

impl tracing::field::Visit for Ear {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn Debug) {
        let _ = write!(WRITTEN.lock().unwrap(), " {field}={value:?}");
    }
}

impl tracing::Subscriber for Ear {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        span.record(&mut Ear);
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(&mut Ear);
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        let _ = write!(WRITTEN.lock().unwrap(), "\n{}", event.metadata().target());
        event.record(&mut Ear);
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

/// Signs, and remembers every token it made.
fn signer(pair: &Pair, id: &KeyId, made: &Arc<Mutex<Vec<String>>>) -> Box<dyn Signer> {
    let key = parse(pair.p8().as_bytes(), None).unwrap().key;
    let (id, made) = (id.clone(), Arc::clone(made));
    Box::new(move |request: &TokenRequest, now: u64| {
        let token = mint(&key, &id, request, now).map_err(|_| Unsigned)?;
        made.lock().unwrap().push(token.expose().to_owned());
        Ok(token)
    })
}

#[tokio::test]
async fn no_log_at_any_level_holds_a_token_a_key_or_a_password() {
    log::set_logger(&Ear).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Ear).unwrap();

    let pair = Pair::generate();
    let id: KeyId = "4JH6M2YB8S".parse().unwrap();
    let own = Team::new(ISSUER, "Blue Anchor").app("6448311069", "Harbour", "com.example.harbour").team_key(
        id.as_str(),
        &[Role::Admin],
        &pair.public_key_der(),
    );
    let apple = Simulator::start(World::new().team(own)).unwrap();
    let shape = TokenShape::Team(ISSUER.parse().unwrap());
    let made: Arc<Mutex<Vec<String>>> = Arc::default();
    let inquiry = |issuer: &str| Inquiry {
        key: id.clone(),
        shape: TokenShape::Team(issuer.parse().unwrap()),
        signer: signer(&pair, &id, &made),
        issuers: Vec::new(),
        sibling: None,
        hints: Hints::default(),
        depth: Depth::Thorough,
        vendor: None,
        apps: Box::new(|| false),
    };
    let connection = Connection::local(apple.port(), apple.authority_pem());
    let line = Line::open(&connection, Arc::new(Here)).unwrap();
    let mut printed = String::new();

    let good = check(&line, inquiry(ISSUER), |_, _| {}).await;
    assert_eq!(good.verdict, Verdict::Alive);
    let bad = check(&line, inquiry("69a6de7e-13fb-47e3-e053-5b8c7c11a4d1"), |_, _| {}).await;
    assert!(matches!(bad.verdict, Verdict::Unrecognised { .. }), "{bad:?}");
    let mut talk = line.converse(id.clone(), shape.clone(), signer(&pair, &id, &made));
    let listed = apps(&mut talk).await;
    let found = owner(&mut talk, "nobody@example.com").await;
    write!(printed, "{good:?} {bad:?} {talk:?} {listed:?} {found:?} {line:?}").unwrap();
    for fails in [
        Trouble::Redirect { status: 302, to: "https://evil.example/".to_owned() },
        Trouble::CaptivePortal,
        Trouble::TruncatedJson,
        Trouble::ShortBody,
        Trouble::Reset,
        Trouble::Status { status: 400, page: Page::Html },
    ] {
        apple.fault(Fault::new(fails));
        write!(printed, "{:?}", check(&line, inquiry(ISSUER), |_, _| {}).await).unwrap();
    }
    let mut proxied = connection.clone();
    proxied.proxy = SystemProxy::of("http://anna:secret-word@127.0.0.1:9");
    let line = line.again(&proxied).unwrap();
    write!(printed, "{:?} {line:?} {proxied:?}", check(&line, inquiry(ISSUER), |_, _| {}).await).unwrap();
    apple.front(Front::SelfSigned);
    let line = line.again(&connection).unwrap();
    write!(printed, "{:?}", check(&line, inquiry(ISSUER), |_, _| {}).await).unwrap();

    let written = WRITTEN.lock().unwrap().clone() + &printed;
    assert!(written.contains("reqwest") && written.contains("hyper"), "the libraries were heard: {written}");
    let tokens = made.lock().unwrap().clone();
    assert!(tokens.len() > 8, "{}", tokens.len());
    let p8 = pair.p8();
    let body = p8.lines().nth(1).unwrap();
    let signatures = tokens.iter().filter_map(|token| token.rsplit('.').next());
    let words = [body, "eyJ", "secret-word", "YW5uYTpzZWNyZXQtd29yZA", "nobody@example.com", "nobody%40example.com"];
    for secret in signatures.chain(words) {
        assert!(!written.contains(secret), "{secret} was written down");
    }
}
