//! A secret on the clipboard is lent: it is taken away when its time is over, and never anything else in its place.
//!
//! What was lent is remembered as a hash only. It is taken away when the clipboard still holds exactly that; what
//! somebody copied meanwhile is left alone. Refuses to hide a failure: what could not be taken away counts as there,
//! and is tried again.

use std::convert::Infallible;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use keyfolio_core::view::{Clip, ClipWhat, IpcError};
use keyfolio_core::zeroize::Zeroizing;
use sha2::{Digest as _, Sha256};

/// Between two attempts to take away what is there too long: another program may hold the clipboard for a moment.
const AGAIN: Duration = Duration::from_secs(1);

/// A clipboard.
pub(super) trait Board {
    /// Puts a text there, in place of everything.
    fn put(&mut self, text: &str, content: Content) -> Result<(), IpcError>;
    /// The text there, if there is one.
    fn text(&mut self) -> Result<Option<Zeroizing<String>>, IpcError>;
    /// Empties it.
    fn clear(&mut self) -> Result<(), IpcError>;
}

/// Whether others may keep it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Content {
    Plain,
    Secret,
}

/// What is done when the time is over.
pub(super) type Ring = Box<dyn FnOnce() + Send>;
/// Dropped, it calls off the alarm.
pub(super) type Cancel = Sender<Infallible>;

/// Rings once after a while, on another thread.
pub(super) type After = Box<dyn Fn(Duration, Ring) -> Result<Cancel, IpcError> + Send + Sync>;

/// What happens around the clipboard.
pub(super) struct Surroundings {
    /// Milliseconds since 1970.
    pub(super) now: fn() -> i64,
    pub(super) after: After,
    /// Hears what is lent, after every change. Must not call back.
    pub(super) tell: Box<dyn Fn(Option<Clip>) + Send + Sync>,
}

/// Everything written to the clipboard from here.
pub(super) struct Lending<B> {
    /// Held from the look at the clipboard until what follows from it is done and told.
    board: Mutex<B>,
    loan: Mutex<Option<Loan>>,
    /// How many loans there were.
    count: AtomicU64,
    surroundings: Surroundings,
}

struct Loan {
    number: u64,
    clip: Clip,
    /// SHA-256 of the text.
    mark: [u8; 32],
    /// Called off when the loan ends otherwise.
    _alarm: Cancel,
}

impl<B: Board + Send + 'static> Lending<B> {
    pub(super) const fn new(board: B, surroundings: Surroundings) -> Self {
        Self { board: Mutex::new(board), loan: Mutex::new(None), count: AtomicU64::new(0), surroundings }
    }

    /// Puts a secret there for so many seconds, in place of one lent before.
    pub(super) fn lend(self: &Arc<Self>, what: ClipWhat, text: &str, seconds: u32) -> Result<Clip, IpcError> {
        let mut board = held(&self.board);
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        // Before the secret is there: it never is without an end.
        let alarm = self.alarm(Duration::from_secs(seconds.into()), number)?;
        board.put(text, Content::Secret)?;
        let clip = Clip { what, clears_at: (self.surroundings.now)() + i64::from(seconds) * 1000, seconds };
        self.note(Some(Loan { number, clip, mark: mark(text), _alarm: alarm }));
        Ok(clip)
    }

    /// Puts there what is no secret. A secret lent before is gone with it.
    pub(super) fn copy(&self, text: &str) -> Result<(), IpcError> {
        let mut board = held(&self.board);
        board.put(text, Content::Plain)?;
        if self.lent().is_some() {
            self.note(None);
        }
        Ok(())
    }

    /// What is lent.
    pub(super) fn lent(&self) -> Option<Clip> {
        held(&self.loan).as_ref().map(|loan| loan.clip)
    }

    /// Takes it away, if it is still there.
    pub(super) fn take_back(&self) -> Result<(), IpcError> {
        self.take_back_from(&mut held(&self.board))
    }

    fn take_back_from(&self, board: &mut B) -> Result<(), IpcError> {
        let Some(lent) = held(&self.loan).as_ref().map(|loan| loan.mark) else { return Ok(()) };
        if board.text()?.is_some_and(|text| mark(&text) == lent) {
            board.clear()?;
        }
        self.note(None);
        Ok(())
    }

    /// The end of a loan. It may ring while another one begins, which is then left alone.
    fn alarm(self: &Arc<Self>, time: Duration, number: u64) -> Result<Cancel, IpcError> {
        let lending = Arc::downgrade(self);
        let over = move || {
            let Some(lending) = lending.upgrade() else { return };
            let mut board = held(&lending.board);
            let goes_on = held(&lending.loan).as_ref().is_some_and(|loan| loan.number == number);
            if goes_on
                && lending.take_back_from(&mut board).is_err()
                && let Ok(alarm) = lending.alarm(AGAIN, number)
                && let Some(loan) = &mut *held(&lending.loan)
            {
                loan._alarm = alarm;
            }
        };
        (self.surroundings.after)(time, Box::new(over))
    }

    fn note(&self, loan: Option<Loan>) {
        let clip = loan.as_ref().map(|loan| loan.clip);
        *held(&self.loan) = loan;
        (self.surroundings.tell)(clip);
    }
}

fn mark(text: &str) -> [u8; 32] {
    Sha256::digest(text.as_bytes()).into()
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use std::sync::mpsc::{self, Receiver, TryRecvError};

    use super::*;

    const NOON: i64 = 1_795_000_000_000;

    /// What is on the clipboard, and whether it answers.
    #[derive(Default)]
    struct Desk {
        content: Option<(String, Content)>,
        busy: bool,
    }

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Desk>>);

    impl Shared {
        fn desk(&self) -> MutexGuard<'_, Desk> {
            held(&self.0)
        }

        /// As another program would.
        fn copied_elsewhere(&self, text: &str) {
            self.desk().content = Some((text.to_owned(), Content::Plain));
        }

        fn answering(&self) -> Result<MutexGuard<'_, Desk>, IpcError> {
            let desk = self.desk();
            if desk.busy { Err(IpcError::ClipboardUnavailable) } else { Ok(desk) }
        }

        fn text(&self) -> Option<String> {
            self.desk().content.as_ref().map(|(text, _)| text.clone())
        }
    }

    impl Board for Shared {
        fn put(&mut self, text: &str, content: Content) -> Result<(), IpcError> {
            self.answering()?.content = Some((text.to_owned(), content));
            Ok(())
        }

        fn text(&mut self) -> Result<Option<Zeroizing<String>>, IpcError> {
            let text = self.answering()?.content.as_ref().map(|(text, _)| text.clone());
            Ok(text.map(Zeroizing::new))
        }

        fn clear(&mut self) -> Result<(), IpcError> {
            self.answering()?.content = None;
            Ok(())
        }
    }

    struct Alarm {
        time: Duration,
        ring: Ring,
        cancelled: Receiver<Infallible>,
    }

    impl Alarm {
        fn is_on(&self) -> bool {
            self.cancelled.try_recv() == Err(TryRecvError::Empty)
        }
    }

    struct Case {
        lending: Arc<Lending<Shared>>,
        desk: Shared,
        alarms: Receiver<Alarm>,
        told: Receiver<Option<Clip>>,
    }

    impl Case {
        fn new() -> Self {
            let (desk, (set, alarms), (hear, told)) = (Shared::default(), mpsc::channel(), mpsc::channel());
            let after = move |time, ring| {
                let (cancel, cancelled) = mpsc::channel();
                set.send(Alarm { time, ring, cancelled }).unwrap();
                Ok(cancel)
            };
            let tell = move |clip| hear.send(clip).unwrap();
            let surroundings = Surroundings { now: || NOON, after: Box::new(after), tell: Box::new(tell) };
            Self { lending: Arc::new(Lending::new(desk.clone(), surroundings)), desk, alarms, told }
        }

        fn lend(&self, text: &str) -> Clip {
            self.lending.lend(ClipWhat::Token, text, 30).unwrap()
        }

        fn heard(&self) -> Vec<Option<Clip>> {
            self.told.try_iter().collect()
        }
    }

    #[test]
    fn a_secret_is_marked_as_one_and_gone_when_its_time_is_over() {
        let case = Case::new();
        let clip = case.lend("token");
        assert_eq!((clip.clears_at, clip.seconds), (NOON + 30_000, 30));
        assert_eq!(case.desk.desk().content, Some(("token".to_owned(), Content::Secret)));
        assert_eq!((case.lending.lent(), case.heard()), (Some(clip), vec![Some(clip)]));
        let alarm = case.alarms.recv().unwrap();
        assert_eq!(alarm.time, Duration::from_secs(30));
        (alarm.ring)();
        assert_eq!((case.desk.text(), case.lending.lent(), case.heard()), (None, None, vec![None]));
    }

    #[test]
    fn what_somebody_copied_meanwhile_is_left_alone_and_the_window_told_that_the_secret_is_gone() {
        let case = Case::new();
        case.lend("token");
        case.desk.copied_elsewhere("a shopping list");
        (case.alarms.recv().unwrap().ring)();
        assert_eq!((case.desk.text().as_deref(), case.lending.lent()), (Some("a shopping list"), None));
        assert_eq!(case.heard().last(), Some(&None));
    }

    #[test]
    fn an_emptied_clipboard_is_no_trouble() {
        let case = Case::new();
        case.lend("token");
        case.desk.desk().content = None;
        assert_eq!((case.lending.take_back(), case.lending.lent()), (Ok(()), None));
    }

    #[test]
    fn the_same_text_held_by_a_clipboard_program_is_taken_away_too() {
        let case = Case::new();
        case.lend("token");
        case.desk.copied_elsewhere("token");
        case.lending.take_back().unwrap();
        assert_eq!(case.desk.text(), None);
    }

    #[test]
    fn a_second_secret_replaces_the_first_and_has_its_own_time() {
        let case = Case::new();
        let (first, second) = (case.lend("one"), case.lend("two"));
        let (early, late) = (case.alarms.recv().unwrap(), case.alarms.recv().unwrap());
        assert!(!early.is_on() && late.is_on());
        // It rang in the very moment it was called off.
        (early.ring)();
        assert_eq!(case.desk.text().as_deref(), Some("two"));
        (late.ring)();
        assert_eq!((case.desk.text(), case.heard()), (None, vec![Some(first), Some(second), None]));
    }

    #[test]
    fn the_same_secret_lent_again_begins_its_time_anew() {
        let case = Case::new();
        case.lend("token");
        let first = case.alarms.recv().unwrap();
        case.lend("token");
        (first.ring)();
        assert_eq!(case.desk.text().as_deref(), Some("token"));
    }

    #[test]
    fn taken_back_before_its_time_it_is_gone_once_and_the_alarm_off() {
        let case = Case::new();
        case.lend("token");
        for _ in 0..2 {
            case.lending.take_back().unwrap();
        }
        assert_eq!((case.desk.text(), case.heard().len()), (None, 2));
        assert!(!case.alarms.recv().unwrap().is_on());
    }

    #[test]
    fn copying_something_else_here_ends_the_loan_and_says_so() {
        let case = Case::new();
        case.lend("token");
        case.lending.copy("7GX4KQ2M9L").unwrap();
        assert_eq!(case.desk.desk().content, Some(("7GX4KQ2M9L".to_owned(), Content::Plain)));
        assert_eq!((case.lending.lent(), case.heard().last()), (None, Some(&None)));
        assert!(!case.alarms.recv().unwrap().is_on());
    }

    #[test]
    fn nothing_is_told_of_copies_while_nothing_is_lent() {
        let case = Case::new();
        case.lending.copy("7GX4KQ2M9L").unwrap();
        assert_eq!((case.lending.take_back(), case.heard()), (Ok(()), vec![]));
        assert_eq!(case.desk.text().as_deref(), Some("7GX4KQ2M9L"));
    }

    #[test]
    fn what_cannot_be_taken_away_counts_as_there_and_is_tried_again() {
        let case = Case::new();
        let clip = case.lend("token");
        case.desk.desk().busy = true;
        assert_eq!(case.lending.take_back(), Err(IpcError::ClipboardUnavailable));
        (case.alarms.recv().unwrap().ring)();
        assert_eq!(case.lending.lent(), Some(clip));
        case.desk.desk().busy = false;
        let again = case.alarms.recv().unwrap();
        assert_eq!((again.time, again.is_on()), (AGAIN, true));
        (again.ring)();
        assert_eq!((case.desk.text(), case.lending.lent()), (None, None));
    }

    #[test]
    fn a_secret_that_could_not_be_put_there_is_not_lent() {
        let case = Case::new();
        case.desk.desk().busy = true;
        assert_eq!(case.lending.lend(ClipWhat::Key, "key", 30), Err(IpcError::ClipboardUnavailable));
        assert_eq!((case.lending.lent(), case.heard()), (None, vec![]));
        assert!(!case.alarms.recv().unwrap().is_on());
    }
}
