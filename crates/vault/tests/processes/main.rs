//! What only another process can show: kills, disk trouble, order of writes, two apps at once.
//!
//! Children are this very binary, started again with one test's name and a task in the environment. strace kills
//! them or makes their system calls fail, at every place where that matters.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot set up its scene should stop there")]

mod child;
mod disk_trouble;
mod kill;
mod order;
#[path = "../support/mod.rs"]
mod support;
mod together;
