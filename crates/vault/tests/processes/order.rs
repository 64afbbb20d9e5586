//! "Done" is said after the bytes are on the disk, not before.

use std::fs;

use crate::child;
use crate::kill::scene;

#[test]
fn the_log_is_synced_between_the_last_write_and_the_acknowledgement() {
    for task in ["import", "remove", "correct", "check", "purge", "add passphrase"] {
        let root = scene();
        let trace = root.path().join("trace");
        let output = child::run(
            root.path(),
            task,
            &[
                "-f".into(),
                "-y".into(),
                "-s".into(),
                "64".into(),
                "-o".into(),
                trace.display().to_string(),
                "-e".into(),
                "trace=pwrite64,fdatasync,fsync,write".into(),
            ],
        );
        assert_eq!(child::said(&output), ["done"]);
        let trace = fs::read_to_string(trace).unwrap();
        let lines: Vec<_> = trace.lines().collect();
        let acknowledged = lines.iter().position(|line| line.contains("SAID done")).expect("the acknowledgement");
        let of_log = |call: &str| {
            lines[..acknowledged]
                .iter()
                .rposition(|line| line.contains(&format!(" {call}(")) && line.contains(".sqlite3-wal>"))
        };
        let written = of_log("pwrite64").expect("the change goes through the write-ahead log");
        // Which of the two it is depends on how SQLite was built; both wait for the data.
        let synced = of_log("fdatasync").max(of_log("fsync"));
        assert!(synced > Some(written), "{task}: written at {written}, synced at {synced:?}, said at {acknowledged}");
    }
}
