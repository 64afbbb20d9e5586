//! The clipboard, read and written here and never by the window's own code.
//!
//! What is no secret is copied. A secret is lent (`lending`): hidden from programs that keep a history, and taken away
//! after a while. Under Wayland another program's window may have the keyboard while we write; that needs the
//! compositor's data control, or an X server beside it. Without either it is refused, and said to be.

mod lending;

use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use arboard::{Clipboard, Error};
use keyfolio_core::view::{Clip, ClipWhat, IpcError, VaultStatus};
use keyfolio_core::zeroize::Zeroizing;
use keyfolio_core::{Keyfolio, Pasted};

use crate::platform;
use lending::{Board, Cancel, Content, Lending, Ring, Surroundings};

/// On Linux whoever copied serves the content, so the connection lives as long as the program.
static CLIPBOARD: Mutex<Option<Clipboard>> = Mutex::new(None);
/// What is written here is written through it: it knows which of it is a secret of ours.
static LENDING: OnceLock<Arc<Lending<OfTheSystem>>> = OnceLock::new();
/// How long the program's end waits for the clipboard: another program that hangs must not keep us.
const AT_THE_END: Duration = Duration::from_secs(1);

/// Makes the clipboard ready; `tell` hears of every secret that is put there and that is there no longer.
pub(crate) fn begin(tell: impl Fn(Option<Clip>) + Send + Sync + 'static) {
    let surroundings = Surroundings { now, after: Box::new(after), tell: Box::new(tell) };
    // A process has one clipboard; who begins twice goes on with the first.
    let _ = LENDING.set(Arc::new(Lending::new(OfTheSystem, surroundings)));
}

fn lending() -> Result<&'static Arc<Lending<OfTheSystem>>, IpcError> {
    LENDING.get().ok_or(IpcError::ClipboardUnavailable)
}

/// Files when files were copied, else text.
pub(crate) fn paste() -> Result<Pasted, IpcError> {
    if let Ok(files) = with(|clipboard| clipboard.get().file_list())
        && !files.is_empty()
    {
        return Ok(Pasted::Files(files));
    }
    OfTheSystem.text()?.map(Pasted::Text).ok_or(IpcError::ClipboardEmpty)
}

/// For values that are not secret.
pub(crate) fn copy(text: &str) -> Result<(), IpcError> {
    lending()?.copy(text)
}

/// Puts a secret on the clipboard for as long as the user chose, in place of what is there.
pub(crate) fn lend(core: &Keyfolio, what: ClipWhat, text: &str) -> Result<Clip, IpcError> {
    lending()?.lend(what, text, seconds(core))
}

/// The secret on the clipboard.
pub(crate) fn lent() -> Option<Clip> {
    LENDING.get().and_then(|lending| lending.lent())
}

/// Takes it away, if it is still there.
pub(crate) fn take_back() -> Result<(), IpcError> {
    LENDING.get().map_or(Ok(()), |lending| lending.take_back())
}

/// Takes it away when the vault is not open: what came from it goes with it.
pub(crate) fn follow_the_vault(core: &Keyfolio) {
    if lent().is_some() && !matches!(core.status().vault, VaultStatus::Open { .. }) {
        // Where it cannot be taken away now its time is still counted.
        let _ = take_back();
    }
}

/// Takes it away because the program ends.
pub(crate) fn end() {
    if lent().is_none() {
        return;
    }
    let (done, ended) = mpsc::channel();
    let taken = thread::Builder::new().spawn(move || {
        let _ = take_back();
        let _ = done.send(());
    });
    if taken.is_ok() {
        let _ = ended.recv_timeout(AT_THE_END);
    }
}

#[cfg(not(feature = "e2e"))]
fn seconds(core: &Keyfolio) -> u32 {
    core.status().clipboard_seconds
}

/// Tests do not wait for half a minute.
#[cfg(feature = "e2e")]
fn seconds(core: &Keyfolio) -> u32 {
    let told = std::env::var("KEYFOLIO_CLIPBOARD_SECONDS").ok().and_then(|told| told.parse().ok());
    told.unwrap_or_else(|| core.status().clipboard_seconds)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Rings once, on a thread that sleeps until then and ends at once when it is called off.
fn after(time: Duration, ring: Ring) -> Result<Cancel, IpcError> {
    let (cancel, cancelled) = mpsc::channel();
    let wait = move || {
        if cancelled.recv_timeout(time) == Err(RecvTimeoutError::Timeout) {
            ring();
        }
    };
    thread::Builder::new().name("clipboard".to_owned()).spawn(wait).map_err(|_| IpcError::Internal)?;
    Ok(cancel)
}

struct OfTheSystem;

impl Board for OfTheSystem {
    fn put(&mut self, text: &str, content: Content) -> Result<(), IpcError> {
        with(|clipboard| match content {
            Content::Plain => clipboard.set_text(text),
            Content::Secret => platform::concealed(clipboard.set()).text(text),
        })
        .map_err(|_| IpcError::ClipboardUnavailable)
    }

    fn text(&mut self) -> Result<Option<Zeroizing<String>>, IpcError> {
        match with(Clipboard::get_text) {
            Ok(text) => Ok(Some(Zeroizing::new(text))),
            Err(Error::ContentNotAvailable) => Ok(None),
            Err(_) => Err(IpcError::ClipboardUnavailable),
        }
    }

    fn clear(&mut self) -> Result<(), IpcError> {
        with(Clipboard::clear).map_err(|_| IpcError::ClipboardUnavailable)
    }
}

fn with<T>(act: impl FnOnce(&mut Clipboard) -> Result<T, Error>) -> Result<T, Error> {
    let mut slot = CLIPBOARD.lock().unwrap_or_else(PoisonError::into_inner);
    let clipboard = match slot.take() {
        Some(clipboard) => clipboard,
        None => Clipboard::new()?,
    };
    act(slot.insert(clipboard))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::sync::mpsc::{RecvError, channel};

    use super::*;

    #[test]
    fn an_alarm_rings_when_its_time_is_over() {
        let (rang, ringing) = channel();
        let _on = after(Duration::ZERO, Box::new(move || rang.send(()).unwrap())).unwrap();
        assert_eq!(ringing.recv(), Ok(()));
    }

    #[test]
    fn an_alarm_called_off_ends_at_once_without_a_sound() {
        let (rang, ringing) = channel();
        let alarm = after(Duration::from_secs(3600), Box::new(move || rang.send(()).unwrap())).unwrap();
        drop(alarm);
        assert_eq!(ringing.recv(), Err(RecvError));
    }
}
