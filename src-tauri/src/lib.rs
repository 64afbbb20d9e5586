//! The desktop shell: everything that needs a window, and nothing that decides.
//!
//! A request from the window is turned into one call of the application core and its answer is sent back; files
//! that are dropped, picked, pasted or named on the command line are handed to the core as paths. No key bytes
//! pass through here, and nothing in this crate is reachable from the window unless it stands in the command
//! table (`ipc/table.rs`).

mod advice;
mod browser;
mod clipboard;
mod dialog;
mod export;
mod handing;
mod hardening;
mod instance;
mod ipc;
mod kept_view;
mod menu;
mod picker;
mod placement;
mod platform;
mod profile;
mod self_test;
#[cfg(feature = "e2e")]
mod simulator;
mod surroundings;
mod window;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use keyfolio_core::view::ImportOrigin;
use keyfolio_core::{Keyfolio, StartError};
use tauri::{Context, Manager, RunEvent, Wry};

use crate::ipc::EventSink;
use crate::kept_view::ViewFile;
use crate::placement::Keeper;
use crate::profile::Start;

/// Runs the application until it is quit, which on most systems is when its window is closed. `context` is made late, because a second start ends before
/// it is needed.
pub fn run(context: impl FnOnce() -> Context<Wry>) -> ExitCode {
    if let Some(code) = surroundings::close_to_others() {
        return code;
    }
    platform::prepare_drawing();
    platform::forbid_core_dumps();
    hardening::report_panics_by_place();
    if let Some(code) = self_test::asked() {
        return code;
    }

    if !platform::can_show_pages() {
        platform::explain_no_window();
        return ExitCode::FAILURE;
    }

    let context = context();
    let start = Start::from_arguments(&context.config().identifier);
    let events = EventSink::default();
    let core = match Keyfolio::start(start.environment, events.listener()) {
        Ok(core) => Arc::new(core),
        Err(StartError::AlreadyRunning) => return instance::hand_over(&start.data_dir, &start.files),
        Err(StartError::FolderUnusable) => return hardening::report_unusable_folder(&start.data_dir),
    };
    if !start.files.is_empty() {
        core.import_files(ImportOrigin::Arguments, start.files);
    }

    let looks = |file: &str| start.looks.as_deref().map(|folder| folder.join(file));
    let (keeper, view) = (Keeper::new(looks("window.json")), ViewFile::new(looks("view.json")));

    match build(context, core, events, start.data_dir, keeper, view) {
        Ok(app) => ExitCode::from(u8::try_from(app.run_return(on_event)).unwrap_or(1)),
        Err(error) => hardening::report_no_window(&error),
    }
}

fn build(
    context: Context<Wry>,
    core: Arc<Keyfolio>,
    events: EventSink,
    data_dir: PathBuf,
    keeper: Keeper,
    view: ViewFile,
) -> tauri::Result<tauri::App> {
    tauri::Builder::default()
        .invoke_handler(ipc::handler())
        .manage(Arc::clone(&core))
        .manage(events.clone())
        .manage(window::Zoom::default())
        .manage(window::Drawn::default())
        .manage(menu::Shown::default())
        .manage(keeper)
        .manage(view)
        .on_menu_event(|app, event| menu::chosen(app, event.id().as_ref()))
        .setup(move |app| {
            let sink = events.clone();
            clipboard::begin(move |clip| sink.clipboard_changed(clip));
            if let Err(error) = window::open(app.handle(), &core) {
                // Tauri would panic in the midst of the system's own call, and hang there without a window.
                hardening::report_no_window(&error);
                app.handle().exit(1);
                return Ok(());
            }
            let (vault, appearance) = (Arc::clone(&core), window::appearance_follows(app.handle().clone()));
            events.on_status(move || {
                appearance();
                clipboard::follow_the_vault(&vault);
            });
            instance::listen(&data_dir, app.handle().clone());
            core.open_in_background();
            Ok(())
        })
        .build(context)
}

fn on_event(app: &tauri::AppHandle, event: RunEvent) {
    platform::on_event(app, &event);
    if matches!(event, RunEvent::Exit) {
        clipboard::end();
        app.state::<Arc<Keyfolio>>().close();
    }
}
