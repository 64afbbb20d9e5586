//! Asking a local App Store Connect over real TLS: every answer, every fault, and what is made of it.
//!
//! Time is a number both sides share; waiting moves it on. So an hour of rate limits takes no time, and every wait
//! can be asserted. Where real time is the point (deadlines, lanes, stopping), the tests say so.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod answers;
mod faults;
mod lists;
mod network;
mod proxy;
mod record;
mod runs;
mod tables;
mod unauthorised;

use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use asc_access::Role;
use asc_client::{
    Another, Connection, Conversation, Depth, Ground, Hints, Inquiry, Line, Report, Signer, Unsigned, Wait, check,
};
use asc_key::token::{TokenRequest, TokenShape, mint};
use asc_key::{IssuerId, KeyId, PrivateKey, parse};
use asc_sim::{Options, Pair, Seen, Simulator, Team, Visible, World};

pub(crate) const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
pub(crate) const OTHER_ISSUER: &str = "69a6de7e-13fb-47e3-e053-5b8c7c11a4d1";
pub(crate) const HARBOUR: &str = "6448311069";
pub(crate) const LANTERN: &str = "6471904425";
pub(crate) const VENDOR: &str = "85012345";
/// 3 November 2026, 09:20 UTC, in milliseconds.
pub(crate) const NOON: i64 = 1_793_697_600_000;

/// Time that moves when somebody waits.
#[derive(Debug, Default)]
pub(crate) struct Stage {
    passed: AtomicI64,
    waits: Mutex<Vec<u64>>,
}

impl Stage {
    /// Every wait so far, in milliseconds.
    pub(crate) fn waits(&self) -> Vec<u64> {
        self.waits.lock().unwrap().clone()
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.passed.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Ground for Stage {
    fn now(&self) -> i64 {
        NOON + self.passed.load(Ordering::SeqCst)
    }

    fn wait(&self, time: Duration) -> Wait<'_> {
        let milliseconds = u64::try_from(time.as_millis()).unwrap();
        self.waits.lock().unwrap().push(milliseconds);
        self.passed.fetch_add(i64::try_from(milliseconds).unwrap(), Ordering::SeqCst);
        Box::pin(std::future::ready(()))
    }

    fn chance(&self) -> u32 {
        0
    }
}

/// A key of the simulated world.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) id: KeyId,
    pub(crate) shape: TokenShape,
    private: Arc<PrivateKey>,
    pub(crate) minted: Arc<AtomicUsize>,
}

impl Key {
    pub(crate) fn new(pair: &Pair, id: &str, shape: TokenShape) -> Self {
        let private = Arc::new(parse(pair.p8().as_bytes(), None).unwrap().key);
        Self { id: id.parse().unwrap(), shape, private, minted: Arc::default() }
    }

    /// Signs with this key, and counts.
    pub(crate) fn signer(&self) -> Box<dyn Signer> {
        let (key, id, minted) = (Arc::clone(&self.private), self.id.clone(), Arc::clone(&self.minted));
        Box::new(move |request: &TokenRequest, now: u64| {
            minted.fetch_add(1, Ordering::SeqCst);
            mint(&key, &id, request, now).map_err(|_| Unsigned)
        })
    }

    pub(crate) fn recorded_as(&self, shape: TokenShape) -> Self {
        Self { shape, ..self.clone() }
    }

    pub(crate) fn called(&self, id: &str) -> Self {
        Self { id: id.parse().unwrap(), ..self.clone() }
    }

    pub(crate) fn another(&self) -> Another {
        Another { key: self.id.clone(), shape: self.shape.clone(), signer: self.signer() }
    }

    pub(crate) fn inquiry(&self) -> Inquiry {
        Inquiry {
            key: self.id.clone(),
            shape: self.shape.clone(),
            signer: self.signer(),
            issuers: vec![issuer()],
            sibling: None,
            hints: Hints::default(),
            depth: Depth::Normal,
            vendor: Some(VENDOR.to_owned()),
            apps: Box::new(|| false),
        }
    }
}

pub(crate) fn issuer() -> IssuerId {
    ISSUER.parse().unwrap()
}

pub(crate) fn team() -> TokenShape {
    TokenShape::Team(issuer())
}

/// A team with two apps and a key for each role asked about, and Apple as it answers them.
pub(crate) struct Scene {
    pub(crate) apple: Simulator,
    pub(crate) stage: Arc<Stage>,
    pub(crate) line: Arc<Line>,
    pub(crate) admin: Key,
    pub(crate) developer: Key,
    pub(crate) sales: Key,
    pub(crate) finance: Key,
    pub(crate) individual: Key,
}

impl Scene {
    pub(crate) fn new() -> Self {
        let pairs: Vec<Pair> = (0..5).map(|_| Pair::generate()).collect();
        let key = |at: usize, id: &str| Key::new(&pairs[at], id, team());
        let public = |at: usize| pairs[at].public_key_der();
        let own = Team::new(ISSUER, "Blue Anchor")
            .app(HARBOUR, "Harbour", "com.example.harbour")
            .app(LANTERN, "Lantern", "com.example.lantern")
            .user("jonas", "jonas@example.com", &[Role::Developer], Visible::only(&[HARBOUR]))
            .reports(VENDOR, &[("2026-10-30", "sold")], &[("2026-08", "paid")])
            .team_key("4JH6M2YB8S", &[Role::Admin], &public(0))
            .team_key("R2N8V5TQ4C", &[Role::Developer], &public(1))
            .team_key("V5C9QL3RT7", &[Role::Sales], &public(2))
            .team_key("M8T2ZF6KX4", &[Role::Finance], &public(3))
            .individual_key("H4S9KD3WM7XB", "jonas", &public(4));
        let stage = Arc::new(Stage::default());
        let clock = Arc::clone(&stage);
        let options = Options { clock: Some(Arc::new(move || clock.now() / 1000)), ..Options::default() };
        let apple = Simulator::start_with(World::new().team(own), options).unwrap();
        let ground: Arc<dyn Ground> = stage.clone();
        let line = Line::open(&connection(&apple), ground).unwrap();
        Self {
            line,
            stage,
            admin: key(0, "4JH6M2YB8S"),
            developer: key(1, "R2N8V5TQ4C"),
            sales: key(2, "V5C9QL3RT7"),
            finance: key(3, "M8T2ZF6KX4"),
            individual: key(4, "H4S9KD3WM7XB").recorded_as(TokenShape::Individual),
            apple,
        }
    }

    pub(crate) fn talk(&self, key: &Key) -> Conversation {
        self.line.converse(key.id.clone(), key.shape.clone(), key.signer())
    }

    pub(crate) async fn check(&self, key: &Key) -> Report {
        check(&self.line, key.inquiry(), |_, _| {}).await
    }

    /// The requests that arrived since the last call.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.apple.take_requests()
    }
}

pub(crate) fn connection(apple: &Simulator) -> Connection {
    let mut connection = Connection::local(apple.port(), apple.authority_pem());
    connection.deadlines.connect = Duration::from_secs(3);
    connection
}

/// What a check says of one capability.
pub(crate) fn reading(report: &Report, capability: &str) -> Option<&'static str> {
    report.observed.iter().find(|one| one.capability == capability).map(|one| one.reading.code())
}
