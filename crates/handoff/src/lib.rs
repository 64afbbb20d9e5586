//! Giving a key to a tool: the exact form it wants, proved by signing, in a file that is its owner's alone.
//!
//! Every tool wants another shape of the same key, and people get them wrong by hand or paste private keys where they
//! do not belong. Here each tool is a [`Recipe`]: a table entry with names, encodings, places and traps. A [`Sheet`]
//! shows one, filled in, and may be seen by everyone. The secret parts ([`Output`]) are made only when they are
//! written, read back by other code than wrote them, and called working only after what came back has signed
//! ([`prove`]).
//!
//! What this crate refuses: to show, copy, print or serialize a secret; to write an empty Issuer ID for an Individual
//! key; to write what cannot be quoted with certainty; to replace a file unasked, follow a link or leave half a file
//! ([`mod@write`]); to run a program, reach a network or speak in sentences.

mod codes;
pub mod deliver;
mod fit;
mod prove;
mod quote;
mod read;
mod recipe;
mod recipes;
mod render;
mod sheet;
pub mod write;

pub use codes::{Encoding, Keep, Language, Limit, Place, Tool, ToolGroup, Trap};
pub use fit::{Fitting, fitting, least_role, smaller_role};
pub use prove::{NotProven, prove, prove_file};
pub use quote::{Unquotable, dotenv, quoted};
pub use recipe::{Content, FileName, FileSpec, Form, Individual, Instead, Recipe, Setting, Snippet, Value};
pub use recipes::{form, recipe, recipes};
pub use render::{Carrier, Output, produce, produce_env};
pub use sheet::{
    Bearer, FILE_MODE, FileShown, NotPossible, SettingShown, Sheet, SnippetShown, ValueShown, file_name, plain_env,
    sheet,
};
