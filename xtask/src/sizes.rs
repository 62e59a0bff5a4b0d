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
pub const TOTAL_BUDGET: u64 = 121_000;

/// The same for the stable kind, which does not ship: it must work where the
/// small one cannot be made, and not grow unseen.
pub const STABLE_BUDGET: u64 = 127_000;

/// The most that the shell alone may weigh, by the same measure: it is what a
/// page waits for before it can paint.
pub const SHELL_BUDGET: u64 = 3_000;

/// What a built file is to a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Defines the element: downloaded first.
    Shell,
    /// Bindings and wasm: downloaded because of the shell.
    Rest,
    /// Typings and source maps: for developers, no page downloads them.
    Aside,
}

impl Role {
    /// The role of a file of `pkg/dist`, by its name.
    pub fn of(name: &str) -> Self {
        if name.ends_with(".map") || name.ends_with(".d.ts") {
            Self::Aside
        } else if name.ends_with("-glue.js") || name.ends_with(".wasm") {
            Self::Rest
        } else {
            Self::Shell
        }
    }
}

/// One file's weight in bytes: as it is, by gzip at level 9, and by brotli at
/// quality 11.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weight {
    /// The file's name.
    pub name: String,
    /// What it is to a page.
    pub role: Role,
    /// Bytes on disk.
    pub raw: u64,
    /// Bytes sent by a host that compresses with gzip.
    pub gzip: u64,
    /// Bytes sent by a host that compresses with brotli.
    pub brotli: u64,
}

/// The weights of all files of a build.
pub struct Sizes(Vec<Weight>);

impl Sizes {
    /// The sizes made of these weights.
    pub fn new(weights: Vec<Weight>) -> Self {
        Self(weights)
    }

    /// Weighs every file of `folder`.
    ///
    /// # Errors
    ///
    /// Node, whose compressors are used, cannot read a file.
    pub fn measure(project: &Project, folder: &Path) -> Outcome<Self> {
        // Node is here anyway and has both compressors; a crate for brotli's
        // encoder would cost every first build of this tool.
        const WEIGH: &str = "\
const { readdirSync, readFileSync } = require('node:fs');
const { gzipSync, brotliCompressSync, constants } = require('node:zlib');
const folder = process.argv[1];
for (const name of readdirSync(folder).sort()) {
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
            .text()?;
        let weights = lines.lines().map(parse).collect::<Outcome<_>>()?;
        Ok(Self(weights))
    }

    /// Bytes of brotli that a page downloads in all.
    pub fn total(&self) -> u64 {
        self.sum(&[Role::Shell, Role::Rest]).brotli
    }

    /// Bytes of brotli of the shell alone.
    pub fn shell(&self) -> u64 {
        self.sum(&[Role::Shell]).brotli
    }

    /// Fails if a budget is exceeded.
    ///
    /// # Errors
    ///
    /// Names each budget that is exceeded, and by how much.
    pub fn within_budget(&self, kind: Kind) -> Outcome {
        let budget = match kind {
            Kind::Small => TOTAL_BUDGET,
            Kind::Stable => STABLE_BUDGET,
        };
        let over: Vec<_> = [
            ("what a page downloads", self.total(), budget),
            ("the shell", self.shell(), SHELL_BUDGET),
        ]
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

    fn sum(&self, roles: &[Role]) -> Weight {
        let mut sum = Weight {
            name: "what a page downloads".to_owned(),
            role: Role::Rest,
            raw: 0,
            gzip: 0,
            brotli: 0,
        };
        for weight in self.0.iter().filter(|weight| roles.contains(&weight.role)) {
            sum.raw += weight.raw;
            sum.gzip += weight.gzip;
            sum.brotli += weight.brotli;
        }
        sum
    }
}

impl Display for Sizes {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sum = self.sum(&[Role::Shell, Role::Rest]);
        let width = self
            .0
            .iter()
            .map(|weight| weight.name.len())
            .chain([sum.name.len()])
            .max()
            .unwrap_or(0);
        writeln!(
            f,
            "{:width$}  {:>9} {:>9} {:>9}",
            "bytes", "raw", "gzip", "brotli"
        )?;
        let mut row = |weight: &Weight, note: &str| {
            let Weight {
                name,
                raw,
                gzip,
                brotli,
                ..
            } = weight;
            writeln!(f, "{name:width$}  {raw:>9} {gzip:>9} {brotli:>9}{note}")
        };
        for weight in &self.0 {
            row(
                weight,
                if weight.role == Role::Aside {
                    "  (not downloaded by a page)"
                } else {
                    ""
                },
            )?;
        }
        row(
            &sum,
            &format!(
                "  of {TOTAL_BUDGET}; shell {} of {SHELL_BUDGET}",
                self.shell()
            ),
        )
    }
}

fn parse(line: &str) -> Outcome<Weight> {
    let mut parts = line.splitn(4, ' ');
    let mut number = || parts.next()?.parse().ok();
    match (number(), number(), number()) {
        (Some(raw), Some(gzip), Some(brotli)) => {
            let name = parts.next().unwrap_or_default().to_owned();
            Ok(Weight {
                role: Role::of(&name),
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
