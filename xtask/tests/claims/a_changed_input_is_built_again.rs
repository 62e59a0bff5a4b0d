use std::fs;
use std::path::{Path, PathBuf};

use xtask::stamp::Stamp;

/// A folder of its own below cargo's for this test binary.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

#[test]
fn content_counts_and_time_does_not() {
    let folder = folder("stamp-content");
    let (input, made) = (folder.join("input"), folder.join("made"));
    fs::write(&input, "one").expect("written");
    fs::write(&made, "result").expect("written");
    let stamp = || {
        Stamp::new(folder.join("stamp"), std::slice::from_ref(&input), &["1.0"]).expect("readable")
    };

    assert!(!stamp().fits(&[&made]), "never set");
    stamp().set().expect("written");
    assert!(stamp().fits(&[&made]));
    fs::write(&input, "one").expect("written");
    assert!(
        stamp().fits(&[&made]),
        "written again with the same content"
    );
    fs::write(&input, "two").expect("written");
    assert!(!stamp().fits(&[&made]));
}

#[test]
fn a_missing_result_is_made_again() {
    let folder = folder("stamp-missing");
    let stamp = Stamp::new(folder.join("stamp"), &[], &["1.0"]).expect("nothing to read");
    stamp.set().expect("written");
    assert!(stamp.fits(&[]));
    assert!(!stamp.fits(&[&folder.join("made")]));
}
