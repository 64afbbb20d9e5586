//! Events on their way to the window.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use keyfolio_core::Listener;
use keyfolio_core::view::AppEvent;
use tauri::ipc::Channel;

type StatusHook = Box<dyn Fn() + Send + Sync>;

/// Where the core's events go: to the window once it listens, nowhere before that (the window asks for
/// everything when it starts).
#[derive(Clone, Default)]
pub(crate) struct EventSink(Arc<Inner>);

#[derive(Default)]
struct Inner {
    channel: RwLock<Option<Channel<AppEvent>>>,
    on_status: OnceLock<StatusHook>,
}

impl EventSink {
    pub(crate) fn connect(&self, channel: Channel<AppEvent>) {
        *self.0.channel.write().unwrap_or_else(PoisonError::into_inner) = Some(channel);
    }

    /// The shell's own interest in a changed status; set once.
    pub(crate) fn on_status(&self, hook: impl Fn() + Send + Sync + 'static) {
        let _ = self.0.on_status.set(Box::new(hook));
    }

    pub(crate) fn listener(&self) -> Listener {
        let inner = Arc::clone(&self.0);
        Box::new(move |event| {
            if let (AppEvent::StatusChanged, Some(hook)) = (event, inner.on_status.get()) {
                hook();
            }
            if let Some(channel) = &*inner.channel.read().unwrap_or_else(PoisonError::into_inner) {
                // A page that is gone hears nothing; the next one asks for everything.
                let _ = channel.send(event.clone());
            }
        })
    }
}
