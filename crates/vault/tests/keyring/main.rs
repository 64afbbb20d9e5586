//! The real keyring: gnome-keyring on a bus of its own, in every state a user's can be in.
//!
//! Each test starts itself again under `dbus-run-session` with a home folder of its own, so that it never meets the
//! keyring of whoever runs it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set up its scene should stop there")]

mod bus;
mod prompt;
mod states;
#[path = "../support/mod.rs"]
mod support;
