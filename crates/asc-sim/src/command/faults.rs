//! Faults by name: `status:503:html times 2 under /v1/apps`.

use std::time::Duration;

use super::number;
use crate::fault::{Fault, Page, Trouble};

/// Bytes of a piece of a slow body.
const PIECE: usize = 16;

pub(super) fn read(what: &str, rest: &[&str]) -> Result<Fault, String> {
    limited(Fault::new(trouble(what)?), rest)
}

fn limited(fault: Fault, rest: &[&str]) -> Result<Fault, String> {
    match rest {
        [] => Ok(fault),
        ["always", rest @ ..] => limited(fault.always(), rest),
        ["times", times, rest @ ..] => limited(fault.times(number(times)?), rest),
        ["after", requests, rest @ ..] => limited(fault.after(number(requests)?), rest),
        ["key", key, rest @ ..] => limited(fault.for_key(key), rest),
        ["under", path, rest @ ..] => limited(fault.under(path), rest),
        other => Err(format!("not understood: {}", other.join(" "))),
    }
}

fn trouble(what: &str) -> Result<Trouble, String> {
    let (name, value) = what.split_once(':').map_or((what, None), |(name, value)| (name, Some(value)));
    let value = |default: &'static str| value.unwrap_or(default);
    Ok(match name {
        "unauthorized" => Trouble::Unauthorized,
        "forbidden" => Trouble::Forbidden,
        "agreement" => Trouble::AgreementMissing,
        "rate" => {
            let after = value("");
            Trouble::RateLimited { retry_after: (!after.is_empty()).then(|| after.to_owned()) }
        }
        "status" => status(value("500"))?,
        "portal" => Trouble::CaptivePortal,
        "redirect" => Trouble::Redirect { status: 302, to: value("https://www.example.com/").to_owned() },
        "truncated" => Trouble::TruncatedJson,
        "broken" => Trouble::BrokenJson,
        "short" => Trouble::ShortBody,
        "slow" => {
            let pause = Duration::from_millis(number(value("1000"))?);
            Trouble::Slow { first_byte: pause, in_head: Duration::ZERO, in_body: pause, piece: PIECE }
        }
        "stall" => Trouble::Stall,
        "silence" => Trouble::Silence,
        "huge" => Trouble::Huge { bytes: number(value("17000000"))? },
        "endless" => Trouble::Endless,
        "close" => Trouble::CloseEarly,
        "reset" => Trouble::Reset,
        "no_date" => Trouble::NoDate,
        "date" => Trouble::DateOff(number(value("600"))?),
        "header" => Trouble::RateHeader(value("").to_owned()),
        "next" => Trouble::NextLink(value("https://www.example.com/").to_owned()),
        _ => return Err(format!("no fault {name}")),
    })
}

fn status(value: &str) -> Result<Trouble, String> {
    let (code, page) = value.split_once(':').unwrap_or((value, "json"));
    let page = match page {
        "json" => Page::Json,
        "html" => Page::Html,
        "empty" => Page::Empty,
        _ => return Err(format!("no page {page}")),
    };
    Ok(Trouble::Status { status: number(code)?, page })
}
