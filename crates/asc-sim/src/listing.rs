//! Resources as JSON:API: lists with paging, single ones, what they are linked to.
//!
//! Lists show only what the key may see. A list nobody filled is empty and a success, as with Apple. It refuses
//! filters the API does not have, because a client that sends one has a fault of its own.

use std::sync::LazyLock;

use serde_json::{Value, json};

use crate::answer::Answer;
use crate::decide::Caller;
use crate::query::Target;
use crate::record::{Record, is_list, of_type, type_of};
use crate::seen::Reason;

/// What Apple sends when no limit is given, and the most that may be asked for.
const USUAL_LIMIT: usize = 50;
const HIGHEST_LIMIT: usize = 200;

/// Path template and its filters, by Apple's description of the API.
static FILTERS: LazyLock<Vec<(&str, Vec<&str>)>> = LazyLock::new(|| {
    let lines = include_str!("../data/filters.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t')).map(|(path, names)| (path, names.split(',').collect())).collect()
});

/// Answers an operation that reads; `template` is its path with `{id}` for what differs.
pub(crate) fn list(caller: &Caller<'_>, template: &str, target: &Target, origin: &str) -> Answer {
    if let Some(refusal) = required(template, target).or_else(|| unknown_filter(template, target)) {
        return refusal;
    }
    let limit = match limit(target) {
        Ok(limit) => limit,
        Err(refusal) => return refusal,
    };
    let view = View { caller, target, origin, limit };
    let segments: Vec<&str> = target.path.split('/').skip(2).collect();
    match segments[..] {
        [kind] => view.page(&view.shown(kind), false),
        [kind, id] => match view.find(kind, id) {
            Some(record) => view.one(&record, false),
            None => Answer::not_found(kind, id, Reason::NotFound),
        },
        [kind, id, "relationships", relation] => view.related(kind, id, relation, true),
        [kind, id, relation, ..] => view.related(kind, id, relation, false),
        [] => Answer::no_path(&target.path),
    }
}

/// The refusal of a request that leaves out what has to be given.
pub(crate) fn required(template: &str, target: &Target) -> Option<Answer> {
    let missing = filters(template).iter().filter_map(|name| name.strip_suffix('!'));
    let missing = missing.filter(|name| target.get(name).is_none_or(str::is_empty)).min()?;
    Some(Answer::parameter("REQUIRED", missing, "A value for this parameter must be provided"))
}

fn unknown_filter(template: &str, target: &Target) -> Option<Answer> {
    let known = filters(template);
    let is_known = |name: &str| known.iter().any(|one| one.trim_end_matches('!') == name);
    let mut asked = target.pairs.iter().map(|(name, _)| name.as_str()).filter(|name| name.starts_with("filter["));
    let stranger = asked.find(|name| !is_known(name))?;
    Some(Answer::parameter("ILLEGAL", stranger, "This parameter is not a valid filter for this resource"))
}

fn filters(template: &str) -> &'static [&'static str] {
    FILTERS.iter().find(|(path, _)| *path == template).map_or(&[], |(_, names)| names)
}

fn limit(target: &Target) -> Result<usize, Answer> {
    let Some(text) = target.get("limit") else { return Ok(USUAL_LIMIT) };
    let limit = text.parse().ok().filter(|limit| (1..=HIGHEST_LIMIT).contains(limit));
    limit.ok_or_else(|| Answer::parameter("INVALID", "limit", "The limit must be between 1 and 200"))
}

struct View<'a> {
    caller: &'a Caller<'a>,
    target: &'a Target,
    origin: &'a str,
    limit: usize,
}

impl View<'_> {
    /// The records of a type this key may see, filtered as asked.
    fn shown(&self, kind: &str) -> Vec<Record> {
        let mut records = of_type(self.caller.team, kind);
        records.retain(|record| record.app.as_deref().is_none_or(|app| self.caller.sees(app)));
        for (name, value) in &self.target.pairs {
            if let Some(field) = name.strip_prefix("filter[").and_then(|rest| rest.strip_suffix(']')) {
                let wanted: Vec<&str> = value.split(',').collect();
                records.retain(|record| fits(record, field, &wanted));
            }
        }
        records
    }

    fn find(&self, kind: &str, id: &str) -> Option<Record> {
        let mut records = of_type(self.caller.team, kind).into_iter();
        records.find(|one| one.id == id && one.app.as_deref().is_none_or(|app| self.caller.sees(app)))
    }

    /// What hangs below one record. `bare` gives types and IDs only.
    fn related(&self, kind: &str, id: &str, relation: &str, bare: bool) -> Answer {
        let Some(parent) = self.find(kind, id) else { return Answer::not_found(kind, id, Reason::NotFound) };
        let records = match parent.links.get(relation) {
            Some((kind, ids)) => ids.iter().filter_map(|id| self.find(kind, id)).collect(),
            None if kind == "apps" => {
                let mut records = self.shown(&type_of(relation));
                records.retain(|record| record.app.as_deref() == Some(id));
                records
            }
            None => Vec::new(),
        };
        match (is_list(relation), records.first()) {
            (true, _) => self.page(&records, bare),
            (false, Some(one)) => self.one(one, bare),
            (false, None) => Answer::not_found(&type_of(relation), id, Reason::NotFound),
        }
    }

    fn one(&self, record: &Record, bare: bool) -> Answer {
        let links = json!({"self": format!("{}{}", self.origin, self.target.without(&[]))});
        let mut body = json!({"data": self.render(record, bare), "links": links});
        self.include(&mut body, std::slice::from_ref(record));
        Answer::json(&body)
    }

    fn page(&self, records: &[Record], bare: bool) -> Answer {
        let start = self.target.get("cursor").map_or(Some(0), |cursor| cursor.strip_prefix("at.")?.parse().ok());
        let Some(start) = start else {
            return Answer::parameter("INVALID", "cursor", "The cursor is not valid");
        };
        let shown: Vec<Record> = records.iter().skip(start).take(self.limit).cloned().collect();
        let mut links = json!({"self": format!("{}{}", self.origin, self.target.without(&[]))});
        let next = start + shown.len();
        if next < records.len() {
            let base = self.target.without(&["cursor", "limit"]);
            let joint = if base.contains('?') { '&' } else { '?' };
            links["next"] = json!(format!("{}{base}{joint}cursor=at.{next}&limit={}", self.origin, self.limit));
        }
        let data: Vec<Value> = shown.iter().map(|record| self.render(record, bare)).collect();
        let paging = json!({"paging": {"total": records.len(), "limit": self.limit}});
        let mut body = json!({"data": data, "links": links, "meta": paging});
        self.include(&mut body, &shown);
        Answer::json(&body)
    }

    fn render(&self, record: &Record, bare: bool) -> Value {
        if bare {
            return record.identity();
        }
        let fields = self.target.list(&format!("fields[{}]", record.kind));
        record.resource(self.origin, fields.as_deref(), &self.included())
    }

    fn included(&self) -> Vec<String> {
        self.target.list("include").unwrap_or_default()
    }

    /// Adds the resources at the other end of the included relationships, each once.
    fn include(&self, body: &mut Value, records: &[Record]) {
        let names = self.included();
        if names.is_empty() {
            return;
        }
        let mut found: Vec<Record> = Vec::new();
        for (_, (kind, ids)) in records.iter().flat_map(|record| &record.links).filter(|(name, _)| names.contains(name))
        {
            for other in ids.iter().filter_map(|id| self.find(kind, id)) {
                if !found.contains(&other) {
                    found.push(other);
                }
            }
        }
        body["included"] = found.iter().map(|record| self.render(record, false)).collect();
    }
}

/// Whether a record has one of the wanted values. What it does not have cannot be asked of it.
fn fits(record: &Record, field: &str, wanted: &[&str]) -> bool {
    let is_wanted = |text: &str| wanted.contains(&text);
    match (field, record.attributes.get(field)) {
        ("id", _) => is_wanted(&record.id),
        ("app", _) => record.app.as_deref().is_some_and(is_wanted),
        (_, Some(Value::String(text))) => is_wanted(text),
        (_, Some(Value::Array(list))) => list.iter().filter_map(Value::as_str).any(is_wanted),
        (_, Some(other)) => is_wanted(&other.to_string()),
        (_, None) => record.links.get(field).is_some_and(|(_, ids)| ids.iter().any(|id| is_wanted(id))),
    }
}
