//! The world behind the answers: teams, their people, apps, keys and agreements, and how they change.
//!
//! A key is known here as Apple knows it: by Key ID and public key. It refuses a private one, and it refuses a
//! change to something that does not exist, because a test that revokes a misspelt key would pass for nothing.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use asc_access::{AppReach, Role, app_reach};
use asc_key::KeyKind;
use serde_json::json;
use thiserror::Error;

use crate::record::Record;
use crate::rights::Ruling;

/// Requests per key and hour that Apple's example of the header shows.
const HOUR_LIMIT: u32 = 3500;

/// Bytes of an uncompressed P-256 point, and of the SubjectPublicKeyInfo (RFC 5480) that ends with it.
const POINT: usize = 65;
const SPKI: usize = 91;

/// Nothing by this name is in the world.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the simulated world has no {what} {name}")]
pub struct Unknown {
    what: &'static str,
    name: String,
}

fn unknown(what: &'static str, name: &str) -> Unknown {
    Unknown { what, name: name.to_owned() }
}

/// Everything the simulator knows.
#[derive(Clone, Debug)]
pub struct World {
    pub(crate) teams: Vec<Team>,
    pub(crate) rulings: Vec<Ruling>,
    /// Seconds by which Apple's clock is ahead of this computer's.
    pub(crate) clock_offset: i64,
    /// Seconds by which a token may be early or late. Apple's tolerance is not known; none is the strictest.
    pub(crate) leeway: i64,
    pub(crate) hour_limit: u32,
    pub(crate) latency: Duration,
}

impl Default for World {
    fn default() -> Self {
        Self::new()
    }
}

impl World {
    /// No team, Apple's clock, 3500 requests per key and hour, answers at once.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            teams: Vec::new(),
            rulings: Vec::new(),
            clock_offset: 0,
            leeway: 0,
            hour_limit: HOUR_LIMIT,
            latency: Duration::ZERO,
        }
    }

    /// With one more team.
    #[must_use]
    pub fn team(mut self, team: Team) -> Self {
        self.teams.push(team);
        self
    }

    /// With an answer that differs from the catalogue, or decides where it leaves a question open.
    #[must_use]
    pub fn ruling(mut self, ruling: Ruling) -> Self {
        self.rule(ruling);
        self
    }

    /// Decides one operation for one role from now on. The newest ruling about it counts.
    pub fn rule(&mut self, ruling: Ruling) {
        self.rulings.push(ruling);
    }

    /// Revokes a key. There is no way back, as with Apple.
    ///
    /// # Errors
    /// No such key.
    pub fn revoke(&mut self, key_id: &str) -> Result<(), Unknown> {
        self.key_mut(key_id)?.revoked = true;
        Ok(())
    }

    /// Gives a Team key other roles. Apple cannot do that to an existing key; a test may want to.
    ///
    /// # Errors
    /// No such key, or it is an Individual key: change its owner with [`Self::set_user_roles`].
    pub fn set_key_roles(&mut self, key_id: &str, roles: &[Role]) -> Result<(), Unknown> {
        match &mut self.key_mut(key_id)?.owner {
            Owner::Team(held) => roles.clone_into(held),
            Owner::User(_) => return Err(unknown("Team key", key_id)),
        }
        Ok(())
    }

    /// Gives a user other roles, and with them that user's Individual key.
    ///
    /// # Errors
    /// No such user.
    pub fn set_user_roles(&mut self, user: &str, roles: &[Role]) -> Result<(), Unknown> {
        roles.clone_into(&mut self.user_mut(user)?.roles);
        Ok(())
    }

    /// Removes a user. What becomes of the Individual key is not documented; here it stops working.
    ///
    /// # Errors
    /// No such user.
    pub fn remove_user(&mut self, user: &str) -> Result<(), Unknown> {
        self.user_mut(user)?;
        self.teams.iter_mut().for_each(|team| team.users.retain(|one| !one.is(user)));
        Ok(())
    }

    /// Says which apps a user sees. A role that cannot be limited sees all of them whatever this says.
    ///
    /// # Errors
    /// No such user.
    pub fn set_visible(&mut self, user: &str, apps: Visible) -> Result<(), Unknown> {
        self.user_mut(user)?.apps = apps;
        Ok(())
    }

    /// Hides one app from a user who may still see the others.
    ///
    /// # Errors
    /// No such user.
    pub fn hide_app(&mut self, user: &str, app: &str) -> Result<(), Unknown> {
        let home = self.teams.iter_mut().find(|team| team.users.iter().any(|one| one.is(user)));
        let home = home.ok_or_else(|| unknown("user", user))?;
        let all: BTreeSet<String> = home.apps.iter().map(|app| app.id.clone()).collect();
        for one in home.users.iter_mut().filter(|one| one.is(user)) {
            let mut seen = match &one.apps {
                Visible::All => all.clone(),
                Visible::Some(some) => some.clone(),
            };
            seen.remove(app);
            one.apps = Visible::Some(seen);
        }
        Ok(())
    }

    /// Signs the agreement of a team, or lets it lapse.
    ///
    /// # Errors
    /// No such team.
    pub fn set_agreement(&mut self, issuer: &str, in_effect: bool) -> Result<(), Unknown> {
        let team = self.teams.iter_mut().find(|team| team.issuer == issuer);
        team.ok_or_else(|| unknown("team", issuer))?.agreement = in_effect;
        Ok(())
    }

    /// Registers another key with a team.
    ///
    /// # Errors
    /// No such team.
    pub fn admit(&mut self, issuer: &str, key: Key) -> Result<(), Unknown> {
        let team = self.teams.iter_mut().find(|team| team.issuer == issuer);
        team.ok_or_else(|| unknown("team", issuer))?.keys.push(key);
        Ok(())
    }

    /// Turns Apple's clock: positive is ahead of this computer's. Tokens are judged, and `Date` is sent, by it.
    pub const fn set_clock_offset(&mut self, seconds: i64) {
        self.clock_offset = seconds;
    }

    /// How many seconds early or late a token may be.
    pub const fn set_leeway(&mut self, seconds: i64) {
        self.leeway = seconds;
    }

    /// How many requests a key has per rolling hour.
    pub const fn set_hour_limit(&mut self, requests: u32) {
        self.hour_limit = requests;
    }

    /// How long every answer takes at least.
    pub const fn set_latency(&mut self, latency: Duration) {
        self.latency = latency;
    }

    /// The teams, for a test that looks.
    #[must_use]
    pub fn teams(&self) -> &[Team] {
        &self.teams
    }

    pub(crate) fn key(&self, key_id: &str) -> Option<(&Team, &Key)> {
        self.teams.iter().find_map(|team| Some((team, team.keys.iter().find(|key| key.id == key_id)?)))
    }

    pub(crate) fn key_mut(&mut self, key_id: &str) -> Result<&mut Key, Unknown> {
        let mut keys = self.teams.iter_mut().flat_map(|team| &mut team.keys);
        keys.find(|key| key.id == key_id).ok_or_else(|| unknown("key", key_id))
    }

    fn user_mut(&mut self, user: &str) -> Result<&mut User, Unknown> {
        let mut users = self.teams.iter_mut().flat_map(|team| &mut team.users);
        users.find(|one| one.is(user)).ok_or_else(|| unknown("user", user))
    }
}

/// One team: what an Issuer ID stands for.
#[derive(Clone, Debug)]
pub struct Team {
    /// The Issuer ID.
    pub issuer: String,
    /// What the team calls itself. Apple never tells a key.
    pub name: String,
    pub(crate) apps: Vec<App>,
    pub(crate) users: Vec<User>,
    pub(crate) keys: Vec<Key>,
    pub(crate) records: Vec<Record>,
    pub(crate) agreement: bool,
    pub(crate) vendor: Option<String>,
    pub(crate) sales: Vec<(String, String)>,
    pub(crate) finance: Vec<(String, String)>,
}

impl Team {
    /// An empty team with its agreements signed.
    #[must_use]
    pub fn new(issuer: &str, name: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            name: name.to_owned(),
            apps: Vec::new(),
            users: Vec::new(),
            keys: Vec::new(),
            records: Vec::new(),
            agreement: true,
            vendor: None,
            sales: Vec::new(),
            finance: Vec::new(),
        }
    }

    /// With an app. Every app has an availability, so that who may read prices gets an answer.
    #[must_use]
    pub fn app(mut self, id: &str, name: &str, bundle_id: &str) -> Self {
        self.apps.push(App { id: id.to_owned(), name: name.to_owned(), bundle_id: bundle_id.to_owned() });
        let availability = Record::new("appAvailabilities", id).of_app(id);
        self.record(availability.with("availableInNewTerritories", json!(true)))
    }

    /// With a user. `id` stands for the opaque ID Apple gives people.
    #[must_use]
    pub fn user(mut self, id: &str, email: &str, roles: &[Role], apps: Visible) -> Self {
        let (id, email) = (id.to_owned(), email.to_owned());
        self.users.push(User { id, email, roles: roles.to_vec(), apps, provisioning: false });
        self
    }

    /// With a Team key, by its public half.
    ///
    /// # Panics
    /// When `public` is neither a SubjectPublicKeyInfo nor a point of P-256: a mistake in the test itself.
    #[must_use]
    pub fn team_key(self, id: &str, roles: &[Role], public: &[u8]) -> Self {
        self.key(id, Owner::Team(roles.to_vec()), public)
    }

    /// With the Individual key of a user, by its public half.
    ///
    /// # Panics
    /// As [`Self::team_key`].
    #[must_use]
    pub fn individual_key(self, id: &str, user: &str, public: &[u8]) -> Self {
        self.key(id, Owner::User(user.to_owned()), public)
    }

    fn key(mut self, id: &str, owner: Owner, public: &[u8]) -> Self {
        let Some(key) = Key::new(id, owner, public) else { panic!("{id} is registered without a public P-256 key") };
        self.keys.push(key);
        self
    }

    /// With any other record.
    #[must_use]
    pub fn record(mut self, record: Record) -> Self {
        self.records.push(record);
        self
    }

    /// With a vendor number, and the reports that exist: `(date as the filter names it, tab-separated text)`.
    #[must_use]
    pub fn reports(mut self, vendor: &str, sales: &[(&str, &str)], finance: &[(&str, &str)]) -> Self {
        let owned = |list: &[(&str, &str)]| list.iter().map(|(day, text)| ((*day).into(), (*text).into())).collect();
        self.vendor = Some(vendor.to_owned());
        self.sales = owned(sales);
        self.finance = owned(finance);
        self
    }

    /// With an agreement nobody signed: Apple refuses everything until the Account Holder does.
    #[must_use]
    pub const fn without_agreement(mut self) -> Self {
        self.agreement = false;
        self
    }

    /// Its keys.
    #[must_use]
    pub fn keys(&self) -> &[Key] {
        &self.keys
    }

    /// Its people.
    #[must_use]
    pub fn users(&self) -> &[User] {
        &self.users
    }

    /// Its apps.
    #[must_use]
    pub fn apps(&self) -> &[App] {
        &self.apps
    }
}

/// An app of a team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Apple's number for it.
    pub id: String,
    /// As in the store.
    pub name: String,
    /// Such as `com.example.harbour`.
    pub bundle_id: String,
}

/// Which apps a user sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Visible {
    /// All of the team's.
    All,
    /// These, by ID.
    Some(BTreeSet<String>),
}

impl Visible {
    /// These, by ID.
    #[must_use]
    pub fn only(apps: &[&str]) -> Self {
        Self::Some(apps.iter().map(|app| (*app).to_owned()).collect())
    }
}

/// A person of a team.
#[derive(Clone, Debug)]
pub struct User {
    /// Apple's ID for the person.
    pub id: String,
    /// Apple Account, which the API calls `username`.
    pub email: String,
    /// What the person may do.
    pub roles: Vec<Role>,
    /// The apps the person may see.
    pub apps: Visible,
    /// Access to Certificates, Identifiers & Profiles. An Individual key does not inherit it.
    pub provisioning: bool,
}

impl User {
    fn is(&self, name: &str) -> bool {
        self.id == name || self.email == name
    }

    /// Whether this person sees every app, by role or because nothing is hidden.
    #[must_use]
    pub fn sees_all(&self) -> bool {
        self.apps == Visible::All || app_reach(KeyKind::Individual, &self.roles) == AppReach::AllByRole
    }

    pub(crate) fn sees(&self, app: &str) -> bool {
        match &self.apps {
            _ if self.sees_all() => true,
            Visible::All => true,
            Visible::Some(some) => some.contains(app),
        }
    }
}

/// Whose rights a key has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The team's: a Team key, with these roles.
    Team(Vec<Role>),
    /// A user's: an Individual key, by the user's ID.
    User(String),
}

/// A key as Apple knows it.
#[derive(Clone, Debug)]
pub struct Key {
    /// The Key ID.
    pub id: String,
    /// Whose rights it has.
    pub owner: Owner,
    /// Whether it was revoked.
    pub revoked: bool,
    pub(crate) point: Vec<u8>,
    /// When it was used within the last hour, in seconds since 1970.
    pub(crate) used: VecDeque<i64>,
}

impl Key {
    /// A key by its public half: SubjectPublicKeyInfo in DER, or the uncompressed point. `None` if it is neither.
    #[must_use]
    pub fn new(id: &str, owner: Owner, public: &[u8]) -> Option<Self> {
        let point = match public.len() {
            POINT => public,
            SPKI => &public[SPKI - POINT..],
            _ => return None,
        };
        let uncompressed = point.first() == Some(&4);
        uncompressed.then(|| Self {
            id: id.to_owned(),
            owner,
            revoked: false,
            point: point.to_vec(),
            used: VecDeque::new(),
        })
    }

    /// Team or Individual.
    #[must_use]
    pub const fn kind(&self) -> KeyKind {
        match self.owner {
            Owner::Team(_) => KeyKind::Team,
            Owner::User(_) => KeyKind::Individual,
        }
    }
}
