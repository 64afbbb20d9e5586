//! Asking a local App Store Connect from the whole core: what the window is told, what is stored, what is noted.
//!
//! Time is a number that both sides share. Short waits (for another try) pass at once; long ones (of the schedule)
//! pass when a test says so.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod adding;
mod answers;
mod apps;
mod identity;
mod offers;
mod owner;
mod roles;
mod runs;
mod schedule;
mod secrets;
#[path = "../support/mod.rs"]
mod support;
mod tokens;
mod trouble;
mod unrecognised;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use asc_access::Role;
use asc_client::{Connection, Deadlines, Depth, Ground, Wait};
use asc_key::KeyKind;
use asc_sim::{Options, Pair, Simulator, Team, Visible, World};
use keyfolio_core::Environment;
use keyfolio_core::view::*;
use support::{App, choice, start_in};
use tempfile::TempDir;
use tokio::sync::watch;
use vault::MemoryKeyring;

pub(crate) const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
pub(crate) const OTHER_ISSUER: &str = "69a6de7e-13fb-47e3-e053-5b8c7c11a4d1";
pub(crate) const HARBOUR: &str = "6448311069";
pub(crate) const LANTERN: &str = "6471904425";
/// 3 November 2026, 09:20 UTC, in milliseconds.
pub(crate) const MORNING: i64 = 1_793_697_600_000;
pub(crate) const DAY: i64 = 24 * 60 * 60 * 1000;

/// Time that moves when somebody waits a little, and when a test says so.
#[derive(Debug)]
pub(crate) struct Stage {
    passed: AtomicI64,
    moved: watch::Sender<i64>,
    /// Long waits under way.
    patient: watch::Sender<usize>,
}

impl Stage {
    fn new() -> Self {
        Self { passed: AtomicI64::new(0), moved: watch::channel(0).0, patient: watch::channel(0).0 }
    }

    pub(crate) fn pass(&self, milliseconds: i64) {
        let passed = self.passed.fetch_add(milliseconds, Ordering::SeqCst) + milliseconds;
        self.moved.send_replace(passed);
    }

    /// Until so many wait for long.
    pub(crate) fn when_patient(&self, waits: usize) {
        wait_until("somebody waits for long", || *self.patient.borrow() == waits);
    }
}

impl Ground for Stage {
    fn now(&self) -> i64 {
        MORNING + self.passed.load(Ordering::SeqCst)
    }

    fn wait(&self, time: Duration) -> Wait<'_> {
        let milliseconds = i64::try_from(time.as_millis()).unwrap();
        if time < Duration::from_secs(60) {
            self.pass(milliseconds);
            return Box::pin(std::future::ready(()));
        }
        let (until, mut moved) = (self.passed.load(Ordering::SeqCst) + milliseconds, self.moved.subscribe());
        Box::pin(async move {
            let _waiting = Waiting::of(&self.patient);
            let _ = moved.wait_for(|passed| *passed >= until).await;
        })
    }

    fn chance(&self) -> u32 {
        0
    }
}

/// A long wait; given up when it is dropped.
struct Waiting<'a>(&'a watch::Sender<usize>);

impl<'a> Waiting<'a> {
    fn of(patient: &'a watch::Sender<usize>) -> Self {
        patient.send_modify(|waits| *waits += 1);
        Self(patient)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.send_modify(|waits| *waits -= 1);
    }
}

/// Looks again until something is so.
pub(crate) fn wait_until(what: &str, so: impl Fn() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::yield_now();
    }
}

/// The core, Apple, and the time between them.
pub(crate) struct Scene {
    pub(crate) app: App,
    pub(crate) apple: Simulator,
    pub(crate) stage: Arc<Stage>,
}

/// A team with two apps, its people, and no keys yet.
pub(crate) fn team() -> Team {
    Team::new(ISSUER, "Blue Anchor")
        .app(HARBOUR, "Harbour", "com.example.harbour")
        .app(LANTERN, "Lantern", "com.example.lantern")
        .user("jonas", "jonas@example.com", &[Role::Developer], Visible::only(&[HARBOUR]))
        .reports("85012345", &[("2026-10-31", "sold")], &[("2026-08", "paid")])
}

impl Scene {
    pub(crate) fn new(team: Team) -> Self {
        Self::of(World::new().team(team))
    }

    pub(crate) fn of(world: World) -> Self {
        let stage = Arc::new(Stage::new());
        let clock = Arc::clone(&stage);
        let options = Options { clock: Some(Arc::new(move || clock.now().div_euclid(1000))), ..Options::default() };
        let apple = Simulator::start_with(world, options).unwrap();
        let app = Self::begin(&apple, &stage, Arc::new(TempDir::new().unwrap()), Arc::new(MemoryKeyring::new()));
        app.core.open_now();
        Self { app, apple, stage }
    }

    fn begin(apple: &Simulator, stage: &Arc<Stage>, folder: Arc<TempDir>, keyring: Arc<MemoryKeyring>) -> App {
        let (clock, ground) = (Arc::clone(stage), Arc::clone(stage));
        let (port, authority) = (apple.port(), apple.authority_pem().to_owned());
        let way = move || {
            let mut connection = Connection::local(port, &authority);
            connection.deadlines = Deadlines {
                connect: Duration::from_secs(2),
                idle: Duration::from_secs(10),
                total: Duration::from_secs(12),
            };
            connection
        };
        start_in(folder, keyring, |environment| Environment {
            clock: Arc::new(move || clock.now()),
            apple: Arc::new(way),
            ground,
            ..environment
        })
    }

    /// The same after the program was closed.
    pub(crate) fn restarted(self) -> Self {
        let Self { app, apple, stage } = self;
        let App { core, folder, keyring, .. } = app;
        core.close();
        drop(core);
        let app = Self::begin(&apple, &stage, folder, keyring);
        app.core.open_now();
        Self { app, apple, stage }
    }

    /// Takes a key in: its file, kind, Issuer ID and roles as the user would say them.
    pub(crate) fn store(
        &self,
        pair: &Pair,
        file: &str,
        kind: KeyKind,
        issuer: Option<&str>,
        roles: &[Role],
    ) -> KeyView {
        let file = self.app.file(file, pair.p8());
        let view = self.app.offer(&[&file]);
        let row = view.rows.iter().max_by_key(|row| row.row).unwrap();
        let chosen = ImportChoice { kind, issuer_id: issuer.map(str::to_owned), roles: roles.to_vec(), ..choice(row) };
        let commit = ImportCommit { id: view.id, choices: vec![chosen] };
        let outcome = self.app.core.import_commit(&commit).unwrap();
        assert_eq!(outcome.failed, []);
        outcome.added.into_iter().next().unwrap()
    }

    pub(crate) fn team_key(&self, pair: &Pair, id: &str, roles: &[Role]) -> KeyView {
        self.store(pair, &format!("AuthKey_{id}.p8"), KeyKind::Team, Some(ISSUER), roles)
    }

    pub(crate) fn individual_key(&self, pair: &Pair, id: &str, roles: &[Role]) -> KeyView {
        self.store(pair, &format!("ApiKey_{id}.p8"), KeyKind::Individual, None, roles)
    }

    /// Begins a run.
    pub(crate) fn begin_run(&self, keys: &[&KeyView], depth: Depth) -> RunView {
        while self.app.events.try_recv().is_ok() {}
        let keys = Some(keys.iter().map(|key| key.id.clone()).collect());
        self.app.core.verify(&VerifyRequest { keys, depth }).unwrap()
    }

    /// Asks about keys and waits until the run is over.
    pub(crate) fn verify(&self, keys: &[&KeyView]) -> RunView {
        self.begin_run(keys, Depth::Normal);
        self.when_over()
    }

    /// Waits for the end of the run under way.
    pub(crate) fn when_over(&self) -> RunView {
        loop {
            match self.app.events.recv_timeout(Duration::from_secs(20)).expect("the run ends") {
                AppEvent::RunChanged { run: Some(run) } if run.over => return run,
                _ => {}
            }
        }
    }

    /// The key as it stands now.
    pub(crate) fn key(&self, key: &KeyView) -> KeyView {
        self.app.core.keys().unwrap().keys.into_iter().find(|one| one.id == key.id).unwrap()
    }

    pub(crate) fn check(&self, key: &KeyView) -> CheckView {
        self.app.core.check(&key.id).unwrap()
    }

    /// Asks about one key and says what is known of it then.
    pub(crate) fn checked(&self, key: &KeyView) -> CheckView {
        self.verify(&[key]);
        self.check(key)
    }

    pub(crate) fn update(&self, key: &KeyView, patch: KeyPatch) -> KeyView {
        let version = self.key(key).version;
        self.app.core.key_update(&KeyUpdate { id: key.id.clone(), version, patch }).unwrap()
    }

    /// Every deed so far, oldest first.
    pub(crate) fn deeds(&self) -> Vec<Deed> {
        let page = self.app.core.activity(&ActivityQuery::default()).unwrap();
        page.entries.into_iter().rev().map(|entry| entry.deed).collect()
    }

    /// What the last check was noted as: how the key stood, why it ended early, and the statuses of its requests.
    pub(crate) fn noted(&self) -> (StandingCode, Option<asc_client::Trouble>, Vec<Option<u16>>) {
        let checked = self.deeds().into_iter().rev().find_map(|deed| match deed {
            Deed::Checked { standing, trouble, requests, .. } => {
                Some((standing, trouble, requests.iter().map(|request| request.status).collect()))
            }
            _ => None,
        });
        checked.expect("a check was noted")
    }
}

/// What a check says of one capability.
pub(crate) fn reading(check: &CheckView, capability: &str) -> Option<&'static str> {
    check.answers.iter().find(|answer| answer.capability == capability).map(|answer| answer.reading.code())
}

/// A scene with one key of this role, stored.
pub(crate) fn one(role: Role) -> (Scene, KeyView) {
    let pair = Pair::generate();
    let scene = Scene::new(team().team_key("2X9R4HXF34", &[role], &pair.public_key_der()));
    let key = scene.team_key(&pair, "2X9R4HXF34", &[role]);
    (scene, key)
}

/// A scene with a key that works, and one that Apple does not know, both of the same team.
pub(crate) fn with_a_stranger() -> (Scene, KeyView, KeyView) {
    let (scene, known) = one(Role::Admin);
    let stranger = scene.team_key(&Pair::generate(), "N4Q8ZB7LKD", &[]);
    (scene, known, stranger)
}
