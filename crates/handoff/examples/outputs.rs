//! Every output of every recipe for two throwaway keys, in files, for other people's readers.
//!
//! `cargo run -p handoff --example outputs -- FOLDER` writes them with a `manifest.json`; `tests/consumers/README.md`
//! says who reads them. It never touches a key of yours: the keys are made from numbers anybody can write down.

#![allow(clippy::print_stdout, reason = "saying what was written is what this program is for")]

use std::error::Error;
use std::fs;
use std::path::Path;

use asc_key::token::TokenShape;
use asc_key::{IssuerId, KeyId, PrivateKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use handoff::write::{Existing, Rights, create_folder, write};
use handoff::{
    Bearer, Carrier, Language, Output, ValueShown, dotenv, produce, produce_env, prove_file, quoted, recipes, sheet,
};
use serde_json::{Value, json};

const BEFORE_SCALAR: &[u8] = b"\x30\x41\x02\x01\x00\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08\x2a\x86\x48\
                               \xce\x3d\x03\x01\x07\x04\x27\x30\x25\x02\x01\x01\x04\x20";
const ISSUER: &str = "57246542-96fe-1a63-e053-0824d011072a";

/// Names people could give a key, for the readers of the lines they end up in.
const NASTY: [&str; 12] = [
    "Mina's CI",
    "a\"b",
    "$(id) `id` ${HOME} $HOME",
    "back\\slash \\n \\",
    "# comment",
    "key: value - [x] {y} &a *b !c |d >e %f @g",
    "yes",
    "1e3",
    "#{`id`} #@x",
    "é 漢 \u{1f511}",
    " leading and trailing ",
    "${{ secrets.X }}",
];

/// Three hundred more, put together from what quoting gets wrong; the same in every run.
fn hostile() -> impl Iterator<Item = String> {
    const PIECES: [&str; 32] = [
        "'",
        "\"",
        "\\",
        "`",
        "$",
        "$(id)",
        "${HOME}",
        "${{ secrets.X }}",
        ";",
        "#",
        " #",
        ": ",
        "- ",
        "|",
        ">",
        "&a",
        "*a",
        "!!x",
        "%",
        "@",
        "{",
        "}",
        "[",
        "]",
        "~",
        "\\n",
        "'\\''",
        "#{`id`}",
        "é",
        "漢",
        "null",
        "1e3",
    ];
    let mut state = 20_261_124_u64;
    let mut next = move |below: u64| {
        // Knuth's MMIX constants; the high bits are the good ones.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((state >> 33) % below).unwrap_or_default()
    };
    (0..300).map(move |_| (0..=next(6)).filter_map(|_| PIECES.get(next(32)).copied()).collect())
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("say where to: outputs FOLDER")?;
    create_folder(Path::new(&folder))?;
    let folder = fs::canonicalize(folder)?;
    let issuer: IssuerId = ISSUER.parse()?;
    let holders = [
        ("team", [0x42; 32], "2X9R4HXF34", TokenShape::Team(issuer)),
        ("individual", [0x17; 32], "7GX4KQ2M9LRT", TokenShape::Individual),
    ];
    let mut written = Vec::new();
    for (kind, scalar, key_id, shape) in holders {
        let key = PrivateKey::from_pkcs8_der(&[BEFORE_SCALAR, &scalar].concat())?;
        let key_id: KeyId = key_id.parse()?;
        for form in recipes().iter().flat_map(|recipe| recipe.forms) {
            if !form.takes(shape.kind()) {
                continue;
            }
            let place = folder.join(kind).join(form.code);
            create_folder(&place)?;
            let path = place.join("path with blank").join("file");
            let path = path.to_string_lossy().into_owned();
            let bearer = Bearer { key_id: &key_id, shape: &shape, name: "Mina's CI", path: Some(&path) };
            let shown = sheet(form, &bearer)?;
            let entry = |output: &Output, file: &Path, env: bool| {
                let setting = match output.carrier() {
                    Carrier::Setting { name } => Some(*name),
                    Carrier::File { .. } => None,
                };
                let plain = shown.settings.iter().filter_map(|one| match &one.value {
                    ValueShown::Plain { text } => Some((one.name.to_owned(), Value::from(text.clone()))),
                    _ => None,
                });
                json!({
                    "kind": kind, "form": form.code, "file": file, "setting": setting, "env": env,
                    "plain": Value::Object(plain.collect()),
                    "snippets": shown.snippets.iter().map(|one| json!([one.language, one.text])).collect::<Vec<_>>(),
                    "key_id": key_id, "issuer": shape.issuer(),
                    "public_key": STANDARD.encode(key.public_key_der()),
                })
            };
            for output in produce(form, &bearer, &key)? {
                let name = match output.carrier() {
                    Carrier::File { name } => name.clone(),
                    Carrier::Setting { name } => format!("{name}.value"),
                };
                let file = place.join(name);
                write(&output, &file, Existing::Replace, Rights::Required)?;
                prove_file(&output, &file)?;
                written.push(entry(&output, &file, false));
            }
            if let Ok(output) = produce_env(form, &bearer, &key) {
                let file = place.join(".env");
                write(&output, &file, Existing::Replace, Rights::Required)?;
                written.push(entry(&output, &file, true));
            }
        }
    }
    let quotes = NASTY.iter().map(|text| (*text).to_owned()).chain(hostile()).map(|text| {
        let all = Language::ALL.iter().filter_map(|one| Some((one.code().to_owned(), quoted(*one, &text).ok()?)));
        let env = dotenv(&text).ok().map(|value| ("dotenv".to_owned(), value));
        let all: serde_json::Map<String, Value> = all.chain(env).map(|(name, value)| (name, value.into())).collect();
        json!({ "text": text, "quoted": all })
    });
    let manifest = json!({ "outputs": written, "quotes": quotes.collect::<Vec<_>>() });
    fs::write(folder.join("manifest.json"), serde_json::to_vec_pretty(&manifest)?)?;
    println!("{} outputs in {}", manifest["outputs"].as_array().map_or(0, Vec::len), folder.display());
    Ok(())
}
