//! Every rule for tokens: broken on its own, it is refused for its own reason, and the caller learns none of it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_sim::Reason;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use support::{ADMIN, Ground, ISSUER, OTHER_ISSUER, OWN, body, code, header, own_claims, team_claims, unsigned};

const APPS: &str = "/v1/apps?limit=1";
const WORKFLOW: &str = "/v1/ciWorkflows/1234";
const DAY: i64 = 24 * 60 * 60;

/// The value with some names set to others; `null` takes the name away.
fn with(mut value: Value, changes: &Value) -> Value {
    for (name, change) in changes.as_object().unwrap() {
        match change {
            Value::Null => drop(value.as_object_mut().unwrap().remove(name)),
            change => value[name] = change.clone(),
        }
    }
    value
}

fn reason(ground: &Ground, token: &str, target: &str) -> Option<Reason> {
    let answer = ground.ask(token, target).unwrap();
    let refused = answer.status() == 401;
    if refused {
        assert_eq!(code(answer), "NOT_AUTHORIZED");
    }
    let seen = ground.apple.take_requests().pop().unwrap();
    let about_token = seen.status == 401;
    assert_eq!(about_token, refused);
    seen.reason.filter(|_| about_token)
}

#[test]
fn a_token_in_order_is_taken_from_either_kind_of_key() {
    let ground = Ground::new();
    assert_eq!(reason(&ground, &ground.admin_token(), APPS), None);
    assert_eq!(reason(&ground, &ground.own_token(), APPS), None);
}

#[test]
fn every_broken_header_has_its_own_reason() {
    let ground = Ground::new();
    let table = [
        (json!({"alg": "ES384"}), Reason::Algorithm),
        (json!({"alg": "none"}), Reason::Algorithm),
        (json!({"alg": "HS256"}), Reason::Algorithm),
        (json!({"alg": null}), Reason::Algorithm),
        (json!({"typ": null}), Reason::TokenType),
        (json!({"typ": "JWS"}), Reason::TokenType),
        (json!({"kid": null}), Reason::UnknownKey),
        (json!({"kid": "NQ4Z8B7LKD"}), Reason::UnknownKey),
        // The Key ID of another key that exists: not signed by that one.
        (json!({"kid": OWN}), Reason::Signature),
    ];
    for (change, expected) in table {
        let token = ground.admin.token(&with(header(ADMIN), &change), &team_claims(ground.apple.now()));
        assert_eq!(reason(&ground, &token, APPS), Some(expected), "{change}");
    }
}

#[test]
fn every_broken_claim_of_a_team_key_has_its_own_reason() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let table = [
        (json!({"aud": "apple-developer-enterprise-v1"}), Reason::Audience),
        (json!({"aud": null}), Reason::Audience),
        (json!({"aud": ["appstoreconnect-v1"]}), Reason::Audience),
        (json!({"iss": OTHER_ISSUER}), Reason::Issuer),
        (json!({"iss": ISSUER.to_uppercase()}), Reason::Issuer),
        (json!({"iss": null}), Reason::OtherKind),
        (json!({"iss": null, "sub": "user"}), Reason::OtherKind),
        (json!({"sub": "user"}), Reason::OtherKind),
        (json!({"exp": null}), Reason::Malformed),
        (json!({"exp": "soon"}), Reason::Malformed),
        (json!({"iat": "now"}), Reason::Malformed),
        (json!({"iat": now - 600, "exp": now - 1}), Reason::Expired),
        (json!({"iat": now + 60, "exp": now + 600}), Reason::NotYetValid),
        (json!({"exp": now + 1201}), Reason::Lifetime),
        // Back-dating counts.
        (json!({"iat": now - 60, "exp": now + 1141}), Reason::Lifetime),
        (json!({"scope": []}), Reason::Scope),
        (json!({"scope": "GET /v1/apps"}), Reason::Scope),
        (json!({"scope": ["/v1/apps"]}), Reason::Scope),
        (json!({"scope": ["GET /v1/users"]}), Reason::Scope),
    ];
    for (change, expected) in table {
        let token = ground.admin.token(&header(ADMIN), &with(team_claims(now), &change));
        assert_eq!(reason(&ground, &token, APPS), Some(expected), "{change}");
    }
}

#[test]
fn every_broken_claim_of_an_individual_key_has_its_own_reason() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let table = [
        (json!({"iss": ISSUER}), Reason::OtherKind),
        (json!({"iss": ISSUER, "sub": null}), Reason::OtherKind),
        (json!({"sub": null}), Reason::OtherKind),
        (json!({"sub": "mina"}), Reason::OtherKind),
    ];
    for (change, expected) in table {
        let token = ground.own.token(&header(OWN), &with(own_claims(now), &change));
        assert_eq!(reason(&ground, &token, APPS), Some(expected), "{change}");
    }
}

#[test]
fn the_edges_of_the_lifetime_are_taken() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let taken = [
        json!({"exp": now + 1200}),
        json!({"iat": now - 60, "exp": now + 1140}),
        json!({"exp": now + 2}),
        // Widely used tools send none.
        json!({"iat": null, "exp": now + 1190}),
    ];
    for change in taken {
        let token = ground.admin.token(&header(ADMIN), &with(team_claims(now), &change));
        assert_eq!(reason(&ground, &token, APPS), None, "{change}");
    }
}

#[test]
fn a_scope_lets_through_what_it_lists_whatever_the_paging() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let scoped = |scope: &[&str]| ground.admin.token(&header(ADMIN), &with(team_claims(now), &json!({"scope": scope})));
    let apps = scoped(&["GET /v1/users", "GET /v1/apps"]);
    for target in ["/v1/apps", "/v1/apps?limit=1", "/v1/apps?cursor=at.0&sort=name"] {
        assert_eq!(reason(&ground, &apps, target), None, "{target}");
    }
    for target in ["/v1/apps?filter[bundleId]=a", "/v1/apps/6448311069", "/v1/builds"] {
        assert_eq!(reason(&ground, &apps, target), Some(Reason::Scope), "{target}");
    }
    let filtered = scoped(&["GET /v1/builds?filter[app]=1&filter[version]=2"]);
    let reordered = "/v1/builds?limit=3&filter%5Bversion%5D=2&filter%5Bapp%5D=1";
    assert_eq!(reason(&ground, &filtered, reordered), None);
    assert_eq!(reason(&ground, &filtered, "/v1/builds?filter[app]=1"), Some(Reason::Scope));
}

#[test]
fn six_months_are_for_reading_xcode_cloud_and_metrics_only() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let lasting = |days: i64, scope: Value| {
        let claims = with(team_claims(now), &json!({"exp": now + days * DAY, "scope": scope}));
        reason(&ground, &ground.admin.token(&header(ADMIN), &claims), WORKFLOW)
    };
    let workflow = format!("GET {WORKFLOW}");
    assert_eq!(lasting(180, json!([workflow])), None);
    assert_eq!(lasting(180, json!([workflow, "GET /v1/apps/1/perfPowerMetrics"])), None);
    assert_eq!(lasting(185, json!([workflow])), Some(Reason::Lifetime));
    assert_eq!(lasting(1, json!([workflow, "GET /v1/apps"])), Some(Reason::Lifetime));
    assert_eq!(lasting(1, json!([workflow, "POST /v1/ciBuildRuns"])), Some(Reason::Lifetime));
    assert_eq!(lasting(1, Value::Null), Some(Reason::Lifetime));
}

#[test]
fn only_the_raw_signature_of_the_registered_key_is_taken() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let signed = unsigned(&header(ADMIN), &team_claims(now));
    let raw = ground.admin.signature(&signed);
    let of_another = ground.own.signature(&signed);
    let mut flipped = raw;
    flipped[63] ^= 1;
    let token = |signature: &[u8]| format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature));
    assert_eq!(reason(&ground, &token(&raw), APPS), None);
    for wrong in [of_another.as_slice(), &flipped, &raw[..63], &[], &der(&raw)] {
        assert_eq!(reason(&ground, &token(wrong), APPS), Some(Reason::Signature), "{} bytes", wrong.len());
    }
}

/// The same signature as OpenSSL writes it.
fn der(raw: &[u8; 64]) -> Vec<u8> {
    let integer = |half: &[u8]| {
        let sign = if half[0] > 0x7f { vec![0] } else { Vec::new() };
        let length = u8::try_from(half.len() + sign.len()).unwrap();
        [vec![2, length], sign, half.to_vec()].concat()
    };
    let both = [integer(&raw[..32]), integer(&raw[32..])].concat();
    [vec![0x30, u8::try_from(both.len()).unwrap()], both].concat()
}

#[test]
fn what_is_no_token_is_refused_as_such() {
    let ground = Ground::new();
    let send = |value: Option<&str>| {
        let request = ground.client.get(ground.url(APPS));
        let request = match value {
            Some(value) => request.header("Authorization", value),
            None => request,
        };
        let answer = request.send().unwrap();
        assert_eq!((answer.status().as_u16(), code(answer).as_str()), (401, "NOT_AUTHORIZED"));
        ground.apple.take_requests().pop().unwrap().reason
    };
    assert_eq!(send(None), Some(Reason::NoToken));
    assert_eq!(send(Some("Basic YTpi")), Some(Reason::NoToken));
    for wrong in ["Bearer x", "Bearer a.b", "Bearer a.b.c", "Bearer e30.W10.e30", "Bearer e30=.e30=.AAAA"] {
        assert_eq!(send(Some(wrong)), Some(Reason::Malformed), "{wrong}");
    }
}

#[test]
fn a_revoked_key_an_owner_who_left_and_a_turned_clock_end_a_token_at_once() {
    let ground = Ground::new();
    let (admin, own) = (ground.admin_token(), ground.own_token());
    ground.apple.change(|world| world.remove_user("mina")).unwrap();
    assert_eq!(reason(&ground, &own, APPS), Some(Reason::OwnerGone));

    ground.apple.change(|world| world.set_clock_offset(-120));
    assert_eq!(reason(&ground, &admin, APPS), Some(Reason::NotYetValid));
    ground.apple.change(|world| world.set_leeway(180));
    assert_eq!(reason(&ground, &admin, APPS), None);
    ground.apple.change(|world| world.set_clock_offset(600));
    assert_eq!(reason(&ground, &admin, APPS), Some(Reason::Expired));
    ground.apple.change(|world| world.set_clock_offset(0));

    ground.apple.change(|world| world.revoke(ADMIN)).unwrap();
    assert_eq!(reason(&ground, &admin, APPS), Some(Reason::RevokedKey));
}

#[test]
fn every_401_reads_the_same() {
    let ground = Ground::new();
    let now = ground.apple.now();
    let wrong = [
        ground.admin.token(&header("NQ4Z8B7LKD"), &team_claims(now)),
        ground.admin.token(&header(ADMIN), &with(team_claims(now), &json!({"iss": OTHER_ISSUER}))),
        ground.admin.token(&header(ADMIN), &with(team_claims(now), &json!({"exp": now + 9000}))),
    ];
    let told = wrong.map(|token| {
        let mut body = body(ground.ask(&token, APPS).unwrap());
        assert!(body["errors"][0]["id"].take().as_str().is_some_and(|id| !id.is_empty()));
        body
    });
    assert!(told.iter().all(|one| *one == told[0]));
    assert_eq!(told[0]["errors"][0]["status"], "401", "a string, as in Apple's description");
    assert_eq!(told[0]["errors"][0]["title"], "Authentication credentials are missing or invalid.");
}
