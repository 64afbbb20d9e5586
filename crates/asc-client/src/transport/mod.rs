//! One request, once: the connection, its limits, and what may go wrong on it.
//!
//! Everything that makes general clients friendly is off: no redirects, no cookies, no decompression, no retries, no
//! referrer. The certificate is judged by the system, so a company whose proxy opens TLS works exactly where its
//! root is installed and nowhere else. What it refuses: plain HTTP, more than one origin, more than 16 MiB.

mod dns;
mod failure;
mod proxy;
mod tls;

use std::time::Duration;

use asc_key::token::Token;
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue};
use reqwest::{Client, redirect};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::answer::Reply;
use crate::headers::Head;
use crate::origin::{Origin, Target};
use crate::trouble::{Phase, Trouble};

pub use proxy::{ProxyInUse, SystemProxy};

/// Bytes of the largest body read; Apple's largest pages have a few hundred thousand.
const MAX_BODY: usize = 16 * 1024 * 1024;

/// How long each part of a request may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadlines {
    /// Until the connection stands, TLS included.
    pub connect: Duration,
    /// Between two pieces of an answer.
    pub idle: Duration,
    /// For everything together.
    pub total: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), idle: Duration::from_secs(15), total: Duration::from_secs(60) }
    }
}

/// Why there can be no connection at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoTransport {
    /// The system's list of trusted certificate authorities is missing or empty.
    #[error("this system trusts no certificate authority")]
    NoTrust,
    /// The system's proxy settings cannot be used.
    #[error("the proxy settings cannot be used")]
    ProxySettings,
    /// The parts do not fit together.
    #[error("the connection could not be prepared")]
    Setup,
}

/// How to connect. The composition root is the only place that makes one.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Where requests go.
    pub origin: Origin,
    /// The limits.
    pub deadlines: Deadlines,
    /// Which proxy the system wants.
    pub proxy: SystemProxy,
    /// One more authority to trust, as PEM. Not in a release.
    #[cfg(feature = "simulator")]
    pub authority: Option<String>,
}

impl Connection {
    /// To Apple, through whatever proxy the system names at this moment.
    #[must_use]
    pub fn apple() -> Self {
        Self {
            origin: Origin::apple(),
            deadlines: Deadlines::default(),
            proxy: SystemProxy::read(),
            #[cfg(feature = "simulator")]
            authority: None,
        }
    }

    /// To a simulator on this computer, whose authority (PEM) is trusted besides the system's. Not in a release.
    #[cfg(feature = "simulator")]
    #[must_use]
    pub fn local(port: u16, authority: &str) -> Self {
        Self {
            origin: Origin::local(port),
            deadlines: Deadlines::default(),
            proxy: SystemProxy::none(),
            authority: Some(authority.to_owned()),
        }
    }

    #[cfg(feature = "simulator")]
    fn authority(&self) -> Option<&str> {
        self.authority.as_deref()
    }

    #[cfg(not(feature = "simulator"))]
    const fn authority(&self) -> Option<&std::convert::Infallible> {
        None
    }
}

/// Sends requests to one origin.
#[derive(Debug)]
pub(crate) struct Transport {
    client: Client,
    origin: Origin,
    proxy: Option<ProxyInUse>,
}

impl Transport {
    pub(crate) fn new(connection: &Connection) -> Result<Self, NoTransport> {
        let Connection { origin, deadlines, .. } = connection;
        let (proxy, rule) = connection.proxy.rule_for(origin)?;
        let mut client = Client::builder()
            .tls_backend_preconfigured(tls::settings(connection)?)
            .dns_resolver(dns::Names)
            .https_only(true)
            .http1_only()
            .redirect(redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .user_agent(concat!("Keyfolio/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(deadlines.connect)
            .read_timeout(deadlines.idle)
            .timeout(deadlines.total);
        if let Some(rule) = rule {
            client = client.proxy(rule);
        }
        let client = client.build().map_err(|_| NoTransport::Setup)?;
        Ok(Self { client, origin: origin.clone(), proxy })
    }

    pub(crate) const fn origin(&self) -> &Origin {
        &self.origin
    }

    /// The proxy every request goes through, if any.
    pub(crate) const fn proxy(&self) -> Option<&ProxyInUse> {
        self.proxy.as_ref()
    }

    /// Reads one target. `now` gives the time once the headers are there.
    pub(crate) async fn get(&self, target: &Target, token: &Token, now: impl Fn() -> i64) -> Result<Reply, Trouble> {
        let address = self.origin.address(target).map_err(|_| Trouble::Garbled)?;
        let bearer = Zeroizing::new(format!("Bearer {}", token.expose()));
        let mut bearer = HeaderValue::from_str(&bearer).map_err(|_| Trouble::Unsigned)?;
        bearer.set_sensitive(true);
        let request = self.client.get(address).header(AUTHORIZATION, bearer).header(ACCEPT, target.media());
        let mut response = request.send().await.map_err(|error| self.failed(&error))?;
        let head = Head::read(response.headers(), now());
        let status = response.status().as_u16();
        if response.content_length().is_some_and(|length| length > MAX_BODY as u64) {
            return Err(Trouble::TooLarge);
        }
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(|error| self.failed(&error))? {
            if body.len() + piece.len() > MAX_BODY {
                return Err(Trouble::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        Ok(Reply { status, head, body })
    }

    fn failed(&self, error: &reqwest::Error) -> Trouble {
        if error.is_timeout() {
            let phase = if error.is_connect() { Phase::Connecting } else { Phase::Answering };
            return Trouble::Timeout { phase };
        }
        failure::read(error, error.is_connect(), self.proxy.is_some())
    }
}
