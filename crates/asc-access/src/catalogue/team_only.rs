//! What Apple keeps Individual keys out of, whatever their owner's roles.
//!
//! One sentence of Apple's guide closes provisioning, Sales and Finance, and notarytool to Individual keys. The
//! first two are taken at its word; for notarization the tool itself and its users say otherwise.

use super::sources::{
    ADMIN_AND_SIGNING, APP_MANAGER_AND_SALES, APP_MANAGER_AND_SIGNING, CERTIFICATES_BY_KEY, DEVELOPER_KEY_AND_NOTARY,
    FINANCIAL_REPORTS, INDIVIDUAL_KEY_AND_PROVISIONING, KEY_GUIDE, NOTARIZE_TOOL, NOTARYTOOL_HELP,
    ONLY_ADMIN_REGISTERS, PROGRAM_ROLES, REPORT_ROLES, REVIEW_ROLES, ROLE_PERMISSIONS, ROLE_TABLE_2020,
    SALES_AND_FINANCE, SIGNING_BY_ROLE, USER_ROLE,
};
use super::{ByRole, Capability, Individual, Side, UNKNOWN, Weight, disputed, never, no, yes};
use crate::codes::{Area, Basis};
use crate::ledger::Source;

use Basis::{Derived, Documented, Reported};
use Individual::Whatever;
use Side::{Both, Read, Write};
use Weight::Decides;

const PORTAL: &[Source] = &[KEY_GUIDE, PROGRAM_ROLES];
const SIGNING: &[Source] = &[KEY_GUIDE, USER_ROLE];
const SALES: &[Source] = &[SALES_AND_FINANCE, ROLE_PERMISSIONS];
const FINANCE: &[Source] = &[SALES_AND_FINANCE, FINANCIAL_REPORTS];
const CLOSED_REPORTS: &[Source] = &[KEY_GUIDE, SALES_AND_FINANCE];

pub(super) const CAPABILITIES: &[Capability] = &[
    // ------------------------------------------------------------------------------------ provisioning
    Capability {
        code: "provisioning_read",
        area: Area::Provisioning,
        side: Read,
        weight: Decides,
        individual: Whatever(never(Documented, &[KEY_GUIDE, INDIVIDUAL_KEY_AND_PROVISIONING]).note("answers_401")),
        by_role: ByRole {
            account_holder: yes(Derived, PORTAL),
            admin: yes(Reported, &[CERTIFICATES_BY_KEY]),
            app_manager: disputed(&[CERTIFICATES_BY_KEY, PROGRAM_ROLES, ROLE_TABLE_2020]).note("portal_access"),
            developer: disputed(&[PROGRAM_ROLES, ROLE_TABLE_2020]).note("portal_access"),
            ..ByRole::every(no(Derived, PORTAL))
        },
    },
    Capability {
        code: "provisioning_write",
        area: Area::Provisioning,
        side: Write,
        weight: Decides,
        individual: Whatever(never(Documented, &[KEY_GUIDE])),
        by_role: ByRole {
            account_holder: yes(Derived, PORTAL),
            admin: yes(Reported, &[ONLY_ADMIN_REGISTERS]),
            app_manager: disputed(&[PROGRAM_ROLES, ONLY_ADMIN_REGISTERS]).note("portal_access"),
            developer: no(Derived, &[PROGRAM_ROLES, ONLY_ADMIN_REGISTERS]),
            ..ByRole::every(no(Derived, PORTAL))
        },
    },
    Capability {
        code: "cloud_signing",
        area: Area::Provisioning,
        side: Write,
        weight: Decides,
        individual: Whatever(never(Documented, &[KEY_GUIDE]).note("signing_needs_issuer")),
        by_role: ByRole {
            account_holder: yes(Derived, SIGNING),
            admin: yes(Reported, &[ADMIN_AND_SIGNING]),
            app_manager: no(Reported, &[APP_MANAGER_AND_SIGNING, SIGNING_BY_ROLE]).note("signing_refused"),
            developer: no(Reported, &[SIGNING_BY_ROLE]).note("signing_refused"),
            ..ByRole::every(no(Derived, SIGNING))
        },
    },
    // ------------------------------------------------------------------------------------------- sales
    Capability {
        code: "sales_reports",
        area: Area::Sales,
        side: Read,
        weight: Decides,
        individual: Whatever(never(Documented, CLOSED_REPORTS)),
        by_role: ByRole {
            account_holder: yes(Derived, SALES),
            admin: yes(Derived, SALES),
            finance: yes(Reported, &[REVIEW_ROLES, ROLE_PERMISSIONS]),
            sales: yes(Documented, &[REPORT_ROLES, SALES_AND_FINANCE]),
            app_manager: no(Reported, &[APP_MANAGER_AND_SALES, REVIEW_ROLES]),
            ..ByRole::every(no(Derived, SALES))
        },
    },
    // ----------------------------------------------------------------------------------------- finance
    Capability {
        code: "finance_reports",
        area: Area::Finance,
        side: Read,
        weight: Decides,
        individual: Whatever(never(Documented, CLOSED_REPORTS)),
        by_role: ByRole {
            account_holder: yes(Derived, FINANCE),
            admin: yes(Derived, FINANCE),
            finance: yes(Derived, FINANCE),
            sales: no(Documented, &[REPORT_ROLES]),
            ..ByRole::every(no(Derived, FINANCE))
        },
    },
    // ------------------------------------------------------------------------------------------ notary
    Capability {
        code: "notary",
        area: Area::Notary,
        side: Both,
        weight: Decides,
        individual: Whatever(
            disputed(&[KEY_GUIDE, DEVELOPER_KEY_AND_NOTARY, NOTARYTOOL_HELP, NOTARIZE_TOOL]).note("individual_notary"),
        ),
        by_role: ByRole {
            account_holder: yes(Derived, &[KEY_GUIDE, ROLE_PERMISSIONS]),
            admin: yes(Derived, &[KEY_GUIDE, ROLE_PERMISSIONS]),
            app_manager: yes(Reported, &[NOTARIZE_TOOL]),
            developer: yes(Reported, &[DEVELOPER_KEY_AND_NOTARY]),
            ..ByRole::every(UNKNOWN)
        },
    },
];
