//! Many keys: four at a time, each heard of as it goes, all stopped at once.
//!
//! The events are the truth: one `Began` and one `Ended` for every key that was asked, none for one that was not, and
//! a last `Over` that adds up. Keys may be added while it goes; they wait behind the others. Stopping drops what is
//! under way, so nothing waits for a server that does not answer.
//! When something stands between this computer and Apple, no further key is sent against it.

use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::check::{Inquiry, check};
use crate::line::Line;
use crate::trouble::Trouble;
use crate::verdict::{Report, Verdict};

/// Keys asked at the same time.
pub const LANES: usize = 4;

/// What happens during a run. Keys are named by their place among all that were given, first to last.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key's turn has come.
    Began {
        /// Which key.
        key: usize,
    },
    /// A key's questions: so many of so many answered.
    Asked {
        /// Which key.
        key: usize,
        /// Answered.
        done: usize,
        /// All there are, as far as is known.
        of: usize,
    },
    /// A key is done.
    Ended {
        /// Which key.
        key: usize,
        /// What came of it.
        report: Box<Report>,
    },
    /// Nothing more comes.
    Over {
        /// Keys that are done.
        ended: usize,
        /// Keys that are not, because the run was stopped or something was in the way.
        left: usize,
        /// What was in the way.
        trouble: Option<Trouble>,
    },
}

/// A run under way. Dropping it stops it.
#[derive(Debug)]
pub struct Run {
    events: UnboundedReceiver<Event>,
    reins: Reins,
}

impl Run {
    /// Starts checking every key, on the given runtime.
    #[must_use]
    pub fn start(runtime: &Handle, line: Arc<Line>, keys: Vec<Inquiry>) -> Self {
        let (tell, events) = unbounded_channel();
        let (stop, stopped) = watch::channel(false);
        let (more, queue) = unbounded_channel();
        let reins = Reins { stop, more };
        reins.add(keys);
        runtime.spawn(drive(line, queue, tell, stopped));
        Self { events, reins }
    }

    /// The next event; `None` after [`Event::Over`].
    pub async fn next(&mut self) -> Option<Event> {
        self.events.recv().await
    }

    /// Stops: what is under way is dropped, [`Event::Over`] follows at once.
    pub fn stop(&self) {
        self.reins.stop();
    }

    /// Something that can lead the run from elsewhere.
    #[must_use]
    pub fn reins(&self) -> Reins {
        self.reins.clone()
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Leads a run from elsewhere.
#[derive(Clone, Debug)]
pub struct Reins {
    stop: watch::Sender<bool>,
    more: UnboundedSender<Inquiry>,
}

impl Reins {
    /// Stops the run; does nothing if it is over.
    pub fn stop(&self) {
        // Nobody listening means it is over already.
        let _ = self.stop.send(true);
    }

    /// Puts more keys behind those that wait. Of a run that is just ending they may be among those left; one that is
    /// over does nothing with them.
    pub fn add(&self, keys: Vec<Inquiry>) {
        for inquiry in keys {
            let _ = self.more.send(inquiry);
        }
    }
}

async fn drive(
    line: Arc<Line>,
    mut queue: UnboundedReceiver<Inquiry>,
    tell: UnboundedSender<Event>,
    mut stopped: watch::Receiver<bool>,
) {
    let mut lanes = JoinSet::new();
    let mut given = 0;
    let mut ended = 0;
    let mut trouble = None;
    while !lanes.is_empty() || trouble.is_none() && !queue.is_empty() {
        tokio::select! {
            biased;
            _ = stopped.wait_for(|stop| *stop) => break,
            Some(inquiry) = queue.recv(), if lanes.len() < LANES && trouble.is_none() => {
                let _ = tell.send(Event::Began { key: given });
                lanes.spawn(lane(Arc::clone(&line), given, inquiry, tell.clone()));
                given += 1;
            }
            // A lane that fell over is a key that is not done.
            Some(finished) = lanes.join_next() => if let Ok((key, report)) = finished {
                ended += 1;
                trouble = in_the_way(&report).or(trouble);
                let _ = tell.send(Event::Ended { key, report });
            },
            // Every handle is gone: nobody listens any more.
            else => break,
        }
    }
    lanes.shutdown().await;
    queue.close();
    while queue.recv().await.is_some() {
        given += 1;
    }
    let _ = tell.send(Event::Over { ended, left: given - ended, trouble });
}

/// What kept a key from being checked, if it would keep every other from it, too.
fn in_the_way(report: &Report) -> Option<Trouble> {
    let unchecked = match &report.verdict {
        Verdict::NotChecked { trouble } => Some(trouble),
        _ => report.interrupted.as_ref(),
    };
    unchecked.filter(|trouble| trouble.is_in_the_way()).cloned()
}

async fn lane(line: Arc<Line>, key: usize, inquiry: Inquiry, tell: UnboundedSender<Event>) -> (usize, Box<Report>) {
    let progress = |done, of| {
        let _ = tell.send(Event::Asked { key, done, of });
    };
    (key, Box::new(check(&line, inquiry, progress).await))
}
