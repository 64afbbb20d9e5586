//! A world worth looking at: two invented teams, their apps and people, and throwaway keys with the files a user
//! would have of them.
//!
//! Everybody in it is invented; every key is made afresh and known to nobody else.

use asc_access::Role::{Admin, AppManager, CustomerSupport, Developer, Finance, Marketing, Sales};
use serde_json::json;

use crate::pair::Pair;
use crate::record::Record;
use crate::world::{Team, Visible, World};

const TEAM: &str = "57246542-96fe-1a63-e053-0824d011a9b3";
const CLIENT: &str = "69a6de7e-13fb-47e3-e053-5b8c7c11c2f5";
const HARBOUR: &str = "6448311069";
const TIDEPOOL: &str = "6450022817";
const LANTERN: &str = "6471904425";

/// The demo's world, and the key files that go with it.
#[derive(Debug)]
pub struct Demo {
    /// To start the simulator with.
    pub world: World,
    /// File name and content, as downloaded from Apple.
    pub files: Vec<(String, String)>,
}

/// Makes it.
#[must_use]
pub fn demo() -> Demo {
    let mut files = Vec::new();
    let mut key = |prefix: &str, id: &str| {
        let pair = Pair::generate();
        files.push((format!("{prefix}_{id}.p8"), pair.p8()));
        pair.public_key_der()
    };
    let mut team_key = |id: &str| key("AuthKey", id);
    let own = own_team()
        .team_key("4JH6M2YB8S", &[Admin], &team_key("4JH6M2YB8S"))
        .team_key("7GX4KQ2M9L", &[AppManager], &team_key("7GX4KQ2M9L"))
        .team_key("R2N8V5TQ4C", &[Developer], &team_key("R2N8V5TQ4C"))
        .team_key("K9D3WX7PZ2", &[Developer], &team_key("K9D3WX7PZ2"))
        .team_key("V5C9QL3RT7", &[Sales], &team_key("V5C9QL3RT7"))
        .team_key("M8T2ZF6KX4", &[Finance], &team_key("M8T2ZF6KX4"))
        .team_key("B7W4NS9HD3", &[CustomerSupport], &team_key("B7W4NS9HD3"))
        .team_key("P3L7XR2VG6", &[Marketing], &team_key("P3L7XR2VG6"));
    let client = client_team().team_key("C6T9PX4WM2", &[AppManager], &team_key("C6T9PX4WM2"));
    // For push notifications: the same name, the same format, unknown to this API.
    team_key("N4Q8ZB7LKD");
    let mut own_key = |id: &str| key("ApiKey", id);
    let own = own
        .individual_key("Y6F2CT8JN5QA", "mina", &own_key("Y6F2CT8JN5QA"))
        .individual_key("H4S9KD3WM7XB", "jonas", &own_key("H4S9KD3WM7XB"))
        .individual_key("Z2Q6VB5XL9RC", "priya", &own_key("Z2Q6VB5XL9RC"))
        .individual_key("C8N3RG7TF4PD", "tomas", &own_key("C8N3RG7TF4PD"));
    Demo { world: World::new().team(own).team(client), files }
}

fn own_team() -> Team {
    let team = Team::new(TEAM, "Blue Anchor Software")
        .app(HARBOUR, "Harbour", "com.example.harbour")
        .app(TIDEPOOL, "Tidepool", "com.example.tidepool")
        .app(LANTERN, "Lantern", "com.example.lantern")
        .user("vera", "vera@example.com", &[asc_access::Role::AccountHolder], Visible::All)
        .user("mina", "mina@example.com", &[Developer], Visible::only(&[HARBOUR, TIDEPOOL]))
        .user("jonas", "jonas@example.com", &[AppManager], Visible::All)
        .user("priya", "priya@example.com", &[Marketing], Visible::only(&[LANTERN]))
        .user("tomas", "tomas@example.com", &[Developer, CustomerSupport], Visible::only(&[HARBOUR]))
        .reports("85012345", &[("2026-11-20", SALES)], &[("2026-10", FINANCE)]);
    let team = [HARBOUR, TIDEPOOL, LANTERN].into_iter().fold(team, furnished);
    provisioned(team)
}

/// Nobody accepted the newest agreement of this one.
fn client_team() -> Team {
    Team::new(CLIENT, "Northern Quarry Ltd").app("6499120034", "Quarry", "com.example.quarry").without_agreement()
}

/// What hangs below an app.
fn furnished(team: Team, app: &str) -> Team {
    let id = |what: &str| format!("{app}-{what}");
    let of_app = |kind: &str, what: &str| Record::new(kind, &id(what)).of_app(app);
    team.record(of_app("appStoreVersions", "v2").with("versionString", json!("2.4")).with("platform", json!("IOS")))
        .record(of_app("builds", "b41").with("version", json!("41")).with("processingState", json!("VALID")))
        .record(of_app("builds", "b42").with("version", json!("42")).with("processingState", json!("PROCESSING")))
        .record(of_app("betaGroups", "team").with("name", json!("Team")).with("isInternalGroup", json!(true)))
        .record(of_app("betaTesters", "t1").with("state", json!("INSTALLED")))
        .record(of_app("betaAppReviewDetails", "review").with("demoAccountRequired", json!(false)))
        .record(of_app("customerReviews", "r1").with("rating", json!(5)).with("title", json!("Does what it says")))
        .record(of_app("reviewSubmissions", "s1").with("state", json!("COMPLETE")).with("platform", json!("IOS")))
        .record(of_app("inAppPurchases", "pro").with("productId", json!("pro")))
        .record(of_app("subscriptionGroups", "plans").with("referenceName", json!("Plans")))
        .record(of_app("analyticsReportRequests", "ongoing").with("accessType", json!("ONGOING")))
        .record(of_app("ciProducts", "ci").with("productType", json!("APP")))
}

fn provisioned(team: Team) -> Team {
    team.record(Record::new("bundleIds", "bundle1").with("platform", json!("UNIVERSAL")))
        .record(Record::new("certificates", "cert1").with("certificateType", json!("DISTRIBUTION")))
        .record(Record::new("profiles", "profile1").with("profileType", json!("IOS_APP_STORE")))
        .record(Record::new("devices", "device1").with("platform", json!("IOS")))
        .record(Record::new("scmProviders", "scm1").with("scmProviderType", json!("GITHUB_CLOUD")))
        .record(Record::new("sandboxTesters", "tester1").with("territory", json!("NOR")))
        .record(Record::new("territories", "NOR").with("currency", json!("NOK")))
        .record(Record::new("territories", "USA").with("currency", json!("USD")))
        .record(Record::new("appCategories", "UTILITIES").with("platforms", json!(["IOS"])))
        .record(Record::new("userInvitations", "invited").with("roles", json!(["DEVELOPER"])))
}

const SALES: &str = "Provider\tSKU\tUnits\nAPPLE\tcom-example-harbour\t42\n";
const FINANCE: &str = "Start Date\tEnd Date\tQuantity\n09/28/2026\t11/01/2026\t42\n";
