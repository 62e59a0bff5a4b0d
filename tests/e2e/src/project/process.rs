//! A server that is a program of its own: a bundler's, a framework's.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::Project;
use crate::page::{LOOK, PATIENCE};
use crate::ports::free_port;

/// Ends a process group (`$1`) when its own input ends, and that happens however
/// the tests end.
const KEEPER: &str = "cat > /dev/null; kill -s KILL -- \"-$1\"";

/// The first answer may take as long as a build.
const START: Duration = PATIENCE.saturating_mul(3);

/// A running server. Dropping it ends it, with all that it started.
pub struct Process {
    origin: String,
    child: tokio::process::Child,
    keeper: Child,
    log: PathBuf,
}

impl Process {
    /// Starts one and waits until it answers under `path`, with success; at all where that
    /// is empty. In `words` and in the
    /// values of `variables`, `PORT` stands for the port that it shall listen on.
    ///
    /// # Panics
    ///
    /// Where it ends, or does not answer: with what it wrote.
    pub async fn start(
        project: &Project,
        words: &[&str],
        variables: &[(&str, &str)],
        path: &str,
    ) -> Process {
        let port = free_port();
        let number = port.to_string();
        let words: Vec<_> = words
            .iter()
            .map(|word| word.replace("PORT", &number))
            .collect();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, value)| (*name, value.replace("PORT", &number)))
            .collect();
        let variables: Vec<_> = variables
            .iter()
            .map(|(name, it)| (*name, it.as_str()))
            .collect();
        let log = project.path(&format!("server-{port}.log"));
        let command = project.command(&words, &variables);
        Process::run(command, port, log, path).await
    }

    /// Runs a command that listens on a port, writes to `log` what it says, and waits
    /// until it answers under `path`.
    ///
    /// # Panics
    ///
    /// Where it ends, or does not answer: with what it wrote.
    pub async fn run(
        mut command: tokio::process::Command,
        port: u16,
        log: PathBuf,
        path: &str,
    ) -> Process {
        let output = File::create(&log).expect("a file for what it says");
        command
            // Some end when their input does; theirs ends with this.
            .stdin(Stdio::piped())
            .stdout(output.try_clone().expect("the same file"))
            .stderr(output)
            .process_group(0);
        let child = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let group = child.id().expect("a process that runs").to_string();
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper", &group])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("a shell");
        let origin = format!("http://127.0.0.1:{port}");
        let mut process = Process {
            origin,
            child,
            keeper,
            log,
        };
        process.answers(path).await;
        process
    }

    /// Where it is: `http://127.0.0.1:…`, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// What it has written so far.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    async fn answers(&mut self, path: &str) {
        let address = format!("{}{path}", self.origin);
        let start = Instant::now();
        let mut last = String::new();
        while start.elapsed() < START {
            let ended = self.child.try_wait().expect("a child of ours");
            if let Some(status) = ended {
                panic!("the server ended ({status}):\n{}", self.said());
            }
            match reqwest::get(&address).await {
                Ok(reply) if reply.status().is_success() || path.is_empty() => return,
                Ok(reply) => last = reply.status().to_string(),
                Err(error) => last = error.to_string(),
            }
            sleep(LOOK).await;
        }
        panic!("{address} does not answer ({last}):\n{}", self.said());
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
