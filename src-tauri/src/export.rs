//! What leaves for the user's own files and clipboard: the grid and the ledger, as text or as a picture.
//!
//! Nothing here is secret: the window made it of what it already shows. The window proposes a name and hands over the
//! content; where it goes is the user's choice in a native dialog, and no path comes back. Refuses what is larger than
//! any such sheet can be, and never leaves half a file: it is written beside its place and moved there whole.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use keyfolio_core::view::IpcError;
use rfd::AsyncFileDialog;
use serde::Deserialize;
use tauri::WebviewWindow;
use ts_rs::TS;

use crate::dialog;

const MIB: usize = 1024 * 1024;
/// MiB of text that may go to the clipboard.
const LARGEST_COPY: usize = 1;
/// MiB of a file.
const LARGEST_FILE: usize = 16;
/// Bytes of a suggested name without its ending; file systems stop at 255 with it.
const LONGEST_NAME: usize = 200;
/// The first bytes of every PNG file (PNG specification, 5.2).
const PNG_SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ExportFormat {
    Markdown,
    Csv,
    Svg,
    Png,
}

impl ExportFormat {
    const fn ending(self) -> &'static str {
        match self {
            Self::Markdown => "md",
            Self::Csv => "csv",
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }
}

/// A sheet to be saved.
#[derive(Deserialize, TS)]
pub(crate) struct ExportRequest {
    /// Title of the dialog, and the words for its file type.
    title: String,
    kind: String,
    /// Suggested file name, without its ending.
    name: String,
    format: ExportFormat,
    /// Text; for `png` Base64.
    content: String,
}

/// Text for the clipboard, unless it is more than another program should be asked to take.
pub(crate) fn for_clipboard(text: &str) -> Result<&str, IpcError> {
    within(LARGEST_COPY, text.len())?;
    Ok(text)
}

/// Asks where and writes the file there. Answers with the name it got, or nothing when the dialog was dismissed.
pub(crate) async fn save(window: WebviewWindow, request: ExportRequest) -> Result<Option<String>, IpcError> {
    let ExportRequest { title, kind, name, format, content } = request;
    // Before the dialog: nobody should choose a place for what cannot be saved.
    let bytes = decode(format, content)?;
    let name = format!("{}.{}", presentable(&name), format.ending());
    let prepare = move |dialog: AsyncFileDialog| {
        dialog::saving_in(dialog, None)
            .set_title(title)
            .set_file_name(name)
            .add_filter(kind, &[format.ending()])
            .save_file()
    };
    let Some(chosen) = dialog::ask(window, prepare).await? else { return Ok(None) };
    let path = chosen.path().to_owned();
    let written = tauri::async_runtime::spawn_blocking(move || write_whole(&path, &bytes)).await;
    written.map_err(|_| IpcError::Internal)?.map_err(|error| match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => IpcError::DiskFull,
        _ => IpcError::ExportFailed,
    })?;
    Ok(Some(chosen.file_name()))
}

const fn within(mebibytes: usize, length: usize) -> Result<(), IpcError> {
    if length > mebibytes * MIB { Err(IpcError::ExportTooLarge { maximum: mebibytes }) } else { Ok(()) }
}

/// The bytes of the file. A picture that is none is a defect of the window's, not the user's to mend.
fn decode(format: ExportFormat, content: String) -> Result<Vec<u8>, IpcError> {
    if format != ExportFormat::Png {
        within(LARGEST_FILE, content.len())?;
        return Ok(content.into_bytes());
    }
    // Four characters hold three bytes; measured first, so that nothing large is made only to be refused.
    within(LARGEST_FILE, content.len() / 4 * 3)?;
    let bytes = STANDARD.decode(content).map_err(|_| IpcError::Internal)?;
    if bytes.starts_with(PNG_SIGNATURE) { Ok(bytes) } else { Err(IpcError::Internal) }
}

/// A name every system takes: no way into another folder, no hidden file, nothing that reads differently than it is.
fn presentable(name: &str) -> String {
    let kept = |character: char| match character {
        // Separators, and what Windows reserves.
        '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
        // Marks that turn the direction of the text around them.
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => '-',
        character if character.is_control() => '-',
        character => character,
    };
    let short = name.char_indices().take_while(|(at, character)| at + character.len_utf8() <= LONGEST_NAME);
    let name: String = short.map(|(_, character)| kept(character)).collect();
    let name = name.trim_matches([' ', '.', '-']);
    if name.is_empty() { "Keyfolio".to_owned() } else { name.to_owned() }
}

/// All of it under its name, or nothing: whatever stood there before is replaced in one step.
fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is followed to the file it names, which is what the user sees in the dialog.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let (beside, mut file) = create_beside(&path)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    drop(file);
    let moved = written.and_then(|()| fs::rename(&beside, &path));
    if moved.is_err() {
        // The error above is what the user needs to hear; a leftover is plainly named and holds no secret.
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// A new file in the same folder, so that moving it is a rename. Never one that is there already.
fn create_beside(path: &Path) -> io::Result<(PathBuf, File)> {
    for attempt in 0..100 {
        let beside = path.with_file_name(format!(".keyfolio-{}-{attempt}.part", std::process::id()));
        match OpenOptions::new().write(true).create_new(true).open(&beside) {
            Ok(file) => return Ok((beside, file)),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

    use super::*;

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn a_suggested_name_stays_in_the_folder_and_reads_as_it_is() {
        for (suggested, offered) in [
            ("Keyfolio permissions 2026-11-23", "Keyfolio permissions 2026-11-23"),
            ("../../.ssh/authorized_keys", "ssh-authorized_keys"),
            ("C:\\Windows\\x", "C--Windows-x"),
            (".hidden", "hidden"),
            ("report\u{202e}gnp.exe", "report-gnp.exe"),
            ("a\nb\0c", "a-b-c"),
            ("Schlüssel – 鍵", "Schlüssel – 鍵"),
            (" . ", "Keyfolio"),
            ("", "Keyfolio"),
        ] {
            assert_eq!(presentable(suggested), offered, "{suggested:?}");
        }
        assert_eq!(presentable(&"鍵".repeat(500)), "鍵".repeat(66));
    }

    #[test]
    fn text_is_written_as_it_is() {
        for format in [ExportFormat::Markdown, ExportFormat::Csv, ExportFormat::Svg] {
            assert_eq!(decode(format, "Zoë,\"a\"\r\n".to_owned()).unwrap(), "Zoë,\"a\"\r\n".as_bytes());
        }
    }

    #[test]
    fn a_picture_is_decoded_strictly_and_must_be_one() {
        let picture = [PNG_SIGNATURE, b"the rest of it"].concat();
        let text = STANDARD.encode(&picture);
        assert_eq!(decode(ExportFormat::Png, text.clone()), Ok(picture));
        let unpadded = text.trim_end_matches('=').to_owned();
        for wrong in [format!("data:image/png;base64,{text}"), format!("{text}\n"), unpadded, STANDARD.encode("<svg>")]
        {
            assert_eq!(decode(ExportFormat::Png, wrong.clone()), Err(IpcError::Internal), "{wrong}");
        }
    }

    #[test]
    fn what_no_sheet_can_be_is_refused() {
        assert!(for_clipboard(&"x".repeat(MIB)).is_ok());
        assert_eq!(for_clipboard(&"x".repeat(MIB + 1)), Err(IpcError::ExportTooLarge { maximum: 1 }));
        let refused = Err(IpcError::ExportTooLarge { maximum: 16 });
        assert!(decode(ExportFormat::Csv, "x".repeat(16 * MIB)).is_ok());
        assert_eq!(decode(ExportFormat::Csv, "x".repeat(16 * MIB + 1)), refused);
        assert_eq!(decode(ExportFormat::Png, "A".repeat(22 * MIB)), refused);
    }

    #[test]
    fn a_file_takes_the_place_of_an_older_one_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("grid.csv");
        fs::write(&path, "an older and much longer export").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names_in(folder.path()), ["grid.csv"]);
    }

    #[test]
    fn a_failed_write_leaves_what_was_there() {
        let folder = tempfile::tempdir().unwrap();
        // A folder of that name cannot be replaced by a file: the last step fails.
        let path = folder.path().join("grid.csv");
        fs::create_dir_all(path.join("kept")).unwrap();
        assert!(write_whole(&path, b"new").is_err());
        assert_eq!(names_in(folder.path()), ["grid.csv"]);
        assert!(path.join("kept").is_dir());
        assert!(write_whole(&folder.path().join("missing/grid.csv"), b"new").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_goes_on_naming_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("real.csv"), folder.path().join("link.csv"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write_whole(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }
}
