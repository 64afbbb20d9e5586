//! What the simulator saw and why it answered as it did: for tests to read, never for the caller.
//!
//! Apple answers the same 401 to a wrong Issuer ID and to a revoked key. A test has to know which of the two it
//! provoked. A token is never kept here, only the Key ID it names.

/// Declares the reasons with the code each is logged by.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $code:literal,)+) => {
        /// Why a request was answered with an error. Apple never says; the log does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Reason { $($(#[$doc])* $variant,)+ }

        impl Reason {
            /// Every reason.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// A short name for logs and commands.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code),+ }
            }
        }
    };
}

reasons! {
    /// No bearer token.
    NoToken = "no_token",
    /// Not three parts of base64url with JSON objects, or a claim of the wrong type.
    Malformed = "malformed",
    /// `alg` is not ES256.
    Algorithm = "algorithm",
    /// `typ` is not JWT.
    TokenType = "token_type",
    /// No key has this Key ID: never made here, or a look-alike of another Apple service.
    UnknownKey = "unknown_key",
    /// The key was revoked.
    RevokedKey = "revoked_key",
    /// The signature is not the registered key's.
    Signature = "signature",
    /// `aud` is not `appstoreconnect-v1`.
    Audience = "audience",
    /// The claims have the shape of the other kind of key.
    OtherKind = "other_kind",
    /// `iss` is not the team's.
    Issuer = "issuer",
    /// The Individual key's owner is no longer in the team.
    OwnerGone = "owner_gone",
    /// `iat` lies in the future by Apple's clock.
    NotYetValid = "not_yet_valid",
    /// `exp` has passed by Apple's clock.
    Expired = "expired",
    /// Longer than twenty minutes, or than six months where those are allowed.
    Lifetime = "lifetime",
    /// The token's scope does not list the request, or is not a scope.
    Scope = "scope",
    /// Individual keys are kept out of these endpoints, with a 401.
    ClosedToIndividual = "closed_to_individual",
    /// Too many requests within the hour.
    RateLimit = "rate_limit",
    /// An agreement is missing.
    Agreement = "agreement",
    /// The role does not allow it.
    Role = "role",
    /// The API has no such path.
    Path = "path",
    /// The path exists, the method does not.
    MethodNotAllowed = "method",
    /// The answer would not be in a form the request accepts.
    NotAcceptable = "not_acceptable",
    /// A parameter is missing, unknown or out of range.
    Parameter = "parameter",
    /// The app is another team's, or not shown to the key's owner.
    NotVisible = "not_visible",
    /// Allowed, and nothing is there.
    NotFound = "not_found",
    /// A request that would change something: allowed, and not carried out.
    Write = "write",
    /// The request itself was not HTTP the simulator reads.
    BadRequest = "bad_request",
}

/// One request that reached the simulator, in the order of their arrival.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Such as `GET`.
    pub method: String,
    /// Path and query as they were sent.
    pub target: String,
    /// The path alone, decoded.
    pub path: String,
    /// The parameters, decoded, in the order they were sent.
    pub query: Vec<(String, String)>,
    /// The Key ID the token names, true or not.
    pub key_id: Option<String>,
    /// The status the world's answer has, before any fault is applied to it.
    pub status: u16,
    /// Why it is an error, if it is.
    pub reason: Option<Reason>,
    /// The fault that was applied instead of, or on top of, that answer.
    pub fault: Option<&'static str>,
    /// When it arrived, by the simulator's clock, in seconds since 1970.
    pub at: i64,
}
