//! Servers that cannot prove to be Apple's never see a request.

use asc_client::{Connection, Here, Line, Phase, TlsTrouble, Trouble, Verdict, check};
use asc_sim::Front;

use crate::{Scene, connection};
use std::sync::Arc;

#[tokio::test]
async fn bad_servers_never_see_a_request() {
    for (front, trouble) in [
        (Front::SelfSigned, Trouble::Tls { why: TlsTrouble::UntrustedIssuer }),
        (Front::UnknownAuthority, Trouble::Tls { why: TlsTrouble::UntrustedIssuer }),
        (Front::OtherName, Trouble::Tls { why: TlsTrouble::WrongName }),
        (Front::Expired, Trouble::Tls { why: TlsTrouble::Expired }),
        (Front::NotYetValid, Trouble::Tls { why: TlsTrouble::NotYetValid }),
        (Front::OldTls, Trouble::Tls { why: TlsTrouble::Outdated }),
        (Front::PlainHttp, Trouble::Tls { why: TlsTrouble::NotTls }),
        (Front::Mute, Trouble::Timeout { phase: Phase::Connecting }),
    ] {
        let scene = Scene::new();
        scene.apple.front(front);
        let report = check(&scene.line, scene.admin.inquiry(), |_, _| {}).await;
        assert_eq!(report.verdict, Verdict::NotChecked { trouble }, "{front:?}");
        assert!(scene.apple.connections() > 0, "{front:?} was reached");
        assert_eq!(scene.seen(), [], "{front:?} saw no request");
        assert_eq!(report.evidence.status, None);
    }
}

#[tokio::test]
async fn a_good_server_is_good_only_to_who_trusts_its_authority() {
    let scene = Scene::new();
    let mut stranger = connection(&scene.apple);
    stranger.authority = None;
    let line = scene.line.again(&stranger).unwrap();
    let report = check(&line, scene.admin.inquiry(), |_, _| {}).await;
    let trouble = Trouble::Tls { why: TlsTrouble::UntrustedIssuer };
    assert_eq!(report.verdict, Verdict::NotChecked { trouble });
    assert_eq!(scene.seen(), []);
}

#[test]
fn the_line_to_apple_leads_to_apple() {
    let line = Line::open(&Connection::apple(), Arc::new(Here)).unwrap();
    assert_eq!(line.origin().to_string(), "https://api.appstoreconnect.apple.com");
    let shown = format!("{line:?}");
    assert!(!shown.contains("Bearer"), "{shown}");
}
