//! Has every snippet around a token called for real: by curl, HTTPie, Node.js and Python, against a simulated Apple
//! that judges the token with other code than the one that signed it.
//!
//! `sh crates/keyfolio-core/tests/callers/run.sh`, which brings HTTPie along, or
//! `cargo run -p keyfolio-core --features samples --example callers`, which takes the one on the `PATH`.
//!
//! A snippet names Apple's host. curl is told where that is; the others, which have no such option, get the simulator's
//! address in its place. Nothing else of a snippet is changed.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a program that stops at the first surprise and says what it has seen"
)]

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::sync::mpsc::channel;

use asc_access::Role;
use asc_key::KeyKind;
use asc_sim::{Pair, Simulator, Team, World};
use keyfolio_core::view::*;
use keyfolio_core::{Environment, Keyfolio, Places};

const APPLE: &str = "https://api.appstoreconnect.apple.com";
/// A team that does not exist.
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
const KEY_ID: &str = "2X9R4HXF34";
const APP: &str = "com.example.harbour";

/// What the scope of a token is, and what its snippets ask for then. `'` travels as `%27`, brackets as themselves or
/// encoded: that is the program's choice.
const CALLS: [(&[&str], &str, &str); 4] = [
    (&[], "/v1/apps", "limit=10"),
    (&["GET /v1/apps?filter[bundleId]=com.example.harbour&fields[apps]=bundleId"], "/v1/apps", "filter[bundleId]"),
    (&["GET /v1/apps?filter[name]=o'neil"], "/v1/apps", "o'neil"),
    (&["POST /v1/betaGroups"], "/v1/betaGroups", ""),
];

/// Who calls, and how a snippet is given to it.
struct Caller {
    name: &'static str,
    form: TokenForm,
    /// The program that reads the snippet, and what comes before it.
    reads: &'static [&'static str],
    /// It can be told where Apple is.
    finds: bool,
}

const CALLERS: [Caller; 4] = [
    Caller { name: "curl", form: TokenForm::Curl, reads: &["sh", "-c"], finds: true },
    Caller { name: "HTTPie", form: TokenForm::Httpie, reads: &["sh", "-c"], finds: false },
    Caller {
        name: "Node.js",
        form: TokenForm::Javascript,
        reads: &["node", "--input-type=module", "--eval"],
        finds: false,
    },
    Caller { name: "Python", form: TokenForm::Python, reads: &["python3", "-c"], finds: false },
];

fn main() {
    let pair = Pair::generate();
    let public_key = pair.public_key_der();
    let team = Team::new(ISSUER, "Callers").app("6448311069", "Harbour", APP);
    let apple = Simulator::start(World::new().team(team.team_key(KEY_ID, &[Role::Admin], &public_key))).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (core, key) = stored(folder.path(), &pair);
    let ground = Ground::new(folder.path(), &apple);
    for caller in CALLERS {
        let mut passed = 0;
        for (scope, path, query) in CALLS {
            let scope = scope.iter().map(|&entry| entry.to_owned()).collect();
            let wish = TokenWish { key: key.clone(), seconds: 120, scope };
            let plan = core.token_plan(&wish).unwrap();
            let token = core.token_mint(&wish).unwrap();
            let text = |form| core.token_text(&TokenCopy { id: token.id, form }).unwrap();
            let planned = plan.snippets.into_iter().find(|snippet| snippet.form == caller.form).unwrap().text;
            for (snippet, variable) in [(planned, Some(text(TokenForm::Token))), (text(caller.form).to_string(), None)]
            {
                let said = ground.call(&caller, &snippet, variable.as_deref().map(String::as_str));
                let seen = apple.take_requests();
                let [seen] = &seen[..] else { panic!("{}: {seen:?} {said:?}\n{snippet}", caller.name) };
                let writes = path == "/v1/betaGroups";
                assert_eq!((seen.method.as_str(), seen.path.as_str()), (if writes { "POST" } else { "GET" }, path));
                assert!(query.is_empty() || asks(&seen.query, query), "{}: {:?}", caller.name, seen.query);
                assert_eq!(seen.key_id.as_deref(), Some(KEY_ID), "{}", caller.name);
                // The simulator carries nothing out that would change something: it says 403 or 409 to a key that may.
                let answered = if writes { seen.status != 401 } else { seen.status == 200 };
                assert!(answered, "{}: {seen:?}", caller.name);
                let shown = String::from_utf8_lossy(&said.stdout).contains(APP);
                assert!(writes || query == "o'neil" || shown, "{}: {said:?}", caller.name);
                passed += 1;
            }
        }
        println!("{}: {passed} passed", caller.name);
    }
    core.close();
}

/// Whether the query has such a part: a name, a value or both.
fn asks(query: &[(String, String)], part: &str) -> bool {
    query.iter().any(|(name, value)| name == part || value == part || format!("{name}={value}") == part)
}

/// A core with one Team key.
fn stored(folder: &Path, pair: &Pair) -> (Arc<Keyfolio>, KeyRef) {
    let file = folder.join(format!("AuthKey_{KEY_ID}.p8"));
    fs::write(&file, pair.p8()).unwrap();
    let (send, events) = channel();
    let send = std::sync::Mutex::new(send);
    let listener = move |event: &AppEvent| drop(send.lock().unwrap().send(event.clone()));
    let environment = Environment::demo(folder.join("vault"), Places::default(), 0);
    let core = Arc::new(Keyfolio::start(environment, Box::new(listener)).unwrap());
    core.open_now();
    let id = core.import_files(ImportOrigin::Drop, vec![file]).unwrap();
    while !matches!(events.recv().unwrap(), AppEvent::ImportChanged { state: ImportState::Ready, .. }) {}
    let row = core.import_view(id).unwrap().rows[0].row;
    let choice = ImportChoice {
        row,
        name: "Callers".to_owned(),
        key_id: KEY_ID.to_owned(),
        kind: KeyKind::Team,
        issuer_id: Some(ISSUER.to_owned()),
        roles: Vec::new(),
        conflict: None,
    };
    let added = core.import_commit(&ImportCommit { id, choices: vec![choice] }).unwrap().added;
    (core, added[0].id.clone())
}

/// Where the programs run: a home of their own, and whom they are to trust.
struct Ground {
    home: std::path::PathBuf,
    authority: std::path::PathBuf,
    origin: String,
}

impl Ground {
    fn new(folder: &Path, apple: &Simulator) -> Self {
        let (home, authority) = (folder.to_owned(), folder.join("authority.pem"));
        fs::write(&authority, apple.authority_pem()).unwrap();
        let found = format!("connect-to = \"api.appstoreconnect.apple.com:443:localhost:{}\"\n", apple.port());
        fs::write(home.join(".curlrc"), format!("{found}cacert = \"{}\"\nsilent\n", authority.display())).unwrap();
        Self { home, authority, origin: apple.origin() }
    }

    fn call(&self, caller: &Caller, snippet: &str, variable: Option<&str>) -> Output {
        assert_eq!(snippet.matches(APPLE).count(), 1, "{snippet}");
        let snippet = if caller.finds { snippet.to_owned() } else { snippet.replace(APPLE, &self.origin) };
        let mut program = Command::new(caller.reads[0]);
        program.args(&caller.reads[1..]).arg(snippet).current_dir(&self.home).env_clear();
        for name in ["PATH", "PYTHONPATH"] {
            program.envs(env::var_os(name).map(|value| (name, value)));
        }
        program.env("HOME", &self.home);
        for name in ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "NODE_EXTRA_CA_CERTS"] {
            program.env(name, &self.authority);
        }
        program.envs(variable.map(|token| ("ASC_TOKEN", token)));
        program.output().unwrap()
    }
}
