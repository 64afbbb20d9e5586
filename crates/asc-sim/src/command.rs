//! The simulator by command line: one line in, one line out, for a person at a terminal and for a test in another
//! language. Only `help` answers with more than one.
//!
//! Every command is one call of [`Simulator`]; nothing can be done here that a Rust test cannot do. A misspelt name
//! is an error and changes nothing.

use std::time::Duration;

use asc_access::Role;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;

use crate::authority::Front;
use crate::rights::Ruling;
use crate::seen::{Reason, Seen};
use crate::server::Simulator;
use crate::world::{App, Key, Owner, Team, User, Visible, World};

mod faults;

/// What [`obey`] understands.
const HELP: &str = "\
keys | users | apps | log | now | connections            look
revoke KEY                                               the next request of this key is answered 401
role KEY-or-USER ROLE[,ROLE]                             ADMIN APP_MANAGER DEVELOPER FINANCE MARKETING SALES CUSTOMER_SUPPORT
agreement ISSUER sign|lapse                              403 on everything of the team while lapsed
hide USER APP | show USER all|APP[,APP] | leave USER     what an Individual key sees; the owner leaves the team
allow|refuse ROLE PATH                                   against the catalogue, such as: refuse DEVELOPER /v1/builds
clock SECONDS | leeway SECONDS                           Apple's clock ahead of this one; how late a token may be
limit REQUESTS | latency MILLISECONDS                    per key and hour; per answer
front good|self_signed|other_name|expired|not_yet_valid|unknown_authority|old_tls|plain_http|mute
fault WHAT [times N | always] [after N] [key KEY] [under PATH]
   unauthorized forbidden agreement rate[:RETRY-AFTER] status:CODE[:json|html|empty] portal redirect:URL truncated broken short
   slow:MILLISECONDS stall silence huge:BYTES endless close reset no_date date:SECONDS header:X-RATE-LIMIT next:URL
calm | forget                                            drop the faults; drop the log
team ISSUER NAME | app ISSUER ID BUNDLE-ID NAME | user ISSUER ID EMAIL ROLES all|APPS
register ISSUER KEY team ROLES PUBLIC | register ISSUER KEY user USER PUBLIC      PUBLIC: SubjectPublicKeyInfo in base64
stop";

/// Carries out one line.
///
/// # Errors
/// What was not understood, or does not exist, in one line.
pub fn obey(apple: &Simulator, line: &str) -> Result<String, String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    match words[..] {
        [] => Ok(String::new()),
        ["help"] => Ok(HELP.to_owned()),
        ["keys" | "users" | "apps" | "log" | "now" | "connections"] => Ok(look(apple, words[0])),
        ["front", code] => front(apple, code),
        ["fault", what, ref rest @ ..] => {
            apple.fault(faults::read(what, rest)?);
            Ok(format!("waiting: {what}"))
        }
        ["calm"] => {
            apple.calm();
            Ok("no faults".into())
        }
        ["forget"] => Ok(format!("{} requests forgotten", apple.take_requests().len())),
        _ => apple.change(|world| change(world, &words)),
    }
}

fn look(apple: &Simulator, what: &str) -> String {
    match what {
        "now" => apple.now().to_string(),
        "connections" => apple.connections().to_string(),
        "log" => json!(apple.requests().iter().map(logged).collect::<Vec<_>>()).to_string(),
        _ => apple.change(|world| {
            let lines: Vec<String> = world.teams.iter().flat_map(|team| described(team, what)).collect();
            json!(lines).to_string()
        }),
    }
}

fn logged(seen: &Seen) -> serde_json::Value {
    json!({
        "at": seen.at,
        "method": seen.method,
        "target": seen.target,
        "key": seen.key_id,
        "status": seen.status,
        "reason": seen.reason.map(Reason::code),
        "fault": seen.fault,
    })
}

fn described(team: &Team, what: &str) -> Vec<String> {
    let key = |key: &Key| {
        let whose = match &key.owner {
            Owner::Team(roles) => codes(roles),
            Owner::User(user) => user.clone(),
        };
        let state = if key.revoked { "revoked" } else { "active" };
        format!("{} {} {whose} {state} {}", key.id, key.kind(), team.issuer)
    };
    let user = |user: &User| {
        let seen = match &user.apps {
            _ if user.sees_all() => "all".to_owned(),
            Visible::All => "all".to_owned(),
            Visible::Some(some) => some.iter().cloned().collect::<Vec<_>>().join(","),
        };
        format!("{} {} {} {seen}", user.id, user.email, codes(&user.roles))
    };
    match what {
        "keys" => team.keys.iter().map(key).collect(),
        "users" => team.users.iter().map(user).collect(),
        _ => team.apps.iter().map(|app| format!("{} {} {}", app.id, app.bundle_id, app.name)).collect(),
    }
}

fn codes(roles: &[Role]) -> String {
    roles.iter().map(|role| role.code()).collect::<Vec<_>>().join(",")
}

fn front(apple: &Simulator, code: &str) -> Result<String, String> {
    let front = Front::ALL.into_iter().find(|front| front.code() == code).ok_or(format!("no front {code}"))?;
    apple.front(front);
    Ok(format!("new connections meet: {code}"))
}

fn change(world: &mut World, words: &[&str]) -> Result<String, String> {
    let said = words.join(" ");
    let done = match words {
        ["revoke", key] => world.revoke(key),
        ["role", who, list] => {
            let list = roles(list)?;
            world.set_key_roles(who, &list).or_else(|_| world.set_user_roles(who, &list))
        }
        ["agreement", issuer, "sign"] => world.set_agreement(issuer, true),
        ["agreement", issuer, "lapse"] => world.set_agreement(issuer, false),
        ["hide", user, app] => world.hide_app(user, app),
        ["show", user, apps] => world.set_visible(user, visible(apps)),
        ["leave", user] => world.remove_user(user),
        ["register", issuer, key, kind, owner, public] => {
            let key = registered(key, kind, owner, public)?;
            world.admit(issuer, key)
        }
        _ => return settle(world, words).map(|()| said),
    };
    done.map(|()| said).map_err(|unknown| unknown.to_string())
}

/// What cannot miss: numbers, rulings, new inhabitants.
fn settle(world: &mut World, words: &[&str]) -> Result<(), String> {
    match words {
        ["clock", seconds] => world.set_clock_offset(number(seconds)?),
        ["leeway", seconds] => world.set_leeway(number(seconds)?),
        ["limit", requests] => world.set_hour_limit(number(requests)?),
        ["latency", milliseconds] => world.set_latency(Duration::from_millis(number(milliseconds)?)),
        ["allow", who, path] => world.rule(Ruling::allow(path, role(who)?)),
        ["refuse", who, path] => world.rule(Ruling::refuse(path, role(who)?)),
        ["team", issuer, name @ ..] => world.teams.push(Team::new(issuer, &name.join(" "))),
        ["app", issuer, id, bundle_id, name @ ..] => {
            let app = App { id: (*id).into(), name: name.join(" "), bundle_id: (*bundle_id).into() };
            team(world, issuer)?.apps.push(app);
        }
        ["user", issuer, id, email, list, apps] => {
            let (id, email) = ((*id).to_owned(), (*email).to_owned());
            let user = User { id, email, roles: roles(list)?, apps: visible(apps), provisioning: false };
            team(world, issuer)?.users.push(user);
        }
        _ => return Err(format!("not understood: {}; try help", words.join(" "))),
    }
    Ok(())
}

fn team<'a>(world: &'a mut World, issuer: &str) -> Result<&'a mut Team, String> {
    world.teams.iter_mut().find(|team| team.issuer == issuer).ok_or_else(|| format!("no team {issuer}"))
}

fn registered(key_id: &str, kind: &str, owner: &str, public: &str) -> Result<Key, String> {
    let owner = match kind {
        "team" => Owner::Team(roles(owner)?),
        "user" => Owner::User(owner.to_owned()),
        _ => return Err(format!("a key belongs to a team or a user, not a {kind}")),
    };
    let public = STANDARD.decode(public).map_err(|_| "the public key is not base64")?;
    Key::new(key_id, owner, &public).ok_or_else(|| "the public key is not one of P-256".to_owned())
}

fn visible(apps: &str) -> Visible {
    if apps == "all" { Visible::All } else { Visible::only(&apps.split(',').collect::<Vec<_>>()) }
}

fn roles(list: &str) -> Result<Vec<Role>, String> {
    list.split(',').map(role).collect()
}

fn role(code: &str) -> Result<Role, String> {
    code.parse().map_err(|_| format!("no role {code}"))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("no number: {text}"))
}
