//! A key goes to a command line tool through its input and is seen by nobody else: not in its arguments, not in its
//! environment, where every process of the same user could read it.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a failed unwrap is the test's message")]

mod support;

use std::io::Write as _;
use std::process::{Command, Stdio};

use handoff::deliver::{gh_secret_set, gh_variable_set};
use handoff::{Carrier, Encoding, Keep, Output, ValueShown, form, produce, sheet};
use support::{Names, forms, some_key};

/// Tells what the system shows of this process to others, then how much it was given to read.
const STAND_IN: &str = "tr '\\0' '\\n' < /proc/$$/cmdline; tr '\\0' '\\n' < /proc/$$/environ; wc -c";

/// What a stand-in for `gh` shows of itself when it is started as told.
fn seen(command: &handoff::deliver::Command, input: &[u8]) -> String {
    let mut child = Command::new("sh")
        .args(["-c", STAND_IN, command.program])
        .args(&command.arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    String::from_utf8_lossy(&child.wait_with_output().unwrap().stdout).into_owned()
}

/// Every piece of ten characters of the key, in each of the four encodings.
fn pieces() -> Vec<String> {
    let names = Names::team();
    let bearer = names.bearer("CI", None);
    let written = ["env_pem", "env_pem_escaped", "env_base64_pem", "env_base64_der"].map(|code| {
        let outputs = produce(form(code).unwrap().1, &bearer, &some_key()).unwrap();
        let text = outputs[0].expose();
        // Of a PEM only what is between BEGIN and END is the key.
        text.replace("\\n", "\n").lines().filter(|line| !line.starts_with('-')).collect::<String>()
    });
    assert_eq!(written.len(), Encoding::ALL.len());
    let windows = |text: &String| {
        text.as_bytes().windows(10).map(|piece| String::from_utf8_lossy(piece).into_owned()).collect::<Vec<_>>()
    };
    written.iter().flat_map(windows).collect()
}

#[test]
fn no_byte_of_the_key_is_in_arguments_or_environment() {
    let pieces = pieces();
    let names = Names::team();
    let bearer = names.bearer("CI", None);
    let mut delivered = 0;
    for form in forms().filter(|form| form.gh()) {
        let secrets: Vec<Output> = produce(form, &bearer, &some_key()).unwrap();
        for output in &secrets {
            let Carrier::Setting { name } = output.carrier() else { continue };
            let command = gh_secret_set(name, "tideline/fernweh-ios", Some("release")).unwrap();
            let shown = seen(&command, output.expose().as_bytes());
            assert!(shown.contains(&format!("gh\nsecret\nset\n{name}\n")) && shown.contains("PATH="), "{shown}");
            assert!(shown.trim_end().ends_with(&output.expose().len().to_string()), "all of it was read: {shown}");
            assert!(!pieces.iter().any(|piece| shown.contains(piece.as_str())), "{}", form.code);
            delivered += 1;
        }
        for setting in sheet(form, &bearer).unwrap().settings {
            let (Keep::Variable, ValueShown::Plain { text }) = (setting.keep, setting.value) else { continue };
            let command = gh_variable_set(setting.name, &text, "tideline/fernweh-ios", None).unwrap();
            assert!(!pieces.iter().any(|piece| command.arguments.iter().any(|one| one.contains(piece.as_str()))));
        }
    }
    assert_eq!(delivered, 2);
}
