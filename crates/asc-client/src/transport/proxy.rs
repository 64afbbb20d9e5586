//! The system's proxy: used because the network may have no other way out, and shown because it sees whom we talk to.
//!
//! Read from `HTTPS_PROXY` and its kin, from System Settings on macOS and from the registry on Windows. A proxy gets
//! the host's name and an encrypted stream: no variable turns HTTPS into HTTP. Its password is never shown. Scripts
//! that choose a proxy (PAC) are not run.

use std::fmt;
use std::sync::Arc;

use hyper_util::client::proxy::matcher::{Intercept, Matcher};
use reqwest::Proxy;
use serde::Serialize;

use super::NoTransport;
use crate::origin::Origin;

/// The system's proxy settings, as they were when read.
#[derive(Clone)]
pub struct SystemProxy(Arc<Matcher>);

impl SystemProxy {
    /// Reads them now.
    #[must_use]
    pub fn read() -> Self {
        Self(Arc::new(Matcher::from_system()))
    }

    /// No proxy, whatever the system says. Not in a release.
    #[cfg(feature = "simulator")]
    #[must_use]
    pub fn none() -> Self {
        Self(Arc::new(Matcher::builder().build()))
    }

    /// This proxy, whatever the system says. Not in a release.
    #[cfg(feature = "simulator")]
    #[must_use]
    pub fn of(address: &str) -> Self {
        Self(Arc::new(Matcher::builder().all(address.to_owned()).build()))
    }

    /// The proxy for an origin, as it is shown and as the client wants it.
    pub(super) fn rule_for(&self, origin: &Origin) -> Result<(Option<ProxyInUse>, Option<Proxy>), NoTransport> {
        let address = origin.to_string().parse().map_err(|_| NoTransport::Setup)?;
        let Some(intercept) = self.0.intercept(&address) else { return Ok((None, None)) };
        let rule = rule(&intercept).map_err(|_| NoTransport::ProxySettings)?;
        Ok((Some(ProxyInUse::of(&intercept)), Some(rule)))
    }
}

fn rule(intercept: &Intercept) -> Result<Proxy, reqwest::Error> {
    let address = intercept.uri().to_string();
    if let Some((user, word)) = intercept.raw_auth() {
        return Ok(Proxy::https(address)?.basic_auth(user, word));
    }
    let rule = Proxy::https(address)?;
    Ok(match intercept.basic_auth() {
        Some(header) => rule.custom_http_auth(header.clone()),
        None => rule,
    })
}

impl fmt::Debug for SystemProxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SystemProxy(redacted)")
    }
}

/// The proxy that requests go through, without its password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ProxyInUse {
    /// `http`, `https` or a kind of `socks`.
    pub scheme: String,
    /// Its host, and its port if one is named.
    pub host: String,
    /// Whether it is given a name and a password.
    pub password: bool,
}

impl ProxyInUse {
    fn of(intercept: &Intercept) -> Self {
        let uri = intercept.uri();
        Self {
            scheme: uri.scheme_str().unwrap_or("http").to_owned(),
            host: uri.authority().map(ToString::to_string).unwrap_or_default(),
            password: intercept.basic_auth().is_some() || intercept.raw_auth().is_some(),
        }
    }
}
