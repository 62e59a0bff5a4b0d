//! Other programs: run them, and complain in one line when they fail.

use std::io::ErrorKind;
use std::process::{Command, Output};

use crate::{Failure, Outcome};

/// Three ways to run a prepared command.
pub trait Run {
    /// Runs it with the terminal's own input and output.
    ///
    /// # Errors
    ///
    /// It cannot be started, or it fails; its own output has said why.
    fn run(&mut self) -> Outcome;

    /// Runs it without a word, unless it fails: then its output is part of
    /// the failure.
    ///
    /// # Errors
    ///
    /// It cannot be started, or it fails.
    fn run_quietly(&mut self) -> Outcome;

    /// Runs it and returns what it wrote to its standard output, trimmed.
    ///
    /// # Errors
    ///
    /// It cannot be started, it fails, or its output is no text.
    fn text(&mut self) -> Outcome<String>;
}

impl Run for Command {
    fn run(&mut self) -> Outcome {
        let status = self.status().map_err(|error| not_started(self, &error))?;
        if status.success() {
            return Ok(());
        }
        Err(Failure::new(format!("`{}` failed ({status})", line(self))))
    }

    fn run_quietly(&mut self) -> Outcome {
        succeeded(self).map(|_| ())
    }

    fn text(&mut self) -> Outcome<String> {
        let output = succeeded(self)?;
        match String::from_utf8(output.stdout) {
            Ok(text) => Ok(text.trim_end().to_owned()),
            Err(_) => Err(Failure::new(format!(
                "`{}` printed something that is not text",
                line(self)
            ))),
        }
    }
}

fn succeeded(command: &mut Command) -> Outcome<Output> {
    let output = command
        .output()
        .map_err(|error| not_started(command, &error))?;
    if output.status.success() {
        return Ok(output);
    }
    let said = [output.stdout.as_slice(), output.stderr.as_slice()]
        .map(|bytes| String::from_utf8_lossy(bytes).trim().to_owned())
        .join("\n");
    Err(Failure::new(format!(
        "`{}` failed ({}):\n{}",
        line(command),
        output.status,
        said.trim()
    )))
}

fn not_started(command: &Command, error: &std::io::Error) -> Failure {
    let program = command.get_program().display();
    if error.kind() == ErrorKind::NotFound {
        return Failure::new(format!("`{program}` is not installed"));
    }
    Failure::new(format!("`{program}` cannot be started: {error}"))
}

/// The command as one would type it, short enough to read.
fn line(command: &Command) -> String {
    let mut words = vec![
        std::path::Path::new(command.get_program())
            .file_name()
            .unwrap_or(command.get_program())
            .to_string_lossy()
            .into_owned(),
    ];
    words.extend(
        command
            .get_args()
            .map(|arg| arg.to_string_lossy().into_owned()),
    );
    let line = words.join(" ");
    match line.char_indices().nth(160) {
        Some((cut, _)) => format!("{} …", &line[..cut]),
        None => line,
    }
}
