//! The menu bar of macOS, made from what the window says.
//!
//! The window knows its commands, their shortcuts, their words, and which of them can be used right now. A list of its
//! own here would drift from that one, so the window sends the whole bar, again whenever something in it changes. This
//! module turns the description into the system's objects and refuses what the system would not understand. An item
//! does one of two things: it is the system's own (Copy, Hide, Quit), or it comes back to the window by its name.
//!
//! Who gets a key press? The web view shows it to the page first, and passes it on to the menu only when the page lets
//! it be. So a shortcut that the page acts on does not reach the item with the same shortcut, nothing happens twice,
//! and an item is reached by the keyboard when the page had nothing to do with the press: in a text field, ⌘Z. Should
//! a version of the system ask the menu first, the page sees no press, and again one of the two acts.

use std::sync::{Mutex, PoisonError};

use keyfolio_core::view::IpcError;
use serde::Deserialize;
use tauri::menu::{
    AboutMetadata, HELP_SUBMENU_ID, IsMenuItem, Menu, MenuItem, PredefinedMenuItem, Submenu, WINDOW_SUBMENU_ID,
};
use tauri::{AppHandle, Manager as _, Wry};
use ts_rs::TS;

use crate::ipc::EventSink;
use crate::{platform, window};

/// The whole bar, left to right.
#[derive(Deserialize, TS)]
pub(crate) struct MenuBar {
    menus: Vec<BarMenu>,
}

/// One menu of the bar.
#[derive(Deserialize, TS)]
struct BarMenu {
    title: String,
    role: BarRole,
    items: Vec<BarItem>,
}

/// What the system adds to a menu by itself: the list of windows, the search.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
enum BarRole {
    Ordinary,
    Window,
    Help,
}

/// One line of a menu.
#[derive(Deserialize, TS)]
#[serde(tag = "type", rename_all = "snake_case")]
enum BarItem {
    /// Comes back to the window as `menu_chosen` with this name.
    Command { command: String, label: String, keys: Option<BarKeys>, enabled: bool },
    /// The system knows what to do.
    System { act: SystemAct, label: String },
    /// A line.
    Separator,
}

/// What the system does without asking the window.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
enum SystemAct {
    About,
    Services,
    Hide,
    HideOthers,
    ShowAll,
    Quit,
    CloseWindow,
    Cut,
    Copy,
    Paste,
    SelectAll,
    Minimize,
    Zoom,
    FullScreen,
    BringAllToFront,
}

/// A shortcut: `main` is Command on a Mac.
#[derive(Clone, PartialEq, Eq, Deserialize, TS)]
struct BarKeys {
    key: String,
    main: bool,
    control: bool,
    alt: bool,
    shift: bool,
}

/// The bar that is up, and its commands in their order.
struct Built {
    bar: MenuBar,
    commands: Vec<MenuItem<Wry>>,
}

/// What is shown, if anything was yet; before that macOS has Tauri's own bar, which can quit.
#[derive(Default)]
pub(crate) struct Shown(Mutex<Option<Built>>);

impl Shown {
    /// Shows this bar. When it is the one that is up, items are changed in place: an open menu stays open.
    pub(crate) fn show(&self, app: &AppHandle, bar: MenuBar) -> Result<(), IpcError> {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(built) = &mut *shown
            && built.bar.is_built_like(&bar)
        {
            return Ok(built.change(bar)?);
        }
        let (menu, commands) = build(app, &bar)?;
        platform::show_menu_bar(app, menu).map_err(Failed::from)?;
        *shown = Some(Built { bar, commands });
        Ok(())
    }
}

/// No item is worth more words than this: the page goes on without it.
struct Failed;

impl From<tauri::Error> for Failed {
    fn from(_: tauri::Error) -> Self {
        Self
    }
}

impl From<Failed> for IpcError {
    fn from(_: Failed) -> Self {
        Self::Internal
    }
}

/// The TypeScript of the bar.
#[cfg(test)]
pub(crate) fn declarations(config: &ts_rs::Config) -> [String; 6] {
    [
        BarKeys::decl(config),
        SystemAct::decl(config),
        BarItem::decl(config),
        BarRole::decl(config),
        BarMenu::decl(config),
        MenuBar::decl(config),
    ]
}

/// An item was chosen. The window may have been closed meanwhile, which leaves the bar; it is needed now.
pub(crate) fn chosen(app: &AppHandle, command: &str) {
    window::focus(app);
    app.state::<EventSink>().menu_chosen(command);
}

/// What may change about a command while it is shown.
struct Changing<'a> {
    label: &'a str,
    enabled: bool,
}

impl MenuBar {
    fn commands(&self) -> impl Iterator<Item = Changing<'_>> {
        self.menus.iter().flat_map(|menu| &menu.items).filter_map(|item| match item {
            BarItem::Command { label, enabled, .. } => Some(Changing { label, enabled: *enabled }),
            BarItem::System { .. } | BarItem::Separator => None,
        })
    }

    /// Whether the other differs in nothing but the labels of its commands and whether they can be used.
    fn is_built_like(&self, other: &Self) -> bool {
        self.menus.len() == other.menus.len()
            && self.menus.iter().zip(&other.menus).all(|(one, two)| {
                one.title == two.title
                    && one.role == two.role
                    && one.items.len() == two.items.len()
                    && one.items.iter().zip(&two.items).all(|(one, two)| one.is_built_like(two))
            })
    }
}

impl BarItem {
    fn is_built_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Command { command, keys, .. }, Self::Command { command: name, keys: others, .. }) => {
                command == name && keys == others
            }
            (Self::System { act, label }, Self::System { act: other, label: words }) => act == other && label == words,
            (Self::Separator, Self::Separator) => true,
            _ => false,
        }
    }
}

impl Built {
    fn change(&mut self, bar: MenuBar) -> Result<(), Failed> {
        for (item, (was, is)) in self.commands.iter().zip(self.bar.commands().zip(bar.commands())) {
            if was.label != is.label {
                item.set_text(is.label)?;
            }
            if was.enabled != is.enabled {
                item.set_enabled(is.enabled)?;
            }
        }
        self.bar = bar;
        Ok(())
    }
}

/// The menu, and its commands in their order.
fn build(app: &AppHandle, bar: &MenuBar) -> Result<(Menu<Wry>, Vec<MenuItem<Wry>>), Failed> {
    let menu = Menu::new(app)?;
    let mut commands = Vec::new();
    for BarMenu { title, role, items } in &bar.menus {
        let submenu = match role {
            BarRole::Ordinary => Submenu::new(app, title, true)?,
            BarRole::Window => Submenu::with_id(app, WINDOW_SUBMENU_ID, title, true)?,
            BarRole::Help => Submenu::with_id(app, HELP_SUBMENU_ID, title, true)?,
        };
        for item in items {
            match item {
                BarItem::Separator => submenu.append(&PredefinedMenuItem::separator(app)?)?,
                BarItem::System { act, label } => submenu.append(&system_item(app, *act, label)?)?,
                BarItem::Command { command, label, keys, enabled } => {
                    let accelerator = keys.as_ref().map(accelerator).transpose()?;
                    let item = MenuItem::with_id(app, command, label, *enabled, accelerator)?;
                    submenu.append(&item)?;
                    commands.push(item);
                }
            }
        }
        menu.append(&submenu as &dyn IsMenuItem<Wry>)?;
    }
    Ok((menu, commands))
}

fn system_item(app: &AppHandle, act: SystemAct, label: &str) -> tauri::Result<PredefinedMenuItem<Wry>> {
    let label = Some(label);
    match act {
        SystemAct::About => {
            let about = app.package_info();
            let about = AboutMetadata {
                name: Some(about.name.clone()),
                version: Some(about.version.to_string()),
                ..AboutMetadata::default()
            };
            PredefinedMenuItem::about(app, label, Some(about))
        }
        SystemAct::Services => PredefinedMenuItem::services(app, label),
        SystemAct::Hide => PredefinedMenuItem::hide(app, label),
        SystemAct::HideOthers => PredefinedMenuItem::hide_others(app, label),
        SystemAct::ShowAll => PredefinedMenuItem::show_all(app, label),
        SystemAct::Quit => PredefinedMenuItem::quit(app, label),
        SystemAct::CloseWindow => PredefinedMenuItem::close_window(app, label),
        SystemAct::Cut => PredefinedMenuItem::cut(app, label),
        SystemAct::Copy => PredefinedMenuItem::copy(app, label),
        SystemAct::Paste => PredefinedMenuItem::paste(app, label),
        SystemAct::SelectAll => PredefinedMenuItem::select_all(app, label),
        SystemAct::Minimize => PredefinedMenuItem::minimize(app, label),
        SystemAct::Zoom => PredefinedMenuItem::maximize(app, label),
        SystemAct::FullScreen => PredefinedMenuItem::fullscreen(app, label),
        SystemAct::BringAllToFront => PredefinedMenuItem::bring_all_to_front(app, label),
    }
}

/// Keys that a shortcut may hold besides letters and digits; the page and Tauri name them alike. Tauri leaves a
/// shortcut it cannot read away without a word, so what is not known here is refused.
const NAMED_KEYS: [&str; 6] = ["Backspace", ",", "=", "-", "[", "]"];

/// The shortcut in Tauri's words. Refuses one without a modifier: the menu would take that key from text fields.
fn accelerator(keys: &BarKeys) -> Result<String, Failed> {
    let mut one = keys.key.chars();
    let plain = matches!((one.next(), one.next()), (Some(sign), None) if sign.is_ascii_alphanumeric());
    if !(plain || NAMED_KEYS.contains(&keys.key.as_str())) || !(keys.main || keys.control) {
        return Err(Failed);
    }
    let modifiers = [(keys.control, "Ctrl+"), (keys.alt, "Alt+"), (keys.shift, "Shift+"), (keys.main, "CmdOrCtrl+")];
    let held: String = modifiers.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
    Ok(held + &keys.key)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use muda::accelerator::Accelerator;
    use serde_json::{Value, json};

    use super::*;

    fn keys(key: &str, held: &str) -> BarKeys {
        let [main, control, alt, shift] = ["main", "control", "alt", "shift"].map(|name| held.contains(name));
        BarKeys { key: key.to_owned(), main, control, alt, shift }
    }

    fn command(command: &str, label: &str, enabled: bool) -> Value {
        json!({ "type": "command", "command": command, "label": label, "keys": null, "enabled": enabled })
    }

    fn bar(items: &[Value]) -> MenuBar {
        serde_json::from_value(json!({ "menus": [{ "title": "File", "role": "ordinary", "items": items }] })).unwrap()
    }

    #[test]
    fn every_shortcut_let_through_is_one_the_menu_can_show() {
        let signs = ('a'..='z').chain('0'..='9').map(String::from);
        for key in signs.chain(NAMED_KEYS.map(str::to_owned)) {
            for held in ["main", "main shift", "main alt", "main alt shift", "main control", "control"] {
                let text = accelerator(&keys(&key, held)).ok().unwrap();
                assert!(text.parse::<Accelerator>().is_ok(), "{text}");
            }
        }
    }

    #[test]
    fn a_shortcut_that_would_vanish_or_be_taken_from_text_fields_is_refused() {
        for (key, held) in [
            ("Enter", "main"),
            ("", "main"),
            ("é", "main"),
            ("ab", "main"),
            ("+", "main"),
            ("a", ""),
            ("Backspace", "shift"),
        ] {
            assert!(accelerator(&keys(key, held)).is_err(), "{held} {key}");
        }
    }

    #[test]
    fn the_same_bar_with_other_words_or_states_is_changed_in_place() {
        let shown = bar(&[command("sidebar", "Hide Sidebar", true), json!({ "type": "separator" })]);
        assert!(
            shown.is_built_like(&bar(&[command("sidebar", "Show Sidebar", false), json!({ "type": "separator" })]))
        );
        for other in [
            bar(&[command("sidebar", "Hide Sidebar", true)]),
            bar(&[command("find", "Hide Sidebar", true), json!({ "type": "separator" })]),
            bar(&[json!({ "type": "separator" }), command("sidebar", "Hide Sidebar", true)]),
        ] {
            assert!(!shown.is_built_like(&other));
        }
    }

    #[test]
    fn an_item_cannot_ask_for_anything_else() {
        for item in [json!({ "type": "system", "act": "run", "label": "x" }), json!({ "type": "script", "code": "x" })]
        {
            assert!(serde_json::from_value::<BarItem>(item.clone()).is_err(), "{item}");
        }
    }
}
