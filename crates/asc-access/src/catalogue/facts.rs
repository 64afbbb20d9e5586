//! Roles, switches and app reach: what is known apart from the capabilities.

use asc_key::KeyKind;

use super::sources::{
    ACCESS_LEVELS, APP_ACCESS, CLI_ROLE_SNAPSHOT, DEVELOPER_KEY_AND_TESTFLIGHT, KEY_GUIDE, KEY_HELP, REVIEW_ROLES,
    ROLE_PERMISSIONS, USER_ROLE, USERS,
};
use super::{AppRule, Finding, RoleFact, SelectableRole, UserPermission, disputed, no, yes};
use crate::codes::{AppReach, Basis, Role};
use crate::ledger::Source;

use Basis::{Documented, Quoted, Reported};
use Role::{AccountHolder, Admin, AppManager, CustomerSupport, Developer, Finance, Marketing, Sales};

const fn can(role: Role, finding: Finding) -> SelectableRole {
    SelectableRole { role, finding }
}

/// The five choices every report of the key form names.
const OFFERED: Finding = yes(Reported, &[DEVELOPER_KEY_AND_TESTFLIGHT, ACCESS_LEVELS]);
/// An older edition of Apple's help page excluded these two; a tool lists them, another says they are not offered.
const MAYBE_OFFERED: Finding = disputed(&[KEY_HELP, CLI_ROLE_SNAPSHOT, REVIEW_ROLES]).note("role_maybe_not_offered");

pub(super) const TEAM_ROLES: &[SelectableRole] = &[
    can(AccountHolder, no(Reported, &[DEVELOPER_KEY_AND_TESTFLIGHT, ACCESS_LEVELS]).note("role_is_a_person")),
    can(Admin, OFFERED),
    can(AppManager, OFFERED),
    can(Developer, OFFERED),
    can(Finance, OFFERED),
    can(Marketing, MAYBE_OFFERED),
    can(Sales, OFFERED.note("role_called_sales_and_reports")),
    can(CustomerSupport, MAYBE_OFFERED),
];

/// Named in the "required role" line of Apple's help page.
const NAMED: Finding = yes(Documented, &[KEY_HELP]);
/// Left out of that line, but included in the "all users" of the text below it.
const LEFT_OUT: Finding = disputed(&[KEY_HELP]).note("owner_role_left_out");

pub(super) const INDIVIDUAL_ROLES: &[SelectableRole] = &[
    can(AccountHolder, NAMED),
    can(Admin, NAMED),
    can(AppManager, NAMED),
    can(Developer, NAMED),
    can(Finance, LEFT_OUT),
    can(Marketing, NAMED),
    can(Sales, LEFT_OUT),
    can(CustomerSupport, NAMED),
];

const ROLE_PAGES: &[Source] = &[ROLE_PERMISSIONS, APP_ACCESS];

const fn role(role: Role, apps_can_be_limited: bool) -> RoleFact {
    RoleFact { role, apps_can_be_limited, sources: ROLE_PAGES }
}

pub(super) const ROLES: &[RoleFact] = &[
    role(AccountHolder, false),
    role(Admin, false),
    role(AppManager, true),
    role(Developer, true),
    role(Finance, false),
    role(Marketing, true),
    role(Sales, true),
    role(CustomerSupport, true),
];

pub(super) const PERMISSIONS: &[UserPermission] = &[
    UserPermission {
        code: "provisioningAllowed",
        default_for: &[AccountHolder, Admin],
        grantable_to: &[AppManager, Developer],
        lifts_app_limit: true,
        deprecated: false,
        basis: Quoted,
        sources: &[APP_ACCESS, USERS],
    },
    UserPermission {
        code: "CLOUD_MANAGED_APP_DISTRIBUTION",
        default_for: &[AccountHolder, Admin],
        grantable_to: &[AppManager, Developer],
        lifts_app_limit: false,
        deprecated: false,
        basis: Documented,
        sources: &[USER_ROLE],
    },
    UserPermission {
        code: "CLOUD_MANAGED_DEVELOPER_ID",
        default_for: &[AccountHolder],
        grantable_to: &[Admin],
        lifts_app_limit: false,
        deprecated: false,
        basis: Documented,
        sources: &[USER_ROLE],
    },
    UserPermission {
        code: "CREATE_APPS",
        default_for: &[],
        grantable_to: &[Developer, Marketing],
        lifts_app_limit: false,
        deprecated: false,
        basis: Documented,
        sources: &[USER_ROLE],
    },
    UserPermission {
        code: "ACCESS_TO_REPORTS",
        default_for: &[],
        grantable_to: &[AppManager, Developer, Marketing, Sales],
        lifts_app_limit: true,
        deprecated: true,
        basis: Documented,
        sources: &[USER_ROLE, APP_ACCESS],
    },
    UserPermission {
        code: "GENERATE_INDIVIDUAL_KEYS",
        default_for: Role::ALL,
        grantable_to: &[],
        lifts_app_limit: false,
        deprecated: false,
        basis: Documented,
        sources: &[KEY_HELP, KEY_GUIDE],
    },
];

pub(super) const APPS: &[AppRule] = &[
    AppRule { kind: KeyKind::Team, reach: AppReach::AllAlways, basis: Documented, sources: &[KEY_GUIDE, KEY_HELP] },
    AppRule { kind: KeyKind::Individual, reach: AppReach::AsOwner, basis: Documented, sources: &[KEY_GUIDE] },
    AppRule { kind: KeyKind::Individual, reach: AppReach::AllByRole, basis: Quoted, sources: ROLE_PAGES },
];
