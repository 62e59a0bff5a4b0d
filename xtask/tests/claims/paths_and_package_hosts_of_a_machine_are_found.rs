use xtask::project::Project;
use xtask::traces::Traces;

use crate::lines;

fn found(path: &str, text: &str) -> Vec<usize> {
    let project = Project::find().expect("tests run inside the project");
    lines(&Traces::of(&project).find(path, text))
}

/// Written in pieces, as this file is checked like any other.
fn host() -> String {
    ["https://regi", "stry.npmjs.org/esbuild"].concat()
}

#[test]
fn a_package_host_is_found_but_for_lock_files() {
    let text = format!("fine\n\"resolved\": \"{}\"\n", host());
    assert_eq!(found("README.md", &text), [2]);
    assert_eq!(found("pkg/package-lock.json", &text), [0; 0]);
}

#[test]
fn a_folder_of_a_machine_is_found_in_any_file() {
    let text = ["see /ho", "me/someone/notes\n(/ro", "ot/.cargo)\n"].concat();
    assert_eq!(found("pkg/package-lock.json", &text), [1, 2]);
}

#[test]
fn the_project_s_own_folder_is_found() {
    let project = Project::find().expect("tests run inside the project");
    assert_eq!(
        found("README.md", &format!("cd {}", project.root().display())),
        [1]
    );
}

#[test]
fn a_segment_of_an_address_is_no_folder() {
    let text = ["https://example.com/ho", "me/page and {base}/t", "mp/x"].concat();
    assert_eq!(found("README.md", &text), [0; 0]);
}
