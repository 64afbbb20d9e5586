use serde::Serialize;
use ts_rs::TS;

/// Something secret on the clipboard, put there from here. It is taken away when its time is over, if it is still
/// there then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
pub struct Clip {
    /// What it is.
    pub what: ClipWhat,
    /// When it is taken away; milliseconds since 1970.
    #[ts(type = "number")]
    pub clears_at: i64,
    /// Seconds from the copy until then.
    pub seconds: u32,
}

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ClipWhat {
    /// A token, or a text with one in it.
    Token,
    /// A private key, in the form a tool takes.
    Key,
}
