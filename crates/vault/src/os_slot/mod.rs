//! The operating system's keyring, made to answer in time and in our words.
//!
//! Three things a keyring does that an app must not inherit: it hangs, it is started after the app, and its errors
//! may carry the secret. So: every call runs on one worker thread with a deadline (serial, because Windows orders
//! calls on one entry from several threads at will, and because a late write must not overtake a newer one); every
//! attempt opens a fresh store (a cached failed connection would outlive its cause); and errors are told apart by
//! their type and never formatted.
//!
//! Refuses to use another store than the platform's own, and never deletes because something is not there.

#[cfg(target_os = "linux")]
mod linux;
#[cfg(target_os = "macos")]
mod macos;
#[cfg(windows)]
mod windows;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use zeroize::{Zeroize, Zeroizing};

#[cfg(target_os = "linux")]
use linux as platform;
#[cfg(target_os = "macos")]
use macos as platform;
#[cfg(windows)]
use windows as platform;

use crate::error::KeyringTrouble;
use crate::keyring::Keyring;

/// The service name of every entry, on every system.
pub const KEYRING_SERVICE: &str = "dev.keyfolio.desktop";

/// How long a call may take before it counts as [`KeyringTrouble::NotResponding`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadlines {
    /// With nobody to wait for but the keyring itself.
    pub answer: Duration,
    /// While the keyring may be asking the user for a password.
    pub prompt: Duration,
}

impl Default for Deadlines {
    fn default() -> Self {
        Self { answer: Duration::from_secs(10), prompt: Duration::from_secs(120) }
    }
}

/// The operating system's keyring: Secret Service, login keychain or Credential Manager.
#[derive(Default)]
pub struct OsKeyring {
    deadlines: Deadlines,
    worker: Mutex<Option<Sender<Job>>>,
    prompting: Arc<AtomicBool>,
}

/// What is asked of the platform's store.
enum Call {
    Read,
    Write(Zeroizing<String>),
    Delete,
}

type Answer = Result<Option<Zeroizing<String>>, KeyringTrouble>;

struct Job {
    user: String,
    call: Call,
    /// Set when nobody waits any more: a job that has not begun then never begins.
    abandoned: Arc<AtomicBool>,
    reply: Sender<Answer>,
}

impl OsKeyring {
    /// The platform's keyring. Nothing is contacted before the first call.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With other deadlines than 10 seconds and, while a prompt may be up, 120.
    #[must_use]
    pub fn with_deadlines(deadlines: Deadlines) -> Self {
        Self { deadlines, ..Self::default() }
    }

    fn ask(&self, user: &str, call: Call) -> Answer {
        let (reply, answer) = mpsc::channel();
        let abandoned = Arc::new(AtomicBool::new(false));
        let job = Job { user: user.to_owned(), call, abandoned: Arc::clone(&abandoned), reply };
        self.enqueue(job)?;
        let begun = Instant::now();
        let mut limit = self.deadlines.answer;
        loop {
            match answer.recv_timeout(limit.saturating_sub(begun.elapsed())) {
                Ok(answer) => return answer,
                // The worker is gone without an answer: the store's code panicked.
                Err(RecvTimeoutError::Disconnected) => return Err(KeyringTrouble::Interrupted),
                Err(RecvTimeoutError::Timeout) => {
                    // Also for a call queued behind one that is asking: the answer to that prompt serves both.
                    if limit < self.deadlines.prompt && self.prompting.load(Ordering::Acquire) {
                        limit = self.deadlines.prompt;
                        continue;
                    }
                    abandoned.store(true, Ordering::Release);
                    return Err(KeyringTrouble::NotResponding);
                }
            }
        }
    }

    /// Hands the job to the worker; starts one for the first job, and after the store's code brought one down.
    fn enqueue(&self, mut job: Job) -> Result<(), KeyringTrouble> {
        let mut worker = self.worker.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(queue) = worker.as_ref() {
            match queue.send(job) {
                Ok(()) => return Ok(()),
                Err(mpsc::SendError(returned)) => job = returned,
            }
        }
        let (queue, jobs) = mpsc::channel::<Job>();
        let prompting = Arc::clone(&self.prompting);
        let begun = thread::Builder::new().name("keyring".to_owned()).spawn(move || {
            for job in jobs {
                if job.abandoned.load(Ordering::Acquire) {
                    continue;
                }
                let asking = Asking(&prompting);
                let answer = platform::attempt(&job.user, &job.call, &|| asking.begin());
                drop(asking);
                // A waiter that gave up has dropped the other end; its answer is wiped with the message.
                let _ = job.reply.send(answer);
            }
        });
        begun.map_err(|_| KeyringTrouble::NotResponding)?;
        queue.send(job).map_err(|_| KeyringTrouble::Interrupted)?;
        *worker = Some(queue);
        Ok(())
    }
}

/// Marks the time in which the keyring may be asking the user; ends also when the store's code panics.
struct Asking<'a>(&'a AtomicBool);

impl Asking<'_> {
    fn begin(&self) {
        self.0.store(true, Ordering::Release);
    }
}

impl Drop for Asking<'_> {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

impl Keyring for OsKeyring {
    fn read(&self, user: &str) -> Result<Option<Zeroizing<String>>, KeyringTrouble> {
        self.ask(user, Call::Read)
    }

    fn write(&self, user: &str, secret: &Zeroizing<String>) -> Result<(), KeyringTrouble> {
        self.ask(user, Call::Write(secret.clone())).map(drop)
    }

    fn delete(&self, user: &str) -> Result<(), KeyringTrouble> {
        self.ask(user, Call::Delete).map(drop)
    }
}

/// Carries out a call on a platform's entry, in terms every store shares.
fn on_entry(entry: &keyring_core::Entry, call: &Call) -> Answer {
    match call {
        Call::Read => match entry.get_secret() {
            Ok(bytes) => text(bytes).map(Some),
            Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(classify(error)),
        },
        Call::Write(secret) => entry.set_secret(secret.as_bytes()).map(|()| None).map_err(classify),
        Call::Delete => match entry.delete_credential() {
            Ok(()) | Err(keyring_core::Error::NoEntry) => Ok(None),
            Err(error) => Err(classify(error)),
        },
    }
}

/// An entry's bytes as the text we put there.
fn text(bytes: Vec<u8>) -> Result<Zeroizing<String>, KeyringTrouble> {
    String::from_utf8(bytes).map(Zeroizing::new).map_err(|error| {
        error.into_bytes().zeroize();
        KeyringTrouble::EntryWrong
    })
}

/// Our word for a store's error. The error is consumed, and wiped where it carries the entry's bytes.
fn classify(error: keyring_core::Error) -> KeyringTrouble {
    use keyring_core::Error;
    match error {
        Error::NoEntry => KeyringTrouble::EntryMissing,
        Error::NoDefaultStore => KeyringTrouble::NoService,
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            KeyringTrouble::EntryWrong
        }
        // Two entries of one name: ours cannot be told from the other, so neither is trusted.
        Error::BadStoreFormat(_) | Error::Ambiguous(_) => KeyringTrouble::EntryWrong,
        Error::PlatformFailure(source) => platform::classify(source.as_ref()),
        Error::NoStorageAccess(source) => platform::classify_no_access(source.as_ref()),
        _ => KeyringTrouble::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::{KeyringTrouble, classify, text};

    #[test]
    fn an_entry_that_is_not_ours_is_wrong_and_its_bytes_go_nowhere() {
        assert_eq!(text(vec![0xff, 0xfe]).err(), Some(KeyringTrouble::EntryWrong));
        let canary = b"CANARY-bytes".to_vec();
        let trouble = classify(keyring_core::Error::BadEncoding(canary));
        assert_eq!(trouble, KeyringTrouble::EntryWrong);
        assert!(!format!("{trouble:?} {trouble}").contains("CANARY"));
    }

    #[test]
    fn an_unknown_failure_is_a_refusal_not_a_missing_entry() {
        let odd = keyring_core::Error::PlatformFailure(Box::new(std::io::Error::other("odd")));
        assert_eq!(classify(odd), KeyringTrouble::Refused);
    }
}
