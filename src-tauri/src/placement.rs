//! Where the window was when it was last at rest, for the next start.
//!
//! A file that is missing, damaged, hostile or written for a screen that is gone leads to a window in the middle of a
//! screen there is, never to one that cannot be found. The demo keeps nothing.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tauri::{AppHandle, LogicalSize, Manager, Monitor, PhysicalPosition, Webview, WebviewWindow};

use crate::advice;
use crate::window::MAIN;

/// A window that is being pulled about says so many times a second; only where it comes to rest is worth a write. By
/// then the system also tells truly whether the window fills the screen, which it may not in the midst of it.
const REST: Duration = Duration::from_millis(400);
/// Logical pixels; no screen is larger, and no sum of two such numbers overflows.
const LARGEST: f64 = 32_000.0;
/// Physical pixels of a window's upper edge that must be on a screen, or nobody could take hold of it.
const GRIP: Size = Size { width: 120, height: 40 };

/// Where a window is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
struct Placement {
    /// The frame's upper left corner, in physical pixels of the whole desktop.
    x: i32,
    y: i32,
    /// Of the content, in logical pixels, so that a window looks as large on a finer screen.
    width: f64,
    height: f64,
    /// It fills the screen; the rest says where it goes back to.
    maximized: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Size {
    width: i32,
    height: i32,
}

/// The part of a screen that windows may use.
#[derive(Debug, Clone, Copy)]
struct Screen {
    x: i32,
    y: i32,
    size: Size,
    scale: f64,
}

/// Remembers where the window is.
pub(crate) struct Keeper {
    /// None in the demo.
    file: Option<PathBuf>,
    last: Mutex<Option<Placement>>,
    /// Somebody is waiting for the window to come to rest.
    waiting: AtomicBool,
}

impl Keeper {
    pub(crate) fn new(file: Option<PathBuf>) -> Self {
        let last = file.as_deref().and_then(advice::read).filter(Placement::is_possible);
        Self { file, last: Mutex::new(last), waiting: AtomicBool::new(false) }
    }

    /// Puts a window that is not shown yet where it was, as far as there is still a screen there.
    pub(crate) fn put(&self, window: &WebviewWindow) {
        let Some(last) = *self.last() else { return };
        let screens: Vec<_> = window.available_monitors().unwrap_or_default().iter().map(Screen::from).collect();
        let fitted = last.fitted(&screens);
        // Without any of this the window is in the middle of the screen and as large as anybody's first one.
        let _ = window.set_size(LogicalSize::new(fitted.width, fitted.height));
        if fitted.is_on_one_of(&screens) {
            let _ = window.set_position(PhysicalPosition::new(fitted.x, fitted.y));
        } else {
            let _ = window.center();
        }
    }

    /// Whether it filled the screen.
    pub(crate) fn was_maximized(&self) -> bool {
        self.last().is_some_and(|last| last.maximized)
    }

    /// The window has moved or changed its size, and will come to rest.
    pub(crate) fn moved(app: &AppHandle) {
        let keeper = app.state::<Self>();
        if keeper.file.is_none() || keeper.waiting.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = app.clone();
        std::thread::spawn(move || {
            std::thread::sleep(REST);
            app.state::<Self>().waiting.store(false, Ordering::Release);
            Self::keep(&app);
        });
    }

    /// Notes where the window is now.
    pub(crate) fn keep(app: &AppHandle) {
        let keeper = app.state::<Self>();
        let Some(file) = &keeper.file else { return };
        // Asked before the lock is taken: the answers may come from the thread that waits for it.
        let seen = app.get_webview_window(MAIN).as_ref().and_then(observe);
        let mut last = keeper.last();
        let after = match (seen, *last) {
            (Some(Seen::At(placement)), _) => placement,
            (Some(Seen::Maximized), Some(last)) => Placement { maximized: true, ..last },
            (Some(Seen::Maximized), None) | (None, _) => return,
        };
        if *last != Some(after) {
            *last = Some(after);
            advice::write(file, &after);
        }
    }

    fn last(&self) -> MutexGuard<'_, Option<Placement>> {
        self.last.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

enum Seen {
    At(Placement),
    Maximized,
}

/// Where a window on the screen is. One that is hidden, minimised or has a screen to itself is nowhere of its own.
fn observe(window: &WebviewWindow) -> Option<Seen> {
    let elsewhere = !window.is_visible().ok()? || window.is_minimized().ok()? || window.is_fullscreen().ok()?;
    if elsewhere {
        return None;
    }
    if window.is_maximized().ok()? {
        return Some(Seen::Maximized);
    }
    let corner = window.outer_position().ok()?;
    // The page's, not the window's: under Wayland the window's has the frame in it, and would grow at every start.
    let page: &Webview = window.as_ref();
    let size = page.bounds().ok()?.size.to_logical::<f64>(window.scale_factor().ok()?);
    let placement = Placement { x: corner.x, y: corner.y, width: size.width, height: size.height, maximized: false };
    placement.is_possible().then_some(Seen::At(placement))
}

impl Placement {
    /// Whether these can be numbers of ours.
    fn is_possible(&self) -> bool {
        let far = |length: i32| f64::from(length).abs() > LARGEST;
        let sized = |length: f64| length.is_finite() && (1.0..=LARGEST).contains(&length);
        !far(self.x) && !far(self.y) && sized(self.width) && sized(self.height)
    }

    /// Not larger than the screen it is on, or than the largest there is.
    fn fitted(self, screens: &[Screen]) -> Self {
        let own = screens.iter().find(|screen| self.grip_is_on(screen));
        let room = |length: fn(&Size) -> i32| {
            let on = |screen: &Screen| f64::from(length(&screen.size)) / screen.scale;
            own.map(on).or_else(|| screens.iter().map(on).reduce(f64::max)).unwrap_or(LARGEST)
        };
        let (width, height) = (room(|size| size.width), room(|size| size.height));
        Self { width: self.width.min(width), height: self.height.min(height), ..self }
    }

    fn is_on_one_of(&self, screens: &[Screen]) -> bool {
        screens.iter().any(|screen| self.grip_is_on(screen))
    }

    /// Whether enough of the upper edge lies on the screen to take hold of.
    fn grip_is_on(&self, screen: &Screen) -> bool {
        #[allow(clippy::cast_possible_truncation, reason = "both factors are bounded, see is_possible")]
        let width = (self.width * screen.scale) as i32;
        let across = (self.x + width).min(screen.x + screen.size.width) - self.x.max(screen.x);
        let down = (self.y + GRIP.height).min(screen.y + screen.size.height) - self.y.max(screen.y);
        across >= GRIP.width.min(width) && down >= GRIP.height
    }
}

impl From<&Monitor> for Screen {
    fn from(monitor: &Monitor) -> Self {
        let (area, whole) = (monitor.work_area(), |length: u32| i32::try_from(length).unwrap_or(0));
        Self {
            x: area.position.x,
            y: area.position.y,
            size: Size { width: whole(area.size.width), height: whole(area.size.height) },
            scale: monitor.scale_factor().clamp(0.25, 16.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAPTOP: Screen = Screen { x: 0, y: 25, size: Size { width: 2880, height: 1775 }, scale: 2.0 };
    const DESK: Screen = Screen { x: 2880, y: -200, size: Size { width: 2560, height: 1400 }, scale: 1.0 };
    const USUAL: Placement = Placement { x: 100, y: 100, width: 1280.0, height: 800.0, maximized: false };

    #[test]
    fn a_window_goes_where_somebody_can_take_hold_of_it_and_nowhere_else() {
        let both = [LAPTOP, DESK];
        for (x, y, screens, found) in [
            (100, 100, &both[..], true),
            (3000, 100, &both[..], true),
            (3000, -150, &both[..], true),
            // The screen on the desk is gone.
            (3000, 100, &both[..1], false),
            // Far enough to the left and right that a piece of the edge is left.
            (-2400, 100, &both[..], true),
            (-2500, 100, &both[..], false),
            (2760, 100, &both[..1], true),
            (2800, 100, &both[..1], false),
            // Its upper edge is above, under the menu bar, or below.
            (100, -500, &both[..], false),
            (100, 0, &both[..], false),
            (100, 1780, &both[..], false),
            (100, 100, &[], false),
        ] {
            assert_eq!(Placement { x, y, ..USUAL }.is_on_one_of(screens), found, "{x}, {y}, {screens:?}");
        }
    }

    #[test]
    fn a_window_is_no_larger_than_its_screen() {
        let large = Placement { width: 5000.0, height: 3000.0, ..USUAL };
        let size = |placement: Placement, screens| {
            let Placement { width, height, .. } = placement.fitted(screens);
            (width, height)
        };
        assert_eq!(size(large, &[LAPTOP, DESK]), (1440.0, 887.5));
        assert_eq!(size(Placement { x: 3000, ..large }, &[LAPTOP, DESK]), (2560.0, 1400.0));
        assert_eq!(size(Placement { x: 9000, ..large }, &[LAPTOP, DESK]), (2560.0, 1400.0));
        assert_eq!(size(USUAL, &[LAPTOP]), (1280.0, 800.0));
        assert_eq!(size(USUAL, &[]), (1280.0, 800.0));
    }

    #[test]
    fn numbers_that_no_window_has_are_not_taken() {
        for possible in [USUAL, Placement { x: -1200, y: -300, width: 1.0, height: 1000.5, maximized: true }] {
            assert!(possible.is_possible(), "{possible:?}");
        }
        for impossible in [
            Placement { width: 0.0, ..USUAL },
            Placement { height: -5.0, ..USUAL },
            Placement { width: 1e308, ..USUAL },
            Placement { height: f64::INFINITY, ..USUAL },
            Placement { width: f64::NAN, ..USUAL },
            Placement { x: i32::MAX, ..USUAL },
            Placement { y: i32::MIN, ..USUAL },
        ] {
            assert!(!impossible.is_possible(), "{impossible:?}");
        }
    }
}
