//! What is read only on request: apps by name, and what a person may do.

use asc_client::{Answer, Inquiry, Owner, Trouble, apps, check, owner, sees_app};
use asc_sim::{Fault, Trouble as Fails, Visible};

use crate::{HARBOUR, LANTERN, Scene};

#[tokio::test]
async fn apps_come_with_name_and_bundle_id_and_only_those_the_key_sees() {
    let scene = Scene::new();
    let all = apps(&mut scene.talk(&scene.admin)).await.unwrap();
    let names: Vec<_> = all.iter().map(|app| (app.id.as_str(), app.name.as_str(), app.bundle_id.as_str())).collect();
    assert_eq!(names, [(HARBOUR, "Harbour", "com.example.harbour"), (LANTERN, "Lantern", "com.example.lantern")]);
    let seen = apps(&mut scene.talk(&scene.individual)).await.unwrap();
    assert_eq!(seen.iter().map(|app| app.id.as_str()).collect::<Vec<_>>(), [HARBOUR]);
}

#[tokio::test]
async fn a_check_lists_the_apps_when_told_to_and_while_twelve_requests_are_enough() {
    let scene = Scene::new();
    let listed = async |inquiry: Inquiry| {
        let report = check(&scene.line, inquiry, |_, _| {}).await;
        (report.sent.len(), report.apps.map(|apps| apps.into_iter().map(|app| app.id).collect::<Vec<_>>()))
    };
    let both = vec![HARBOUR.to_owned(), LANTERN.to_owned()];
    let asked = Inquiry { apps: Box::new(|| true), vendor: None, ..scene.admin.inquiry() };
    assert_eq!(listed(asked).await, (11, Some(both)));
    assert_eq!(listed(Inquiry { vendor: None, ..scene.admin.inquiry() }).await, (10, None), "nobody asked for them");
    assert_eq!(
        listed(Inquiry { apps: Box::new(|| true), ..scene.admin.inquiry() }).await,
        (12, None),
        "the reports come first"
    );
    let own = Inquiry { apps: Box::new(|| true), ..scene.individual.inquiry() };
    assert_eq!(listed(own).await.1, Some(vec![HARBOUR.to_owned()]));
}

#[tokio::test]
async fn a_next_page_elsewhere_is_not_followed_and_half_a_list_is_not_shown() {
    for link in ["https://evil.example/v1/apps?cursor=2", "http://localhost/v1/apps", "//evil.example", "nonsense"] {
        let scene = Scene::new();
        scene.apple.fault(Fault::new(Fails::NextLink(link.to_owned())));
        let unlisted = apps(&mut scene.talk(&scene.admin)).await.unwrap_err();
        assert_eq!(unlisted.answer, Err(Trouble::Garbled), "{link}");
        assert_eq!(scene.seen().len(), 1, "{link}");
    }
}

#[tokio::test]
async fn a_list_that_leads_to_itself_ends() {
    let scene = Scene::new();
    let again = format!("{}/v1/apps?limit=200", scene.apple.origin());
    scene.apple.fault(Fault::new(Fails::NextLink(again)).always());
    let unlisted = apps(&mut scene.talk(&scene.admin)).await.unwrap_err();
    assert_eq!(unlisted.answer, Err(Trouble::Garbled));
    assert_eq!(scene.seen().len(), 50);
}

#[tokio::test]
async fn an_owner_is_roles_and_apps_and_nothing_personal() {
    let scene = Scene::new();
    let found = owner(&mut scene.talk(&scene.admin), "jonas@example.com").await.unwrap().unwrap();
    let roles = vec!["DEVELOPER".to_owned()];
    let limited = Owner { roles: roles.clone(), all_apps: false, apps: vec![HARBOUR.to_owned()], provisioning: false };
    assert_eq!(found, limited);
    for request in scene.seen() {
        for personal in ["firstName", "lastName", "fields[users]=username"] {
            assert!(!request.target.contains(personal), "{}", request.target);
        }
    }

    scene.apple.change(|world| world.set_visible("jonas", Visible::All)).unwrap();
    let found = owner(&mut scene.talk(&scene.admin), "jonas@example.com").await.unwrap().unwrap();
    assert_eq!((found.all_apps, found.apps), (true, vec![]));
    assert_eq!(owner(&mut scene.talk(&scene.admin), "nobody@example.com").await, Ok(None));
}

#[tokio::test]
async fn a_key_that_may_not_look_people_up_says_so() {
    let scene = Scene::new();
    let unlisted = owner(&mut scene.talk(&scene.finance), "jonas@example.com").await.unwrap_err();
    assert_eq!(unlisted.answer, Ok(Answer::RoleRefuses));
    assert_eq!(unlisted.evidence.status, Some(403));
}

#[tokio::test]
async fn an_app_is_seen_or_not_and_strange_ids_are_not_asked_about() {
    let scene = Scene::new();
    let mut talk = scene.talk(&scene.individual);
    assert_eq!(sees_app(&mut talk, HARBOUR).await, Ok(true));
    assert_eq!(sees_app(&mut talk, LANTERN).await, Ok(false), "the owner may not see it");
    assert_eq!(sees_app(&mut talk, "1").await, Ok(false), "nobody's, or another team's");
    assert_eq!(sees_app(&mut scene.talk(&scene.admin), LANTERN).await, Ok(true));
    scene.seen();
    for strange in ["", "../users", "1?limit=200", "1/builds", &"1".repeat(65)] {
        let unlisted = sees_app(&mut talk, strange).await.unwrap_err();
        assert_eq!(unlisted.answer, Ok(Answer::Mistaken), "{strange}");
    }
    assert_eq!(scene.seen(), []);
}
