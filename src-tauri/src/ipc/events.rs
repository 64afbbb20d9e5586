//! Events on their way to the window.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use keyfolio_core::Listener;
use keyfolio_core::view::{AppEvent, Clip};
use serde::Serialize;
use tauri::ipc::Channel;
use ts_rs::TS;

type StatusHook = Box<dyn Fn() + Send + Sync>;

/// What the window hears: from the core, and from the shell.
#[derive(Clone, Serialize, TS)]
#[serde(untagged)]
pub(crate) enum WindowEvent {
    Core(AppEvent),
    Shell(ShellEvent),
}

/// What only a window can be told.
#[derive(Clone, Serialize, TS)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum ShellEvent {
    /// An item of the menu bar was chosen. The name is the window's own, as it came.
    MenuChosen { command: String },
    /// Something secret was put on the clipboard from here, or is no longer there.
    ClipboardChanged { clip: Option<Clip> },
}

/// Where events go: to the window once it listens, nowhere before that (the window asks for everything when it
/// starts).
#[derive(Clone, Default)]
pub(crate) struct EventSink(Arc<Inner>);

#[derive(Default)]
struct Inner {
    channel: RwLock<Option<Channel<WindowEvent>>>,
    on_status: OnceLock<StatusHook>,
}

impl EventSink {
    pub(crate) fn connect(&self, channel: Channel<WindowEvent>) {
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
            inner.tell(WindowEvent::Core(event.clone()));
        })
    }

    /// Tells the window which item of the menu bar was chosen.
    pub(crate) fn menu_chosen(&self, command: &str) {
        self.0.tell(WindowEvent::Shell(ShellEvent::MenuChosen { command: command.to_owned() }));
    }

    /// Tells the window what secret of ours is on the clipboard now.
    pub(crate) fn clipboard_changed(&self, clip: Option<Clip>) {
        self.0.tell(WindowEvent::Shell(ShellEvent::ClipboardChanged { clip }));
    }
}

impl Inner {
    fn tell(&self, event: WindowEvent) {
        if let Some(channel) = &*self.channel.read().unwrap_or_else(PoisonError::into_inner) {
            // A page that is gone hears nothing; the next one asks for everything.
            let _ = channel.send(event);
        }
    }
}
