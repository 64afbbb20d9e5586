//! Two apps on one folder: the second is told, and even if nobody told it, no update is lost.

use std::io::{BufRead, BufReader};

use crate::child::{self, Place};
use crate::kill::scene;
use crate::support::folder;

#[test]
fn of_twenty_starts_at_once_one_survives() {
    let root = folder();
    let mut starts: Vec<_> = (0..20).map(|_| child::start_held(root.path(), "lock")).collect();
    let answers: Vec<String> = starts
        .iter_mut()
        .map(|start| {
            let lines = BufReader::new(start.stdout.as_mut().unwrap()).lines();
            lines
                .map_while(Result::ok)
                .find_map(|line| Some(line.split_once("SAID ")?.1.to_owned()))
                .expect("an answer")
        })
        .collect();
    for mut start in starts {
        drop(start.stdin.take());
        start.wait().unwrap();
    }
    assert_eq!(answers.iter().filter(|answer| *answer == "held").count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|answer| *answer == "running already").count(), 19, "{answers:?}");
}

#[test]
fn two_processes_without_the_lock_lose_no_update() {
    let root = scene();
    let both = [child::start(root.path(), "count"), child::start(root.path(), "count")];
    for one in both {
        let output = one.wait_with_output().unwrap();
        assert_eq!(child::said(&output), ["done"], "{}", String::from_utf8_lossy(&output.stderr));
    }
    let vault = Place::in_folder(root.path()).open().unwrap();
    let counted = &vault.keys().unwrap()[0];
    assert_eq!((counted.notes.as_str(), counted.version), ("1000", 1001));
}
