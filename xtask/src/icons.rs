//! Draws every icon file from the two source drawings.
//!
//! `icons/icon.svg` is the drawing; `icons/icon-small.svg` is the same key redrawn on a 32-pixel grid, because
//! the large one turns to mud at 16 pixels. Each size is rendered from the vector (never scaled from another
//! bitmap), and the Windows `.ico` and macOS `.icns` containers are assembled here: both are plain lists of PNGs.

use std::path::{Path, PathBuf};
use std::{fs, io};

use crate::process::{Outcome, Tool};

/// Largest size, in pixels, that the small drawing is used for.
const SMALL_UP_TO: u32 = 32;

/// PNG files the bundler wants, and their side in pixels.
const PNGS: [(&str, u32); 8] = [
    ("16x16.png", 16),
    ("32x32.png", 32),
    ("64x64.png", 64),
    ("128x128.png", 128),
    ("128x128@2x.png", 256),
    ("256x256.png", 256),
    ("512x512.png", 512),
    ("icon.png", 1024),
];

/// Sides inside `icon.ico`: what Explorer, the taskbar and the title bar ask for at 100 to 400 percent.
const ICO_SIDES: [u32; 8] = [16, 20, 24, 32, 48, 64, 128, 256];

/// Types inside `icon.icns` and their sides: 16 to 512 points, each at one and two pixels per point.
const ICNS_TYPES: [(&[u8; 4], u32); 10] = [
    (b"icp4", 16),
    (b"ic11", 32),
    (b"icp5", 32),
    (b"ic12", 64),
    (b"ic07", 128),
    (b"ic13", 256),
    (b"ic08", 256),
    (b"ic14", 512),
    (b"ic09", 512),
    (b"ic10", 1024),
];

/// Writes every icon file beside its source drawing.
pub fn draw(root: &Path) -> Outcome {
    let folder = root.join("icons");
    let render = |side: u32| render(&folder, side);

    for (name, side) in PNGS {
        write(&folder.join(name), &render(side)?)?;
    }
    let ico = ICO_SIDES.map(|side| render(side).map(|png| (side, png)));
    write(&folder.join("icon.ico"), &assemble_ico(&collect(ico)?))?;
    let icns = ICNS_TYPES.map(|(kind, side)| render(side).map(|png| (*kind, png)));
    write(&folder.join("icon.icns"), &assemble_icns(&collect(icns)?))?;

    println!("Drew {} icon files in icons/.", PNGS.len() + 2);
    Ok(())
}

fn collect<T, const N: usize>(parts: [Result<T, String>; N]) -> Result<Vec<T>, String> {
    parts.into_iter().collect()
}

fn render(folder: &Path, side: u32) -> Result<Vec<u8>, String> {
    let drawing = folder.join(if side <= SMALL_UP_TO { "icon-small.svg" } else { "icon.svg" });
    let side = side.to_string();
    Tool::new("rsvg-convert")
        .args(["--format", "png", "--width", &side, "--height", &side])
        .arg(&drawing)
        .read()
        .map_err(|trouble| format!("{trouble}\nrsvg-convert comes with the package librsvg2-bin."))
}

fn write(path: &PathBuf, bytes: &[u8]) -> Outcome {
    fs::write(path, bytes).map_err(|error: io::Error| format!("could not write {}: {error}", path.display()))
}

/// An `.ico`: a 6-byte header, a 16-byte entry per picture, then the PNGs themselves.
/// Format: <https://learn.microsoft.com/en-us/previous-versions/ms997538(v=msdn.10)>.
fn assemble_ico(pictures: &[(u32, Vec<u8>)]) -> Vec<u8> {
    let mut file = Vec::new();
    file.extend(0_u16.to_le_bytes());
    file.extend(1_u16.to_le_bytes());
    file.extend((pictures.len() as u16).to_le_bytes());
    let mut offset = 6 + 16 * pictures.len();
    for (side, png) in pictures {
        // A side of 256 is written as 0: the field is one byte.
        let side = (side % 256) as u8;
        file.extend([side, side, 0, 0]);
        file.extend(1_u16.to_le_bytes());
        file.extend(32_u16.to_le_bytes());
        file.extend((png.len() as u32).to_le_bytes());
        file.extend((offset as u32).to_le_bytes());
        offset += png.len();
    }
    pictures.iter().for_each(|(_, png)| file.extend(png));
    file
}

/// An `.icns`: the magic and total length, then type, length and PNG of each picture, lengths with their headers.
/// Format: <https://en.wikipedia.org/wiki/Apple_Icon_Image_format>.
fn assemble_icns(pictures: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let total: usize = 8 + pictures.iter().map(|(_, png)| 8 + png.len()).sum::<usize>();
    let mut file = Vec::with_capacity(total);
    file.extend(b"icns");
    file.extend((total as u32).to_be_bytes());
    for (kind, png) in pictures {
        file.extend(kind);
        file.extend((8 + png.len() as u32).to_be_bytes());
        file.extend(png);
    }
    file
}

#[cfg(test)]
mod tests {
    use super::{assemble_icns, assemble_ico};

    #[test]
    fn an_ico_points_at_each_of_its_pictures() {
        let file = assemble_ico(&[(16, b"first".to_vec()), (256, b"second!".to_vec())]);

        assert_eq!(file[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!(file[6], 16);
        assert_eq!(file[22], 0, "256 is written as 0");
        let offset = u32::from_le_bytes([file[34], file[35], file[36], file[37]]) as usize;
        assert_eq!(&file[offset..], b"second!");
    }

    #[test]
    fn an_icns_states_its_whole_length() {
        let file = assemble_icns(&[(*b"ic07", b"png".to_vec())]);

        assert_eq!(file, b"icns\0\0\0\x13ic07\0\0\0\x0bpng");
    }
}
