//! Whom to trust: the system. TLS 1.2 and 1.3, with the cipher suites of ring.

use std::sync::Arc;

use rustls::client::WantsClientCert;
use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, ConfigBuilder, WantsVerifier};

use super::NoTransport;

/// TLS settings that trust whom the system trusts, and one authority more (PEM), which a release never has.
pub(super) fn settings(more: Option<&str>) -> Result<ClientConfig, NoTransport> {
    let provider = Arc::new(ring::default_provider());
    let versions = ClientConfig::builder_with_provider(Arc::clone(&provider));
    let builder = versions.with_safe_default_protocol_versions().map_err(|_| NoTransport::Setup)?;
    let mut settings = verified(builder, &provider, more)?.with_no_client_auth();
    settings.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(settings)
}

#[cfg(not(feature = "simulator"))]
fn verified(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    _provider: &Arc<CryptoProvider>,
    _more: Option<&str>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, NoTransport> {
    use rustls_platform_verifier::BuilderVerifierExt as _;
    builder.with_platform_verifier().map_err(|_| NoTransport::NoTrust)
}

/// The same verifier with more roots. rustls calls every verifier that is set by hand dangerous; this one checks
/// exactly what the other checks.
#[cfg(feature = "simulator")]
fn verified(
    builder: ConfigBuilder<ClientConfig, WantsVerifier>,
    provider: &Arc<CryptoProvider>,
    more: Option<&str>,
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, NoTransport> {
    use rustls::pki_types::CertificateDer;
    use rustls::pki_types::pem::PemObject as _;
    let more = more.map(|pem| CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| NoTransport::Setup));
    let more = more.transpose()?;
    let verifier = rustls_platform_verifier::Verifier::new_with_extra_roots(more, Arc::clone(provider));
    let verifier = verifier.map_err(|_| NoTransport::NoTrust)?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)))
}
