use crate::takes;
use slidewright_fuzz::{TARGETS, target};
use std::fs;
use std::path::PathBuf;

#[test]
fn every_find_is_taken() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regressions");
    let mut open = Vec::new();
    for target in TARGETS {
        let Ok(files) = fs::read_dir(folder.join(target.name)) else {
            continue;
        };
        for file in files {
            let path = file.expect("a file").path();
            let input = fs::read(&path).expect("a find can be read");
            if !takes(&target, &input) {
                open.push(path);
            }
        }
    }
    assert!(open.is_empty(), "not mended: {open:#?}");
}

#[test]
fn every_find_has_its_target() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("regressions");
    for entry in fs::read_dir(folder).expect("the folder of finds") {
        let entry = entry.expect("an entry");
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().expect("a name");
            assert!(target(&name).is_some(), "there is no target {name}");
        }
    }
}
