//! The house tasks behind `cargo xtask`: running, testing, measuring and drawing Keyfolio.
//!
//! Plain Rust on purpose: it needs no system library, so it can say what *is* missing on a fresh machine
//! instead of failing to compile there. It refuses to guess: a step without an answer counts as failed.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

pub mod app;
pub mod architecture;
pub mod bench;
pub mod counts;
pub mod cross;
pub mod demo;
pub mod draft;
pub mod frontend;
pub mod icons;
pub mod independent;
pub mod json;
pub mod package;
pub mod platforms;
pub mod prerequisites;
pub mod process;
pub mod steps;
pub mod version;
pub mod workflows;
