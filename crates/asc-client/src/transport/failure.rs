//! What a failed request failed at, read from the chain of causes: by type where there is one.

use std::error::Error;
use std::io::{self, ErrorKind};

use rustls::{AlertDescription, CertificateError, Error as TlsError};

use super::dns::NoAddress;
use crate::trouble::{TlsTrouble, Trouble};

/// The HTTP library keeps the type of this failure to itself; a test with a real proxy holds the words in place.
const PROXY_WANTS_A_PASSWORD: &str = "proxy authorization required";
/// Begins every failure between the proxy and its tunnel.
const TUNNEL: &str = "tunnel error";

/// The one cause that decides; the first in the chain that says something.
pub(super) fn read(error: &reqwest::Error, through_proxy: bool) -> Trouble {
    let mut tunnel = false;
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(one) = cause {
        if let Some(tls) = one.downcast_ref::<TlsError>() {
            return Trouble::Tls { why: tls_trouble(tls) };
        }
        if one.downcast_ref::<NoAddress>().is_some() {
            return if through_proxy { Trouble::Proxy } else { Trouble::Dns };
        }
        if through_proxy {
            let words = one.to_string();
            if words.contains(PROXY_WANTS_A_PASSWORD) {
                return Trouble::ProxyAuth;
            }
            tunnel |= words.contains(TUNNEL);
        }
        let plain = one.downcast_ref::<io::Error>().filter(|io| io.get_ref().is_none());
        if let Some(trouble) = plain.and_then(|io| connection_trouble(io.kind())) {
            return if through_proxy && error.is_connect() { Trouble::Proxy } else { trouble };
        }
        cause = beneath(one);
    }
    // Whatever else happens to a connection that stood, it ended before the answer did.
    if tunnel || through_proxy && error.is_connect() { Trouble::Proxy } else { Trouble::Cut }
}

/// The next cause. What travels inside an I/O error is not its source, but the source's owner: TLS failures do.
fn beneath<'a>(error: &'a (dyn Error + 'static)) -> Option<&'a (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(inner) => Some(inner),
        None => error.source(),
    }
}

const fn connection_trouble(kind: ErrorKind) -> Option<Trouble> {
    match kind {
        ErrorKind::ConnectionRefused => Some(Trouble::Refused),
        ErrorKind::NetworkUnreachable | ErrorKind::HostUnreachable | ErrorKind::NetworkDown => Some(Trouble::Offline),
        ErrorKind::AddrNotAvailable => Some(Trouble::Offline),
        ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::BrokenPipe => Some(Trouble::Cut),
        ErrorKind::UnexpectedEof => Some(Trouble::Cut),
        _ => None,
    }
}

const fn tls_trouble(error: &TlsError) -> TlsTrouble {
    match error {
        TlsError::InvalidCertificate(certificate) => certificate_trouble(certificate),
        TlsError::PeerIncompatible(_) | TlsError::AlertReceived(AlertDescription::ProtocolVersion) => {
            TlsTrouble::Outdated
        }
        TlsError::InvalidMessage(_) => TlsTrouble::NotTls,
        _ => TlsTrouble::Other,
    }
}

const fn certificate_trouble(error: &CertificateError) -> TlsTrouble {
    match error {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => TlsTrouble::Expired,
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => TlsTrouble::NotYetValid,
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => TlsTrouble::WrongName,
        CertificateError::Revoked => TlsTrouble::Revoked,
        // A chain that ends nowhere comes out in many ways: unknown issuer, a signature that does not fit a root of
        // the same name, a purpose or encoding that does not fit. It is one and the same to a person.
        _ => TlsTrouble::UntrustedIssuer,
    }
}
