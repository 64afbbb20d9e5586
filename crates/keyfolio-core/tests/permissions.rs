//! Questions about the twelve sample keys: who can, which fits, what each operation finds.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a failed unwrap is the test's message")]

mod support;

use asc_access::{AppReach, Area, AskedHalf, Half, Level, Method, Reason, Role, Task, TaskGroup};
use asc_key::KeyKind;
use keyfolio_core::view::*;
use support::{App, app, app_with_samples};

/// The sample world, and the names behind its identities.
struct World {
    app: App,
    keys: Vec<KeyView>,
}

fn world() -> World {
    let app = app_with_samples(12);
    let keys = app.core.keys().unwrap().keys;
    World { app, keys }
}

impl World {
    fn name(&self, id: &str) -> &str {
        self.keys.iter().find(|key| key.id == id).unwrap().name.as_str()
    }

    fn archive(&self, name: &str) {
        let key = self.keys.iter().find(|key| key.name == name).unwrap();
        let patch = KeyPatch { archived: Some(true), ..KeyPatch::default() };
        self.app.core.key_update(&KeyUpdate { id: key.id.clone(), version: key.version, patch }).unwrap();
    }

    fn who_can(&self, question: QuestionRef, scope: AppScopeCode) -> WhoCanView {
        self.app.core.who_can(&WhoCanRequest { question, scope }).unwrap()
    }

    /// The names of the keys that answer with this value, in the order of the answers.
    fn that<'a>(&'a self, view: &'a WhoCanView, value: Half) -> Vec<&'a str> {
        view.answers.iter().filter(|answer| answer.value == value).map(|answer| self.name(&answer.key)).collect()
    }

    fn advise(&self, tasks: &[Task], scope: AppScopeCode) -> AdviceView {
        self.app.core.advise(&AdviseRequest { tasks: tasks.to_vec(), scope }).unwrap()
    }

    fn fitting(&self, advice: &AdviceView) -> Vec<String> {
        advice.fits.iter().map(|fit| self.name(&fit.key).to_owned()).collect()
    }
}

fn finance_reports() -> QuestionRef {
    QuestionRef::Area { area: Area::Finance, half: AskedHalf::Read }
}

#[test]
fn who_can_read_finance_reports() {
    let world = world();
    let view = world.who_can(finance_reports(), AppScopeCode::Any);
    assert_eq!(world.that(&view, Half::Yes), ["Month-end export", "fastlane (old Mac mini)"], "the smallest first");
    assert_eq!(world.that(&view, Half::Unknown), ["Store copy sync"], "its role is not known");
    let individuals = world.keys.iter().filter(|key| key.kind == KeyKind::Individual).count();
    assert_eq!(world.that(&view, Half::Never).len(), individuals);
    assert_eq!(view.answers.len(), 12);
    let values: Vec<_> = view.answers.iter().map(|answer| answer.value).collect();
    let order = [Half::Yes, Half::Yes, Half::Unknown].into_iter().chain([Half::No; 5]).chain([Half::Never; 4]);
    assert_eq!(values, order.collect::<Vec<_>>());

    let first = &view.answers[0];
    assert_eq!(first.parts.iter().map(|part| part.capability).collect::<Vec<_>>(), ["finance_reports"]);
    assert!(!first.parts[0].sources.is_empty(), "an answer says where it is written");
    let create = view.create.expect("Finance is a role of Team keys");
    assert_eq!((create.kind, create.role), (KeyKind::Team, Role::Finance));
    assert_eq!(create.created_by, [Role::AccountHolder, Role::Admin]);
    assert_eq!(create.tasks, [Task::FinanceReports], "so that the advisor can go on from here");
}

#[test]
fn a_question_about_every_app_is_open_for_a_person_whose_apps_nobody_knows() {
    let world = world();
    let upload = || QuestionRef::Capability { capability: "builds_upload".into() };
    let any = world.who_can(upload(), AppScopeCode::Any);
    assert!(world.that(&any, Half::Yes).contains(&"Jonas Weber"));
    let every = world.who_can(upload(), AppScopeCode::Every);
    let jonas = every.answers.iter().find(|answer| world.name(&answer.key) == "Jonas Weber").unwrap();
    assert_eq!((jonas.value, jonas.reason), (Half::Unknown, Reason::AppsUnknown));
    assert!(world.that(&every, Half::Yes).contains(&"CI Release"), "a Team key reaches every app");
}

#[test]
fn an_operation_is_asked_by_template_or_by_a_real_path() {
    let world = world();
    let ask = |path: &str| {
        world.who_can(QuestionRef::Operation { method: Method::Patch, path: path.into() }, AppScopeCode::Any)
    };
    assert_eq!(ask("/v1/apps/{id}"), ask("/v1/apps/6448311069"));
    assert!(ask("/v1/apps/{id}").answers.iter().all(|answer| !answer.parts.is_empty()));
}

#[test]
fn what_is_not_in_the_catalogue_is_said_to_be_so() {
    let app = app();
    let unknown = [
        QuestionRef::Operation { method: Method::Delete, path: "/v1/apps".into() },
        QuestionRef::Operation { method: Method::Get, path: "/v1/unicorns".into() },
        QuestionRef::Capability { capability: "unicorns_ride".into() },
    ];
    for question in unknown {
        let asked = app.core.who_can(&WhoCanRequest { question, scope: AppScopeCode::Any });
        assert_eq!(asked, Err(IpcError::NotInCatalogue));
    }
}

#[test]
fn the_grid_shows_each_key_as_the_list_and_the_ledger_do() {
    let world = world();
    let grid = world.app.core.grid(Layer::Combined).unwrap();
    assert_eq!(grid.rows.len(), 12);
    for (row, key) in grid.rows.iter().zip(&world.keys) {
        assert_eq!(row.key, key.id, "library order");
        let answer = &grid.answers[row.answer];
        assert_eq!(answer.cells.iter().map(|cell| cell.level).collect::<Vec<_>>(), key.reach);
        let ledger = world.app.core.ledger(&[ColumnRef::Key { id: key.id.clone() }], Layer::Combined).unwrap();
        assert_eq!(answer.apps, ledger.columns[0].apps);
        let cells: Vec<_> =
            ledger.rows.iter().map(|ledger_row| GridCell::new(&ledger_row.cells[0], ledger.stale_before)).collect();
        assert_eq!(answer.cells, cells);
        assert!(!answer.cells.iter().any(|cell| cell.contradicted), "nothing was asked of Apple yet");
    }
    let size = |row: &&GridRow| grid.answers[row.answer].size;
    assert_eq!(world.name(&grid.rows.iter().max_by_key(size).unwrap().key), "fastlane (old Mac mini)");
    assert_ne!(world.name(&grid.rows.iter().min_by_key(size).unwrap().key), "CI Release");
    let jonas = &grid.answers[grid.rows[9].answer];
    assert_eq!((world.name(&grid.rows[9].key), jonas.apps), ("Jonas Weber", AppReach::AsOwner));
    assert_eq!(jonas.cells[8].level, Level::Never);
}

#[test]
fn keys_of_the_same_kind_and_role_share_an_answer() {
    let grid = world().app.core.grid(Layer::Combined).unwrap();
    // Two Team keys are Developers, all others differ.
    assert_eq!((grid.rows.len(), grid.answers.len()), (12, 11));
    assert_eq!(grid.rows[1].answer, grid.rows[2].answer);
}

#[test]
fn an_archived_key_is_in_no_answer() {
    let world = world();
    world.archive("Month-end export");
    let core = &world.app.core;
    let archived = &world.keys.iter().find(|key| key.name == "Month-end export").unwrap().id;
    assert_eq!(core.keys().unwrap().keys.len(), 12);
    let grid = core.grid(Layer::Combined).unwrap();
    assert_eq!(grid.rows.len(), 11);
    assert!(grid.rows.iter().all(|row| row.key != *archived));
    let view = world.who_can(finance_reports(), AppScopeCode::Any);
    assert_eq!(world.that(&view, Half::Yes), ["fastlane (old Mac mini)"]);
    assert_eq!(world.fitting(&world.advise(&[Task::FinanceReports], AppScopeCode::Any)), ["fastlane (old Mac mini)"]);
    assert_eq!(class_of(&core.operations().unwrap(), Method::Get, "/v1/financeReports").can, 1);
}

#[test]
fn advice_for_uploading_builds() {
    let world = world();
    let advice = world.advise(&[Task::UploadBuilds], AppScopeCode::Every);
    let fitting = world.fitting(&advice);
    assert_eq!(fitting.first().map(String::as_str), Some("TestFlight Upload"), "the smallest first: {fitting:?}");
    assert_eq!(fitting.last().map(String::as_str), Some("fastlane (old Mac mini)"), "Admin reaches furthest");
    assert_eq!(fitting.len(), 4, "the Team keys of Developers, App Managers and Admins");
    for fit in &advice.fits {
        assert_eq!(fit.proofs.iter().map(|proof| proof.task).collect::<Vec<_>>(), [Task::UploadBuilds]);
        assert!(!fit.beyond.contains(&Area::Builds));
    }
    let open: Vec<_> = advice.nearly.iter().map(|near| (world.name(&near.key), near.missing[0].value)).collect();
    assert!(open.contains(&("Store copy sync", Half::Unknown)), "{open:?}");
    assert!(open.contains(&("Jonas Weber", Half::Unknown)), "which apps he sees is not known: {open:?}");
    assert!(!open.iter().any(|(name, _)| *name == "Month-end export"), "Finance cannot: {open:?}");
    let create = advice.create.unwrap();
    assert_eq!((create.kind, create.role), (KeyKind::Team, Role::Developer));
    assert_eq!((advice.split, advice.open), (vec![], vec![]));
}

#[test]
fn a_job_closed_to_individual_keys_is_never_given_to_one() {
    let world = world();
    let advice = world.advise(&[Task::SalesReports], AppScopeCode::Any);
    assert_eq!(advice.closed, [ClosedView { task: Task::SalesReports, value: Half::Never }]);
    let kind = |id: &str| world.keys.iter().find(|key| key.id == id).unwrap().kind;
    assert!(!advice.fits.is_empty());
    assert!(advice.fits.iter().all(|fit| kind(&fit.key) == KeyKind::Team));
    assert!(advice.nearly.iter().all(|near| kind(&near.key) == KeyKind::Team));
    assert_eq!(advice.create.unwrap().kind, KeyKind::Team);
}

#[test]
fn keys_that_are_alike_are_all_named_in_library_order() {
    let app = app_with_samples(24);
    let world = World { keys: app.core.keys().unwrap().keys, app };
    let advice = world.advise(&[Task::FinanceReports], AppScopeCode::Any);
    let expected = ["Month-end export", "Month-end export 2", "fastlane (old Mac mini)", "fastlane (old Mac mini) 2"];
    assert_eq!(world.fitting(&advice), expected);
    let view = world.who_can(finance_reports(), AppScopeCode::Any);
    assert_eq!(world.that(&view, Half::Yes), expected);
    assert_eq!(class_of(&world.app.core.operations().unwrap(), Method::Get, "/v1/financeReports").can, 4);
}

#[test]
fn without_a_task_there_is_the_menu_alone() {
    let advice = app().core.advise(&AdviseRequest { tasks: vec![], scope: AppScopeCode::Any }).unwrap();
    assert_eq!(advice.menu.len(), Task::ALL.len());
    assert_eq!(advice.menu[0], TaskView { task: Task::UploadBuilds, group: TaskGroup::Builds });
    assert_eq!((advice.fits, advice.create), (vec![], None));
}

fn class_of(view: &OperationsView, method: Method, path: &str) -> OperationClass {
    let found = view.operations.iter().find(|one| one.method == method && one.path == path).unwrap();
    view.classes[found.class]
}

#[test]
fn the_counts_of_an_operation_are_those_of_its_answers() {
    let world = world();
    let view = world.app.core.operations().unwrap();
    assert_eq!(view.operations.len(), 1263);
    let mut asked = vec![false; view.classes.len()];
    for operation in &view.operations {
        if std::mem::replace(&mut asked[operation.class], true) {
            continue;
        }
        let question = QuestionRef::Operation { method: operation.method, path: operation.path.to_owned() };
        let answers = world.who_can(question, AppScopeCode::Any).answers;
        let count = |wanted: &[Half]| answers.iter().filter(|answer| wanted.contains(&answer.value)).count();
        let class = view.classes[operation.class];
        assert_eq!(class.can, count(&[Half::Yes, Half::Part]), "{} {}", operation.method, operation.path);
        assert_eq!(class.maybe, count(&[Half::Unknown, Half::Disputed]), "{} {}", operation.method, operation.path);
    }
    assert!(asked.iter().all(|asked| *asked), "every class has an operation");
    assert_eq!(class_of(&view, Method::Get, "/v1/financeReports"), OperationClass { can: 2, maybe: 1 });
}

#[test]
fn nothing_is_answered_while_the_vault_is_locked() {
    let world = world();
    world.app.core.vault_lock();
    let core = &world.app.core;
    assert_eq!(core.grid(Layer::Combined), Err(IpcError::VaultLocked));
    assert_eq!(core.operations(), Err(IpcError::VaultLocked));
    let advise = core.advise(&AdviseRequest { tasks: vec![Task::UploadBuilds], scope: AppScopeCode::Any });
    assert_eq!(advise, Err(IpcError::VaultLocked));
    let who_can = core.who_can(&WhoCanRequest { question: finance_reports(), scope: AppScopeCode::Any });
    assert_eq!(who_can, Err(IpcError::VaultLocked));
}
