//! What is risky about a place, and the line that keeps a file out of a repository.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use handoff::write::{Cloud, Ground, PlaceWarning, ignore_line, warnings};
use tempfile::TempDir;

/// A folder in the build's own folder: one in /tmp would be warned of for that.
fn quiet() -> TempDir {
    let build = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let outside = build.ancestors().all(|one| !one.join(".git").exists());
    // Some build folders lie in a work tree; then the test brings its own answer to that question.
    let root = tempfile::tempdir_in(build).unwrap();
    if !outside {
        fs::create_dir(root.path().join(".git")).unwrap();
    }
    root
}

fn found(target: &Path) -> Vec<PlaceWarning> {
    let mut all = warnings(target, &Ground::default());
    // Where the build folder lies is not what these tests are about.
    all.retain(|one| !matches!(one, PlaceWarning::Temporary | PlaceWarning::EverybodyWrites));
    all
}

fn clouds(target: &Path) -> Vec<Cloud> {
    let services = found(target).into_iter().filter_map(|one| match one {
        PlaceWarning::CloudFolder { service } => Some(service),
        _ => None,
    });
    services.collect()
}

#[test]
fn a_work_tree_is_seen_from_any_depth_and_through_a_link() {
    let root = quiet();
    let tree = root.path().join("fernweh");
    fs::create_dir_all(tree.join("ios/keys")).unwrap();
    // In a linked work tree it is a file.
    fs::write(tree.join(".git"), "gitdir: elsewhere").unwrap();
    symlink(tree.join("ios"), root.path().join("shortcut")).unwrap();
    let real = fs::canonicalize(&tree).unwrap().to_string_lossy().into_owned();
    for target in [tree.join("key.p8"), tree.join("ios/keys/key.p8"), root.path().join("shortcut/keys/key.p8")] {
        assert_eq!(found(&target), [PlaceWarning::GitWorkTree { root: real.clone(), listed: false }]);
    }
}

#[test]
fn the_line_for_gitignore_is_offered_once_and_added_without_harm() {
    let root = quiet();
    let tree = fs::canonicalize(root.path()).unwrap().join("repo");
    fs::create_dir_all(tree.join(".git")).unwrap();
    fs::create_dir_all(tree.join("fastlane")).unwrap();
    let target = tree.join("fastlane/key [1].json");
    fs::write(tree.join(".gitignore"), "build/").unwrap();
    let line = ignore_line(&target).unwrap();
    assert_eq!(line.line, "/fastlane/key \\[1].json");
    line.add().unwrap();
    assert_eq!(fs::read_to_string(tree.join(".gitignore")).unwrap(), "build/\n/fastlane/key \\[1].json\n");
    assert_eq!(ignore_line(&target), None);
    let listed = PlaceWarning::GitWorkTree { root: tree.to_string_lossy().into_owned(), listed: true };
    assert_eq!(found(&target), [listed]);
}

#[test]
fn a_gitignore_that_is_a_link_is_not_written_to() {
    let root = quiet();
    let tree = root.path().join("repo");
    fs::create_dir_all(tree.join(".git")).unwrap();
    symlink("/dev/null", tree.join(".gitignore")).unwrap();
    assert!(ignore_line(&tree.join("key.p8")).unwrap().add().is_err());
}

#[test]
fn synchronized_folders_are_known_by_their_names() {
    let known = [
        ("Dropbox/keys", Cloud::Dropbox),
        ("Dropbox (Tideline)", Cloud::Dropbox),
        ("OneDrive - Tideline", Cloud::Onedrive),
        ("Library/CloudStorage/GoogleDrive-mina@example.com/My Drive", Cloud::GoogleDrive),
        ("Library/CloudStorage/Sync-Unknown", Cloud::Other),
        ("Library/Mobile Documents/com~apple~CloudDocs", Cloud::Icloud),
        ("Nextcloud/work", Cloud::Nextcloud),
        ("Box Sync", Cloud::Box),
    ];
    for (folder, service) in known {
        assert_eq!(clouds(&Path::new("/home/mina").join(folder).join("key.p8")), [service], "{folder}");
    }
    for folder in ["Boxes", "my-dropbox-notes", "code", "OneDriveway", "Documents"] {
        assert!(clouds(&Path::new("/home/mina").join(folder).join("key.p8")).is_empty(), "{folder}");
    }
}

#[test]
fn synchronized_folders_are_known_by_what_services_leave_in_them_and_through_links() {
    let root = quiet();
    let shared = root.path().join("shared");
    fs::create_dir_all(shared.join("deep")).unwrap();
    assert!(clouds(&shared.join("deep/key.p8")).is_empty());
    fs::create_dir(shared.join(".stfolder")).unwrap();
    assert_eq!(clouds(&shared.join("deep/key.p8")), [Cloud::Syncthing]);
    symlink(shared.join("deep"), root.path().join("keys")).unwrap();
    assert_eq!(clouds(&root.path().join("keys/key.p8")), [Cloud::Syncthing]);
}

#[test]
fn a_folder_everybody_may_write_to_is_warned_of() {
    let root = quiet();
    let open = root.path().join("open");
    fs::create_dir_all(open.join("inner")).unwrap();
    let everybody = |target: &Path| warnings(target, &Ground::default()).contains(&PlaceWarning::EverybodyWrites);
    let before = everybody(&open.join("key.p8"));
    fs::set_permissions(&open, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(!before && everybody(&open.join("key.p8")));
    assert!(everybody(&open.join("inner/key.p8")), "who may write above may swap the folder");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o1777)).unwrap();
    assert!(everybody(&open.join("key.p8")) && !everybody(&open.join("inner/key.p8")), "sticky: no swapping");
}

#[test]
fn temporary_folders_are_warned_of() {
    let temporary =
        |target: &str, ground: &Ground<'_>| warnings(Path::new(target), ground).contains(&PlaceWarning::Temporary);
    for target in ["/tmp/key.p8", "/tmp/deep/key.p8", "/var/tmp/key.p8", "/dev/shm/key.p8"] {
        assert!(temporary(target, &Ground::default()), "{target}");
    }
    assert!(!temporary("/tmpfiles/key.p8", &Ground::default()));
    let ground = Ground { home: None, temporary: Some(Path::new("/somewhere/T")) };
    assert!(temporary("/somewhere/T/key.p8", &ground));
}
