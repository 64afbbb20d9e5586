//! The way a request takes: token, closed endpoints, rate, agreement, path, role, parameters, data.
//!
//! The order is the one the reports fit: a bad token is told nothing more, a missing agreement hides every role,
//! and a role is judged before a vendor number is.

use asc_access::{Method, Operation, Role, operation};
use asc_key::KeyKind;

use crate::answer::{Answer, GZIP};
use crate::listing::list;
use crate::query::Target;
use crate::reports;
use crate::request::Request;
use crate::rights::{Right, right};
use crate::seen::Reason;
use crate::token;
use crate::world::{Owner, Team, User, World};

/// Seconds in which a key's requests are counted.
const HOUR: i64 = 3600;
/// What performance metrics are asked for with.
const METRICS: &str = "application/vnd.apple.xcode-metrics+json";

/// The world's answer to one request.
pub(crate) struct Decided {
    pub(crate) answer: Answer,
    /// The Key ID the token names.
    pub(crate) key_id: Option<String>,
    /// What is left for the key this hour, as Apple's header says it.
    pub(crate) rate: Option<String>,
}

/// Who asks, once the token is believed.
pub(crate) struct Caller<'a> {
    pub(crate) team: &'a Team,
    pub(crate) kind: KeyKind,
    pub(crate) roles: &'a [Role],
    /// The owner of an Individual key.
    pub(crate) user: Option<&'a User>,
}

impl Caller<'_> {
    /// Whether an app of the team is shown to this key.
    pub(crate) fn sees(&self, app: &str) -> bool {
        self.user.is_none_or(|user| user.sees(app))
    }
}

/// Answers a request at a moment, and counts it.
pub(crate) fn decide(world: &mut World, request: &Request, target: &Target, now: i64) -> Decided {
    let examined = token::examine(world, request.header("authorization"), &request.method, target, now);
    let key_id = examined.key_id;
    if let Err(reason) = examined.verdict {
        return Decided { answer: Answer::unauthorized(reason), key_id, rate: None };
    }
    let id = key_id.as_deref().unwrap_or_default();
    let limit = world.hour_limit;
    let left = count(world, id, now);
    let rate = Some(format!("user-hour-lim:{limit};user-hour-rem:{};", left.unwrap_or(0)));
    let answer = match (left, caller(world, id)) {
        (_, None) => Answer::unauthorized(Reason::UnknownKey),
        (None, Some(_)) => Answer::rate_limited(),
        (Some(_), Some(caller)) => answer(world, &caller, request, target),
    };
    Decided { answer, key_id, rate }
}

/// Counts a request of a key within the rolling hour; what is left after it, or `None` if it is one too many.
fn count(world: &mut World, key_id: &str, now: i64) -> Option<usize> {
    let limit = usize::try_from(world.hour_limit).unwrap_or(usize::MAX);
    let used = &mut world.key_mut(key_id).ok()?.used;
    used.retain(|at| *at > now - HOUR && *at <= now);
    let left = limit.checked_sub(used.len() + 1)?;
    used.push_back(now);
    Some(left)
}

fn caller<'a>(world: &'a World, key_id: &str) -> Option<Caller<'a>> {
    let (team, key) = world.key(key_id)?;
    Some(match &key.owner {
        Owner::Team(roles) => Caller { team, kind: KeyKind::Team, roles, user: None },
        Owner::User(id) => {
            let user = team.users.iter().find(|user| user.id == *id)?;
            Caller { team, kind: KeyKind::Individual, roles: &user.roles, user: Some(user) }
        }
    })
}

fn answer(world: &World, caller: &Caller<'_>, request: &Request, target: &Target) -> Answer {
    let known = request.method.parse().ok().and_then(|method: Method| operation(method, &target.path));
    let right = known.map(|operation| right(&world.rulings, operation, caller.kind, caller.roles));
    if right == Some(Right::Closed) {
        return Answer::unauthorized(Reason::ClosedToIndividual);
    }
    if !caller.team.agreement {
        return Answer::agreement();
    }
    match (known, right) {
        (Some(_), Some(Right::Refused)) => Answer::forbidden(),
        (Some(operation), _) => allowed(caller, operation, request, target),
        (None, _) if Method::ALL.iter().any(|method| operation(*method, &target.path).is_some()) => {
            Answer::method(&request.method)
        }
        (None, _) => Answer::no_path(&target.path),
    }
}

fn allowed(caller: &Caller<'_>, operation: &Operation, request: &Request, target: &Target) -> Answer {
    if let Some(hidden) = hidden_app(caller, &target.path) {
        return Answer::not_found("apps", hidden, Reason::NotVisible);
    }
    if operation.method.writes() {
        return Answer::unwritten();
    }
    let accepts = |what: &str| {
        let accepted = request.header("accept").unwrap_or("*/*");
        accepted.contains(what) || accepted.contains("*/*")
    };
    match operation.path {
        "/v1/salesReports" | "/v1/financeReports" if !accepts(GZIP) => Answer::not_acceptable(),
        "/v1/salesReports" => reports::sales(caller.team, target),
        "/v1/financeReports" => reports::finance(caller.team, target),
        path if path.ends_with("/perfPowerMetrics") && !accepts(METRICS) => Answer::not_acceptable(),
        path if path.ends_with("/perfPowerMetrics") => reports::metrics(),
        path => list(caller, path, target, &origin(request)),
    }
}

/// The app a path is about, if this key does not see it: another team's, or hidden from the owner.
fn hidden_app<'a>(caller: &Caller<'_>, path: &'a str) -> Option<&'a str> {
    let (_, app) = path.split_once("/apps/")?;
    let id = app.split('/').next()?;
    let shown = caller.team.apps.iter().any(|app| app.id == id) && caller.sees(id);
    (!shown).then_some(id)
}

/// Where this request came to, so that links lead back to the same place.
fn origin(request: &Request) -> String {
    format!("https://{}", request.header("host").unwrap_or("localhost"))
}
