//! The pages the window may open: ours, and the sources the catalogue and the recipes cite. The window never supplies an address.

use handoff::Recipe;

use crate::Keyfolio;
use crate::view::{FixedLink, IpcError, Link};

impl Keyfolio {
    /// The address behind a link.
    ///
    /// # Errors
    /// `link_failed` for a source that is cited nowhere.
    pub fn link_url(&self, link: &Link) -> Result<&'static str, IpcError> {
        match link {
            Link::Fixed(page) => Ok(address(*page)),
            Link::Source(url) => {
                let cited = asc_access::source_urls().into_iter().chain(of_recipes());
                cited.into_iter().find(|known| known == url).ok_or(IpcError::LinkFailed)
            }
        }
    }
}

/// What recipes rest on.
fn of_recipes() -> impl Iterator<Item = &'static str> {
    let sources = |recipe: &&'static Recipe| recipe.sources.iter().chain(&recipe.token).map(|source| source.url);
    handoff::recipes().iter().flat_map(sources)
}

const fn address(page: FixedLink) -> &'static str {
    match page {
        FixedLink::AscIntegrations => "https://appstoreconnect.apple.com/access/integrations/api",
        FixedLink::AscIndividualKeys => "https://appstoreconnect.apple.com/access/integrations/api/individual-keys",
        FixedLink::AscUsers => "https://appstoreconnect.apple.com/access/users",
        FixedLink::AscAgreements => "https://appstoreconnect.apple.com/business",
        FixedLink::AppleStatus => "https://developer.apple.com/system-status/",
        FixedLink::AppleErrors => {
            "https://developer.apple.com/documentation/appstoreconnectapi/interpreting-and-handling-errors"
        }
        FixedLink::AppleTokens => {
            "https://developer.apple.com/documentation/appstoreconnectapi/generating-tokens-for-api-requests"
        }
    }
}
