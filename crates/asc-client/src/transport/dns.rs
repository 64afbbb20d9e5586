//! Looking a name up, with a failure that can be recognised: the HTTP library's own says so in words only.

use std::io;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use thiserror::Error;

/// The system has no address for a name.
#[derive(Debug, Error)]
#[error("the name could not be looked up")]
pub(super) struct NoAddress(#[from] io::Error);

/// The system's resolver.
pub(super) struct Names;

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let addresses = tokio::net::lookup_host((name.as_str(), 0)).await.map_err(NoAddress::from)?;
            // Collected, because what the lookup returns borrows the name.
            let addresses: Vec<_> = addresses.collect();
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}
