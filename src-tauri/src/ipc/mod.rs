//! The window's side door: the command table, made into handlers.

#[cfg(test)]
mod bindings;
mod events;
mod requests;

use std::sync::Arc;

use keyfolio_core::Keyfolio;
use keyfolio_core::view::{
    ActivityPage, ActivityQuery, AdviceView, AdviseRequest, AppStatus, AppleLine, CheckView, Clip, ClipWhat,
    FittingRequest, FittingView, GhRequest, GhView, GridView, HandoffPair, ImportCommit, ImportOrigin, ImportOutcome,
    ImportView, Inspected, InspectionView, IpcError, KeyList, KeyRemoval, KeyUpdate, KeyView, LedgerView, NotedHandoff,
    OfferQuestion, OperationsView, OwnerRequest, PlaceRequest, PlaceView, ReceiptChange, ReceiptQuery, ReceiptView,
    RecipeView, RemovalCheck, RunView, SecretCopied, SecretCopy, SheetView, TokenCopy, TokenForm, TokenPlan, TokenView,
    TokenWish, UsesView, VerifyRequest, WhoCanRequest, WhoCanView, WriteRequest,
};
use tauri::ipc::{Channel, Invoke};
use tauri::{AppHandle, State, WebviewWindow, Wry};

use crate::export::{self, ExportRequest};
use crate::kept_view::{KeptView, ViewFile};
use crate::menu::{self, MenuBar};
use crate::picker::{self, PickRequest};
use crate::window::{self, Zoom};
use crate::{browser, clipboard, handing};
pub(crate) use events::{EventSink, WindowEvent};
use requests::{
    AppearanceRequest, AskingRequest, ClipboardRequest, CopyRequest, ExportCopyRequest, GridRequest, HintRequest,
    ImportRequest, IssuerRenameRequest, IssuerVendorRequest, KeyRequest, LedgerRequest, LinkRequest,
    NewPassphraseRequest, PassphraseRequest, PlaceDropRequest, Revealed, RowPassphraseRequest, SnapshotRequest,
    TitleBarRequest, TokenRequest, ZoomRequest,
};
pub(crate) use requests::{TitleBarTouch, ZoomStep};

/// Makes a handler of every line of the table. The keyring and the disk may take their time, so no command runs
/// on the thread that draws.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($core:ident, $request:ident: $request_type:ty) -> $answer:ty = $body:expr;)*) => {
        $(
            $(#[$doc])*
            #[tauri::command]
            async fn $name(core: State<'_, Arc<Keyfolio>>, request: $request_type) -> Result<$answer, IpcError> {
                let core = Arc::clone(&core);
                off_the_main_thread(move || {
                    let ($core, $request) = (&core, request);
                    $body
                })
                .await
            }
        )*

        /// Answers the window. What is not in the table, or not in the capability file, is refused by Tauri.
        pub(crate) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![ready, zoom, title_bar, menu_bar, keep_view, subscribe, import_pick, export_save, handoff_place, $($name),*]
        }
    };
}
include!("table.rs");

async fn off_the_main_thread<T: Send + 'static>(
    act: impl FnOnce() -> Result<T, IpcError> + Send + 'static,
) -> Result<T, IpcError> {
    tauri::async_runtime::spawn_blocking(act).await.unwrap_or(Err(IpcError::Internal))
}

/// The page has drawn its first frame: nobody has seen the window empty.
#[tauri::command]
fn ready(window: WebviewWindow) {
    window::show(&window);
}

/// Makes everything in the window larger or smaller.
#[tauri::command]
fn zoom(window: WebviewWindow, zoom: State<'_, Zoom>, request: ZoomRequest) {
    zoom.change(&window, request.step);
}

/// The user took hold of the page where a title bar would be.
#[tauri::command]
fn title_bar(window: WebviewWindow, request: TitleBarRequest) {
    window::title_bar_touched(&window, request.touch);
}

/// Shows the menu bar, on the system that has one. Runs where menus may be touched, and in the order of the calls.
#[tauri::command]
fn menu_bar(app: AppHandle, shown: State<'_, menu::Shown>, request: MenuBar) -> Result<(), IpcError> {
    shown.show(&app, request)
}

/// Notes what the window shows, for the next start.
#[tauri::command(async)]
fn keep_view(file: State<'_, ViewFile>, request: KeptView) {
    file.keep(request);
}

/// Starts the stream of events. The window has one listener; a reloaded page replaces it.
#[tauri::command]
fn subscribe(core: State<'_, Arc<Keyfolio>>, events: State<'_, EventSink>, channel: Channel<WindowEvent>) {
    events.connect(channel);
    core.announce();
}

/// Shows the native file dialog; answers with the import, or nothing when it was dismissed.
#[tauri::command]
async fn import_pick(
    window: WebviewWindow,
    core: State<'_, Arc<Keyfolio>>,
    request: PickRequest,
) -> Result<Option<u32>, IpcError> {
    let files = picker::pick(window, request).await?;
    Ok(core.import_files(ImportOrigin::Picker, files))
}

/// Asks where a file of a hand-off should go; answers with the place, or nothing when the dialog was dismissed.
/// Nothing is written.
#[tauri::command]
async fn handoff_place(
    window: WebviewWindow,
    core: State<'_, Arc<Keyfolio>>,
    request: PlaceRequest,
) -> Result<Option<PlaceView>, IpcError> {
    handing::place(window, Arc::clone(&core), request).await
}

/// Shows the native save dialog and writes the file; answers with its name, or nothing when it was dismissed.
#[tauri::command]
async fn export_save(window: WebviewWindow, request: ExportRequest) -> Result<Option<String>, IpcError> {
    export::save(window, request).await
}
