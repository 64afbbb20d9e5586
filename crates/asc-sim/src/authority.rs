//! Who the server claims to be: a certificate authority made afresh at every start, and good and bad certificates.
//!
//! Nothing is written to disk and no private key of the authority leaves this module, so nobody can be made to trust
//! it for longer than one simulator lives.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};
use rustls::ServerConfig;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::server::StartError;

/// The name of Apple's API, in every certificate that is not meant for another.
const APPLE: &str = "api.appstoreconnect.apple.com";

/// What a client meets when it connects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Front {
    /// A certificate of the simulator's own authority: good for who trusts it.
    Good,
    /// A certificate that vouches for itself.
    SelfSigned,
    /// A good certificate for another host.
    OtherName,
    /// Valid until a month ago.
    Expired,
    /// Valid in a month.
    NotYetValid,
    /// A certificate of another authority, as a company's inspecting proxy shows.
    UnknownAuthority,
    /// TLS 1.1, the newest it speaks.
    OldTls,
    /// No TLS: answers in plain HTTP.
    PlainHttp,
    /// Accepts the connection and never says a word.
    Mute,
}

impl Front {
    /// Every front.
    pub const ALL: [Self; 9] = [
        Self::Good,
        Self::SelfSigned,
        Self::OtherName,
        Self::Expired,
        Self::NotYetValid,
        Self::UnknownAuthority,
        Self::OldTls,
        Self::PlainHttp,
        Self::Mute,
    ];

    /// A short name for commands.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::SelfSigned => "self_signed",
            Self::OtherName => "other_name",
            Self::Expired => "expired",
            Self::NotYetValid => "not_yet_valid",
            Self::UnknownAuthority => "unknown_authority",
            Self::OldTls => "old_tls",
            Self::PlainHttp => "plain_http",
            Self::Mute => "mute",
        }
    }
}

/// The configurations for each front, and the certificate to trust.
pub(crate) struct Authority {
    pub(crate) pem: String,
    configs: Vec<(Front, Arc<ServerConfig>)>,
}

impl Authority {
    /// A new authority, and certificates for these names besides Apple's and this computer's.
    pub(crate) fn new(hosts: &[String]) -> Result<Self, StartError> {
        let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), APPLE.to_owned()];
        names.extend(hosts.iter().filter(|host| !names.contains(host)).cloned().collect::<Vec<_>>());
        let own = issuer("Keyfolio test authority")?;
        let stranger = issuer("Example Corp. Web Inspection")?;
        let elsewhere = vec!["www.example.com".to_owned()];
        let configs = vec![
            (Front::Good, config(&leaf(&names, PRESENT)?, Some(&own))?),
            (Front::SelfSigned, config(&leaf(&names, PRESENT)?, None)?),
            (Front::OtherName, config(&leaf(&elsewhere, PRESENT)?, Some(&own))?),
            (Front::Expired, config(&leaf(&names, PAST)?, Some(&own))?),
            (Front::NotYetValid, config(&leaf(&names, FUTURE)?, Some(&own))?),
            (Front::UnknownAuthority, config(&leaf(&names, PRESENT)?, Some(&stranger))?),
        ];
        Ok(Self { pem: own.pem(), configs })
    }

    /// The TLS configuration of a front, or `None` if it speaks none we would.
    pub(crate) fn config(&self, front: Front) -> Option<Arc<ServerConfig>> {
        self.configs.iter().find(|(one, _)| *one == front).map(|(_, config)| Arc::clone(config))
    }
}

type Issuer = CertifiedIssuer<'static, KeyPair>;

/// From when to when a certificate is valid, in days from now.
type Days = (i64, i64);
/// No longer than a year: systems refuse certificates of servers that are valid for many.
const PRESENT: Days = (-2, 365);
const PAST: Days = (-400, -35);
const FUTURE: Days = (35, 400);

fn params(name: &str, (first, last): Days) -> CertificateParams {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let day = |days: i64| {
        let from_now = Duration::from_secs(days.unsigned_abs() * 24 * 60 * 60);
        let at = if days < 0 { now.saturating_sub(from_now) } else { now + from_now };
        date_time_ymd(1970, 1, 1) + at
    };
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = day(first);
    params.not_after = day(last);
    params
}

fn issuer(name: &str) -> Result<Issuer, StartError> {
    let mut params = params(name, PRESENT);
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    Ok(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
}

fn leaf(names: &[String], days: Days) -> Result<CertificateParams, StartError> {
    let named = CertificateParams::new(names)?;
    let mut params = params(names.first().map_or(APPLE, String::as_str), days);
    params.subject_alt_names = named.subject_alt_names;
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    Ok(params)
}

fn config(params: &CertificateParams, issuer: Option<&Issuer>) -> Result<Arc<ServerConfig>, StartError> {
    let key = KeyPair::generate()?;
    let certificate = match issuer {
        Some(issuer) => params.signed_by(&key, issuer)?,
        None => params.self_signed(&key)?,
    };
    let chain: Vec<CertificateDer<'static>> = vec![certificate.der().clone()];
    let private = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    let mut config = builder.with_no_client_auth().with_single_cert(chain, private)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
