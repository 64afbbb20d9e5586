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

/// The one cause that decides; the first in the chain that says something. `connecting` is true if no connection
/// stood yet.
pub(super) fn read(error: &(dyn Error + 'static), connecting: bool, through_proxy: bool) -> Trouble {
    let mut tunnel = false;
    let mut cause = Some(error);
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
            return if through_proxy && connecting { Trouble::Proxy } else { trouble };
        }
        cause = beneath(one);
    }
    // Whatever else happens to a connection that stood, it ended before the answer did.
    if tunnel || through_proxy && connecting { Trouble::Proxy } else { Trouble::Cut }
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

#[cfg(test)]
mod tests {
    use std::fmt;

    use rustls::InvalidMessage;

    use super::*;

    /// A cause with a cause, as libraries stack them.
    #[derive(Debug)]
    struct Above(Box<dyn Error>);

    impl fmt::Display for Above {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("error sending request")
        }
    }

    impl Error for Above {
        fn source(&self) -> Option<&(dyn Error + 'static)> {
            Some(&*self.0)
        }
    }

    fn direct(cause: impl Into<Box<dyn Error>>) -> Trouble {
        read(&Above(cause.into()), true, false)
    }

    #[test]
    fn every_way_to_fail_is_found_at_the_bottom_of_the_chain() {
        for (kind, trouble) in [
            (ErrorKind::ConnectionRefused, Trouble::Refused),
            (ErrorKind::NetworkUnreachable, Trouble::Offline),
            (ErrorKind::HostUnreachable, Trouble::Offline),
            (ErrorKind::NetworkDown, Trouble::Offline),
            (ErrorKind::AddrNotAvailable, Trouble::Offline),
            (ErrorKind::ConnectionReset, Trouble::Cut),
            (ErrorKind::UnexpectedEof, Trouble::Cut),
            (ErrorKind::Other, Trouble::Cut),
        ] {
            assert_eq!(direct(io::Error::from(kind)), trouble, "{kind}");
            let behind_a_proxy = read(&Above(io::Error::from(kind).into()), true, true);
            assert_eq!(behind_a_proxy, Trouble::Proxy, "{kind}");
        }
        let lookup = || NoAddress::from(io::Error::other("no such name"));
        assert_eq!(direct(lookup()), Trouble::Dns);
        assert_eq!(read(&Above(lookup().into()), true, true), Trouble::Proxy);
        assert_eq!(read(&Above(io::Error::from(ErrorKind::ConnectionReset).into()), false, true), Trouble::Cut);
    }

    #[test]
    fn tls_is_found_inside_the_errors_it_travels_in() {
        for (tls, why) in [
            (TlsError::InvalidCertificate(CertificateError::Expired), TlsTrouble::Expired),
            (TlsError::InvalidCertificate(CertificateError::NotValidYet), TlsTrouble::NotYetValid),
            (TlsError::InvalidCertificate(CertificateError::NotValidForName), TlsTrouble::WrongName),
            (TlsError::InvalidCertificate(CertificateError::UnknownIssuer), TlsTrouble::UntrustedIssuer),
            (TlsError::InvalidCertificate(CertificateError::BadSignature), TlsTrouble::UntrustedIssuer),
            (TlsError::InvalidCertificate(CertificateError::Revoked), TlsTrouble::Revoked),
            (TlsError::AlertReceived(AlertDescription::ProtocolVersion), TlsTrouble::Outdated),
            (TlsError::InvalidMessage(InvalidMessage::InvalidContentType), TlsTrouble::NotTls),
            (TlsError::HandshakeNotComplete, TlsTrouble::Other),
        ] {
            let inside = io::Error::other(io::Error::other(tls));
            assert_eq!(direct(inside), Trouble::Tls { why }, "{why}");
        }
    }
}
