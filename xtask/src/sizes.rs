//! The weight of what a page downloads, and its budget.

use std::fmt::{self, Display, Formatter};
use std::path::Path;

use crate::process::Run;
use crate::project::Project;
use crate::wasm::Kind;
use crate::{Failure, Outcome};

/// The most that a page may download to use the widget, in bytes of brotli at
/// its best (quality 11), which is what a static host sends.
///
/// It was 70 000 for Presenton alone; what every provider, questions, files and
/// results cost stands in ARCHITECTURE.md, "Size".
pub const TOTAL_BUDGET: u64 = 121_500;

/// The same for the stable kind, which does not ship: it must work where the
/// small one cannot be made, and not grow unseen.
pub const STABLE_BUDGET: u64 = 128_300;

/// The most that the shell alone may weigh, by the same measure: it is what a
/// page waits for before it can paint. 3 KB, of 1024 bytes.
pub const SHELL_BUDGET: u64 = 3 * 1024;

/// The same for the engine without a view, of the small kind.
pub const HEADLESS_BUDGET: u64 = 88_500;

/// The same for the React component, which comes on top of the usual entry.
pub const REACT_BUDGET: u64 = 1_000;

/// The same for what the page for frames adds to the usual entry.
pub const FRAME_BUDGET: u64 = 1_200;

/// What a page or a bundler imports, and the files that a page downloads for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// How a host imports it.
    pub name: &'static str,
    /// In `pkg/dist`.
    pub files: &'static [&'static str],
}

/// What the package offers.
pub const ENTRIES: [Entry; 6] = [
    Entry {
        name: "slidewright",
        files: &["slidewright.js", "slidewright-glue.js", "slidewright.wasm"],
    },
    Entry {
        name: "slidewright/inline",
        files: &["inline.js"],
    },
    Entry {
        name: "slidewright/headless",
        files: &["headless.js", "headless-glue.js", "headless.wasm"],
    },
    Entry {
        name: "slidewright/headless, inline",
        files: &["headless-inline.js"],
    },
    Entry {
        name: "slidewright/react",
        files: &["react.js"],
    },
    Entry {
        name: "embed.html",
        files: &["embed.js"],
    },
];

/// One file's weight in bytes: as it is, by gzip at level 9, and by brotli at
/// quality 11.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The file's name.
    pub name: String,
    /// Bytes on disk.
    pub raw: u64,
    /// Bytes sent by a host that compresses with gzip.
    pub gzip: u64,
    /// Bytes sent by a host that compresses with brotli.
    pub brotli: u64,
}

impl Weight {
    /// A line of a table, with so much room for the name.
    fn row(&self, width: usize) -> String {
        let Self {
            name,
            raw,
            gzip,
            brotli,
        } = self;
        format!("{name:width$}  {raw:>9} {gzip:>9} {brotli:>9}")
    }
}

/// The line over it.
fn head(width: usize) -> String {
    format!(
        "{:width$}  {:>9} {:>9} {:>9}",
        "bytes", "raw", "gzip", "brotli"
    )
}

/// The weights of all files of a build.
pub struct Sizes(Vec<Weight>);

impl Sizes {
    /// The sizes made of these weights.
    pub fn new(weights: Vec<Weight>) -> Self {
        Self(weights)
    }

    /// Weighs the files of `folder` that a page can download: no typings, no maps.
    ///
    /// # Errors
    ///
    /// Node, whose compressors are used, cannot read a file.
    pub fn measure(project: &Project, folder: &Path) -> Outcome<Self> {
        let files = project.files(&project.relative(folder))?;
        let names: Vec<_> = files
            .iter()
            .filter_map(|file| file.strip_prefix(folder).ok()?.to_str())
            .filter(|name| !name.contains(['/', '\\']))
            .filter(|name| name.ends_with(".js") || name.ends_with(".wasm"))
            .collect();
        Self::weigh(project, folder, &names).map(Self)
    }

    /// Weighs files of `folder`, by their names.
    ///
    /// # Errors
    ///
    /// Node, whose compressors are used, cannot read a file.
    pub fn weigh(project: &Project, folder: &Path, names: &[&str]) -> Outcome<Vec<Weight>> {
        // Node is here anyway and has both compressors; a crate for brotli's
        // encoder would cost every first build of this tool.
        const WEIGH: &str = "\
const { readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync, constants } = require('node:zlib');
const [folder, ...names] = process.argv.slice(1);
for (const name of names) {
  const bytes = readFileSync(folder + '/' + name);
  const gzip = gzipSync(bytes, { level: 9 }).length;
  const brotli = brotliCompressSync(bytes, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } }).length;
  console.log(bytes.length, gzip, brotli, name);
}";
        let lines = project
            .command("node")
            .args(["-e", WEIGH])
            .arg(folder)
            .args(names)
            .text()?;
        lines.lines().map(parse).collect()
    }

    /// Weights in a table, for people.
    pub fn table(weights: &[Weight]) -> String {
        let width = weights.iter().map(|row| row.name.len()).max().unwrap_or(0);
        let rows = weights.iter().map(|weight| weight.row(width));
        let lines: Vec<_> = [head(width)].into_iter().chain(rows).collect();
        lines.join("\n")
    }

    /// Bytes of brotli that a page downloads for the usual entry.
    pub fn total(&self) -> u64 {
        self.of(&ENTRIES[0]).brotli
    }

    /// Bytes of brotli of the shell alone.
    pub fn shell(&self) -> u64 {
        self.sum("", &["slidewright.js"]).brotli
    }

    /// What a page downloads for an entry.
    pub fn of(&self, entry: &Entry) -> Weight {
        self.sum(entry.name, entry.files)
    }

    /// Fails if a budget is exceeded.
    ///
    /// # Errors
    ///
    /// Names each budget that is exceeded, and by how much.
    pub fn within_budget(&self, kind: Kind) -> Outcome {
        let [usual, inline, headless, _, react, frame] =
            ENTRIES.map(|entry| self.of(&entry).brotli);
        let mut held = vec![
            ("the shell", self.shell(), SHELL_BUDGET),
            // A fifth more: what text costs in place of bytes.
            ("slidewright/inline", inline, usual * 6 / 5),
            ("slidewright/react", react, REACT_BUDGET),
            ("embed.html", frame, FRAME_BUDGET),
        ];
        match kind {
            Kind::Small => held.extend([
                ("what a page downloads", usual, TOTAL_BUDGET),
                ("slidewright/headless", headless, HEADLESS_BUDGET),
            ]),
            Kind::Stable => held.push(("what a page downloads", usual, STABLE_BUDGET)),
        }
        let over: Vec<_> = held
            .into_iter()
            .filter(|(_, bytes, budget)| bytes > budget)
            .map(|(what, bytes, budget)| {
                format!(
                    "{what} is {bytes} bytes of brotli, {} over its budget of {budget}",
                    bytes - budget
                )
            })
            .collect();
        if over.is_empty() {
            return Ok(());
        }
        Err(Failure::new(format!(
            "{}; make it smaller, or argue for another budget in xtask/src/sizes.rs",
            over.join("; ")
        )))
    }

    fn sum(&self, name: &str, files: &[&str]) -> Weight {
        let mut sum = Weight {
            name: name.to_owned(),
            raw: 0,
            gzip: 0,
            brotli: 0,
        };
        for weight in self
            .0
            .iter()
            .filter(|weight| files.contains(&&*weight.name))
        {
            sum.raw += weight.raw;
            sum.gzip += weight.gzip;
            sum.brotli += weight.brotli;
        }
        sum
    }
}

impl Display for Sizes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let entries = ENTRIES.map(|entry| self.of(&entry));
        let names = self.0.iter().chain(&entries).map(|row| row.name.len());
        let width = names.max().unwrap_or(0);
        writeln!(f, "{}", head(width))?;
        for weight in &self.0 {
            writeln!(f, "{}", weight.row(width))?;
        }
        for (at, weight) in entries.iter().enumerate() {
            let note = match at {
                0 => format!(
                    "  of {TOTAL_BUDGET}; shell {} of {SHELL_BUDGET}",
                    self.shell()
                ),
                1 => format!("  of {}", self.total() * 6 / 5),
                2 => format!("  of {HEADLESS_BUDGET}"),
                4 => format!("  of {REACT_BUDGET}"),
                5 => format!("  of {FRAME_BUDGET}"),
                _ => String::new(),
            };
            writeln!(f, "{}{note}", weight.row(width))?;
        }
        Ok(())
    }
}

fn parse(line: &str) -> Outcome<Weight> {
    let mut parts = line.splitn(4, ' ');
    let mut number = || parts.next()?.parse().ok();
    match (number(), number(), number()) {
        (Some(raw), Some(gzip), Some(brotli)) => {
            let name = parts.next().unwrap_or_default().to_owned();
            Ok(Weight {
                name,
                raw,
                gzip,
                brotli,
            })
        }
        _ => Err(Failure::new(format!(
            "the size of a file reads `{line}`, which is none"
        ))),
    }
}
