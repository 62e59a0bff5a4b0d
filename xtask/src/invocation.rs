//! The command line, parsed.

use std::ffi::OsString;

use crate::{Failure, Outcome};

/// What `cargo xtask help` prints.
pub const USAGE: &str = "\
Usage: cargo xtask COMMAND

  demo [--port N] [--open]   build, then serve the demo page with the simulator behind it
  test [--only STAGE] [--full]
                             run the tests, real browsers included; --full: the whole
                             compatibility matrix, too
  fuzz [TARGET] [--seconds N]
                             look for inputs that break a claim, 60 s a target
  check                      formatting, lints, types, documentation, dependency floors
  build [--stable]           make pkg/dist and print its sizes
  pack                       make the npm package, checked, in target/pack
  site                       make the static demo, self-contained, in target/site
  generate                   write what comes of pkg/element.toml: typings, tables, manifests
  book                       make the documentation's pages, in target/book

Each command installs what it needs and finds missing.
";

/// How long each target is fuzzed unless `--seconds` says otherwise.
pub const FUZZ_SECONDS: u64 = 60;

/// Where the demo is served unless `--port` says otherwise.
pub const DEMO_PORT: u16 = 8787;

/// One parsed command with its options.
#[derive(Debug, PartialEq, Eq)]
pub enum Invocation {
    /// Serve the demo page on `port` of the loopback address.
    Demo {
        /// TCP port; 0 takes any free one.
        port: u16,
        /// Whether to open the page in the person's own browser.
        open: bool,
    },
    /// Run the tests: all stages, or the one named.
    Test {
        /// A stage's name, as the table of times prints it.
        only: Option<String>,
        /// Whether the compatibility matrix is run whole.
        full: bool,
    },
    /// Look for inputs that break what the readers claim.
    Fuzz {
        /// One of the targets, or all.
        target: Option<String>,
        /// For each.
        seconds: u64,
    },
    /// Run the static checks.
    Check,
    /// Make `pkg/dist`.
    Build {
        /// Ship the wasm of the plain stable build even where the smaller one
        /// can be made.
        stable: bool,
    },
    /// Make the npm package.
    Pack,
    /// Make the static demo.
    Site,
    /// Write what comes of the definition of the element.
    Generate,
    /// Make the documentation's pages.
    Book,
    /// Not for people: cargo calls this with a compiled test as argument.
    WasmTestRunner(Vec<OsString>),
    /// Not for people: `demo --open` leaves this behind to open the page once
    /// it is served.
    OpenWhenServed {
        /// TCP port on the loopback address.
        port: u16,
    },
    /// Print [`USAGE`].
    Help,
}

impl Invocation {
    /// Parses the arguments after the program's name.
    ///
    /// # Errors
    ///
    /// An unknown command or option, and a value that is missing or unusable.
    pub fn parse(args: impl IntoIterator<Item = OsString>) -> Outcome<Self> {
        let mut args = args.into_iter();
        let Some(command) = args.next() else {
            return Ok(Self::Help);
        };
        if command == "wasm-test-runner" {
            return Ok(Self::WasmTestRunner(args.collect()));
        }
        let mut words = Vec::new();
        for arg in args {
            let word = arg.into_string().map_err(|arg| {
                Failure::new(format!("{} is not readable as text", arg.display()))
            })?;
            match word.split_once('=') {
                Some((name, value)) if name.starts_with("--") => {
                    words.extend([name.to_owned(), value.to_owned()]);
                }
                _ => words.push(word),
            }
        }
        let mut options = Options {
            command: command.to_string_lossy().into_owned(),
            words,
        };
        let invocation = match options.command.as_str() {
            "demo" => Self::Demo {
                port: options.port()?,
                open: options.flag("--open"),
            },
            "open-when-served" => Self::OpenWhenServed {
                port: options.port()?,
            },
            "test" => Self::Test {
                only: options.value("--only")?,
                full: options.flag("--full"),
            },
            "fuzz" => Self::Fuzz {
                seconds: options.number("--seconds")?.unwrap_or(FUZZ_SECONDS),
                target: options.word(),
            },
            "check" => Self::Check,
            "build" => Self::Build {
                stable: options.flag("--stable"),
            },
            "pack" => Self::Pack,
            "site" => Self::Site,
            "generate" => Self::Generate,
            "book" => Self::Book,
            "help" | "--help" | "-h" => Self::Help,
            other => {
                return Err(Failure::new(format!(
                    "there is no command `{other}`; `cargo xtask help` lists them"
                )));
            }
        };
        options.finish()?;
        Ok(invocation)
    }
}

/// The words after the command, taken out one by one as they are understood.
struct Options {
    command: String,
    words: Vec<String>,
}

impl Options {
    fn flag(&mut self, name: &str) -> bool {
        let before = self.words.len();
        self.words.retain(|word| word != name);
        self.words.len() < before
    }

    fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let Some(at) = self.words.iter().position(|word| word == name) else {
            return Ok(None);
        };
        if at + 1 >= self.words.len() {
            return Err(Failure::new(format!("{name} needs a value after it")));
        }
        self.words.remove(at);
        Ok(Some(self.words.remove(at)))
    }

    /// A word that belongs to no option.
    fn word(&mut self) -> Option<String> {
        let at = self.words.iter().position(|word| !word.starts_with('-'))?;
        Some(self.words.remove(at))
    }

    fn number(&mut self, name: &str) -> Outcome<Option<u64>> {
        let Some(text) = self.value(name)? else {
            return Ok(None);
        };
        match text.parse() {
            Ok(number) if number > 0 => Ok(Some(number)),
            _ => Err(Failure::new(format!(
                "{name} takes a number from 1, not `{text}`"
            ))),
        }
    }

    fn port(&mut self) -> Outcome<u16> {
        let Some(text) = self.value("--port")? else {
            return Ok(DEMO_PORT);
        };
        text.parse().map_err(|_| {
            Failure::new(format!(
                "--port takes a number from 0 to 65535, not `{text}`"
            ))
        })
    }

    fn finish(self) -> Outcome {
        match self.words.first() {
            None => Ok(()),
            Some(word) => Err(Failure::new(format!(
                "`{}` takes no `{word}`; `cargo xtask help` lists what it takes",
                self.command
            ))),
        }
    }
}
