//! Whom to trust: the system. TLS 1.2 and 1.3, with the cipher suites of ring.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt as _;

use super::{Connection, NoTransport};

/// TLS settings that trust whom the system trusts.
pub(super) fn settings(connection: &Connection) -> Result<ClientConfig, NoTransport> {
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(provider);
    let builder = versions.with_safe_default_protocol_versions().map_err(|_| NoTransport::Setup)?;
    let builder = match connection.authority() {
        None => builder.with_platform_verifier().map_err(|_| NoTransport::NoTrust)?,
        #[cfg(feature = "simulator")]
        Some(authority) => staged::trusting(builder, authority)?,
        #[cfg(not(feature = "simulator"))]
        Some(nobody) => match *nobody {},
    };
    let mut settings = builder.with_no_client_auth();
    settings.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(settings)
}

/// One authority more, for the simulator. Not in a release.
#[cfg(feature = "simulator")]
mod staged {
    use std::sync::Arc;

    use rustls::client::WantsClientCert;
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
    use rustls_platform_verifier::Verifier;

    use super::NoTransport;

    /// The system's verifier with one root more. rustls calls every verifier that is set by hand dangerous; this one
    /// checks exactly what the other checks. Wine's system takes no root from outside; there the authority is trusted
    /// alone.
    pub(super) fn trusting(
        builder: ConfigBuilder<ClientConfig, WantsVerifier>,
        authority: &str,
    ) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, NoTransport> {
        let authority = CertificateDer::from_pem_slice(authority.as_bytes()).map_err(|_| NoTransport::Setup)?;
        let provider = Arc::clone(builder.crypto_provider());
        match Verifier::new_with_extra_roots([authority.clone()], provider) {
            Ok(verifier) => Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier))),
            Err(_) => {
                let mut roots = RootCertStore::empty();
                roots.add(authority).map_err(|_| NoTransport::Setup)?;
                Ok(builder.with_root_certificates(roots))
            }
        }
    }
}
