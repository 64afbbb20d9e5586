//! The catalogue keeps its own rules: whole, sourced, dated, and honest about what it does not know.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use asc_access::{
    AppReach, Area, Basis, Capability, Finding, Half, Individual, Role, Source, app_reach, catalogue, selectable_roles,
    source_urls,
};
use asc_key::KeyKind;

const KINDS: [KeyKind; 2] = [KeyKind::Team, KeyKind::Individual];

fn every_finding() -> Vec<(String, &'static Finding)> {
    let mut all = Vec::new();
    for capability in catalogue().capabilities() {
        for kind in KINDS {
            for role in Role::ALL {
                all.push((format!("{} {kind} {role}", capability.code), capability.finding(kind, *role)));
            }
        }
    }
    for kind in KINDS {
        for one in selectable_roles(kind) {
            all.push((format!("selectable {kind} {}", one.role), &one.finding));
        }
    }
    all
}

fn capability(code: &str) -> &'static Capability {
    catalogue().capabilities().find(|one| one.code == code).unwrap()
}

#[test]
fn covers_28_capabilities_in_ledger_order_each_under_one_area() {
    let codes: Vec<_> = catalogue().capabilities().map(|one| one.code).collect();
    assert_eq!(codes.len(), 28);
    assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), 28, "a capability is listed twice");
    let areas: Vec<_> = catalogue().capabilities().map(|one| one.area).collect();
    assert!(areas.is_sorted(), "capabilities stand in ledger order");
    for area in Area::ALL {
        assert!(areas.contains(area), "{area} has no capability");
    }
}

#[test]
fn answers_for_every_kind_role_and_capability() {
    assert_eq!(every_finding().len(), 28 * 2 * 8 + 2 * 8);
}

#[test]
fn every_value_that_claims_something_names_a_source() {
    for (what, finding) in every_finding() {
        if finding.value != Half::Unknown {
            assert!(!finding.sources.is_empty(), "{what} claims {} without a source", finding.value);
        }
    }
}

#[test]
fn value_and_basis_agree() {
    for (what, finding) in every_finding() {
        assert_eq!(finding.value == Half::Unknown, finding.basis == Basis::Unknown, "{what}");
        assert_eq!(finding.value == Half::Disputed, finding.basis == Basis::Disputed, "{what}");
    }
}

#[test]
fn a_basis_is_backed_by_a_source_of_its_kind() {
    for (what, finding) in every_finding() {
        let has = |basis: &[Basis]| finding.sources.iter().any(|source| basis.contains(&source.basis));
        let backed = match finding.basis {
            Basis::Documented => has(&[Basis::Documented]),
            Basis::Spec => has(&[Basis::Spec]),
            Basis::Reported => has(&[Basis::Reported]),
            Basis::Quoted | Basis::Derived => has(&[Basis::Documented, Basis::Quoted]),
            Basis::Disputed | Basis::Unknown => true,
            Basis::Observed => false,
        };
        assert!(backed, "{what} is {} without such a source", finding.basis);
    }
}

#[test]
fn a_disputed_capability_carries_both_sides_and_says_what_they_disagree_on() {
    let mut disputed = 0;
    for capability in catalogue().capabilities() {
        for kind in KINDS {
            for role in Role::ALL {
                let finding = capability.finding(kind, *role);
                if finding.value == Half::Disputed {
                    disputed += 1;
                    assert!(finding.sources.len() >= 2, "{} {kind} {role} has one side only", capability.code);
                    assert!(finding.note.is_some(), "{} {kind} {role} does not say why", capability.code);
                }
            }
        }
    }
    assert!(disputed > 0);
}

#[test]
fn never_is_said_of_kinds_and_not_of_roles() {
    for capability in catalogue().capabilities() {
        for role in Role::ALL {
            assert_ne!(capability.by_role.get(*role).value, Half::Never, "{} {role}", capability.code);
        }
        if let Individual::Whatever(finding) = &capability.individual {
            assert_ne!(finding.value, Half::No, "{}: what a kind closes is never, not no", capability.code);
        }
    }
}

#[test]
fn every_source_is_https_titled_and_dated() {
    for Source { url, title, basis, date } in catalogue().sources() {
        assert!(url.starts_with("https://") && !url.contains(char::is_whitespace), "{url}");
        assert!(!title.is_empty(), "{url} has no title");
        assert!(
            matches!(basis, Basis::Documented | Basis::Quoted | Basis::Spec | Basis::Reported),
            "{url}: a source is never {basis}"
        );
        let digits: Vec<&str> = date.split('-').collect();
        let shaped = [4, 2, 2].iter().zip(&digits).all(|(length, part)| part.len() == *length);
        let numbers = digits.iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
        assert!(shaped && numbers && digits.len() <= 3, "{url} has the date {date}");
        assert!(
            date.get(..catalogue().date.len().min(date.len())).unwrap() <= catalogue().date,
            "{url} is from {date}"
        );
    }
}

#[test]
fn the_addresses_the_shell_may_open_are_exactly_those_of_the_sources() {
    let sources = catalogue().sources();
    assert_eq!(source_urls().len(), sources.len(), "one address has two titles or dates");
    assert!(source_urls().contains("https://developer.apple.com/support/roles/"));
    assert!(!source_urls().contains("https://example.com/"));
}

#[test]
fn which_apps_follows_from_kind_and_roles_and_every_rule_has_a_source() {
    let never_limited = [Role::AccountHolder, Role::Admin, Role::Finance];
    for role in Role::ALL {
        assert_eq!(app_reach(KeyKind::Team, &[*role]), AppReach::AllAlways, "{role}");
        let expected = if never_limited.contains(role) { AppReach::AllByRole } else { AppReach::AsOwner };
        assert_eq!(app_reach(KeyKind::Individual, &[*role]), expected, "{role}");
        assert_eq!(app_reach(KeyKind::Individual, &[*role, Role::Finance]), AppReach::AllByRole, "{role}");
    }
    assert_eq!(app_reach(KeyKind::Individual, &[]), AppReach::AsOwner, "nothing is claimed of an unknown role");
    let rules: Vec<_> = catalogue().apps.iter().map(|rule| (rule.kind, rule.reach)).collect();
    let expected = [
        (KeyKind::Team, AppReach::AllAlways),
        (KeyKind::Individual, AppReach::AsOwner),
        (KeyKind::Individual, AppReach::AllByRole),
    ];
    assert_eq!(rules, expected);
    assert!(catalogue().apps.iter().all(|rule| !rule.sources.is_empty()));
}

#[test]
fn roles_of_a_key_by_kind() {
    use Half::{Disputed, No, Yes};
    let possible = |kind| selectable_roles(kind).iter().map(|one| (one.role, one.finding.value)).collect::<Vec<_>>();
    let table = [
        (Role::AccountHolder, No, Yes),
        (Role::Admin, Yes, Yes),
        (Role::AppManager, Yes, Yes),
        (Role::Developer, Yes, Yes),
        (Role::Finance, Yes, Disputed),
        (Role::Marketing, Disputed, Yes),
        (Role::Sales, Yes, Disputed),
        (Role::CustomerSupport, Disputed, Yes),
    ];
    assert_eq!(possible(KeyKind::Team), table.map(|(role, team, _)| (role, team)));
    assert_eq!(possible(KeyKind::Individual), table.map(|(role, _, individual)| (role, individual)));
}

#[test]
fn the_api_has_no_operation_to_create_apps_or_keys() {
    for code in ["app_create", "keys"] {
        for role in Role::ALL {
            let team = capability(code).finding(KeyKind::Team, *role);
            let individual = capability(code).finding(KeyKind::Individual, *role);
            assert_eq!((team.value, team.basis, team.note), (Half::No, Basis::Spec, Some("no_endpoint")));
            assert_eq!((individual.value, individual.basis), (Half::Never, Basis::Spec));
        }
    }
}

#[test]
fn permissions_of_users_are_the_six_apple_has() {
    let codes: Vec<_> = catalogue().permissions.iter().map(|one| one.code).collect();
    let expected = [
        "provisioningAllowed",
        "CLOUD_MANAGED_APP_DISTRIBUTION",
        "CLOUD_MANAGED_DEVELOPER_ID",
        "CREATE_APPS",
        "ACCESS_TO_REPORTS",
        "GENERATE_INDIVIDUAL_KEYS",
    ];
    assert_eq!(codes, expected);
    for one in catalogue().permissions {
        assert!(!one.sources.is_empty(), "{}", one.code);
        assert_eq!(one.deprecated, one.code == "ACCESS_TO_REPORTS");
    }
}

#[test]
fn switches_on_a_user_lift_the_app_limit_at_most() {
    let lifting: Vec<_> =
        catalogue().permissions.iter().filter(|one| one.lifts_app_limit).map(|one| one.code).collect();
    assert_eq!(lifting, ["provisioningAllowed", "ACCESS_TO_REPORTS"]);
    // What Apple closes to Individual keys is closed whatever else is switched on for their owner: the finding has no
    // room for a switch.
    let closed: Vec<_> = catalogue()
        .capabilities()
        .filter(|one| one.exclusion(KeyKind::Individual).is_some())
        .map(|one| one.code)
        .collect();
    let expected = [
        "app_create",
        "keys",
        "provisioning_read",
        "provisioning_write",
        "cloud_signing",
        "sales_reports",
        "finance_reports",
        "notary",
    ];
    assert_eq!(closed, expected);
    assert!(catalogue().capabilities().all(|one| one.exclusion(KeyKind::Team).is_none()));
}
