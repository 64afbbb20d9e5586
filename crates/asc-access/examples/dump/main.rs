//! Writes what is generated from the catalogue: `docs/access.md` and `ui/src/i18n/en/access.json`.
//!
//! `dump` prints the page; `dump --write` writes both files into the checkout.
#![allow(clippy::print_stdout, reason = "an example talks to the terminal")]

#[path = "../english/mod.rs"]
mod english;
mod page;

use std::io;

fn main() -> io::Result<()> {
    if std::env::args().nth(1).as_deref() != Some("--write") {
        println!("{}", page::markdown());
        return Ok(());
    }
    for (path, text) in page::files() {
        std::fs::write(&path, text)?;
        println!("wrote {}", path.display());
    }
    Ok(())
}
