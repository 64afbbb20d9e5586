//! A run: keys wished for, asked four at a time, heard of as they go.
//!
//! One thread conducts a run: it hands keys to the lanes, stores what comes of each, and tells the window, seldom
//! enough to be no burden. There is one run at a time; wishes that come meanwhile join it. Whoever stops it does not
//! wait for Apple.

use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use asc_client::{Depth, Event, Inquiry, Reins, Run};
use uuid::Uuid;
use vault::AskedAs;

use super::tally::{End, Place, Tally};
use crate::Keyfolio;
use crate::library::key_ref;
use crate::view::{AppEvent, Deed, IpcError, RunView, VerifyRequest};

/// How often the window hears how a run goes, at most.
const RUN_EVERY: Duration = Duration::from_millis(100);
/// How often it is told to read the keys again, at most.
const KEYS_EVERY: Duration = Duration::from_millis(300);
/// How long a stopped run may take to say so before it is called over all the same.
const STOPPING: Duration = Duration::from_millis(500);

/// The run under way, or the last one until it is dismissed.
pub(super) struct Current {
    state: Mutex<State>,
    /// Signalled when its conductor has let go.
    over: Condvar,
    news: Sender<News>,
}

struct State {
    tally: Tally,
    reins: Option<Reins>,
    /// Its conductor has let go of the application.
    conducted: bool,
}

/// What the conductor hears.
enum News {
    /// There are new wishes, or the wish to stop.
    Look,
    /// From the lanes.
    Lanes(Event),
}

impl Current {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Joins wishes to a run under way; false if it takes no more.
    fn join(&self, keys: &[Uuid], depth: Depth, scheduled: bool) -> bool {
        let mut state = self.state();
        let tally = &mut state.tally;
        if tally.over || tally.stopped {
            return false;
        }
        // What a person wished for is no longer only the schedule's.
        tally.scheduled &= scheduled;
        keys.iter().for_each(|key| tally.wish(*key, depth));
        // The conductor lives as long as the run is not over.
        let _ = self.news.send(News::Look);
        true
    }

    fn stop(&self) {
        let mut state = self.state();
        if !state.tally.over {
            state.tally.stopped = true;
            if let Some(reins) = &state.reins {
                reins.stop();
            }
            let _ = self.news.send(News::Look);
        }
    }
}

impl Keyfolio {
    /// Asks Apple about keys; answers with the run, which goes on by itself. During a run, the keys join it.
    ///
    /// # Errors
    /// `key_not_found` when none of them is here, or the vault is closed.
    pub fn verify(self: &Arc<Self>, request: &VerifyRequest) -> Result<RunView, IpcError> {
        let here = self.with_vault(|vault| Ok(vault.keys()?))?;
        let wished: Vec<Uuid> = match &request.keys {
            None => here.iter().filter(|record| record.archived_at.is_none()).map(|record| record.id).collect(),
            Some(keys) => {
                let keys = keys.iter().filter_map(|key| key_ref(key).ok());
                keys.filter(|key| here.iter().any(|record| record.id == *key)).collect()
            }
        };
        if wished.is_empty() {
            return Err(IpcError::KeyNotFound);
        }
        Ok(self.ask_about(&wished, request.depth, false))
    }

    /// Stops asking. The run is over within a second, whatever Apple does.
    pub fn verify_stop(&self) {
        if let Some(current) = self.current() {
            current.stop();
        }
    }

    /// The run under way, or the last one until it is dismissed.
    #[must_use]
    pub fn run(&self) -> Option<RunView> {
        self.current().map(|current| current.state().tally.view())
    }

    /// Forgets the last run. One that is under way stays.
    pub fn run_dismiss(&self) {
        let gone = self.runs().take_if(|current| current.state().tally.over).is_some();
        if gone {
            self.tell(AppEvent::RunChanged { run: None });
        }
    }

    /// Stops asking and waits until nothing is under way, but not for long: who does not end in time is dropped.
    pub(crate) fn stop_asking(&self) {
        self.schedule_stop();
        if let Some(current) = self.current() {
            current.stop();
            let under_way = |state: &mut State| !state.conducted;
            drop(current.over.wait_timeout_while(current.state(), STOPPING * 2, under_way));
        }
        self.apple.hang_up();
    }

    /// Starts a run, or joins the one under way.
    pub(super) fn ask_about(self: &Arc<Self>, keys: &[Uuid], depth: Depth, scheduled: bool) -> RunView {
        let mut runs = self.runs();
        if let Some(current) = runs.as_ref().filter(|current| current.join(keys, depth, scheduled)) {
            return current.state().tally.view();
        }
        let (news, hears) = channel();
        let state = State { tally: Tally::new(scheduled), reins: None, conducted: false };
        let current = Arc::new(Current { state: Mutex::new(state), over: Condvar::new(), news });
        current.join(keys, depth, scheduled);
        let view = current.state().tally.view();
        *runs = Some(Arc::clone(&current));
        let conductor = Conductor::new(Arc::downgrade(self), current);
        std::thread::spawn(move || conductor.conduct(&hears));
        view
    }

    fn runs(&self) -> MutexGuard<'_, Option<Arc<Current>>> {
        self.apple.run.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self) -> Option<Arc<Current>> {
        self.runs().clone()
    }
}

/// Conducts one run, on a thread of its own: storing an answer may wait for the disk.
struct Conductor {
    core: Weak<Keyfolio>,
    current: Arc<Current>,
    /// Whom the lanes ask about, in the order they were given.
    identities: Vec<AskedAs>,
    /// When the window last heard of the run. At first it did not.
    run_told: Option<Instant>,
    run_changed: bool,
    keys_told: Option<Instant>,
    keys_changed: bool,
    stopped_at: Option<Instant>,
}

impl Conductor {
    const fn new(core: Weak<Keyfolio>, current: Arc<Current>) -> Self {
        Self {
            core,
            current,
            identities: Vec::new(),
            run_told: None,
            run_changed: true,
            keys_told: None,
            keys_changed: false,
            stopped_at: None,
        }
    }

    /// Until the run is over, or the application is.
    fn conduct(mut self, hears: &Receiver<News>) {
        loop {
            let Some(core) = self.core.upgrade() else { return };
            if self.current.state().tally.over {
                self.finish(core);
                return;
            }
            self.tell_what_is_due(&core);
            drop(core);
            let news = match hears.recv_timeout(self.until_due()) {
                Ok(news) => Some(news),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let Some(core) = self.core.upgrade() else { return };
            match news {
                None => {}
                Some(News::Look) => self.look(&core),
                Some(News::Lanes(event)) => self.hear(&core, event),
            }
            if self.stopped_at.is_some_and(|at| at.elapsed() >= STOPPING) {
                self.current.state().tally.end();
            }
        }
    }

    fn until_due(&self) -> Duration {
        let due = |changed: bool, told: Option<Instant>, every: Duration| changed.then(|| remaining(told, every));
        let dues = [
            due(self.run_changed, self.run_told, RUN_EVERY),
            due(self.keys_changed, self.keys_told, KEYS_EVERY),
            due(self.stopped_at.is_some(), self.stopped_at, STOPPING),
        ];
        dues.into_iter().flatten().min().unwrap_or(Duration::from_secs(60))
    }

    /// Hands new wishes to the lanes, opening them if there are none.
    fn look(&mut self, core: &Arc<Keyfolio>) {
        let (lanes, wished) = {
            let mut state = self.current.state();
            if state.tally.stopped {
                self.stopped_at.get_or_insert_with(Instant::now);
                if state.reins.is_none() {
                    state.tally.end();
                }
                return;
            }
            (state.reins.clone(), state.tally.give())
        };
        if wished.is_empty() {
            return;
        }
        // While the vault is locked none of them can be asked about.
        let asked = core.inquiries(&wished).unwrap_or_default();
        {
            let mut state = self.current.state();
            let gone = wished.iter().filter(|(key, _)| !asked.iter().any(|one| one.key == *key));
            gone.for_each(|(key, _)| state.tally.cannot_ask(*key));
        }
        let (identities, inquiries): (Vec<_>, Vec<_>) =
            asked.into_iter().map(|one| (one.identity, one.inquiry)).unzip();
        self.identities.extend(identities);
        self.run_changed = true;
        match lanes {
            Some(reins) => reins.add(inquiries),
            None => self.open_lanes(core, inquiries),
        }
    }

    fn open_lanes(&self, core: &Arc<Keyfolio>, inquiries: Vec<Inquiry>) {
        let line = core.line_again();
        let (Some(threads), Ok(line)) = (core.threads(), &line) else {
            let mut state = self.current.state();
            state.tally.trouble = line.err();
            state.tally.end();
            return;
        };
        let mut run = Run::start(&threads, Arc::clone(line), inquiries);
        {
            let mut state = self.current.state();
            if state.tally.stopped {
                run.stop();
            }
            state.reins = Some(run.reins());
        }
        let current = Arc::clone(&self.current);
        threads.spawn(async move {
            while let Some(event) = run.next().await {
                if current.news.send(News::Lanes(event)).is_err() {
                    return;
                }
            }
        });
    }

    fn hear(&mut self, core: &Arc<Keyfolio>, event: Event) {
        self.run_changed = true;
        match event {
            Event::Began { key } => self.current.state().tally.put(key, Place::Asking { done: 0, of: 1 }),
            Event::Asked { key, done, of } => self.current.state().tally.put(key, Place::Asking { done, of }),
            Event::Ended { key, report } => {
                let id = self.current.state().tally.key(key);
                let Some((id, identity)) = id.zip(self.identities.get(key)) else { return };
                let end = core.settle_check(id, identity, &report).unwrap_or(End::Left);
                self.current.state().tally.put(key, Place::Ended(end));
                self.keys_changed |= end != End::Left;
            }
            Event::Over { trouble, .. } => {
                let more = {
                    let mut state = self.current.state();
                    state.reins = None;
                    let more = state.tally.has_more() && trouble.is_none() && !state.tally.stopped;
                    if more {
                        state.tally.new_lanes();
                    } else {
                        state.tally.trouble = trouble;
                        state.tally.end();
                    }
                    more
                };
                if more {
                    self.identities.clear();
                    self.look(core);
                }
            }
        }
    }

    fn tell_what_is_due(&mut self, core: &Keyfolio) {
        if self.run_changed && remaining(self.run_told, RUN_EVERY).is_zero() {
            (self.run_changed, self.run_told) = (false, Some(Instant::now()));
            core.tell(AppEvent::RunChanged { run: core.run() });
        }
        if self.keys_changed && remaining(self.keys_told, KEYS_EVERY).is_zero() {
            (self.keys_changed, self.keys_told) = (false, Some(Instant::now()));
            core.tell(AppEvent::KeysChanged);
        }
    }

    fn finish(&self, core: Arc<Keyfolio>) {
        let deed = {
            let state = self.current.state();
            let count = |end| state.tally.count(end);
            (state.tally.total() > 1).then(|| Deed::RunOver {
                verified: count(End::Verified) + count(End::Noted),
                rejected: count(End::Rejected),
                unreached: count(End::Unreached) + count(End::Left),
                scheduled: state.tally.scheduled,
            })
        };
        if let Some(deed) = deed {
            core.note(&deed, None);
        }
        core.tell(AppEvent::KeysChanged);
        core.tell(AppEvent::RunChanged { run: core.run() });
        drop(core);
        self.current.state().conducted = true;
        self.current.over.notify_all();
    }
}

/// How long until something may be told again.
fn remaining(told: Option<Instant>, every: Duration) -> Duration {
    told.map_or(Duration::ZERO, |told| every.saturating_sub(told.elapsed()))
}
