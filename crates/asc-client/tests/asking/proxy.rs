//! The way out through a proxy: it sees a host's name and a stream it cannot read.

use std::sync::{Arc, Mutex};

use asc_client::{SystemProxy, Trouble, Verdict, check};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};

use crate::{Scene, connection};

/// A proxy that tunnels to the simulator, writes down what it sees, and may want a password.
struct Proxy {
    port: u16,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Proxy {
    async fn start(to: u16, answer: Option<&'static str>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard: Arc<Mutex<Vec<u8>>> = Arc::default();
        let hears = Arc::clone(&heard);
        tokio::spawn(async move {
            while let Ok((mut client, _)) = listener.accept().await {
                let hears = Arc::clone(&hears);
                tokio::spawn(async move {
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(client.read_u8().await.ok()?);
                    }
                    hears.lock().unwrap().extend_from_slice(&head);
                    if let Some(answer) = answer {
                        client.write_all(answer.as_bytes()).await.ok()?;
                        return Some(());
                    }
                    client.write_all(b"HTTP/1.1 200 Connection established\r\n\r\n").await.ok()?;
                    let mut server = TcpStream::connect(("127.0.0.1", to)).await.ok()?;
                    copy_bidirectional(&mut client, &mut server).await.ok()?;
                    Some(())
                });
            }
        });
        Self { port, heard }
    }

    fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

#[tokio::test]
async fn a_proxy_sees_the_hosts_name_and_nothing_else() {
    let scene = Scene::new();
    let proxy = Proxy::start(scene.apple.port(), None).await;
    let mut connection = connection(&scene.apple);
    connection.proxy = SystemProxy::of(&format!("http://anna:secret-word@127.0.0.1:{}", proxy.port));
    let line = scene.line.again(&connection).unwrap();
    let report = check(&line, scene.admin.inquiry(), |_, _| {}).await;
    assert_eq!(report.verdict, Verdict::Alive);

    let heard = proxy.heard();
    let name = format!("CONNECT localhost:{} HTTP/1.1", scene.apple.port());
    assert_eq!(heard.matches("CONNECT").count(), 1, "one tunnel serves every question: {heard}");
    assert!(heard.starts_with(&name), "{heard}");
    assert!(heard.contains("YW5uYTpzZWNyZXQtd29yZA=="), "the proxy gets its password: {heard}");
    assert!(!heard.contains("Bearer"), "{heard}");

    let shown = line.proxy().unwrap();
    assert_eq!((shown.scheme.as_str(), shown.password), ("http", true));
    assert_eq!(shown.host, format!("127.0.0.1:{}", proxy.port));
    let printed = format!("{line:?} {connection:?}");
    assert!(!printed.contains("secret-word") && !printed.contains("YW5uYTp"), "{printed}");
}

#[tokio::test]
async fn a_proxys_refusals_are_its_own() {
    let scene = Scene::new();
    for (answer, trouble) in [
        ("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n", Trouble::ProxyAuth),
        ("HTTP/1.1 403 Forbidden\r\n\r\n", Trouble::Proxy),
        ("HTTP/1.1 502 Bad Gateway\r\n\r\n", Trouble::Proxy),
        ("nonsense", Trouble::Proxy),
    ] {
        let proxy = Proxy::start(scene.apple.port(), Some(answer)).await;
        let mut connection = connection(&scene.apple);
        connection.proxy = SystemProxy::of(&format!("http://127.0.0.1:{}", proxy.port));
        let line = scene.line.again(&connection).unwrap();
        let report = check(&line, scene.admin.inquiry(), |_, _| {}).await;
        assert_eq!(report.verdict, Verdict::NotChecked { trouble }, "{answer}");
        assert_eq!(scene.seen(), []);
    }
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_not_gone_around() {
    let scene = Scene::new();
    // A label of 64 letters is no name: it is refused before anybody is asked.
    let nameless = format!("http://{}.invalid:8080", "x".repeat(64));
    let words = ["http://anna:secret-word@127.0.0.1:9", "socks5://anna:secret-word@127.0.0.1:9"];
    for address in ["http://127.0.0.1:9", &nameless, "socks5://127.0.0.1:9", words[0], words[1]] {
        let mut connection = connection(&scene.apple);
        connection.proxy = SystemProxy::of(address);
        let line = scene.line.again(&connection).unwrap();
        let report = check(&line, scene.admin.inquiry(), |_, _| {}).await;
        assert_eq!(report.verdict, Verdict::NotChecked { trouble: Trouble::Proxy }, "{address}");
        assert_eq!(scene.seen(), [], "{address}");
        let printed = format!("{line:?} {connection:?} {report:?} {:?}", line.proxy());
        assert!(!printed.contains("secret-word"), "{printed}");
        assert_eq!(line.proxy().unwrap().password, address.contains("anna"), "{address}");
    }
}
