//! Which key for a job: the suggestions people will follow, one by one and in every combination of three.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;

use asc_access::{
    Advice, AppScope, Area, Basis, Capability, Half, Holder, Observation, Outcome, Plan, Question, Role, Subject, Task,
    VisibleApps, advise, catalogue, evaluate, key_for, operation, selectable_roles, size, tasks_for,
};
use asc_key::KeyKind::{self, Individual, Team};

use Task::{
    AnalyticsService, AnswerReviews, AsoContractor, Certificates, CiMachine, CloudSigning, EditMetadata, Featuring,
    FinanceReports, GameCenter, InAppPurchases, ManageUsers, Notarize, Performance, Prices, ReadAnalytics, ReadReviews,
    RegisterDevices, RequestAnalytics, ReviewDesk, SalesReports, SandboxTesters, SubmitReview, TestflightExternal,
    TestflightInternal, TestflightNotes, UploadBuilds, Webhooks, XcodeCloud,
};

type Key = (Subject, Vec<Observation>);
type Made = (KeyKind, Role, Basis);

fn key(kind: KeyKind, role: Role) -> Key {
    (Subject::new(kind, &[role]), Vec::new())
}

fn anywhere(tasks: &[Task], keys: &[Key]) -> Advice {
    advise(tasks, &AppScope::Any, keys)
}

fn needs(task: Task) -> Vec<&'static Capability> {
    task.needs().iter().map(|code| catalogue().capability(code).unwrap()).collect()
}

/// Every key there can be with one role, and one of each kind whose role is not known.
fn all_keys() -> Vec<Key> {
    let of = |kind| {
        let known = Role::ALL.iter().map(move |role| key(kind, *role));
        known.chain([(Subject::new(kind, &[]), Vec::new())])
    };
    of(Team).chain(of(Individual)).collect()
}

fn kind_and_role(plan: &Plan) -> (KeyKind, Role) {
    (plan.kind, plan.role)
}

#[test]
fn the_key_to_make_for_each_task() {
    let table: [(Task, Option<Made>); 29] = [
        (UploadBuilds, Some((Team, Role::Developer, Basis::Documented))),
        (TestflightNotes, Some((Team, Role::AppManager, Basis::Derived))),
        (TestflightInternal, Some((Team, Role::AppManager, Basis::Derived))),
        (TestflightExternal, Some((Team, Role::AppManager, Basis::Derived))),
        (XcodeCloud, Some((Team, Role::Developer, Basis::Reported))),
        (Notarize, Some((Team, Role::Developer, Basis::Reported))),
        (Performance, Some((Team, Role::Developer, Basis::Reported))),
        (SandboxTesters, Some((Team, Role::Developer, Basis::Derived))),
        (EditMetadata, Some((Team, Role::AppManager, Basis::Derived))),
        (Prices, Some((Team, Role::AppManager, Basis::Derived))),
        (InAppPurchases, Some((Team, Role::AppManager, Basis::Derived))),
        (SubmitReview, Some((Team, Role::AppManager, Basis::Derived))),
        (ReadReviews, Some((Team, Role::Developer, Basis::Derived))),
        (AnswerReviews, Some((Individual, Role::CustomerSupport, Basis::Derived))),
        (Featuring, Some((Team, Role::AppManager, Basis::Derived))),
        (GameCenter, Some((Team, Role::Developer, Basis::Reported))),
        (Webhooks, None),
        (SalesReports, Some((Team, Role::Sales, Basis::Documented))),
        (FinanceReports, Some((Team, Role::Finance, Basis::Derived))),
        (ReadAnalytics, Some((Team, Role::Sales, Basis::Documented))),
        (RequestAnalytics, Some((Team, Role::Admin, Basis::Documented))),
        (Certificates, Some((Team, Role::Admin, Basis::Reported))),
        (CloudSigning, Some((Team, Role::Admin, Basis::Reported))),
        (RegisterDevices, Some((Team, Role::Admin, Basis::Reported))),
        (ManageUsers, Some((Team, Role::Admin, Basis::Derived))),
        (AsoContractor, Some((Individual, Role::Marketing, Basis::Derived))),
        (AnalyticsService, Some((Team, Role::Sales, Basis::Documented))),
        (ReviewDesk, Some((Individual, Role::CustomerSupport, Basis::Derived))),
        (CiMachine, Some((Team, Role::AppManager, Basis::Derived))),
    ];
    assert_eq!(table.map(|(task, _)| task), Task::ALL);
    for (task, expected) in table {
        let advice = anywhere(&[task], &[]);
        let plan = advice.create.as_ref();
        assert_eq!(plan.map(|one| (one.kind, one.role, one.basis)), expected, "{task}");
        assert_eq!(advice.open, if expected.is_none() { vec![task] } else { vec![] }, "{task}");
        assert_eq!(advice.split, [], "{task}: one task takes one key");
    }
}

#[test]
fn a_task_no_source_settles_is_said_to_be_open_and_does_not_stop_the_others() {
    let advice = anywhere(&[Webhooks, UploadBuilds], &all_keys());
    assert_eq!(advice.open, [Webhooks]);
    assert_eq!(advice.create.unwrap().tasks, [UploadBuilds]);
    assert!(advice.fits.is_empty(), "nothing is known to do it");
    assert!(anywhere(&[Webhooks], &[]).create.is_none());
}

#[test]
fn nothing_asked_nothing_suggested() {
    assert_eq!(anywhere(&[], &all_keys()), Advice::default());
}

#[test]
fn what_apples_guide_closes_to_individual_keys() {
    let closed = anywhere(Task::ALL, &[]).closed;
    let of = |value| closed.iter().filter(|one| one.value == value).map(|one| one.task).collect::<Vec<_>>();
    let expected = [SalesReports, FinanceReports, Certificates, CloudSigning, RegisterDevices, AnalyticsService];
    assert_eq!(of(Half::Never), expected);
    assert_eq!(of(Half::Disputed), [Notarize]);
    assert_eq!(closed.len(), expected.len() + 1);
}

#[test]
fn a_developer_key_nearly_sets_testflight_notes_and_the_reports_of_it_are_named() {
    let advice = anywhere(&[UploadBuilds, TestflightNotes], &[key(Team, Role::Developer), key(Team, Role::Finance)]);
    assert!(advice.fits.is_empty());
    assert_eq!(advice.nearly.len(), 1, "a key that is closed for everything is not nearly the one");
    let missing = &advice.nearly[0].missing;
    assert_eq!(missing.len(), 1);
    assert_eq!((missing[0].task, missing[0].capability), (TestflightNotes, "testflight_external"));
    assert_eq!((missing[0].value, missing[0].basis), (Half::No, Basis::Reported));
    assert_eq!(missing[0].note, Some("developer_beta_texts_refused"));
    assert_eq!(kind_and_role(&advice.create.unwrap()), (Team, Role::AppManager));
}

#[test]
fn fits_come_smallest_first() {
    let keys = [key(Team, Role::Admin), key(Team, Role::AppManager), key(Individual, Role::AppManager)];
    let advice = anywhere(&[UploadBuilds, TestflightNotes], &keys);
    assert_eq!(advice.fits.iter().map(|fit| fit.key).collect::<Vec<_>>(), [2, 1, 0]);
    let beyond = |at: usize| advice.fits[at].beyond.clone();
    assert_eq!(beyond(0), [Area::Apps, Area::XcodeCloud, Area::Pricing, Area::Reviews]);
    assert_eq!(beyond(1), [Area::Apps, Area::XcodeCloud, Area::Pricing, Area::Reviews, Area::Notary]);
    assert_eq!(beyond(2).len(), 10, "an Admin reaches everything else");
    let proofs: Vec<_> = advice.fits[0].proofs.iter().map(|one| (one.task, one.basis)).collect();
    assert_eq!(proofs, [(UploadBuilds, Basis::Derived), (TestflightNotes, Basis::Derived)]);
}

#[test]
fn of_equal_keys_the_first_given_comes_first() {
    let keys = [key(Team, Role::Sales), key(Team, Role::Sales)];
    let fits = anywhere(&[SalesReports], &keys).fits;
    assert_eq!(fits.iter().map(|fit| fit.key).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn a_key_of_unknown_role_is_nearly_where_it_may_be_the_one_and_never_fits() {
    let unknown = [(Subject::new(Team, &[]), Vec::new()), (Subject::new(Individual, &[]), Vec::new())];
    let advice = anywhere(&[SalesReports], &unknown);
    assert!(advice.fits.is_empty());
    assert_eq!(advice.nearly.iter().map(|near| near.key).collect::<Vec<_>>(), [0]);
}

#[test]
fn an_app_manager_may_or_may_not_answer_reviews() {
    let advice = anywhere(&[AnswerReviews], &[key(Team, Role::AppManager), key(Individual, Role::CustomerSupport)]);
    assert_eq!(advice.fits.iter().map(|fit| fit.key).collect::<Vec<_>>(), [1]);
    let near = &advice.nearly[0];
    assert_eq!((near.key, near.missing[0].value), (0, Half::Disputed));
    assert_eq!(near.missing[0].note, Some("app_manager_replies"));
}

#[test]
fn a_contractor_gets_a_key_of_their_own_and_a_machine_one_of_the_team() {
    let plan = anywhere(&[AsoContractor], &[]).create.unwrap();
    assert_eq!((plan.kind, plan.role), (Individual, Role::Marketing));
    assert_eq!(plan.created_by, [], "its owner makes it");
    assert_eq!(plan.other_kind, Half::Disputed, "Apple may not offer Marketing for Team keys");

    let plan = anywhere(&[CiMachine], &[]).create.unwrap();
    assert_eq!((plan.kind, plan.role), (Team, Role::AppManager));
    assert_eq!(plan.created_by, [Role::AccountHolder, Role::Admin]);
    assert_eq!(plan.other_kind, Half::Yes);
}

#[test]
fn the_other_kind_of_key_is_told_apart_by_what_it_would_get() {
    let table = [
        (SalesReports, Half::Never),
        (Notarize, Half::Disputed),
        (ReadAnalytics, Half::Unknown),
        (UploadBuilds, Half::Yes),
        (AnalyticsService, Half::Unknown),
    ];
    for (task, expected) in table {
        assert_eq!(anywhere(&[task], &[]).create.unwrap().other_kind, expected, "{task}");
    }
    assert_eq!(anywhere(&[UploadBuilds, SalesReports], &[]).create.unwrap().other_kind, Half::Part);
}

#[test]
fn a_smaller_role_is_named_where_apple_may_offer_it_for_team_keys() {
    let smaller = |task| anywhere(&[task], &[]).create.unwrap().smaller_if_offered;
    assert_eq!(smaller(EditMetadata), Some(Role::Marketing));
    assert_eq!(smaller(ReadReviews), Some(Role::CustomerSupport));
    assert_eq!(smaller(UploadBuilds), None);
    assert_eq!(smaller(AsoContractor), None, "said of Team keys only");
}

#[test]
fn two_small_keys_instead_of_one_that_reaches_everything() {
    let split = |tasks: &[Task]| {
        let parts = anywhere(tasks, &[]).split;
        parts.into_iter().map(|one| (one.kind, one.role, one.tasks)).collect::<Vec<_>>()
    };
    assert_eq!(
        split(&[UploadBuilds, SalesReports]),
        [(Team, Role::Developer, vec![UploadBuilds]), (Team, Role::Sales, vec![SalesReports])]
    );
    assert_eq!(
        split(&[EditMetadata, AnswerReviews]),
        [(Team, Role::AppManager, vec![EditMetadata]), (Individual, Role::CustomerSupport, vec![AnswerReviews])]
    );
    assert_eq!(
        split(&[UploadBuilds, SalesReports, AsoContractor]),
        [
            (Team, Role::Developer, vec![UploadBuilds]),
            (Team, Role::Sales, vec![SalesReports]),
            (Individual, Role::Marketing, vec![AsoContractor]),
        ]
    );
    assert_eq!(split(&[UploadBuilds, TestflightNotes]), [], "an App Manager key is not much more than both need");
    assert_eq!(split(&[UploadBuilds, ManageUsers]), [], "managing users takes an Admin anyway");
}

#[test]
fn a_person_and_a_machine_do_not_share_a_key_if_smaller_ones_do() {
    let advice = anywhere(&[UploadBuilds, AsoContractor], &[]);
    assert_eq!(kind_and_role(&advice.create.unwrap()), (Team, Role::AppManager));
    let kinds: Vec<_> = advice.split.iter().map(kind_and_role).collect();
    assert_eq!(kinds, [(Team, Role::Developer), (Individual, Role::Marketing)]);
}

#[test]
fn which_apps_an_owner_sees_matters_when_all_apps_are_wanted() {
    let limited = |apps| (Subject { apps, ..Subject::new(Individual, &[Role::Marketing]) }, Vec::new());
    let only = |app: &str| VisibleApps::Some(BTreeSet::from([app.to_owned()]));
    let keys =
        [key(Individual, Role::Marketing), limited(VisibleApps::All), limited(only("1")), key(Team, Role::Marketing)];
    let fits = |scope: &AppScope| {
        let mut fits: Vec<_> = advise(&[EditMetadata], scope, &keys).fits.iter().map(|fit| fit.key).collect();
        fits.sort_unstable();
        fits
    };
    assert_eq!(fits(&AppScope::Any), [0, 1, 2, 3]);
    assert_eq!(fits(&AppScope::Every), [1, 3]);
    assert_eq!(fits(&AppScope::One("1".to_owned())), [1, 2, 3]);
    let advice = advise(&[EditMetadata], &AppScope::Every, &keys);
    let nearly: Vec<_> =
        advice.nearly.iter().map(|near| (near.key, near.missing[0].value, near.missing[0].note)).collect();
    assert_eq!(nearly, [(0, Half::Unknown, Some("apps_unknown"))], "a key that does not see all apps is closed");
}

#[test]
fn apples_answers_count_for_the_keys_one_has() {
    let answer = |outcome| vec![Observation { capability: "analytics_read", outcome, at: 1 }];
    let keys = [
        (Subject::new(Team, &[Role::Sales]), answer(Outcome::Refused)),
        (Subject::new(Individual, &[Role::Developer]), answer(Outcome::Allowed)),
    ];
    let advice = anywhere(&[ReadAnalytics], &keys);
    assert_eq!(advice.fits.len(), 1);
    assert_eq!((advice.fits[0].key, advice.fits[0].proofs[0].basis), (1, Basis::Observed));
    assert!(advice.nearly.is_empty());
}

#[test]
fn an_individual_key_seen_reading_sales_reports_is_still_not_put_forward_for_them() {
    let seen = vec![Observation { capability: "sales_reports", outcome: Outcome::Allowed, at: 1 }];
    let advice = anywhere(&[SalesReports], &[(Subject::new(Individual, &[Role::Admin]), seen)]);
    assert!(advice.fits.is_empty() && advice.nearly.is_empty());
}

#[test]
fn the_key_for_a_question() {
    let found = |question: Question| key_for(&question).map(|plan| kind_and_role(&plan));
    let area = |area, half: &str| found(Question::Area { area, half: half.parse().unwrap() });
    assert_eq!(area(Area::Sales, "read"), Some((Team, Role::Sales)));
    assert_eq!(area(Area::Sales, "write"), None, "there is nothing to write");
    assert_eq!(area(Area::Provisioning, "write"), Some((Team, Role::Admin)));
    assert_eq!(area(Area::Reviews, "write"), Some((Individual, Role::CustomerSupport)));
    let post = operation("POST".parse().unwrap(), "/v1/buildUploads").unwrap();
    assert_eq!(found(Question::Operation(post)), Some((Team, Role::Developer)));
    let webhooks = catalogue().capability("webhooks").unwrap();
    assert_eq!(found(Question::Capability(webhooks)), None);
}

#[test]
fn the_jobs_a_question_is_about() {
    let area = |area, half: &str| tasks_for(&Question::Area { area, half: half.parse().unwrap() });
    let capability = |code| tasks_for(&Question::Capability(catalogue().capability(code).unwrap()));
    let operation =
        |method: &str, path| tasks_for(&Question::Operation(operation(method.parse().unwrap(), path).unwrap()));
    assert_eq!(area(Area::Sales, "any"), [SalesReports]);
    assert_eq!(area(Area::Reviews, "read"), [ReadReviews]);
    assert_eq!(area(Area::Analytics, "write"), [RequestAnalytics]);
    assert_eq!(area(Area::Provisioning, "write"), [Certificates, CloudSigning, RegisterDevices]);
    assert_eq!(area(Area::Builds, "any"), [UploadBuilds, TestflightNotes, TestflightInternal], "no more than three");
    assert_eq!(area(Area::Apps, "read"), [], "reading apps alone is no job");
    assert_eq!(capability("reviews_reply"), [AnswerReviews]);
    assert_eq!(capability("users_manage"), [ManageUsers]);
    assert_eq!(operation("POST", "/v1/betaGroups"), [TestflightNotes, TestflightInternal, TestflightExternal]);
    assert_eq!(operation("POST", "/v1/buildUploads"), [UploadBuilds]);
    assert_eq!(operation("GET", "/v1/salesReports"), [SalesReports]);
}

#[test]
fn the_key_for_a_question_does_the_jobs_it_is_said_to_be_for() {
    let areas = Area::ALL.iter().flat_map(|area| {
        let halves = asc_access::AskedHalf::ALL.iter();
        halves.map(|half| Question::Area { area: *area, half: *half })
    });
    let capabilities = catalogue().capabilities().map(Question::Capability);
    let operations = asc_access::operations().iter().map(Question::Operation);
    for question in areas.chain(capabilities).chain(operations) {
        let Some(plan) = key_for(&question) else { continue };
        assert!(settled_yes(plan.kind, plan.role, &plan.tasks), "{question:?}");
        assert!(plan.tasks.len() <= 3 && plan.tasks.iter().all(|task| task.group().code() != "people"), "{question:?}");
    }
    let reviews = key_for(&Question::Area { area: Area::Reviews, half: asc_access::AskedHalf::Any }).unwrap();
    assert_eq!((kind_and_role(&reviews), reviews.tasks), ((Team, Role::Developer), vec![ReadReviews]));
}

/// Sets of one, two and three tasks.
fn small_sets() -> Vec<Vec<Task>> {
    let all = Task::ALL;
    let mut sets = Vec::new();
    for (at, first) in all.iter().enumerate() {
        sets.push(vec![*first]);
        for (next, second) in all.iter().enumerate().skip(at + 1) {
            sets.push(vec![*first, *second]);
            sets.extend(all.iter().skip(next + 1).map(|third| vec![*first, *second, *third]));
        }
    }
    sets
}

/// What the catalogue says, read directly.
fn settled_yes(kind: KeyKind, role: Role, tasks: &[Task]) -> bool {
    let needs = tasks.iter().flat_map(|task| needs(*task));
    needs.into_iter().all(|one| one.finding(kind, role).value == Half::Yes)
}

fn check_plan(plan: &Plan, set: &[Task]) {
    let about = || format!("{} {} for {set:?}", plan.kind, plan.role);
    let possible = selectable_roles(plan.kind).iter().find(|one| one.role == plan.role).unwrap();
    assert_eq!(possible.finding.value, Half::Yes, "{}: such a key may not exist", about());
    assert!(settled_yes(plan.kind, plan.role, &plan.tasks), "{} does not do it", about());
    assert!(!plan.sources.is_empty() && !plan.tasks.is_empty(), "{}", about());
    assert!(!matches!(plan.basis, Basis::Disputed | Basis::Unknown), "{}", about());
    let holders: Vec<Holder> = plan.tasks.iter().map(|task| task.holder()).collect();
    if plan.kind == Individual {
        assert!(!holders.iter().any(|one| matches!(one, Holder::Machine | Holder::Service)), "{}", about());
        assert!(!matches!(plan.role, Role::Finance | Role::Sales), "{}: Apple's list leaves it out", about());
    }
    if let Some(smaller) = plan.smaller_if_offered {
        assert!(matches!(smaller, Role::Marketing | Role::CustomerSupport) && plan.kind == Team, "{}", about());
        assert!(settled_yes(Team, smaller, &plan.tasks), "{}", about());
        assert!(size(&Subject::new(Team, &[smaller])) < size(&Subject::new(Team, &[plan.role])), "{}", about());
    }
    let twin = if plan.kind == Team { Individual } else { Team };
    if plan.other_kind == Half::Yes {
        assert!(settled_yes(twin, plan.role, &plan.tasks), "{}", about());
    }
    let needed: BTreeSet<Area> = plan.tasks.iter().flat_map(|task| needs(*task)).map(|one| one.area).collect();
    assert!(plan.beyond.iter().all(|area| !needed.contains(area)), "{}", about());
}

#[test]
fn no_set_of_up_to_three_tasks_is_answered_with_what_apple_excludes_or_disputes() {
    for set in small_sets() {
        let advice = anywhere(&set, &[]);
        let open: Vec<Task> = set.iter().copied().filter(|task| *task == Webhooks).collect();
        let doable: Vec<Task> = set.iter().copied().filter(|task| *task != Webhooks).collect();
        assert_eq!(advice.open, open);
        match &advice.create {
            Some(plan) => {
                assert_eq!(plan.tasks, doable, "the plan covers the tasks");
                check_plan(plan, &set);
            }
            None => assert!(doable.is_empty(), "{set:?}"),
        }
        if !advice.split.is_empty() {
            let mut together: Vec<Task> = advice.split.iter().flat_map(|one| one.tasks.clone()).collect();
            together.sort_unstable();
            assert_eq!(together, doable, "the parts cover the tasks, each once");
            assert!((2..=3).contains(&advice.split.len()), "{set:?}");
            let whole = advice.create.as_ref().unwrap();
            let whole = size(&Subject::new(whole.kind, &[whole.role]));
            for part in &advice.split {
                check_plan(part, &set);
                assert!(size(&Subject::new(part.kind, &[part.role])) < whole, "{set:?}");
                let holders: Vec<Holder> = part.tasks.iter().map(|task| task.holder()).collect();
                let mixed = holders.contains(&Holder::Person)
                    && holders.iter().any(|one| matches!(one, Holder::Machine | Holder::Service));
                assert!(!mixed, "{set:?}: a person and a machine share a key");
            }
        }
    }
}

#[test]
fn a_key_fits_exactly_if_the_catalogue_settles_each_need_as_yes() {
    let keys = all_keys();
    for set in small_sets() {
        check_keys(&anywhere(&set, &keys), &set, &keys);
    }
}

fn check_keys(advice: &Advice, set: &[Task], keys: &[Key]) {
    let fits: BTreeSet<usize> = advice.fits.iter().map(|fit| fit.key).collect();
    for (at, (subject, _)) in keys.iter().enumerate() {
        let does = subject.roles.first().is_some_and(|role| settled_yes(subject.kind, *role, set));
        assert_eq!(fits.contains(&at), does, "{subject:?} for {set:?}");
    }
    let order: Vec<_> = advice.fits.iter().map(|fit| (fit.beyond.len(), fit.size)).collect();
    assert!(order.is_sorted(), "{set:?}: {order:?}");
    for fit in &advice.fits {
        assert_eq!(fit.proofs.iter().map(|one| one.task).collect::<Vec<_>>(), set);
        assert_eq!(fit.size, size(&keys[fit.key].0));
    }
    let counts: Vec<_> = advice.nearly.iter().map(|near| near.missing.len()).collect();
    assert!(counts.is_sorted() && !counts.contains(&0), "{set:?}: {counts:?}");
    for near in &advice.nearly {
        assert!(!fits.contains(&near.key));
        assert!(near.missing.iter().all(|one| one.value != Half::Yes && set.contains(&one.task)));
        let lacking: BTreeSet<Task> = near.missing.iter().map(|one| one.task).collect();
        let open =
            |task: &Task| near.missing.iter().filter(|one| one.task == *task).all(|one| one.value.effect() != Half::No);
        assert!(lacking.len() < set.len() || lacking.iter().any(open), "{set:?}: closed for everything");
    }
}

#[test]
fn every_capability_the_api_has_an_operation_for_is_needed_by_some_task() {
    let needed: BTreeSet<&str> = Task::ALL.iter().flat_map(|task| task.needs()).copied().collect();
    for capability in catalogue().capabilities() {
        assert_eq!(needed.contains(capability.code), !matches!(capability.code, "app_create" | "keys"));
    }
    assert_eq!(needed.len(), 26, "and a task needs nothing the catalogue does not have");
}

#[test]
fn the_smallest_key_is_the_one_that_reaches_least() {
    let of = |kind, role| size(&Subject::new(kind, &[role]));
    for role in Role::ALL {
        assert!(of(Team, Role::Admin) >= of(Team, *role), "{role}");
        assert!(of(Individual, Role::Admin) >= of(Individual, *role), "{role}");
        let more: Vec<Role> = vec![*role, Role::Admin];
        assert!(size(&Subject::new(Team, &more)) >= of(Team, *role), "{role}");
    }
    assert!(of(Team, Role::AppManager) > of(Team, Role::Developer));
    assert!(of(Team, Role::Admin) > of(Individual, Role::Admin));
    let reached =
        evaluate(&Subject::new(Team, &[Role::Admin]), &[]).iter().filter(|cell| cell.read.value == Half::Yes).count();
    assert_eq!(reached, Area::ALL.len());
}
