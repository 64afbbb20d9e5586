//! How long it takes to verify fifty keys when every answer takes 100 ms, against the least that four lanes can take.
//!
//! `cargo run --release -p asc-client --example fifty [-- --json]`
//!
//! Prints one line and fails beyond 1.3 times the ideal; with `--json` it only measures. Everything happens on this computer, against a simulator.

#![allow(clippy::print_stdout, reason = "printing the measurement is what this program is for")]

use std::error::Error;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use asc_access::Role;
use asc_client::{Connection, Depth, Event, Here, Hints, Inquiry, LANES, Line, Run, Unsigned, Verdict};
use asc_key::token::{TokenRequest, TokenShape, mint};
use asc_key::{IssuerId, KeyId, parse};
use asc_sim::{Pair, Simulator, Team, World};
use tokio::runtime::Runtime;

const KEYS: usize = 50;
const LATENCY: Duration = Duration::from_millis(100);
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
/// Of a normal check of a Team key with an app and without a vendor number.
const QUESTIONS: u32 = 10;
const MOST: f64 = 1.3;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut own = Team::new(ISSUER, "Blue Anchor").app("6448311069", "Harbour", "com.example.harbour");
    let mut keys = Vec::new();
    for at in 0..KEYS {
        let (pair, id) = (Pair::generate(), format!("KEY{at:07}"));
        own = own.team_key(&id, &[Role::Admin], &pair.public_key_der());
        keys.push(inquiry(&pair, id.parse()?)?);
    }
    let apple = Simulator::start(World::new().team(own))?;
    apple.change(|world| world.set_latency(LATENCY));
    let line = Line::open(&Connection::local(apple.port(), apple.authority_pem()), Arc::new(Here))?;
    let runtime = Runtime::new()?;
    let began = Instant::now();
    let alive = runtime.block_on(async {
        let mut run = Run::start(runtime.handle(), line, keys);
        let mut alive = 0;
        while let Some(event) = run.next().await {
            alive += usize::from(matches!(event, Event::Ended { report, .. } if report.verdict == Verdict::Alive));
        }
        alive
    });
    let took = began.elapsed();
    let ideal = LATENCY * QUESTIONS * u32::try_from(KEYS.div_ceil(LANES))?;
    let ratio = took.as_secs_f64() / ideal.as_secs_f64();
    if std::env::args().any(|argument| argument == "--json") {
        let figures = serde_json::json!({ "keys": alive, "seconds": took.as_secs_f64(), "ideal": ideal.as_secs_f64() });
        println!("{figures}");
        return Ok(if alive == KEYS { ExitCode::SUCCESS } else { ExitCode::FAILURE });
    }
    println!(
        "{alive} of {KEYS} keys verified in {took:.2?}; {LANES} lanes need {ideal:.2?}: {ratio:.2} times the ideal"
    );
    Ok(if alive == KEYS && ratio <= MOST { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn inquiry(pair: &Pair, key: KeyId) -> Result<Inquiry, Box<dyn Error>> {
    let issuer: IssuerId = ISSUER.parse()?;
    let (private, id) = (parse(pair.p8().as_bytes(), None)?.key, key.clone());
    let signer = move |request: &TokenRequest, now: u64| mint(&private, &id, request, now).map_err(|_| Unsigned);
    Ok(Inquiry {
        key,
        shape: TokenShape::Team(issuer.clone()),
        signer: Box::new(signer),
        issuers: vec![issuer],
        sibling: None,
        hints: Hints::default(),
        depth: Depth::Normal,
        vendor: None,
        apps: Box::new(|| false),
    })
}
