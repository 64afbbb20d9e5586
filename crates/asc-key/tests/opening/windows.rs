//! What only Windows can put under a name: devices that are names in every folder, files another program keeps to
//! itself, streams beside a file's content.

use std::fs::{self, File};
use std::os::windows::fs::OpenOptionsExt as _;
use std::path::Path;

use asc_key::RefusalCode;
use asc_key::file::read;

use crate::{KEY, answer, folder_with};

#[test]
fn a_device_is_no_file_and_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    for device in ["NUL", r"\\.\NUL", "CON", r"\\.\CON"] {
        let said = answer(Path::new(device));
        // Whether there is a console to open depends on how the tests were started.
        let refused = said == Err(RefusalCode::NotRegularFile) || (device.contains("CON") && said.is_err());
        assert!(refused, "{device}: {said:?}");
    }
    assert!(answer(&folder.path().join("NUL")).is_err());
}

#[test]
fn a_file_that_another_program_keeps_to_itself_is_unreadable_until_it_lets_go() {
    let (_folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    let alone = File::options().read(true).write(true).share_mode(0).open(&path).unwrap();
    assert_eq!(answer(&path), Err(RefusalCode::Unreadable));
    drop(alone);
    assert_eq!(answer(&path).unwrap(), KEY);
}

#[test]
fn a_file_that_is_being_read_can_be_moved_and_removed() {
    let (folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    assert_eq!(*read(&path).unwrap(), KEY);
    let moved = folder.path().join("moved.p8");
    fs::rename(&path, &moved).unwrap();
    fs::remove_file(&moved).unwrap();
    assert_eq!(answer(&moved), Err(RefusalCode::NotFound));
}

#[test]
fn both_separators_and_a_name_without_drive_lead_to_the_file() {
    let (folder, path) = folder_with("AuthKey_2X9R4HXF34.p8", KEY);
    let slashes = path.to_str().unwrap().replace('\\', "/");
    assert_eq!(answer(Path::new(&slashes)).unwrap(), KEY);
    let verbatim = folder.path().canonicalize().unwrap().join("AuthKey_2X9R4HXF34.p8");
    assert!(verbatim.to_str().unwrap().starts_with(r"\\?\"), "{verbatim:?}");
    assert_eq!(answer(&verbatim).unwrap(), KEY);
}
