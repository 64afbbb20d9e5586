//! The TypeScript side of the table, generated and kept fresh by a test.
//!
//! `cargo xtask bindings` writes `ui/src/backend/bindings.gen.ts`; without `KEYFOLIO_BLESS` the test compares.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

use std::fmt::Write as _;
use std::path::Path;

use keyfolio_core::bindings;
use keyfolio_core::view::*;
use ts_rs::{Config, TS};

use super::events::{ShellEvent, WindowEvent};
use super::requests::*;
use crate::export::{ExportFormat, ExportRequest};
use crate::kept_view::KeptView;
use crate::menu::{self, MenuBar};
use crate::picker::PickRequest;

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../ui/src/backend/bindings.gen.ts");

/// Collects `name: { request; answer }` for every command of the table.
macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident($core:ident, $request:ident: $request_type:ty) -> $answer:ty = $body:expr;)*) => {
        fn commands(config: &Config) -> Vec<(&'static str, String, String)> {
            vec![
                ("ready", <()>::name(config), <()>::name(config)),
                ("zoom", ZoomRequest::name(config), <()>::name(config)),
                ("title_bar", TitleBarRequest::name(config), <()>::name(config)),
                ("menu_bar", MenuBar::name(config), <()>::name(config)),
                ("keep_view", KeptView::name(config), <()>::name(config)),
                ("import_pick", PickRequest::name(config), Option::<u32>::name(config)),
                ("handoff_place", PlaceRequest::name(config), Option::<PlaceView>::name(config)),
                ("export_save", ExportRequest::name(config), Option::<String>::name(config)),
                $((stringify!($name), <$request_type>::name(config), <$answer>::name(config))),*
            ]
        }
    };
}
include!("table.rs");

fn generate() -> String {
    let config = Config::new();
    let mut text = String::from(
        "// Generated from the Rust types by `cargo xtask bindings`. Do not edit: a test fails when this file is stale.\n",
    );
    let requests = super::requests::declarations(&config);
    let dialogs = [PickRequest::decl(&config), ExportFormat::decl(&config), ExportRequest::decl(&config)];
    let told = [KeptView::decl(&config), ShellEvent::decl(&config), WindowEvent::decl(&config)];
    let own = requests.into_iter().chain(dialogs).chain(menu::declarations(&config)).chain(told);
    for declaration in bindings::declarations(&config).into_iter().chain(own) {
        writeln!(text, "\nexport {declaration}").unwrap();
    }
    writeln!(text, "\n/** Every command the window may call, except `subscribe`, whose channel is not plain data. */")
        .unwrap();
    writeln!(text, "export interface Commands {{").unwrap();
    for (name, request, answer) in commands(&config) {
        writeln!(text, "  {name}: {{ request: {request}; answer: {answer} }};").unwrap();
    }
    writeln!(text, "}}").unwrap();
    text
}

#[test]
fn the_bindings_are_fresh() {
    let fresh = generate();
    if std::env::var_os("KEYFOLIO_BLESS").is_some() {
        std::fs::write(FILE, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(Path::new(FILE)).unwrap();
    assert!(committed.replace("\r\n", "\n") == fresh, "bindings.gen.ts is stale: run `cargo xtask bindings`");
}
