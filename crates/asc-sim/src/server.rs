//! The server: a listener, a thread per connection, and the handle a test holds.
//!
//! Threads and blocking reads, no runtime: a test may start one inside or outside of its own. Dropping the handle
//! ends every connection, wakes every pause and waits until the last thread is gone.

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::SystemTime;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use thiserror::Error;

use crate::answer::Answer;
use crate::authority::{Authority, Front};
use crate::decide::{Decided, decide};
use crate::deliver::{After, Stamp, deliver};
use crate::fault::{self, Fault, Trouble};
use crate::gate::Gate;
use crate::query::Target;
use crate::request::{Interrupted, Reader, Request};
use crate::seen::{Reason, Seen};
use crate::socket::Socket;
use crate::world::World;

/// It could not be started.
#[derive(Debug, Error)]
pub enum StartError {
    /// The address is taken or not ours.
    #[error("cannot listen: {0}")]
    Listen(#[from] io::Error),
    /// The certificates could not be made.
    #[error("cannot make certificates: {0}")]
    Certificate(#[from] rcgen::Error),
    /// They could not be used.
    #[error("cannot use the certificates: {0}")]
    Tls(#[from] rustls::Error),
}

/// A clock, in seconds since 1970.
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Where and how to listen.
#[derive(Clone)]
pub struct Options {
    /// By default a free port of this computer alone.
    pub listen: SocketAddr,
    /// Names in the certificate besides `localhost`, `127.0.0.1` and `api.appstoreconnect.apple.com`.
    pub hosts: Vec<String>,
    /// Instead of this computer's clock. The world's clock offset is added to it.
    pub clock: Option<Clock>,
}

impl Default for Options {
    fn default() -> Self {
        Self { listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)), hosts: Vec::new(), clock: None }
    }
}

/// A running App Store Connect. Stops when dropped.
pub struct Simulator {
    shared: Arc<Shared>,
    address: SocketAddr,
    listener: Option<JoinHandle<()>>,
}

struct Shared {
    authority: Authority,
    clock: Option<Clock>,
    gate: Gate,
    state: Mutex<State>,
    connections: Mutex<Connections>,
}

struct State {
    world: World,
    faults: Vec<Fault>,
    seen: Vec<Seen>,
    front: Front,
    requests: u64,
}

#[derive(Default)]
struct Connections {
    accepted: usize,
    refused: Vec<String>,
    open: Vec<(usize, TcpStream)>,
    threads: Vec<JoinHandle<()>>,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Simulator {
    /// Starts on a free port of this computer.
    ///
    /// # Errors
    /// [`StartError`]: nothing to listen on, or no randomness for certificates.
    pub fn start(world: World) -> Result<Self, StartError> {
        Self::start_with(world, Options::default())
    }

    /// Starts as told.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_with(world: World, options: Options) -> Result<Self, StartError> {
        let authority = Authority::new(&options.hosts)?;
        let listener = TcpListener::bind(options.listen)?;
        let address = listener.local_addr()?;
        let state = State { world, faults: Vec::new(), seen: Vec::new(), front: Front::Good, requests: 0 };
        let shared = Arc::new(Shared {
            authority,
            clock: options.clock,
            gate: Gate::default(),
            state: Mutex::new(state),
            connections: Mutex::default(),
        });
        let accepting = Arc::clone(&shared);
        let listener = std::thread::spawn(move || accept(&listener, &accepting));
        Ok(Self { shared, address, listener: Some(listener) })
    }

    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Its port.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.address.port()
    }

    /// Its address as a client names it: `https://localhost:PORT`.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("https://localhost:{}", self.port())
    }

    /// The certificate of its authority, in PEM, for a client to trust.
    #[must_use]
    pub fn authority_pem(&self) -> &str {
        &self.shared.authority.pem
    }

    /// Looks at the world or changes it; the next request meets it changed.
    pub fn change<T>(&self, how: impl FnOnce(&mut World) -> T) -> T {
        how(&mut held(&self.shared.state).world)
    }

    /// Adds a fault. Of several that concern a request, the oldest meets it.
    pub fn fault(&self, fault: Fault) {
        held(&self.shared.state).faults.push(fault);
    }

    /// Forgets every fault that has not been used up.
    pub fn calm(&self) {
        held(&self.shared.state).faults.clear();
    }

    /// What new connections meet. Open ones stay as they are.
    pub fn front(&self, front: Front) {
        held(&self.shared.state).front = front;
    }

    /// Every request that was read, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Seen> {
        held(&self.shared.state).seen.clone()
    }

    /// Forgets the requests so far, and returns them.
    pub fn take_requests(&self) -> Vec<Seen> {
        std::mem::take(&mut held(&self.shared.state).seen)
    }

    /// How many connections were accepted, with or without a request on them.
    #[must_use]
    pub fn connections(&self) -> usize {
        held(&self.shared.connections).accepted
    }

    /// How clients broke off the handshake, in the words of the TLS library.
    #[must_use]
    pub fn broken_handshakes(&self) -> Vec<String> {
        held(&self.shared.connections).refused.clone()
    }

    /// Its clock now, in seconds since 1970.
    #[must_use]
    pub fn now(&self) -> i64 {
        self.shared.now(&held(&self.shared.state).world)
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.shared.gate.close();
        // The listener sleeps until somebody comes. If nobody can, it is gone already.
        let woken = TcpStream::connect(self.address).is_ok();
        if let Some(listener) = self.listener.take().filter(|_| woken) {
            listener.join().unwrap_or_default();
        }
        let threads = {
            let mut connections = held(&self.shared.connections);
            for (_, stream) in &connections.open {
                // One that is already closed needs no closing.
                stream.shutdown(Shutdown::Both).unwrap_or_default();
            }
            std::mem::take(&mut connections.threads)
        };
        threads.into_iter().for_each(|thread| thread.join().unwrap_or_default());
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        if shared.gate.is_closed() {
            return;
        }
        let Ok(stream) = stream else { continue };
        let mut connections = held(&shared.connections);
        let number = connections.accepted;
        connections.accepted += 1;
        connections.open.extend(stream.try_clone().map(|stream| (number, stream)));
        connections.threads.retain(|thread| !thread.is_finished());
        let serving = Arc::clone(shared);
        connections.threads.push(std::thread::spawn(move || {
            serving.meet(stream);
            held(&serving.connections).open.retain(|(one, _)| *one != number);
        }));
    }
}

/// A ServerHello of TLS 1.1 with an RSA cipher: what an old server answers to any client.
fn old_hello() -> Vec<u8> {
    let (random, no_session, cipher, no_compression) = ([0x5a; 32], [0], [0x00, 0x2f], [0]);
    let hello = [[3, 2].as_slice(), &random, &no_session, &cipher, &no_compression].concat();
    let length = u8::try_from(hello.len()).unwrap_or_default();
    let handshake = [[2, 0, 0, length].as_slice(), &hello].concat();
    let length = u8::try_from(handshake.len()).unwrap_or_default();
    [[22, 3, 2, 0, length].as_slice(), &handshake].concat()
}

impl Shared {
    fn now(&self, world: &World) -> i64 {
        let here = || {
            let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
            i64::try_from(since.as_secs()).unwrap_or_default()
        };
        self.clock.as_ref().map_or_else(here, |clock| clock()) + world.clock_offset
    }

    /// A connection, from its first byte to its last.
    fn meet(&self, stream: TcpStream) {
        let mut stream = Socket::new(stream, &self.gate);
        let front = held(&self.state).front;
        match (self.authority.config(front), front) {
            (Some(config), _) => self.serve(stream, config),
            (None, Front::PlainHttp) => {
                let page = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                if await_something(&mut stream) {
                    stream.write_all(page).unwrap_or_default();
                    hold(&mut stream);
                }
            }
            (None, Front::OldTls) => {
                if await_something(&mut stream) {
                    stream.write_all(&old_hello()).unwrap_or_default();
                    hold(&mut stream);
                }
            }
            (None, _) => hold(&mut stream),
        }
    }

    fn serve(&self, mut stream: Socket<'_>, config: Arc<ServerConfig>) {
        let Ok(mut connection) = ServerConnection::new(config) else { return };
        while connection.is_handshaking() {
            if let Err(trouble) = connection.complete_io(&mut stream) {
                held(&self.connections).refused.push(trouble.to_string());
                return;
            }
        }
        let mut stream = StreamOwned::new(connection, stream);
        let mut reader = Reader::default();
        loop {
            let (after, wants_close) = match reader.next(&mut stream) {
                Ok(request) => (self.answer(&request, &mut stream), request.wants_close()),
                Err(Interrupted::NotHttp) => (self.misread(&mut stream), true),
                Err(Interrupted::Gone) => return,
            };
            match after {
                Some(After::Open) if !wants_close => {}
                Some(After::Open | After::Close) => {
                    stream.conn.send_close_notify();
                    stream.flush().unwrap_or_default();
                    stream.sock.end();
                    return;
                }
                Some(After::Reset) => {
                    // Closing without lingering sends a reset; the copy kept for stopping must go as well.
                    stream.sock.reset_when_dropped();
                    let own = stream.sock.peer();
                    held(&self.connections).open.retain(|(_, other)| other.peer_addr().ok() != own);
                    return;
                }
                Some(After::Hold) => return hold(&mut stream),
                None => return,
            }
        }
    }

    /// Answers one request; `None` if that was the end of the connection.
    fn answer(&self, request: &Request, stream: &mut impl Write) -> Option<After> {
        let target = Target::read(&request.target);
        let (decided, trouble, stamp, latency) = {
            let mut state = held(&self.state);
            let now = self.now(&state.world);
            let decided = decide(&mut state.world, request, &target, now);
            let trouble = fault::next(&mut state.faults, decided.key_id.as_deref(), &target.path);
            let Decided { answer, key_id, rate } = decided;
            state.requests += 1;
            let request_id = format!("{:08x}-51a0-4000-8000-{:012x}", state.requests, state.requests);
            let stamp = Stamp { now, request_id, rate };
            state.seen.push(Seen {
                method: request.method.clone(),
                target: request.target.clone(),
                path: target.path,
                query: target.pairs,
                key_id,
                status: answer.status,
                reason: answer.reason,
                fault: trouble.as_ref().map(Trouble::code),
                at: now,
            });
            (answer, trouble, stamp, state.world.latency)
        };
        self.gate.pause(latency).ok()?;
        deliver(stream, decided, trouble, stamp, &self.gate).ok()
    }

    /// Something arrived that is no request we read.
    fn misread(&self, stream: &mut impl Write) -> Option<After> {
        let stamp = {
            let mut state = held(&self.state);
            let now = self.now(&state.world);
            state.seen.push(Seen {
                method: String::new(),
                target: String::new(),
                path: String::new(),
                query: Vec::new(),
                key_id: None,
                status: 400,
                reason: Some(Reason::BadRequest),
                fault: None,
                at: now,
            });
            Stamp { now, request_id: String::new(), rate: None }
        };
        deliver(stream, Answer::bad_request(), None, stamp, &self.gate).ok()
    }
}

/// Waits for the first bytes; false if none come.
fn await_something(stream: &mut impl Read) -> bool {
    stream.read(&mut [0; 4096]).is_ok_and(|read| read > 0)
}

/// Keeps the connection open until the other side or the simulator ends it.
fn hold(stream: &mut impl Read) {
    while await_something(stream) {}
}
