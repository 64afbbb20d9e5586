//! One JSON:API resource: type, ID, attributes, and what it is linked to.
//!
//! Builds, groups, certificates and the rest differ in their attributes only, so they share one shape. What the
//! simulator has to reason about (apps, users, keys) has types of its own and is turned into records when asked for.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::world::{App, Team, User, Visible};

/// A resource of a team.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) app: Option<String>,
    pub(crate) attributes: Map<String, Value>,
    /// Relationship to the type and IDs of its other end.
    pub(crate) links: BTreeMap<String, (String, Vec<String>)>,
}

impl Record {
    /// A resource without attributes. `kind` is Apple's type, such as `builds`.
    #[must_use]
    pub fn new(kind: &str, id: &str) -> Self {
        let (kind, id) = (kind.to_owned(), id.to_owned());
        Self { kind, id, app: None, attributes: Map::new(), links: BTreeMap::new() }
    }

    /// Belonging to an app: seen only by who sees the app, and listed below it.
    #[must_use]
    pub fn of_app(mut self, app: &str) -> Self {
        self.app = Some(app.to_owned());
        self
    }

    /// With an attribute.
    #[must_use]
    pub fn with(mut self, name: &str, value: Value) -> Self {
        self.attributes.insert(name.to_owned(), value);
        self
    }

    /// With a relationship to records of a type.
    #[must_use]
    pub fn linked(mut self, relationship: &str, kind: &str, ids: &[&str]) -> Self {
        let ids = ids.iter().map(|id| (*id).to_owned()).collect();
        self.links.insert(relationship.to_owned(), (kind.to_owned(), ids));
        self
    }

    /// Type and ID alone.
    pub(crate) fn identity(&self) -> Value {
        json!({"type": self.kind, "id": self.id})
    }

    /// The whole resource: with only the named fields, if any are named, and the data of the included relationships.
    pub(crate) fn resource(&self, origin: &str, fields: Option<&[String]>, include: &[String]) -> Value {
        let wanted = |name: &String| fields.is_none_or(|fields| fields.contains(name));
        let address = format!("{origin}/v1/{}/{}", self.kind, self.id);
        let attributes = self.attributes.iter().filter(|(name, _)| wanted(name));
        let attributes: Map<String, Value> = attributes.map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut resource = json!({"type": self.kind, "id": self.id, "links": {"self": address}});
        if !attributes.is_empty() {
            resource["attributes"] = Value::Object(attributes);
        }
        for (name, (kind, ids)) in self.links.iter().filter(|(name, _)| wanted(name)) {
            let mut relationship = json!({"links": {
                "self": format!("{address}/relationships/{name}"),
                "related": format!("{address}/{name}"),
            }});
            if include.contains(name) {
                let data = ids.iter().map(|id| json!({"type": kind, "id": id})).collect();
                relationship["meta"] = json!({"paging": {"total": ids.len(), "limit": ids.len().max(10)}});
                relationship["data"] = Value::Array(data);
            }
            resource["relationships"][name] = relationship;
        }
        resource
    }
}

/// Every record of one type that a team has.
pub(crate) fn of_type(team: &Team, kind: &str) -> Vec<Record> {
    match kind {
        "apps" => team.apps.iter().map(app).collect(),
        "users" => team.users.iter().map(user).collect(),
        _ => team.records.iter().filter(|record| record.kind == kind).cloned().collect(),
    }
}

fn app(app: &App) -> Record {
    let record = Record::new("apps", &app.id).of_app(&app.id);
    let record = record.with("name", json!(app.name)).with("bundleId", json!(app.bundle_id));
    record.with("sku", json!(app.bundle_id.replace('.', "-"))).with("primaryLocale", json!("en-US"))
}

/// Names are left out: nothing here needs them, and a probe that asked for them would be asking too much.
fn user(user: &User) -> Record {
    let roles: Vec<&str> = user.roles.iter().map(|role| role.code()).collect();
    let visible: Vec<&str> = match &user.apps {
        Visible::All => Vec::new(),
        Visible::Some(some) => some.iter().map(String::as_str).collect(),
    };
    Record::new("users", &user.id)
        .with("username", json!(user.email))
        .with("roles", json!(roles))
        .with("allAppsVisible", json!(user.sees_all()))
        .with("provisioningAllowed", json!(user.provisioning))
        .linked("visibleApps", "apps", &visible)
}

/// Whether a path segment names one thing or several. Apple names lists in the plural.
pub(crate) fn is_list(relation: &str) -> bool {
    let bare = relation.trim_end_matches("V2");
    bare.ends_with('s') || bare == "metrics"
}

/// The type of what a relation leads to: `builds` from `builds`, `appAvailabilities` from `appAvailabilityV2`.
pub(crate) fn type_of(relation: &str) -> String {
    let bare = relation.trim_end_matches("V2");
    match bare {
        "visibleApps" => "apps".to_owned(),
        "individualTesters" => "betaTesters".to_owned(),
        _ if bare.ends_with('s') => bare.to_owned(),
        _ => bare.strip_suffix('y').map_or_else(|| format!("{bare}s"), |stem| format!("{stem}ies")),
    }
}
