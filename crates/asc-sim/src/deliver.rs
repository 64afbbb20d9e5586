//! Puts an answer on the wire, whole or as wrong as a fault wants it.
//!
//! Two steps: a fault may replace or spoil the answer, and it may spoil the way it is delivered. Nothing here knows
//! the world.

use std::io::{self, Write};
use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::answer::{Answer, HTML, PLAIN};
use crate::fault::{Page, Trouble};
use crate::gate::{Gate, Stopping};

/// Bytes of a filler written at a time.
const FILLER: usize = 64 * 1024;

/// What every answer carries besides its own headers.
pub(crate) struct Stamp {
    /// Apple's clock, in seconds since 1970.
    pub(crate) now: i64,
    pub(crate) request_id: String,
    /// `X-Rate-Limit`, once the key is known.
    pub(crate) rate: Option<String>,
}

/// What becomes of the connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    /// The next request may come.
    Open,
    /// Closed in order.
    Close,
    /// Reset.
    Reset,
    /// Held open without a word until the client leaves.
    Hold,
}

/// How the bytes go out.
enum Manner {
    Whole,
    Paced { first_byte: Duration, in_head: Duration, in_body: Duration, piece: usize },
    Short,
    HeadOnly,
    Nothing(After),
    Huge(u64),
    Endless,
}

/// The connection broke, or the simulator is stopping.
pub(crate) struct Broken;

impl From<io::Error> for Broken {
    fn from(_: io::Error) -> Self {
        Self
    }
}

impl From<Stopping> for Broken {
    fn from(_: Stopping) -> Self {
        Self
    }
}

/// Sends one answer.
pub(crate) fn deliver(
    stream: &mut impl Write,
    answer: Answer,
    trouble: Option<Trouble>,
    mut stamp: Stamp,
    gate: &Gate,
) -> Result<After, Broken> {
    let (answer, manner, date) = spoil(answer, trouble, &mut stamp);
    let length = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
    let head = |length: &str| head(&answer, &stamp, date, length);
    let announced = |length: u64| head(&format!("Content-Length: {length}"));
    let after = match manner {
        Manner::Nothing(after) => after,
        Manner::Whole => {
            // One write: a client on another core need not wake twice.
            let mut bytes = announced(length);
            bytes.extend_from_slice(&answer.body);
            stream.write_all(&bytes)?;
            After::Open
        }
        Manner::Paced { first_byte, in_head, in_body, piece } => {
            gate.pause(first_byte)?;
            let head = announced(length);
            paced(stream, &head, in_head, if in_head.is_zero() { head.len() } else { 1 }, gate)?;
            paced(stream, &answer.body, in_body, piece, gate)?;
            After::Open
        }
        Manner::Short => {
            stream.write_all(&announced(length + 64))?;
            stream.write_all(&answer.body)?;
            After::Close
        }
        Manner::HeadOnly => {
            stream.write_all(&announced(length))?;
            After::Hold
        }
        Manner::Huge(bytes) => {
            stream.write_all(&announced(bytes))?;
            filled(stream, bytes)?;
            After::Open
        }
        Manner::Endless => {
            stream.write_all(&head("Transfer-Encoding: chunked"))?;
            endless(stream, gate)?;
            After::Close
        }
    };
    stream.flush()?;
    Ok(after)
}

/// The answer and its `Date` as the fault leaves them, and how they go out.
fn spoil(mut answer: Answer, trouble: Option<Trouble>, stamp: &mut Stamp) -> (Answer, Manner, Option<i64>) {
    let mut manner = Manner::Whole;
    let mut date = Some(stamp.now);
    match trouble {
        None => {}
        Some(Trouble::Unauthorized) => answer = error(401, Page::Json),
        Some(Trouble::Forbidden) => answer = Answer::forbidden(),
        Some(Trouble::AgreementMissing) => answer = Answer::agreement(),
        Some(Trouble::RateLimited { retry_after }) => {
            answer = Answer::rate_limited();
            answer.headers.extend(retry_after.map(|value| ("Retry-After", value)));
        }
        Some(Trouble::Status { status, page }) => answer = error(status, page),
        Some(Trouble::CaptivePortal) => answer = Answer::new(200, HTML, PORTAL.to_vec()),
        Some(Trouble::Redirect { status, to }) => {
            answer = Answer::new(status, HTML, b"<p>Moved".to_vec()).header("Location", to);
        }
        Some(Trouble::TruncatedJson) => answer.body.truncate(answer.body.len() / 2),
        Some(Trouble::BrokenJson) => answer.body = b"{\"data\": [oops]}".to_vec(),
        Some(Trouble::ShortBody) => manner = Manner::Short,
        Some(Trouble::Slow { first_byte, in_head, in_body, piece }) => {
            manner = Manner::Paced { first_byte, in_head, in_body, piece };
        }
        Some(Trouble::Stall) => manner = Manner::HeadOnly,
        Some(Trouble::Silence) => manner = Manner::Nothing(After::Hold),
        Some(Trouble::Huge { bytes }) => manner = Manner::Huge(bytes),
        Some(Trouble::Endless) => manner = Manner::Endless,
        Some(Trouble::CloseEarly) => manner = Manner::Nothing(After::Close),
        Some(Trouble::Reset) => manner = Manner::Nothing(After::Reset),
        Some(Trouble::NoDate) => date = None,
        Some(Trouble::DateOff(seconds)) => date = Some(stamp.now + seconds),
        Some(Trouble::RateHeader(value)) => stamp.rate = Some(value),
        Some(Trouble::NextLink(address)) => {
            if let Ok(mut body) = serde_json::from_slice::<Value>(&answer.body) {
                body["links"]["next"] = json!(address);
                answer.body = body.to_string().into_bytes();
            }
        }
    }
    (answer.identified(&stamp.request_id), manner, date)
}

fn error(status: u16, page: Page) -> Answer {
    match page {
        Page::Json if status == 401 => Answer::unauthorized(crate::seen::Reason::NoToken),
        Page::Json => Answer::unexpected(status),
        Page::Html => Answer::new(status, HTML, format!("<html><h1>{status} Bad Gateway</h1></html>").into_bytes()),
        Page::Empty => Answer::new(status, PLAIN, Vec::new()),
    }
}

const PORTAL: &[u8] = b"<!doctype html><title>Harbour Hotel Wi-Fi</title><form>Room number <input name=room></form>";

fn head(answer: &Answer, stamp: &Stamp, date: Option<i64>, length: &str) -> Vec<u8> {
    let mut lines = vec![
        format!("HTTP/1.1 {} {}", answer.status, phrase(answer.status)),
        format!("Content-Type: {}", answer.content_type),
        length.to_owned(),
        format!("x-request-id: {}", stamp.request_id),
    ];
    lines.extend(date.map(|seconds| format!("Date: {}", httpdate::fmt_http_date(moment(seconds)))));
    lines.extend(stamp.rate.as_ref().map(|value| format!("X-Rate-Limit: {value}")));
    lines.extend(answer.headers.iter().map(|(name, value)| format!("{name}: {value}")));
    lines.push("\r\n".to_owned());
    lines.join("\r\n").into_bytes()
}

fn moment(seconds: i64) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap_or_default())
}

const fn phrase(status: u16) -> &'static str {
    match status {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        _ => "Other",
    }
}

fn paced(stream: &mut impl Write, bytes: &[u8], pause: Duration, piece: usize, gate: &Gate) -> Result<(), Broken> {
    for (index, part) in bytes.chunks(piece.max(1)).enumerate() {
        if index > 0 {
            gate.pause(pause)?;
        }
        stream.write_all(part)?;
        stream.flush()?;
    }
    Ok(())
}

/// Valid JSON of exactly that length, or the beginning of it if it is too short for that.
fn filled(stream: &mut impl Write, bytes: u64) -> io::Result<()> {
    let (before, after) = (r#"{"data":[],"meta":{"filler":""#, r#""}}"#);
    let around = before.len() + after.len();
    let mut left = bytes.saturating_sub(u64::try_from(around).unwrap_or_default());
    stream.write_all(before.as_bytes())?;
    let filler = [b'x'; FILLER];
    while left > 0 {
        let now = usize::try_from(left).unwrap_or(FILLER).min(FILLER);
        stream.write_all(&filler[..now])?;
        left -= u64::try_from(now).unwrap_or(left);
    }
    stream.write_all(after.as_bytes())
}

fn endless(stream: &mut impl Write, gate: &Gate) -> Result<(), Broken> {
    let filler = [b' '; FILLER];
    while !gate.is_closed() {
        stream.write_all(format!("{FILLER:x}\r\n").as_bytes())?;
        stream.write_all(&filler)?;
        stream.write_all(b"\r\n")?;
    }
    Ok(())
}
