//! Everything the core would otherwise reach for: where data lies, what time it is, which keyring answers.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use asc_client::{Connection, Ground, Here};
use vault::{Keyring, OsKeyring};

use crate::GhTool;
use crate::view::Profile;

/// Milliseconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// How to reach Apple, worked out anew whenever it is asked: the system's proxy may have changed.
pub type Way = Arc<dyn Fn() -> Connection + Send + Sync>;

/// A port of this computer where nobody listens (RFC 863, out of use).
#[cfg(feature = "samples")]
const NOBODY: u16 = 9;

/// What a start of the application works with.
pub struct Environment {
    /// The folder that belongs to this application alone.
    pub data_dir: PathBuf,
    /// Where the user's own folders are.
    pub places: Places,
    /// The keyring that holds the key-encryption key.
    pub keyring: Arc<dyn Keyring>,
    /// The time.
    pub clock: Clock,
    /// How to reach Apple.
    pub apple: Way,
    /// Waiting and chance, for asking Apple. The time is `clock`.
    pub ground: Arc<dyn Ground>,
    /// GitHub's command line tool.
    pub gh: GhTool,
    /// Whose data it is.
    pub profile: Profile,
    /// How many sample keys to start with.
    #[cfg(feature = "samples")]
    pub samples: usize,
    /// Where a simulated Apple has written the key files that belong to them.
    #[cfg(feature = "samples")]
    pub sample_files: Option<PathBuf>,
}

impl Environment {
    /// The user's own keys, the operating system's keyring, the real time.
    #[must_use]
    pub fn of_the_user(data_dir: PathBuf, places: Places) -> Self {
        Self {
            data_dir,
            places,
            keyring: Arc::new(OsKeyring::new()),
            clock: Arc::new(wall_clock),
            apple: Arc::new(Connection::apple),
            ground: Arc::new(Here),
            gh: GhTool::of_the_user(),
            profile: Profile::Normal,
            #[cfg(feature = "samples")]
            samples: 0,
            #[cfg(feature = "samples")]
            sample_files: None,
        }
    }

    /// Throwaway sample keys in `data_dir`, which is erased when the application closes. Apple is not asked about
    /// them: where it would be, nobody listens.
    #[cfg(feature = "samples")]
    #[must_use]
    pub fn demo(data_dir: PathBuf, places: Places, samples: usize) -> Self {
        Self {
            keyring: Arc::new(vault::MemoryKeyring::new()),
            profile: Profile::Demo,
            samples,
            ..Self::of_the_user(data_dir, places)
        }
        .asking_locally(NOBODY, None)
    }

    /// The same, asking a port of this computer instead of Apple. `authority` is whom to trust there besides the
    /// system's own, as PEM.
    #[cfg(feature = "samples")]
    #[must_use]
    pub fn asking_locally(self, port: u16, authority: Option<String>) -> Self {
        let way = move || Connection { authority: authority.clone(), ..Connection::local(port, "") };
        Self { apple: Arc::new(way), ..self }
    }
}

fn wall_clock() -> i64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX)
}

/// The user's own folders, as far as they exist.
#[derive(Debug, Clone, Default)]
pub struct Places {
    /// Home.
    pub home: Option<PathBuf>,
    /// Downloads.
    pub downloads: Option<PathBuf>,
    /// Desktop.
    pub desktop: Option<PathBuf>,
}

impl Places {
    /// The folders in which Apple's tools and people leave key files.
    ///
    /// `altool` and `notarytool` search the three `private_keys` folders by file name; `~/.asc` is the folder of
    /// the App Store Connect CLI.
    pub(crate) fn usual(&self) -> Vec<PathBuf> {
        let home = self.home.iter().flat_map(|home| {
            [".appstoreconnect/private_keys", "private_keys", ".private_keys", ".asc"]
                // By its parts, so that it reads on Windows as everything else there.
                .map(|folder| home.join(folder.split('/').collect::<PathBuf>()))
        });
        home.chain(self.downloads.clone()).chain(self.desktop.clone()).collect()
    }

    /// A path as recipes write it, `~` for home; none without a home.
    pub(crate) fn expand(&self, path: &str) -> Option<PathBuf> {
        let below = path.strip_prefix("~/")?;
        // By its parts, so that it reads on Windows as everything else there.
        Some(self.home.as_ref()?.join(below.split('/').collect::<PathBuf>()))
    }

    /// A path as people read it: `~` for home.
    pub(crate) fn shorten(&self, path: &Path) -> String {
        match self.home.as_ref().and_then(|home| path.strip_prefix(home).ok()) {
            Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
            Some(rest) => Path::new("~").join(rest).to_string_lossy().into_owned(),
            None => path.to_string_lossy().into_owned(),
        }
    }
}
