//! A local App Store Connect: what Apple's API would answer to a key, over real TLS, without Apple.
//!
//! Whether a key is alive, what its role opens and why Apple said no can only be learned by asking, and nobody
//! should need a paid account, a real key or a network to test that. This is a second, independent reading of
//! Apple's rules: tokens are verified with another implementation than the one that signs them, roles come from
//! the same sourced catalogue the application shows, and every fault a network can have is there on demand.
//!
//! What it refuses: to know a private key (only public halves are registered), to write anything to disk, to change
//! its world through the API (a test changes it by [`Simulator::change`]), to listen anywhere but where it was told,
//! and to be part of the application: the workspace's rules allow it as a development dependency only.
//!
//! Where Apple documents nothing the simulator has to be definite all the same. Every such choice is listed in
//! [`Ruling`] or written on the item that makes it, and can be turned.
//!
//! ```
//! use asc_access::Role;
//! use asc_sim::{Pair, Simulator, Team, World};
//!
//! # fn main() -> Result<(), asc_sim::StartError> {
//! let pair = Pair::generate();
//! let team = Team::new("57246542-96fe-1a63-e053-0824d011072a", "Example")
//!     .app("6448311069", "Harbour", "com.example.harbour")
//!     .team_key("2X9R4HXF34", &[Role::Developer], &pair.public_key_der());
//! let apple = Simulator::start(World::new().team(team))?;
//! assert!(apple.origin().starts_with("https://localhost:"));
//! apple.change(|world| world.revoke("2X9R4HXF34")).expect("the key exists");
//! assert!(apple.requests().is_empty());
//! # Ok(())
//! # }
//! ```

mod answer;
mod authority;
mod command;
mod decide;
mod deliver;
mod demo;
mod fault;
mod gate;
mod listing;
mod pair;
mod query;
mod record;
mod reports;
mod request;
mod rights;
mod seen;
mod server;
mod socket;
mod token;
mod world;

pub use authority::Front;
pub use command::obey;
pub use demo::{Demo, demo};
pub use fault::{Fault, Page, Trouble};
pub use pair::Pair;
pub use record::Record;
pub use rights::{BUILT_IN_RULINGS, Ruling};
pub use seen::{Reason, Seen};
pub use server::{Clock, Options, Simulator, StartError};
pub use world::{App, Key, Owner, Team, Unknown, User, Visible, World};
