//! The command line of the simulator, as the demo and tests in other languages use it.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::collections::BTreeSet;

use asc_sim::{Demo, Simulator, World, demo, obey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use support::{ADMIN, Ground, ISSUER, OWN, SHOWN, Signer, claims_of, client, code, header, own_claims, team_claims};

const APPS: &str = "/v1/apps?limit=1";

#[test]
fn a_demo_can_revoke_change_sign_and_hide() {
    let ground = Ground::new();
    let obey = |line: &str| obey(&ground.apple, line).unwrap();
    let admin = |target| ground.get(target).status().as_u16();
    let own = |target: &str| ground.get_own(target).status().as_u16();

    assert_eq!(own("/v1/apps/6448311069/appAvailabilityV2"), 403);
    obey("role mina@example.com APP_MANAGER");
    assert_eq!(own("/v1/apps/6448311069/appAvailabilityV2"), 200);
    obey(&format!("hide mina {SHOWN}"));
    assert_eq!(own("/v1/apps/6448311069"), 404);
    obey("show mina all");
    assert_eq!(own("/v1/apps/6448311069"), 200);

    obey(&format!("agreement {ISSUER} lapse"));
    assert_eq!((admin(APPS), own(APPS)), (403, 403));
    obey(&format!("agreement {ISSUER} sign"));
    assert_eq!((admin(APPS), own(APPS)), (200, 200));

    obey(&format!("role {ADMIN} SALES,DEVELOPER"));
    assert_eq!((admin("/v1/certificates"), admin("/v1/builds")), (403, 200));
    obey("refuse DEVELOPER /v1/builds");
    assert_eq!(admin("/v1/builds"), 403);

    obey("fault status:503:html times 2 under /v1/apps");
    obey(&format!("fault unauthorized key {OWN}"));
    assert_eq!((own(APPS), own(APPS), admin(APPS), admin(APPS)), (503, 503, 200, 200));
    assert_eq!(own(APPS), 401);

    obey("clock 3600");
    assert_eq!(ground.ask(&ground.admin_token(), APPS).unwrap().status(), 200, "tokens follow the clock");
    obey(&format!("revoke {ADMIN}"));
    assert_eq!(admin(APPS), 401);

    let log: Value = serde_json::from_str(&obey("log")).unwrap();
    let last = log.as_array().unwrap().last().unwrap();
    assert_eq!((&last["key"], &last["status"], &last["reason"]), (&ADMIN.into(), &401.into(), &"revoked_key".into()));
}

#[test]
fn a_world_can_be_built_from_nothing() {
    let apple = Simulator::start(World::new()).unwrap();
    let (team, own) = (Signer::new(), Signer::new());
    let public = |signer: &Signer| STANDARD.encode(signer.public());
    for line in [
        format!("team {ISSUER} Blue Anchor Software"),
        format!("app {ISSUER} {SHOWN} com.example.harbour Harbour Master"),
        format!("user {ISSUER} mina mina@example.com DEVELOPER,MARKETING {SHOWN}"),
        format!("register {ISSUER} {ADMIN} team ADMIN {}", public(&team)),
        format!("register {ISSUER} {OWN} user mina {}", public(&own)),
    ] {
        obey(&apple, &line).unwrap();
    }
    let client = client(&apple).build().unwrap();
    let tokens =
        [team.token(&header(ADMIN), &team_claims(apple.now())), own.token(&header(OWN), &own_claims(apple.now()))];
    for token in tokens {
        let answer = client.get(format!("{}{APPS}", apple.origin())).bearer_auth(token).send().unwrap();
        let body = support::body(answer);
        assert_eq!(body["data"][0]["attributes"]["name"], "Harbour Master");
    }
    assert!(obey(&apple, "users").unwrap().contains("mina mina@example.com DEVELOPER,MARKETING 6448311069"));
}

#[test]
fn what_is_not_understood_or_does_not_exist_is_said_and_changes_nothing() {
    let ground = Ground::new();
    for line in [
        "revoke NOSUCHKEY1",
        "role mina KING",
        "role nobody ADMIN",
        "agreement nobody sign",
        "hide nobody 1",
        "clock soon",
        "front rusty",
        "fault unheard_of",
        "fault reset sometimes",
        "fault status:503:pdf",
        "user nobody x x ADMIN all",
        "register nobody KEY team ADMIN AAAA",
        "revoke",
        "dance",
    ] {
        let told = obey(&ground.apple, line).unwrap_err();
        assert!(!told.contains('\n') && !told.is_empty(), "{line}: {told}");
    }
    assert_eq!(ground.get(APPS).status(), 200);
    assert_eq!(ground.apple.take_requests()[0].fault, None);
}

#[test]
fn every_fault_and_front_of_the_help_is_understood() {
    let ground = Ground::new();
    let help = obey(&ground.apple, "help").unwrap();
    let faults = "unauthorized forbidden agreement rate rate:30 status:500 portal redirect:https://a.example truncated \
                  broken short slow:5 stall silence huge:9 endless close reset no_date date:-5 header:x next:https://b.example";
    for fault in faults.split_whitespace() {
        let name = fault.split(':').next().unwrap();
        assert!(help.contains(name), "{name} is not in the help");
        obey(&ground.apple, &format!("fault {fault} after 1 times 2 key {ADMIN} under /v1/apps")).unwrap();
    }
    for front in asc_sim::Front::ALL {
        assert!(help.contains(front.code()), "{front:?} is not in the help");
        obey(&ground.apple, &format!("front {}", front.code())).unwrap();
    }
}

#[test]
fn the_demo_has_a_file_for_every_key_and_one_that_is_a_look_alike() {
    let Demo { world, files } = demo();
    let registered: BTreeSet<String> =
        world.teams().iter().flat_map(|team| team.keys()).map(|key| key.id.clone()).collect();
    let named = |name: &str| name.split_once('_').unwrap().1.trim_end_matches(".p8").to_owned();
    let strangers: Vec<_> = files.iter().map(|(name, _)| named(name)).filter(|id| !registered.contains(id)).collect();
    assert_eq!((registered.len(), files.len(), strangers.len()), (13, 14, 1));

    let apple = Simulator::start(world).unwrap();
    let client = client(&apple).build().unwrap();
    for (name, content) in &files {
        let key = asc_key::parse(content.as_bytes(), None).unwrap().key;
        let id = named(name);
        let issuer = apple.change(|world| {
            let mut teams = world.teams().iter();
            teams.find(|team| team.keys().iter().any(|key| key.id == id)).map(|team| team.issuer.clone())
        });
        let claims = match issuer.filter(|_| name.starts_with("AuthKey_")) {
            Some(issuer) => claims_of(&issuer, apple.now()),
            None => own_claims(apple.now()),
        };
        let token = support::signed_by(&key, &header(&id), &claims);
        let answer = client.get(format!("{}/v1/apps", apple.origin())).bearer_auth(token).send().unwrap();
        let status = answer.status().as_u16();
        match id.as_str() {
            id if strangers.iter().any(|one| one == id) => assert_eq!(status, 401),
            "C6T9PX4WM2" => assert_eq!(code(answer), "FORBIDDEN.REQUIRED_AGREEMENTS_MISSING_OR_EXPIRED"),
            // Finance: nobody knows whether it lists apps; here it does not.
            "M8T2ZF6KX4" => assert_eq!(status, 403),
            _ => assert_eq!(status, 200, "{name}"),
        }
    }
}
