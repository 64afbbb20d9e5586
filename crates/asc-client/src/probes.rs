//! The questions: which GET tells what, and what an answer to it means.
//!
//! Every question only reads, asks for one row and for one harmless field of it, so that no name or address of a
//! person travels. What the answers prove is reading; nothing here ever says a key may write.
//!
//! `capability` is a code of the catalogue in `asc-access`, which a test compares; this crate does not know what a
//! role is.

use asc_key::KeyKind;

use crate::answer::Answer;
use crate::origin::Target;
use crate::trouble::Trouble;
use asc_key::codes;

codes! {
    /// How much to ask.
    Depth {
        /// One question per area, twelve requests or fewer together with the first.
        Normal = "normal",
        /// Every question there is.
        Thorough = "thorough",
    }
}

codes! {
    /// What an answer means for one capability.
    Reading {
        /// It was read.
        CanRead = "can_read",
        /// It may be read; there is nothing there.
        NothingThere = "nothing_there",
        /// The key's role does not include it.
        RoleRefuses = "role_refuses",
        /// Closed to the kind of key, whatever its owner's role.
        ClosedToKind = "closed_to_kind",
        /// Apple did not like the question. Says nothing about the key.
        Mistaken = "mistaken",
        /// An answer that means nothing known.
        Unclear = "unclear",
        /// No answer.
        NotLearned = "not_learned",
    }
}

impl Reading {
    /// Whether Apple let the key read (`Some(true)`), refused it (`Some(false)`), or neither.
    #[must_use]
    pub const fn allowed(self) -> Option<bool> {
        match self {
            Self::CanRead | Self::NothingThere => Some(true),
            Self::RoleRefuses | Self::ClosedToKind => Some(false),
            Self::Mistaken | Self::Unclear | Self::NotLearned => None,
        }
    }
}

/// What a question needs to know beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// The ID of an app the key sees; `{id}` in the path, or the filter.
    App,
    /// The team's vendor number, which no request tells.
    Vendor(Report),
}

/// What reports are sent in.
const GZIP: &str = "application/a-gzip";
/// What performance metrics are sent in.
const METRICS: &str = "application/vnd.apple.xcode-metrics+json";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Report {
    Sales,
    Finance,
}

/// One question of the table.
#[derive(Debug)]
struct Probe {
    capability: &'static str,
    path: &'static str,
    query: &'static [(&'static str, &'static str)],
    needs: Needs,
    /// Apple keeps Individual keys out.
    team_only: bool,
    depth: Depth,
}

const fn probe(
    capability: &'static str,
    path: &'static str,
    query: &'static [(&'static str, &'static str)],
    needs: Needs,
) -> Probe {
    Probe { capability, path, query, needs, team_only: false, depth: Depth::Normal }
}

impl Probe {
    const fn team_only(self) -> Self {
        Self { team_only: true, ..self }
    }

    const fn thorough(self) -> Self {
        Self { depth: Depth::Thorough, ..self }
    }
}

/// The first question: is the key alive, and which app may the others be about?
pub(crate) const BASELINE: &str = "apps_read";

/// Every question after the first, in the order they are asked: what tells roles apart goes first.
const PROBES: &[Probe] = &[
    probe(
        "provisioning_read",
        "/v1/certificates",
        &[("limit", "1"), ("fields[certificates]", "certificateType")],
        Needs::Nothing,
    )
    .team_only(),
    probe("users_read", "/v1/users", &[("limit", "1"), ("fields[users]", "roles")], Needs::Nothing),
    probe(
        "pricing",
        "/v1/apps/{id}/appAvailabilityV2",
        &[("fields[appAvailabilities]", "availableInNewTerritories")],
        Needs::App,
    ),
    probe(
        "app_review",
        "/v1/reviewSubmissions",
        &[("filter[app]", "{id}"), ("limit", "1"), ("fields[reviewSubmissions]", "state")],
        Needs::App,
    ),
    probe("builds_upload", "/v1/builds", &[("limit", "1"), ("fields[builds]", "version")], Needs::Nothing),
    probe("xcode_cloud", "/v1/ciProducts", &[("limit", "1"), ("fields[ciProducts]", "productType")], Needs::Nothing),
    probe(
        "iap",
        "/v1/apps/{id}/inAppPurchasesV2",
        &[("limit", "1"), ("fields[inAppPurchases]", "inAppPurchaseType")],
        Needs::App,
    ),
    probe(
        "reviews_read",
        "/v1/apps/{id}/customerReviews",
        &[("limit", "1"), ("fields[customerReviews]", "rating")],
        Needs::App,
    ),
    probe(
        "analytics_read",
        "/v1/apps/{id}/analyticsReportRequests",
        &[("limit", "1"), ("fields[analyticsReportRequests]", "accessType")],
        Needs::App,
    ),
    probe("sales_reports", "/v1/salesReports", &[], Needs::Vendor(Report::Sales)).team_only(),
    probe("finance_reports", "/v1/financeReports", &[], Needs::Vendor(Report::Finance)).team_only(),
    probe(
        "testflight_internal",
        "/v1/betaGroups",
        &[("limit", "1"), ("fields[betaGroups]", "isInternalGroup")],
        Needs::Nothing,
    )
    .thorough(),
    probe(
        "testflight_external",
        "/v1/betaAppReviewDetails",
        &[("filter[app]", "{id}"), ("limit", "1"), ("fields[betaAppReviewDetails]", "demoAccountRequired")],
        Needs::App,
    )
    .thorough(),
    probe(
        "featuring",
        "/v1/nominations",
        &[("filter[state]", "DRAFT"), ("limit", "1"), ("fields[nominations]", "type")],
        Needs::Nothing,
    )
    .thorough(),
    probe(
        "game_center",
        "/v1/apps/{id}/gameCenterDetail",
        &[("fields[gameCenterDetails]", "arcadeEnabled")],
        Needs::App,
    )
    .thorough(),
    probe("webhooks", "/v1/apps/{id}/webhooks", &[("limit", "1"), ("fields[webhooks]", "enabled")], Needs::App)
        .thorough(),
    probe("sandbox", "/v2/sandboxTesters", &[("limit", "1"), ("fields[sandboxTesters]", "territory")], Needs::Nothing)
        .thorough(),
    probe("performance", "/v1/apps/{id}/perfPowerMetrics", &[], Needs::App).thorough(),
    probe(
        "users_manage",
        "/v1/userInvitations",
        &[("limit", "1"), ("fields[userInvitations]", "roles")],
        Needs::Nothing,
    )
    .thorough(),
];

/// One question, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) capability: &'static str,
    pub(crate) target: Target,
    /// An Individual key is expected to be turned away with a 401.
    pub(crate) closed_to_individual: bool,
}

/// What is known before the questions are chosen.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<'a> {
    pub(crate) kind: KeyKind,
    pub(crate) app: Option<&'a str>,
    pub(crate) vendor: Option<&'a str>,
    /// Apple's time, in seconds since 1970: reports are asked for by date.
    pub(crate) now: u64,
}

/// The baseline: `GET /v1/apps?limit=1&fields[apps]=bundleId`.
pub(crate) fn baseline() -> Target {
    Target::new("/v1/apps").with("limit", "1").with("fields[apps]", "bundleId")
}

/// Something every valid key is expected to read, for when apps are refused without a reason.
pub(crate) fn second_baseline() -> Target {
    Target::new("/v1/territories").with("limit", "1").with("fields[territories]", "currency")
}

/// The questions for this key. What cannot be asked, for want of an app or a vendor number, is left out.
pub(crate) fn plan(depth: Depth, known: Known<'_>) -> Vec<Question> {
    let wanted = PROBES.iter().filter(|probe| depth == Depth::Thorough || probe.depth == Depth::Normal);
    wanted.filter_map(|probe| question(probe, depth, known)).collect()
}

fn question(probe: &Probe, depth: Depth, known: Known<'_>) -> Option<Question> {
    let closed = probe.team_only && known.kind == KeyKind::Individual;
    // Apple's word that it is closed is enough, except for whoever wants to see it.
    if closed && (depth == Depth::Normal || matches!(probe.needs, Needs::Vendor(_))) {
        return None;
    }
    let app = match probe.needs {
        Needs::App => known.app?,
        _ => "",
    };
    let mut target = Target::new(&probe.path.replace("{id}", app));
    for (name, value) in probe.query {
        target = target.with(name, &value.replace("{id}", app));
    }
    if let Needs::Vendor(report) = probe.needs {
        target = reports(target, report, known.vendor?, known.now);
    }
    if probe.capability == "performance" {
        target = target.in_media(METRICS);
    }
    Some(Question { capability: probe.capability, target, closed_to_individual: closed })
}

/// The report of a day or month that is certainly over and certainly made, if anything was sold.
fn reports(target: Target, report: Report, vendor: &str, now: u64) -> Target {
    let target = target.in_media(GZIP).with("filter[vendorNumber]", vendor);
    match report {
        Report::Sales => {
            let (year, month, day) = date(now.saturating_sub(3 * 86_400));
            target
                .with("filter[frequency]", "DAILY")
                .with("filter[reportType]", "SALES")
                .with("filter[reportSubType]", "SUMMARY")
                .with("filter[reportDate]", &format!("{year:04}-{month:02}-{day:02}"))
        }
        Report::Finance => {
            let (year, month, _) = date(now.saturating_sub(75 * 86_400));
            target
                .with("filter[reportType]", "FINANCIAL")
                .with("filter[regionCode]", "ZZ")
                .with("filter[reportDate]", &format!("{year:04}-{month:02}"))
        }
    }
}

/// Year, month and day of a time, in UTC (proleptic Gregorian; counted in eras of 400 years from 1 March 0000).
fn date(seconds: u64) -> (u64, u64, u64) {
    let days = seconds / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    (era * 400 + year_of_era + u64::from(month <= 2), month, day)
}

/// What an answer to a question means.
pub(crate) fn meaning(question: &Question, answer: &Result<Answer, Trouble>) -> Reading {
    match answer {
        Ok(Answer::Allowed(_)) => Reading::CanRead,
        Ok(Answer::NotFound) => Reading::NothingThere,
        Ok(Answer::RoleRefuses) => Reading::RoleRefuses,
        Ok(Answer::Unauthorised) if question.closed_to_individual => Reading::ClosedToKind,
        Ok(Answer::Mistaken) => Reading::Mistaken,
        Ok(Answer::Unauthorised | Answer::Forbidden | Answer::AgreementMissing) => Reading::Unclear,
        Err(_) => Reading::NotLearned,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(kind: KeyKind) -> Known<'static> {
        Known { kind, app: Some("6448311069"), vendor: Some("85012345"), now: 1_793_697_600 }
    }

    fn paths(depth: Depth, known: Known<'_>) -> Vec<String> {
        plan(depth, known).into_iter().map(|question| question.target.path().to_owned()).collect()
    }

    #[test]
    fn a_normal_check_is_twelve_requests_or_fewer() {
        assert_eq!(1 + plan(Depth::Normal, known(KeyKind::Team)).len(), 12);
        assert_eq!(1 + plan(Depth::Normal, known(KeyKind::Individual)).len(), 9);
        assert_eq!(1 + plan(Depth::Thorough, known(KeyKind::Team)).len(), 20);
    }

    #[test]
    fn nothing_is_asked_that_cannot_be_answered() {
        let blind = Known { app: None, vendor: None, ..known(KeyKind::Team) };
        let paths = paths(Depth::Normal, blind);
        assert_eq!(paths, ["/v1/certificates", "/v1/users", "/v1/builds", "/v1/ciProducts"]);
    }

    #[test]
    fn an_individual_key_is_sent_to_provisioning_only_by_who_wants_to_see_it_refused() {
        let normal = paths(Depth::Normal, known(KeyKind::Individual));
        assert!(!normal.iter().any(|path| path.contains("certificates") || path.contains("Reports")));
        let thorough = plan(Depth::Thorough, known(KeyKind::Individual));
        assert!(thorough.iter().any(|question| question.closed_to_individual));
        assert!(!thorough.iter().any(|question| question.target.path().contains("salesReports")));
    }

    #[test]
    fn every_question_asks_for_one_row_and_no_person() {
        let personal = ["email", "firstName", "lastName", "username", "name"];
        for probe in PROBES {
            let single = probe.path.starts_with("/v1/apps/{id}/app") || probe.path.ends_with("Detail");
            let limited = probe.query.contains(&("limit", "1"));
            let report = matches!(probe.needs, Needs::Vendor(_)) || probe.capability == "performance";
            assert!(limited || single || report, "{}", probe.path);
            let sparse = probe.query.iter().any(|(name, _)| name.starts_with("fields["));
            assert!(sparse || report, "{}", probe.path);
            for (_, value) in probe.query {
                assert!(!personal.contains(value), "{}", probe.path);
            }
        }
    }

    #[test]
    fn reports_are_asked_for_by_days_of_the_calendar() {
        assert_eq!(date(0), (1970, 1, 1));
        assert_eq!(date(951_782_400), (2000, 2, 29));
        assert_eq!(date(951_868_800), (2000, 3, 1));
        assert_eq!(date(1_798_761_599), (2026, 12, 31));
        assert_eq!(date(4_107_542_400), (2100, 3, 1));
        let target = reports(Target::new("/v1/salesReports"), Report::Sales, "85012345", 1_793_697_600);
        assert!(target.to_string().ends_with("filter[reportDate]=2026-10-31"));
        let target = reports(Target::new("/v1/financeReports"), Report::Finance, "85012345", 1_793_697_600);
        assert!(target.to_string().ends_with("filter[reportDate]=2026-08"));
    }
}
