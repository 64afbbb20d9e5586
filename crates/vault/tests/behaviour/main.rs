//! What a vault does for its user, in one process.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set up its scene should stop there")]

mod activity;
mod canary;
mod evidence;
mod keys;
mod migration;
mod properties;
mod receipts;
mod slots;
mod snapshots;
#[path = "../support/mod.rs"]
mod support;
mod tamper;
mod teams;
mod vault_file;
