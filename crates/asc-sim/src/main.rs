//! The simulator as a program, for the demo and for tests that are not written in Rust.
//!
//! It prints where it listens, then reads commands from its input, one a line, and answers each with one beginning
//! `ok` or `error`. It ends when its input does, so that it never outlives who started it.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program for the terminal")]

use std::fs;
use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::path::PathBuf;
use std::process::ExitCode;

use asc_sim::{Options, Simulator, World, demo, obey};

const USAGE: &str = "\
asc-sim [--demo] [--keys-out FOLDER] [--ca-out FILE] [--listen ADDRESS:PORT] [--host NAME]...

--demo              with two invented teams and throwaway keys; without it, an empty world
--keys-out FOLDER   write the demo's throwaway key files there
--ca-out FILE       write the certificate of this run's authority there, in PEM
--listen            127.0.0.1 and a free port, if not given
--host              another name in the certificate; localhost and api.appstoreconnect.apple.com are always in it

Commands are read from the input; `help` lists them. It ends when the input does.";

#[derive(Default)]
struct Wishes {
    demo: bool,
    keys_out: Option<PathBuf>,
    ca_out: Option<PathBuf>,
    options: Options,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match wishes(&arguments).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(trouble) => {
            eprintln!("{trouble}");
            ExitCode::FAILURE
        }
    }
}

fn wishes(mut arguments: &[&str]) -> Result<Wishes, String> {
    let mut wishes = Wishes::default();
    loop {
        arguments = match arguments {
            [] => return Ok(wishes),
            ["--demo", rest @ ..] => {
                wishes.demo = true;
                rest
            }
            ["--keys-out", folder, rest @ ..] => {
                wishes.keys_out = Some(folder.into());
                rest
            }
            ["--ca-out", file, rest @ ..] => {
                wishes.ca_out = Some(file.into());
                rest
            }
            ["--listen", address, rest @ ..] => {
                wishes.options.listen = address.parse().map_err(|_| format!("{address} is no address and port"))?;
                rest
            }
            ["--host", name, rest @ ..] => {
                wishes.options.hosts.push((*name).to_owned());
                rest
            }
            _ => return Err(USAGE.to_owned()),
        }
    }
}

fn run(wishes: Wishes) -> Result<(), String> {
    let (world, files) = if wishes.demo {
        let demo = demo();
        (demo.world, demo.files)
    } else {
        (World::new(), Vec::new())
    };
    let apple = Simulator::start_with(world, wishes.options).map_err(|trouble| trouble.to_string())?;
    let unwritten = |trouble: std::io::Error| format!("cannot write: {trouble}");
    if let Some(file) = wishes.ca_out {
        fs::write(file, apple.authority_pem()).map_err(unwritten)?;
    }
    if let Some(folder) = wishes.keys_out {
        fs::create_dir_all(&folder).map_err(unwritten)?;
        for (name, content) in files {
            fs::write(folder.join(name), content).map_err(unwritten)?;
        }
    }
    println!("listening {}", apple.address());
    for line in stdin().lock().lines() {
        let Ok(line) = line else { break };
        match line.trim() {
            "" => continue,
            "stop" => break,
            line => match obey(&apple, line) {
                Ok(said) => println!("ok {said}"),
                Err(trouble) => println!("error {trouble}"),
            },
        }
        stdout().flush().map_err(unwritten)?;
    }
    Ok(())
}
