//! What is read only when somebody asks for it: the names of the apps, whether a key sees one of them, and what the
//! owner of an Individual key may do.
//!
//! Pages are followed only back to the same origin, and not for ever. Of a user nothing is kept but roles, switches
//! and app IDs: the address asked for goes out, no name comes back.

use serde_json::Value;

use crate::answer::{Answer, Evidence};
use crate::apple_error::shown;
use crate::check::is_id;
use crate::conversation::{Conversation, Exchange};
use crate::origin::Target;
use crate::trouble::Trouble;

/// The most pages followed, of 200 entries each, and the most entries kept: more than any team has.
const MOST_PAGES: usize = 50;
const MOST_ENTRIES: usize = MOST_PAGES * 200;

/// Why a list is not there.
#[derive(Clone, Debug, PartialEq)]
pub struct Unlisted {
    /// What Apple answered instead, or what stood in the way.
    pub answer: Result<Answer, Trouble>,
    /// What can be shown of it.
    pub evidence: Evidence,
}

/// An app as Apple lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Apple's ID, a number.
    pub id: String,
    /// Its name, without control characters.
    pub name: String,
    /// Its bundle ID.
    pub bundle_id: String,
}

/// What the owner of an Individual key may do, as a Team key sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// Roles and extra permissions in Apple's spelling.
    pub roles: Vec<String>,
    /// Whether every app is visible.
    pub all_apps: bool,
    /// IDs of the visible apps, if not all are.
    pub apps: Vec<String>,
    /// Access to certificates, identifiers and profiles.
    pub provisioning: bool,
}

/// Every app the key sees, by name and bundle ID.
///
/// # Errors
/// [`Unlisted`], when Apple refuses or nothing is learned; never half a list.
pub async fn apps(talk: &mut Conversation) -> Result<Vec<App>, Unlisted> {
    let target = Target::new("/v1/apps").with("limit", "200").with("fields[apps]", "name,bundleId");
    pages(talk, target, |entry| {
        let attribute = |name: &str| entry["attributes"][name].as_str().map(shown);
        Some(App { id: id(entry)?, name: attribute("name")?, bundle_id: attribute("bundleId")? })
    })
    .await
}

/// Whether the key sees one app. Apple answers 404 both for another team's app and for one the owner of an Individual
/// key may not see.
///
/// # Errors
/// [`Unlisted`], when Apple refuses or nothing is learned. An ID that is none of Apple's is [`Answer::Mistaken`],
/// and nothing is sent.
pub async fn sees_app(talk: &mut Conversation, app: &str) -> Result<bool, Unlisted> {
    if !is_id(app) {
        return Err(Unlisted { answer: Ok(Answer::Mistaken), evidence: Evidence::default() });
    }
    let target = Target::new(&format!("/v1/apps/{app}")).with("fields[apps]", "bundleId");
    let exchange = talk.get(&target).await;
    match exchange.answer {
        Ok(Answer::Allowed(_)) => Ok(true),
        Ok(Answer::NotFound) => Ok(false),
        answer => Err(Unlisted { answer, evidence: exchange.evidence }),
    }
}

/// What the user with this address may do; `None` if the team has no such user. Needs a Team key that reads users.
///
/// # Errors
/// [`Unlisted`], when Apple refuses or nothing is learned.
pub async fn owner(talk: &mut Conversation, email: &str) -> Result<Option<Owner>, Unlisted> {
    let target = Target::new("/v1/users")
        .about("filter[username]", email)
        .with("fields[users]", "roles,allAppsVisible,provisioningAllowed")
        .with("limit", "1");
    // An address is one person's: there is no second page to look for.
    let (users, _) = page(talk, &target).await?;
    let Some(user) = users.first() else { return Ok(None) };
    let attributes = &user["attributes"];
    let roles = attributes["roles"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let all_apps = attributes["allAppsVisible"].as_bool().unwrap_or(false);
    let mut owner = Owner {
        roles: roles.filter(|role| is_role(role)).map(str::to_owned).collect(),
        all_apps,
        apps: Vec::new(),
        provisioning: attributes["provisioningAllowed"].as_bool().unwrap_or(false),
    };
    if let (false, Some(user)) = (all_apps, id(user)) {
        let target = Target::new(&format!("/v1/users/{user}/visibleApps"));
        owner.apps = pages(talk, target.with("fields[apps]", "bundleId").with("limit", "200"), id).await?;
    }
    Ok(Some(owner))
}

/// What is wanted of every entry of a list, page after page. A list whose next page is elsewhere, or that never ends, is no list: half
/// of it would be shown as the whole.
async fn pages<T>(
    talk: &mut Conversation,
    first: Target,
    wanted: impl Fn(&Value) -> Option<T>,
) -> Result<Vec<T>, Unlisted> {
    let mut entries = Vec::new();
    let mut target = first;
    for number in 1.. {
        let (data, next) = page(talk, &target).await?;
        entries.extend(data.iter().filter_map(&wanted));
        let Some(Next { link, evidence }) = next else { break };
        match talk.line().origin().follow(&link) {
            Ok(next) if number < MOST_PAGES && entries.len() < MOST_ENTRIES => target = next,
            _ => return Err(Unlisted { answer: Err(Trouble::Garbled), evidence }),
        }
    }
    Ok(entries)
}

/// Where a list goes on, and the exchange that said so.
struct Next {
    link: String,
    evidence: Evidence,
}

/// The entries of one page.
async fn page(talk: &mut Conversation, target: &Target) -> Result<(Vec<Value>, Option<Next>), Unlisted> {
    let Exchange { answer, evidence, .. } = talk.get(target).await;
    let mut document = match answer {
        Ok(Answer::Allowed(document)) => document,
        answer => return Err(Unlisted { answer, evidence }),
    };
    let Some(Value::Array(data)) = document.get_mut("data").map(Value::take) else {
        return Err(Unlisted { answer: Err(Trouble::Garbled), evidence });
    };
    let next = document["links"]["next"].as_str().map(|link| Next { link: link.to_owned(), evidence });
    Ok((data, next))
}

fn id(entry: &Value) -> Option<String> {
    entry["id"].as_str().filter(|id| is_id(id)).map(str::to_owned)
}

fn is_role(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
}
