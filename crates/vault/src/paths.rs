//! File paths as database values, without losing the ones that are not Unicode.
//!
//! Refuses lossy conversion: a path that comes back changed would make "is this the only copy?" a wrong answer.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The path's own bytes (Unix) or its UTF-16 code units, little-endian (Windows).
pub(crate) fn to_bytes(path: &Path) -> Vec<u8> {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        path.as_os_str().as_bytes().to_vec()
    }
    #[cfg(windows)]
    {
        use std::os::windows::ffi::OsStrExt;
        path.as_os_str().encode_wide().flat_map(u16::to_le_bytes).collect()
    }
}

/// The inverse of [`to_bytes`].
pub(crate) fn from_bytes(bytes: Vec<u8>) -> PathBuf {
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStringExt;
        PathBuf::from(OsString::from_vec(bytes))
    }
    #[cfg(windows)]
    {
        use std::os::windows::ffi::OsStringExt;
        let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        PathBuf::from(OsString::from_wide(&units))
    }
}
