//! A second opinion on finished files, by other programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// What python-pptx sees in a file.
#[derive(Clone, Debug)]
pub struct Deck {
    /// Slides.
    pub slides: u64,
    /// The title of the first slide.
    pub title: String,
}

impl Deck {
    /// Opens a presentation.
    ///
    /// # Panics
    ///
    /// Where Python or python-pptx is missing, or cannot read the file.
    pub fn read(file: &Path) -> Deck {
        let python = env::var("SLIDEWRIGHT_PYTHON").unwrap_or_else(|_| "python3".into());
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("deck.py");
        let said = output(Command::new(python).arg(script).arg(file));
        let deck: Value = serde_json::from_str(&said).expect("the script speaks JSON");
        Deck {
            slides: deck["slides"].as_u64().expect("a number of slides"),
            title: deck["title"].as_str().unwrap_or_default().to_owned(),
        }
    }
}

/// The pages that LibreOffice makes of a file; nothing where it is not there.
///
/// # Panics
///
/// Where it cannot read the file.
pub fn pages(file: &Path) -> Option<usize> {
    let office = env::var("SLIDEWRIGHT_SOFFICE").ok()?;
    let folder = tempfile::tempdir().expect("a folder");
    // Its own profile, or a second one at the same time would only knock.
    let profile = format!("-env:UserInstallation=file://{}", folder.path().display());
    let mut command = Command::new(office);
    command
        .args(["--headless", &profile, "--convert-to", "pdf", "--outdir"])
        .arg(folder.path())
        .arg(file);
    output(&mut command);
    let name = PathBuf::from(file.file_name()?).with_extension("pdf");
    let pdf = std::fs::read(folder.path().join(name)).expect("LibreOffice can open the file");
    Some(pages_in(&pdf))
}

/// LibreOffice writes page objects uncompressed.
fn pages_in(pdf: &[u8]) -> usize {
    const PAGE: &[u8] = b"/Type/Page";
    pdf.windows(PAGE.len() + 1)
        .filter(|at| at.starts_with(PAGE) && at.last() != Some(&b's'))
        .count()
}

fn output(command: &mut Command) -> String {
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(
        output.status.success(),
        "{command:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}
