//! The codes: every closed set of words this crate speaks in.
//!
//! A code is stable, serialized as it stands and never shown to people; its words live in the reader's
//! language file under `access.<set>.<code>`. Nothing here has a label, a color or a sentence.

use std::fmt;

/// The text is no code of the set it was read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCode;

impl fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a known code")
    }
}

impl std::error::Error for UnknownCode {}

/// Declares a set of codes once: the variants, their text, their order.
macro_rules! codes {
    ($(#[$about:meta])* $set:ident { $($(#[$doc:meta])* $variant:ident = $code:literal,)+ }) => {
        $(#[$about])*
        #[derive(
            Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
        )]
        #[cfg_attr(feature = "ts", derive(ts_rs::TS))]
        pub enum $set { $($(#[$doc])* #[serde(rename = $code)] $variant,)+ }

        impl $set {
            /// Every code of the set, in the order people see it.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code as it is stored and serialized.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }

        impl std::fmt::Display for $set {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.code())
            }
        }

        impl std::str::FromStr for $set {
            type Err = $crate::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|known| known.code() == text).ok_or($crate::UnknownCode)
            }
        }
    };
}
pub(crate) use codes;

codes! {
    /// A role of a user, and the access chosen when a Team key is made. Apple's own spelling.
    ///
    /// `SALES` on a key is what Apple calls "Sales and Reports" there.
    /// Source: <https://developer.apple.com/documentation/appstoreconnectapi/userrole>
    Role {
        /// One person per team; never the role of a Team key.
        AccountHolder = "ACCOUNT_HOLDER",
        /// All apps, users and keys.
        Admin = "ADMIN",
        /// Everything about an app.
        AppManager = "APP_MANAGER",
        /// Development and delivery of an app.
        Developer = "DEVELOPER",
        /// Payments, financial reports, tax.
        Finance = "FINANCE",
        /// Marketing material and store texts.
        Marketing = "MARKETING",
        /// Sales, downloads and analytics.
        Sales = "SALES",
        /// Customer reviews.
        CustomerSupport = "CUSTOMER_SUPPORT",
    }
}

codes! {
    /// The two blocks of the ledger. Their border is the answer to "Team or Individual?".
    Zone {
        /// Either kind of key can reach these areas, given the role.
        Either = "either",
        /// Apple keeps Individual keys out of these areas.
        TeamOnly = "team_only",
    }
}

codes! {
    /// A row of the ledger. The order is fixed: it is the order of the ticks in every reach strip.
    Area {
        /// App records, versions, store texts and pictures, review submissions.
        Apps = "apps",
        /// Builds and TestFlight.
        Builds = "builds",
        /// Xcode Cloud products, workflows, builds.
        XcodeCloud = "xcode_cloud",
        /// Prices, availability, in-app purchases and subscriptions.
        Pricing = "pricing",
        /// Customer reviews and the answers to them.
        Reviews = "reviews",
        /// Analytics reports.
        Analytics = "analytics",
        /// Users and invitations.
        Users = "users",
        /// Certificates, identifiers, profiles, devices.
        Provisioning = "provisioning",
        /// Sales and Trends reports.
        Sales = "sales",
        /// Financial reports.
        Finance = "finance",
        /// Notarization.
        Notary = "notary",
    }
}

impl Area {
    /// The block of the ledger this row stands in.
    #[must_use]
    pub const fn zone(self) -> Zone {
        match self {
            Self::Provisioning | Self::Sales | Self::Finance | Self::Notary => Zone::TeamOnly,
            _ => Zone::Either,
        }
    }

    /// True if what is done here is done to an app, so that it matters which apps a key reaches.
    #[must_use]
    pub const fn is_per_app(self) -> bool {
        matches!(self, Self::Apps | Self::Builds | Self::XcodeCloud | Self::Pricing | Self::Reviews | Self::Analytics)
    }
}

codes! {
    /// The whole cell in one word.
    Level {
        /// Reads and writes.
        Manage = "manage",
        /// Some of it; the label says what.
        Limited = "limited",
        /// Reads.
        View = "view",
        /// The role does not include it.
        None = "none",
        /// The kind of key excludes it, whatever the role.
        Never = "never",
        /// No source settles it.
        Unclear = "unclear",
        /// Sources contradict each other.
        Disputed = "disputed",
    }
}

codes! {
    /// One half of a cell: reading on the left, writing on the right. Also the value of a single capability.
    Half {
        /// Allowed.
        Yes = "yes",
        /// Allowed in part.
        Part = "part",
        /// Not allowed by the role.
        No = "no",
        /// Not allowed by the kind of key.
        Never = "never",
        /// No source says.
        Unknown = "unknown",
        /// Sources disagree.
        Disputed = "disputed",
    }
}

impl Half {
    /// True when a source says, and no source says otherwise.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        !matches!(self, Self::Unknown | Self::Disputed)
    }

    /// True if a source says it is allowed, wholly or in part.
    #[must_use]
    pub const fn reaches(self) -> bool {
        matches!(self, Self::Yes | Self::Part)
    }

    /// How far it reaches, for combining roles: more is further. Something that may be allowed ranks above
    /// something that is not, so that joining roles never hides a possibility.
    #[must_use]
    pub const fn reach(self) -> u8 {
        match self {
            Self::Never => 0,
            Self::No => 1,
            Self::Unknown => 2,
            Self::Disputed => 3,
            Self::Part => 4,
            Self::Yes => 5,
        }
    }

    /// What the key can do, leaving aside why it cannot.
    #[must_use]
    pub const fn effect(self) -> Self {
        match self {
            Self::Never => Self::No,
            other => other,
        }
    }
}

codes! {
    /// What a value rests on, strongest first.
    Basis {
        /// Apple's API answered, for this key.
        Observed = "observed",
        /// Apple's documentation says it.
        Documented = "documented",
        /// Counted in Apple's published API description.
        Spec = "spec",
        /// Apple's documentation, as quoted or tabulated by others; recheck on the page.
        Quoted = "quoted",
        /// Follows from Apple's statement that keys have the roles of users; nobody was seen trying.
        Derived = "derived",
        /// Users or tools saw it; Apple does not say.
        Reported = "reported",
        /// Sources contradict each other.
        Disputed = "disputed",
        /// No source found.
        Unknown = "unknown",
    }
}

codes! {
    /// Why a cell says what it says.
    Reason {
        /// Closed by the kind of key.
        Kind = "kind",
        /// The role says so.
        Role = "role",
        /// The key's role is not known, and its possible roles differ here.
        RoleUnknown = "role_unknown",
        /// No source answers.
        NoSource = "no_source",
        /// Only Apple's answers are told, and Apple was not asked about it.
        NotAsked = "not_asked",
        /// Sources answer differently.
        SourcesDisagree = "sources_disagree",
        /// Apple's own answer to this key says so.
        Answered = "answered",
        /// The area has reports to read and nothing to write.
        NothingToWrite = "nothing_to_write",
        /// The role would allow it; which apps the key's owner sees is not known.
        AppsUnknown = "apps_unknown",
        /// The role would allow it; the key's owner does not see the app asked about.
        AppNotVisible = "app_not_visible",
    }
}

codes! {
    /// Which apps a key reaches.
    AppReach {
        /// Every app of the team; cannot be narrowed.
        AllAlways = "all_always",
        /// Every app, because a role of its owner cannot be limited to some.
        AllByRole = "all_by_role",
        /// The apps its owner may see.
        AsOwner = "as_owner",
    }
}

codes! {
    /// How the cells of a row differ.
    Difference {
        /// They do not.
        None = "none",
        /// Same effect for another reason: the role leaves it out here, the kind of key there.
        Reason = "reason",
        /// One key can do something another cannot.
        Effect = "effect",
        /// Cannot be told: a source is missing or contradicted.
        Unsettled = "unsettled",
    }
}

codes! {
    /// How an operation of the API is called.
    Method {
        /// Reads.
        Get = "GET",
        /// Creates, or starts something.
        Post = "POST",
        /// Changes.
        Patch = "PATCH",
        /// Removes.
        Delete = "DELETE",
    }
}

impl Method {
    /// True if the operation changes something.
    #[must_use]
    pub const fn writes(self) -> bool {
        !matches!(self, Self::Get)
    }
}

codes! {
    /// What Apple's API made of a request that only reads.
    Outcome {
        /// It answered.
        Allowed = "allowed",
        /// It refused this key.
        Refused = "refused",
    }
}

codes! {
    /// Which half of an area a question is about.
    AskedHalf {
        /// Whichever reaches further.
        Any = "any",
        /// Reading.
        Read = "read",
        /// Writing.
        Write = "write",
    }
}
