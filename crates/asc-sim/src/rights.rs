//! What a role opens: the same catalogue the application shows, made definite.
//!
//! The catalogue keeps disputed and unknown apart from yes and no; a server has to answer. So an operation is
//! allowed if every capability that decides it is, refused if none is, and where the catalogue leaves it open it is
//! refused, but for an Admin and the Account Holder, whom Apple's pages describe as able to do everything. Whatever
//! differs from that is a [`Ruling`]: listed here with its ground, or added by a test.

use asc_access::{Area, Half, Individual, Operation, Role, catalogue};
use asc_key::KeyKind;

/// One operation family decided by hand, for one role or all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// The beginning of the path template, whole segments: `/v1/users` also decides `/v1/users/{id}`.
    pub path: String,
    /// `None` for every role.
    pub role: Option<Role>,
    /// Allowed or refused.
    pub allowed: bool,
}

impl Ruling {
    /// Allows a role the operations below a path template.
    #[must_use]
    pub fn allow(path: &str, role: Role) -> Self {
        Self { path: path.to_owned(), role: Some(role), allowed: true }
    }

    /// Refuses a role the operations below a path template.
    #[must_use]
    pub fn refuse(path: &str, role: Role) -> Self {
        Self { path: path.to_owned(), role: Some(role), allowed: false }
    }
}

/// The rulings of the simulator itself, for reading: path template, role (`None`: every role), allowed, ground.
pub const BUILT_IN_RULINGS: [(&str, Option<Role>, bool, &str); 5] = [
    ("/v1/reviewSubmissions", Some(Role::Developer), true, "reported: Developer reads submissions"),
    ("/v1/reviewSubmissions", Some(Role::Sales), false, "reported: Sales and Reports is answered 403"),
    ("/v1/users", Some(Role::Developer), true, "reported: a Developer key is answered 200"),
    ("/v1/territories", None, true, "reference data: expected for every valid key"),
    ("/v1/appCategories", None, true, "reference data: expected for every valid key"),
];

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Right {
    Allowed,
    /// The role does not include it.
    Refused,
    /// Closed to Individual keys, and answered 401: as if the token were wrong.
    Closed,
}

/// Whether a key of this kind with these roles may call an operation. Roles join: any that allows it is enough.
pub(crate) fn right(rulings: &[Ruling], operation: &Operation, kind: KeyKind, roles: &[Role]) -> Right {
    let any = roles.iter().any(|role| by_role(rulings, operation, kind, *role));
    match (any, kind) {
        (true, _) => Right::Allowed,
        (false, KeyKind::Individual) if operation.area == Area::Provisioning => Right::Closed,
        (false, _) => Right::Refused,
    }
}

fn by_role(rulings: &[Ruling], operation: &Operation, kind: KeyKind, role: Role) -> bool {
    let concerns = |path: &str, whom: Option<Role>| below(operation.path, path) && whom.is_none_or(|one| one == role);
    if let Some(ruling) = rulings.iter().rev().find(|one| concerns(&one.path, one.role)) {
        return ruling.allowed;
    }
    let values = values(operation, kind, role);
    // The simulator's own rulings are about reading; writing follows the catalogue.
    if !operation.method.writes()
        && !values.contains(&Half::Never)
        && let Some((_, _, allowed, _)) = BUILT_IN_RULINGS.iter().find(|(path, whom, ..)| concerns(path, *whom))
    {
        return *allowed;
    }
    let reaches = values.iter().filter(|value| value.reaches()).count();
    let settled = values.iter().all(|value| value.is_settled());
    match reaches {
        all if all == values.len() => true,
        0 if settled => false,
        // Mixed or open. Silence about a kind of key is no description of a role.
        _ => matches!(role, Role::Admin | Role::AccountHolder) && !silent(operation, kind),
    }
}

fn values(operation: &Operation, kind: KeyKind, role: Role) -> Vec<Half> {
    let capabilities = operation.capabilities.iter().filter_map(|code| catalogue().capability(code));
    capabilities.map(|one| one.finding(kind, role).value).collect()
}

/// True if the catalogue has a word of its own for Individual keys here, whatever the owner's roles.
fn silent(operation: &Operation, kind: KeyKind) -> bool {
    let mut capabilities = operation.capabilities.iter().filter_map(|code| catalogue().capability(code));
    kind == KeyKind::Individual && capabilities.any(|one| matches!(one.individual, Individual::Whatever(_)))
}

/// Whether a template is another one or continues it by whole segments.
fn below(template: &str, beginning: &str) -> bool {
    template.strip_prefix(beginning).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
