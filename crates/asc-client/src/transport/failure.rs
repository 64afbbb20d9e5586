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
        if let Some(io) = one.downcast_ref::<io::Error>() {
            // TLS failures travel inside I/O errors, which do not name them as their source.
            if let Some(tls) = io.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>()) {
                return Trouble::Tls { why: tls_trouble(tls) };
            }
            if let Some(trouble) = connection_trouble(io.kind()) {
                return if through_proxy && error.is_connect() { Trouble::Proxy } else { trouble };
            }
        }
        cause = one.source();
    }
    match (tunnel || through_proxy && error.is_connect(), error.is_decode()) {
        (true, _) => Trouble::Proxy,
        (false, true) => Trouble::Garbled,
        (false, false) => Trouble::Cut,
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
        // Self-signed certificates come out as any of these, depending on how they were made.
        CertificateError::UnknownIssuer
        | CertificateError::BadSignature
        | CertificateError::InvalidPurpose
        | CertificateError::InvalidPurposeContext { .. }
        | CertificateError::Other(_) => TlsTrouble::UntrustedIssuer,
        _ => TlsTrouble::Other,
    }
}
