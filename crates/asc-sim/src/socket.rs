//! A client's connection that notices when the simulator stops.
//!
//! Shutting a socket down wakes whoever reads from it, except under Wine. So whoever waits for the other side looks up now
//! and then.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpStream};
use std::time::Duration;

use crate::gate::Gate;

/// Between two looks at the gate.
const GLANCE: Duration = Duration::from_millis(100);

/// A connection, open for as long as the gate is.
pub(crate) struct Socket<'a> {
    stream: TcpStream,
    gate: &'a Gate,
}

impl<'a> Socket<'a> {
    pub(crate) fn new(stream: TcpStream, gate: &'a Gate) -> Self {
        // Small answers at once, or every measurement would be one of Nagle's algorithm.
        stream.set_nodelay(true).unwrap_or_default();
        stream.set_read_timeout(Some(GLANCE)).unwrap_or_default();
        stream.set_write_timeout(Some(GLANCE)).unwrap_or_default();
        Self { stream, gate }
    }

    /// Ends the connection in order.
    pub(crate) fn end(&self) {
        self.stream.shutdown(Shutdown::Both).unwrap_or_default();
    }

    /// Makes dropping the connection a reset instead of an end.
    pub(crate) fn reset_when_dropped(&self) {
        socket2::SockRef::from(&self.stream).set_linger(Some(Duration::ZERO)).unwrap_or_default();
    }

    pub(crate) fn peer(&self) -> Option<SocketAddr> {
        self.stream.peer_addr().ok()
    }
}

/// Unix and Windows call the same thing by two names.
fn waited(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut)
}

impl Read for Socket<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.stream.read(buffer) {
                Err(error) if waited(&error) && self.gate.is_closed() => return Ok(0),
                Err(error) if waited(&error) => {}
                read => return read,
            }
        }
    }
}

impl Write for Socket<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.stream.write(bytes) {
                Err(error) if waited(&error) && self.gate.is_closed() => return Err(ErrorKind::BrokenPipe.into()),
                Err(error) if waited(&error) => {}
                written => return written,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}
