//! Taking keys in: files are read and judged, the user decides, and only then is anything stored.
//!
//! An import lives in memory from the moment files are offered until it is committed or cancelled. What was read
//! of them (private keys included) never leaves this process and is wiped when the import ends or the vault is
//! locked. How an offered key relates to the stored ones is worked out each time it is looked at, so a row is
//! never out of date.

mod ask;
mod commit;
mod intake;
mod offer;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use asc_key::{LookAlike, RefusalCode, file_name};
use tokio::task::AbortHandle;
use zeroize::Zeroizing;

pub(crate) use intake::named_like_a_key;
pub(crate) use offer::{holds_a_key, is_a_key};

use crate::Keyfolio;
use crate::view::{AppEvent, DropPreview, ImportOrigin, ImportState, ImportView, IpcError};
use intake::Item;
use offer::{Content, Row};

/// The window is told of progress this often at most.
const NEWS_EVERY: Duration = Duration::from_millis(60);

/// What was on the clipboard.
pub enum Pasted {
    /// Files were copied.
    Files(Vec<PathBuf>),
    /// Text was copied; it may be a private key.
    Text(Zeroizing<String>),
}

/// Every import under way.
#[derive(Default)]
pub(crate) struct Imports {
    running: Mutex<BTreeMap<u32, Arc<Import>>>,
    /// Files that came while the vault was closed.
    waiting: Mutex<Vec<(ImportOrigin, Vec<PathBuf>)>>,
    last: AtomicU32,
}

/// One import.
pub(crate) struct Import {
    id: u32,
    origin: ImportOrigin,
    stop: AtomicBool,
    progress: Mutex<Progress>,
    /// Who is asking Apple about its rows.
    asking: Mutex<Vec<AbortHandle>>,
}

struct Progress {
    state: ImportState,
    done: usize,
    total: usize,
    rows: Vec<Row>,
}

impl Import {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nothing is read and nobody is asked any more.
    fn end(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.stop_asking();
    }

    fn news(&self) -> AppEvent {
        let progress = self.progress();
        AppEvent::ImportChanged { id: self.id, state: progress.state, done: progress.done, total: progress.total }
    }
}

impl Imports {
    fn running(&self) -> MutexGuard<'_, BTreeMap<u32, Arc<Import>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<(ImportOrigin, Vec<PathBuf>)>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get(&self, id: u32) -> Result<Arc<Import>, IpcError> {
        self.running().get(&id).cloned().ok_or(IpcError::ImportGone)
    }

    fn begin(&self, origin: ImportOrigin, total: usize) -> Arc<Import> {
        let id = self.last.fetch_add(1, Ordering::Relaxed) + 1;
        let progress = Progress { state: ImportState::Reading, done: 0, total, rows: Vec::new() };
        let (stop, progress, asking) = (AtomicBool::new(false), Mutex::new(progress), Mutex::default());
        let import = Arc::new(Import { id, origin, stop, progress, asking });
        self.running().insert(id, Arc::clone(&import));
        import
    }

    fn end(&self, id: u32) {
        if let Some(import) = self.running().remove(&id) {
            import.end();
        }
    }

    /// Ends every import; the keys they held are wiped.
    pub(crate) fn clear(&self) {
        for import in std::mem::take(&mut *self.running()).into_values() {
            import.end();
        }
    }
}

impl Keyfolio {
    /// Offers files and folders (looked into one level deep). While the vault is closed they wait for it.
    pub fn import_files(self: &Arc<Self>, origin: ImportOrigin, paths: Vec<PathBuf>) -> Option<u32> {
        if paths.is_empty() {
            return None;
        }
        if self.with_vault(|_| Ok(())).is_err() {
            self.imports.waiting().push((origin, paths));
            return None;
        }
        Some(self.begin_import(origin, intake::expand(paths)))
    }

    /// Offers what was on the clipboard.
    ///
    /// # Errors
    /// `clipboard_empty` when it cannot be a key.
    pub fn import_pasted(self: &Arc<Self>, pasted: Pasted) -> Result<u32, IpcError> {
        self.with_vault(|_| Ok(()))?;
        match pasted {
            Pasted::Files(files) => self.import_files(ImportOrigin::Paste, files).ok_or(IpcError::ClipboardEmpty),
            Pasted::Text(text) => {
                let content = Content::of_bytes(text.as_bytes());
                if matches!(content, Content::Refused(RefusalCode::NotAKey | RefusalCode::Empty)) {
                    return Err(IpcError::ClipboardEmpty);
                }
                let import = self.imports.begin(ImportOrigin::Paste, 1);
                {
                    let mut progress = import.progress();
                    progress.rows.push(Row::pasted(content));
                    progress.done = 1;
                    progress.state = ImportState::Ready;
                }
                self.tell(import.news());
                Ok(import.id)
            }
        }
    }

    /// Offers the key files that lie in the usual places. Nothing is added until the user chooses.
    ///
    /// # Errors
    /// `nothing_found`.
    pub fn import_discovered(self: &Arc<Self>) -> Result<u32, IpcError> {
        self.with_vault(|_| Ok(()))?;
        let found = intake::discover(&self.environment.places.usual());
        if found.is_empty() {
            return Err(IpcError::NothingFound);
        }
        Ok(self.begin_import(ImportOrigin::Discovery, found))
    }

    /// What is on offer, as it relates to the stored keys now.
    ///
    /// # Errors
    /// `import_gone`, or the vault is closed.
    pub fn import_view(&self, id: u32) -> Result<ImportView, IpcError> {
        let import = self.imports.get(id)?;
        let library = self.keys()?;
        let progress = import.progress();
        Ok(ImportView {
            id,
            origin: import.origin,
            state: progress.state,
            done: progress.done,
            total: progress.total,
            rows: offer::describe(&progress.rows, &library.keys, &self.environment.places),
            issuers: library.issuers,
        })
    }

    /// Stops reading; what was read stays on offer.
    ///
    /// # Errors
    /// `import_gone`.
    pub fn import_stop(&self, id: u32) -> Result<(), IpcError> {
        self.imports.get(id)?.stop.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Tries a passphrase on an encrypted row.
    ///
    /// # Errors
    /// `import_gone`, or the vault is closed. A wrong passphrase is part of the answer.
    pub fn import_passphrase(&self, id: u32, row: u32, passphrase: &str) -> Result<ImportView, IpcError> {
        let import = self.imports.get(id)?;
        {
            let mut progress = import.progress();
            let row = progress.rows.iter_mut().find(|one| one.number == row).ok_or(IpcError::ImportGone)?;
            row.content.unlock(passphrase);
        }
        self.import_view(id)
    }

    /// Forgets what is on offer.
    pub fn import_cancel(&self, id: u32) {
        self.imports.end(id);
    }

    /// Tells the window what may have happened before it started to listen.
    pub fn announce(&self) {
        self.tell(AppEvent::StatusChanged);
        let running: Vec<_> = self.imports.running().values().cloned().collect();
        for import in running {
            self.tell(import.news());
        }
    }

    /// Tells the window what is held over it, by name alone.
    pub fn drop_hover(&self, paths: &[PathBuf]) {
        let mut preview = DropPreview::default();
        for path in paths {
            let name = file_name_of(path);
            if path.is_dir() {
                preview.folders += 1;
            } else if file_name::hints(&name).look_alike == Some(LookAlike::InAppPurchase) {
                preview.look_alikes.push(name);
            } else if intake::named_like_a_key(path) {
                preview.keys += 1;
            } else {
                preview.others += 1;
            }
        }
        self.tell(AppEvent::DropHover { preview });
    }

    /// Tells the window that nothing is held over it any more.
    pub fn drop_left(&self) {
        self.tell(AppEvent::DropLeft);
    }

    /// Begins the imports whose files came while the vault was closed.
    pub(crate) fn begin_waiting_imports(self: &Arc<Self>) {
        for (origin, paths) in std::mem::take(&mut *self.imports.waiting()) {
            self.begin_import(origin, intake::expand(paths));
        }
    }

    /// Reads on a thread of its own, so that a slow disk or a network folder holds up nothing else.
    fn begin_import(self: &Arc<Self>, origin: ImportOrigin, items: Vec<Item>) -> u32 {
        let import = self.imports.begin(origin, items.len());
        let id = import.id;
        self.tell(import.news());
        let core = Arc::clone(self);
        std::thread::spawn(move || core.read_all(&import, items));
        id
    }

    /// A file that holds a stored key is a copy to know of when that key is to be removed.
    fn remember_copy(&self, row: &Row) {
        let (Content::Key(parsed), Some(path)) = (&row.content, &row.path) else { return };
        let now = self.now();
        // What cannot be noted is asked about once more at the removal: the safe side.
        let _ = self.with_vault(|vault| match vault.find_by_fingerprint(&parsed.key.fingerprint())? {
            Some(stored) => Ok(vault.add_source(stored.id, path, now)?),
            None => Ok(()),
        });
    }

    fn read_all(&self, import: &Import, items: Vec<Item>) {
        let mut told = Instant::now();
        for (number, item) in (0..).zip(items) {
            if import.stop.load(Ordering::Relaxed) {
                break;
            }
            let row = Row::read(number, item);
            self.remember_copy(&row);
            {
                let mut progress = import.progress();
                progress.rows.push(row);
                progress.done += 1;
            }
            if told.elapsed() >= NEWS_EVERY {
                told = Instant::now();
                self.tell(import.news());
            }
        }
        {
            let mut progress = import.progress();
            progress.state = if progress.done == progress.total { ImportState::Ready } else { ImportState::Stopped };
        }
        self.tell(import.news());
    }
}

/// The last part of a path, readable even when it is not Unicode.
fn file_name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}
