//! The simulator as a program of its own: what it writes, what it answers, when it ends.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use support::{claims_of, header, signed_by};

#[test]
fn it_serves_the_demo_until_its_input_ends() {
    let folder = tempfile::tempdir().unwrap();
    let (keys, authority) = (folder.path().join("keys"), folder.path().join("ca.pem"));
    let mut program = Command::new(env!("CARGO_BIN_EXE_asc-sim"))
        .args(["--demo", "--host", "apple.test", "--listen", "127.0.0.1:0", "--keys-out"])
        .arg(&keys)
        .arg("--ca-out")
        .arg(&authority)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut commands = program.stdin.take().unwrap();
    let mut said = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
    let address: std::net::SocketAddr = said.next().unwrap().strip_prefix("listening ").unwrap().parse().unwrap();

    let trusted = fs::read(&authority).unwrap();
    let client = support::trusting(&trusted).resolve("apple.test", address).build().unwrap();
    let file = fs::read(keys.join("AuthKey_R2N8V5TQ4C.p8")).unwrap();
    let key = asc_key::parse(&file, None).unwrap().key;
    let now = {
        writeln!(commands, "now").unwrap();
        said.next().unwrap().strip_prefix("ok ").unwrap().parse().unwrap()
    };
    let token = signed_by(&key, &header("R2N8V5TQ4C"), &claims_of("57246542-96fe-1a63-e053-0824d011a9b3", now));
    let ask = || {
        let url = format!("https://apple.test:{}/v1/apps", address.port());
        client.get(url).bearer_auth(&token).send().unwrap().status().as_u16()
    };
    assert_eq!(ask(), 200);
    writeln!(commands, "revoke R2N8V5TQ4C").unwrap();
    assert_eq!(said.next().unwrap(), "ok revoke R2N8V5TQ4C");
    assert_eq!(ask(), 401);
    writeln!(commands, "revoke NOBODY").unwrap();
    assert_eq!(said.next().unwrap(), "error the simulated world has no key NOBODY");

    drop(commands);
    assert!(program.wait().unwrap().success());
}

#[test]
fn it_explains_itself_to_who_calls_it_wrongly() {
    let output = Command::new(env!("CARGO_BIN_EXE_asc-sim")).arg("--help").output().unwrap();
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("--ca-out FILE"));
}
