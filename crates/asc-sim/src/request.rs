//! Reads HTTP/1.1 requests off a connection, as far as a client of this API sends them.
//!
//! Written by hand around a header parser, because a server library would not let an answer be as wrong as the
//! tests need it. It refuses heads beyond 64 KiB, bodies beyond 1 MiB and chunked bodies: nothing that reads sends
//! them.

use std::io::{self, Read};

const HEAD_LIMIT: usize = 64 * 1024;
const BODY_LIMIT: usize = 1024 * 1024;

/// One request, its body read and forgotten.
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) target: String,
    headers: Vec<(String, String)>,
}

impl Request {
    /// A header by its name, in any case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(one, _)| one.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    pub(crate) fn wants_close(&self) -> bool {
        self.header("connection").is_some_and(|value| value.eq_ignore_ascii_case("close"))
    }
}

/// What came instead of a request.
pub(crate) enum Interrupted {
    /// The other side closed, or the connection broke.
    Gone,
    /// Bytes that are no request.
    NotHttp,
}

impl From<io::Error> for Interrupted {
    fn from(_: io::Error) -> Self {
        Self::Gone
    }
}

/// Reads requests one after another; what was read too far waits for the next.
#[derive(Default)]
pub(crate) struct Reader {
    buffer: Vec<u8>,
}

impl Reader {
    pub(crate) fn next(&mut self, stream: &mut impl Read) -> Result<Request, Interrupted> {
        loop {
            if let Some((request, head)) = parse(&self.buffer)? {
                let length = request.header("content-length").map_or(Ok(0), str::parse);
                let length: usize = length.map_err(|_| Interrupted::NotHttp)?;
                if length > BODY_LIMIT || request.header("transfer-encoding").is_some() {
                    return Err(Interrupted::NotHttp);
                }
                while self.buffer.len() < head + length {
                    self.fill(stream)?;
                }
                self.buffer.drain(..head + length);
                return Ok(request);
            }
            if self.buffer.len() > HEAD_LIMIT {
                return Err(Interrupted::NotHttp);
            }
            self.fill(stream)?;
        }
    }

    fn fill(&mut self, stream: &mut impl Read) -> Result<(), Interrupted> {
        let mut chunk = [0; 4096];
        match stream.read(&mut chunk)? {
            0 => Err(Interrupted::Gone),
            read => {
                self.buffer.extend_from_slice(&chunk[..read]);
                Ok(())
            }
        }
    }
}

fn parse(bytes: &[u8]) -> Result<Option<(Request, usize)>, Interrupted> {
    let mut headers = [httparse::EMPTY_HEADER; 64];
    let mut parsed = httparse::Request::new(&mut headers);
    let Ok(status) = parsed.parse(bytes) else { return Err(Interrupted::NotHttp) };
    let httparse::Status::Complete(head) = status else { return Ok(None) };
    let owned = |header: &httparse::Header<'_>| {
        (header.name.to_owned(), String::from_utf8_lossy(header.value).trim().to_owned())
    };
    let request = Request {
        method: parsed.method.unwrap_or_default().to_owned(),
        target: parsed.path.unwrap_or_default().to_owned(),
        headers: parsed.headers.iter().map(owned).collect(),
    };
    Ok(Some((request, head)))
}
