//! The cells people will look at first, one by one.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use asc_access::{Area, Basis, Cell, Half, Level, Reason, Role, Subject, Zone, catalogue, evaluate};
use asc_key::KeyKind::{self, Individual, Team};

use Area::{Analytics, Apps, Builds, Finance, Notary, Pricing, Provisioning, Reviews, Sales, Users, XcodeCloud};
use Level::{Disputed, Limited, Manage, Never, None, Unclear, View};

fn cell(kind: KeyKind, roles: &[Role], area: Area) -> Cell {
    let at = Area::ALL.iter().position(|one| *one == area).unwrap();
    evaluate(&Subject::new(kind, roles), &[]).into_iter().nth(at).unwrap()
}

#[test]
fn the_ledger_has_eleven_rows_with_what_apple_closes_in_one_block_at_the_end() {
    assert_eq!(Area::ALL.len(), 11);
    assert!(Area::ALL.iter().map(|area| area.zone()).is_sorted());
    let closed: Vec<_> = Area::ALL.iter().filter(|area| area.zone() == Zone::TeamOnly).collect();
    assert_eq!(closed, [&Provisioning, &Sales, &Finance, &Notary]);
}

#[test]
fn levels_of_team_keys_by_role() {
    const AREAS: [Area; 11] =
        [Apps, Builds, XcodeCloud, Pricing, Reviews, Analytics, Users, Provisioning, Sales, Finance, Notary];
    let table: [(Role, [Level; 11]); 7] = [
        (Role::Admin, [Manage, Manage, Manage, Manage, Manage, Manage, Manage, Manage, View, View, Manage]),
        (Role::AppManager, [Manage, Manage, Manage, Manage, View, None, Disputed, Disputed, None, None, Manage]),
        (Role::Developer, [Limited, Limited, Manage, Limited, View, None, Unclear, Disputed, None, None, Manage]),
        (Role::Finance, [Unclear, None, Unclear, None, None, View, Unclear, None, View, View, Unclear]),
        (Role::Marketing, [Limited, Unclear, Unclear, Limited, View, None, Unclear, None, None, None, Unclear]),
        (Role::Sales, [View, None, Unclear, None, None, View, Unclear, None, View, None, Unclear]),
        (Role::CustomerSupport, [View, None, Unclear, None, Manage, None, Unclear, None, None, None, Unclear]),
    ];
    for (role, levels) in table {
        for (area, level) in AREAS.into_iter().zip(levels) {
            assert_eq!(cell(Team, &[role], area).level, level, "{role} in {area}");
        }
    }
}

#[test]
fn individual_keys_are_kept_out_of_three_areas_by_apples_guide_whoever_owns_them() {
    for role in Role::ALL {
        for area in [Provisioning, Sales, Finance] {
            let cell = cell(Individual, &[*role], area);
            assert_eq!(
                (cell.level, cell.read.value, cell.write.value),
                (Never, Half::Never, Half::Never),
                "{role} in {area}"
            );
            assert_eq!((cell.read.reason, cell.basis), (Reason::Kind, Basis::Documented), "{role} in {area}");
        }
    }
}

#[test]
fn notarization_with_an_individual_key_is_disputed_and_shows_both_sides() {
    for role in Role::ALL {
        let cell = cell(Individual, &[*role], Notary);
        assert_eq!((cell.level, cell.read.reason), (Disputed, Reason::SourcesDisagree));
        let part = cell.parts.first().unwrap();
        assert_eq!(part.note, Some("individual_notary"));
        let bases: Vec<_> = part.sources.iter().map(|source| source.basis).collect();
        assert!(bases.contains(&Basis::Documented) && bases.contains(&Basis::Reported), "{bases:?}");
    }
}

#[test]
fn analytics_with_an_individual_key_is_unknown_because_apple_does_not_say() {
    for role in Role::ALL {
        let cell = cell(Individual, &[*role], Analytics);
        assert_eq!((cell.level, cell.basis, cell.read.reason), (Unclear, Basis::Unknown, Reason::NoSource), "{role}");
    }
}

#[test]
fn cloud_signing_takes_an_admin_and_no_individual_key() {
    let signing = |kind, role| {
        let cell = cell(kind, &[role], Provisioning);
        cell.parts.into_iter().find(|part| part.capability == "cloud_signing").unwrap()
    };
    assert_eq!(signing(Team, Role::Admin).value, Half::Yes);
    assert_eq!(signing(Team, Role::AppManager).value, Half::No);
    assert_eq!(signing(Team, Role::Developer).value, Half::No);
    assert_eq!(signing(Individual, Role::Admin).value, Half::Never);
}

#[test]
fn an_app_manager_reads_reviews_and_may_or_may_not_answer() {
    let cell = cell(Team, &[Role::AppManager], Reviews);
    assert_eq!((cell.level, cell.read.value, cell.write.value), (View, Half::Yes, Half::Disputed));
    assert_eq!((cell.label, cell.write.reason), (Some("view_reply_open"), Reason::SourcesDisagree));
    let reply = cell.parts.iter().find(|part| part.capability == "reviews_reply").unwrap();
    assert!(reply.sources.iter().any(|source| source.url == "https://developer.apple.com/support/roles/"));
    assert!(reply.sources.iter().any(|source| source.url == "https://developer.apple.com/forums/thread/800545"));
}

#[test]
fn a_developer_uploads_builds_and_changes_only_part_of_testflight() {
    let cell = cell(Individual, &[Role::Developer], Builds);
    assert_eq!((cell.level, cell.read.value, cell.write.value), (Limited, Half::Yes, Half::Part));
    assert_eq!((cell.label, cell.write.reason), (Some("upload_view"), Reason::Role));
    let upload = cell.parts.iter().find(|part| part.capability == "builds_upload").unwrap();
    assert_eq!((upload.value, upload.basis), (Half::Yes, Basis::Documented));
}

#[test]
fn sales_reads_sales_but_not_finance_reports_and_only_admin_requests_analytics() {
    assert_eq!(cell(Team, &[Role::Sales], Sales).label, Some("download"));
    let finance = cell(Team, &[Role::Sales], Finance);
    assert_eq!((finance.level, finance.basis, finance.read.reason), (None, Basis::Documented, Reason::Role));
    for role in Role::ALL {
        let requests = cell(Team, &[*role], Analytics).write.value;
        let expected = matches!(role, Role::Admin | Role::AccountHolder);
        assert_eq!(requests == Half::Yes, expected, "{role}");
    }
}

#[test]
fn a_key_of_unknown_role_is_unclear_where_roles_differ() {
    let apps = cell(Team, &[], Apps);
    assert_eq!((apps.level, apps.read.reason, apps.basis), (Unclear, Reason::RoleUnknown, Basis::Unknown));
    assert!(apps.parts.iter().filter(|part| part.value == Half::Unknown).all(|part| part.basis == Basis::Unknown));
}

#[test]
fn an_unknown_role_does_not_hide_what_holds_for_every_role() {
    let sales = cell(Individual, &[], Sales);
    assert_eq!((sales.level, sales.read.reason, sales.basis), (Never, Reason::Kind, Basis::Documented));
    assert_eq!(cell(Individual, &[], Notary).read.reason, Reason::SourcesDisagree);
    assert_eq!(cell(Individual, &[], Analytics).read.reason, Reason::NoSource);
    let create = cell(Team, &[], Apps).parts.into_iter().find(|part| part.capability == "app_create").unwrap();
    assert_eq!((create.value, create.basis), (Half::No, Basis::Spec));
}

#[test]
fn several_roles_reach_what_any_of_them_reaches() {
    let both = [Role::Developer, Role::Marketing];
    assert_eq!(cell(Individual, &both, Apps).label, Some("edit_metadata_view"));
    assert_eq!(cell(Individual, &both, Builds).label, Some("upload_view"));
    assert_eq!(cell(Team, &[Role::Sales, Role::Finance], Finance).label, Some("download"));
    let parts = cell(Team, &[Role::Sales, Role::Finance], Sales).parts;
    assert_eq!(parts.first().unwrap().basis, Basis::Documented, "the stronger evidence of two roles counts");
}

#[test]
fn cells_serialize_to_what_the_window_reads() {
    let cell = cell(Individual, &[Role::Admin], Finance);
    let told = serde_json::to_value(&cell).unwrap();
    let source = |at: usize| serde_json::to_value(cell.parts.first().unwrap().sources.get(at).unwrap()).unwrap();
    let closed = serde_json::json!({ "value": "never", "basis": "documented", "reason": "kind" });
    let expected = serde_json::json!({
        "level": "never", "label": null, "basis": "documented", "read": closed, "write": closed, "contradicted": false,
        "parts": [{
            "capability": "finance_reports", "value": "never", "basis": "documented", "note": null,
            "sources": [source(0), source(1)], "documented": "never", "observed": null,
        }],
    });
    assert_eq!(told, expected);
    let fields: Vec<_> = source(0).as_object().unwrap().keys().cloned().collect();
    assert_eq!(fields, ["basis", "date", "title", "url"]);
    assert_eq!(serde_json::to_value(Role::CustomerSupport).unwrap(), "CUSTOMER_SUPPORT");
    assert_eq!(catalogue().version, "2026-10");
}
