//! What every test needs: throwaway keys that sign, a running simulator, a plain client that trusts it.
//!
//! Tokens are signed with the application's own key type and put together by hand, so that they can be wrong.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]
#![allow(dead_code, unreachable_pub, reason = "every test file uses a part of it")]

use std::sync::{Arc, Once};
use std::time::Duration;

use asc_access::Role;
use asc_key::PrivateKey;
use asc_sim::{Options, Pair, Record, Simulator, Team, Visible, World};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::blocking::{Client, ClientBuilder, Response};
use reqwest::redirect::Policy;
use serde_json::{Value, json};

pub const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";
pub const OTHER_ISSUER: &str = "69a6de7e-13fb-47e3-e053-5b8c7c11a4d1";
pub const ADMIN: &str = "2X9R4HXF34";
pub const OWN: &str = "7GX4KQ2M9LRT";
pub const SHOWN: &str = "6448311069";
pub const HIDDEN: &str = "6450022817";
pub const FOREIGN: &str = "6499120034";
/// 23 November 2026, 12:00:00 UTC.
pub const NOW: i64 = 1_795_435_200;
pub const VENDOR: &str = "85012345";

/// A throwaway private key and what it signs.
pub struct Signer {
    key: PrivateKey,
}

impl Signer {
    pub fn new() -> Self {
        Self { key: asc_key::parse(Pair::generate().p8().as_bytes(), None).unwrap().key }
    }

    pub fn public(&self) -> Vec<u8> {
        self.key.public_key_der()
    }

    pub fn signature(&self, message: &str) -> [u8; 64] {
        self.key.sign(message.as_bytes())
    }

    /// A token with exactly this header and these claims.
    pub fn token(&self, header: &Value, claims: &Value) -> String {
        signed_by(&self.key, header, claims)
    }
}

pub fn signed_by(key: &PrivateKey, header: &Value, claims: &Value) -> String {
    let signed = unsigned(header, claims);
    let signature = URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    format!("{signed}.{signature}")
}

pub fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}", part(header), part(claims))
}

pub fn header(key_id: &str) -> Value {
    json!({"alg": "ES256", "kid": key_id, "typ": "JWT"})
}

pub fn team_claims(now: i64) -> Value {
    claims_of(ISSUER, now)
}

pub fn claims_of(issuer: &str, now: i64) -> Value {
    json!({"iss": issuer, "aud": "appstoreconnect-v1", "iat": now, "exp": now + 300})
}

pub fn own_claims(now: i64) -> Value {
    json!({"sub": "user", "aud": "appstoreconnect-v1", "iat": now, "exp": now + 300})
}

/// One simulator with two teams, an Admin's Team key and a Developer's Individual key.
pub struct Ground {
    pub apple: Simulator,
    pub client: Client,
    pub admin: Signer,
    pub own: Signer,
}

impl Ground {
    pub fn new() -> Self {
        let (admin, own) = (Signer::new(), Signer::new());
        // A clock that stands: what is about seconds must not depend on how fast this computer is.
        let options = Options { clock: Some(Arc::new(|| NOW)), ..Options::default() };
        let apple = Simulator::start_with(world(&admin, &own), options).unwrap();
        let client = client(&apple).build().unwrap();
        Self { apple, client, admin, own }
    }

    pub fn admin_token(&self) -> String {
        self.admin.token(&header(ADMIN), &team_claims(self.apple.now()))
    }

    pub fn own_token(&self) -> String {
        self.own.token(&header(OWN), &own_claims(self.apple.now()))
    }

    pub fn url(&self, target: &str) -> String {
        format!("{}{target}", self.apple.origin())
    }

    pub fn ask(&self, token: &str, target: &str) -> reqwest::Result<Response> {
        self.client.get(self.url(target)).bearer_auth(token).send()
    }

    /// As the Admin's Team key.
    pub fn get(&self, target: &str) -> Response {
        self.ask(&self.admin_token(), target).unwrap()
    }

    /// As the Developer's Individual key.
    pub fn get_own(&self, target: &str) -> Response {
        self.ask(&self.own_token(), target).unwrap()
    }
}

pub fn world(admin: &Signer, own: &Signer) -> World {
    let build = |app: &str, number: usize| {
        Record::new("builds", &format!("{app}-{number}")).of_app(app).with("version", json!(number.to_string()))
    };
    let mut team = Team::new(ISSUER, "Example")
        .app(SHOWN, "Harbour", "com.example.harbour")
        .app(HIDDEN, "Tidepool", "com.example.tidepool")
        .user("mina", "mina@example.com", &[Role::Developer], Visible::only(&[SHOWN]))
        .team_key(ADMIN, &[Role::Admin], &admin.public())
        .individual_key(OWN, "mina", &own.public())
        .reports(VENDOR, &[("2026-11-20", "Units\n42\n")], &[("2026-10", "Quantity\n42\n")]);
    for number in 1..=5 {
        team = team.record(build(SHOWN, number)).record(build(HIDDEN, number));
    }
    World::new().team(team).team(Team::new(OTHER_ISSUER, "Other").app(FOREIGN, "Quarry", "com.example.quarry"))
}

/// A client that trusts this simulator alone, follows nothing and waits at most ten seconds.
pub fn client(apple: &Simulator) -> ClientBuilder {
    trusting(apple.authority_pem().as_bytes())
}

/// The same, by the certificate it trusts.
pub fn trusting(pem: &[u8]) -> ClientBuilder {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| rustls::crypto::ring::default_provider().install_default().unwrap());
    let authority = reqwest::Certificate::from_pem(pem).unwrap();
    let client = Client::builder().tls_certs_only([authority]).redirect(Policy::none()).no_proxy();
    client.timeout(Duration::from_secs(10))
}

/// An answer as JSON.
pub fn body(answer: Response) -> Value {
    serde_json::from_slice(&answer.bytes().unwrap()).unwrap()
}

/// Apple's code of an error answer.
pub fn code(answer: Response) -> String {
    body(answer)["errors"][0]["code"].as_str().unwrap().to_owned()
}
