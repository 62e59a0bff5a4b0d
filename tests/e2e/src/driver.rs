//! One driver: the program that drives browsers, and what has to run around it.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::Engine;
use crate::page::PATIENCE;
use crate::ports::free_port;

/// Ends a whole process group (`$1`), browsers too, and removes their files
/// (`$2`), when its own input ends. That happens however the tests end: nobody
/// has to be alive to clean up. Where a display (of number `$3`) leads the group,
/// it is asked first, since one that is killed leaves its socket behind. Some
/// helpers leave the group; they are known by the folder in their environment.
const KEEPER: &str = r#"
cat > /dev/null
if [ -n "$3" ]; then
    kill -s TERM "$1"
    for attempt in 1 2 3 4 5; do
        (cd /tmp && test -e ".X$3-lock" -o -e ".X11-unix/X$3") || break
        sleep 0.1
    done
fi
kill -s KILL -- "-$1"
for entry in $(grep -lsz "^TMPDIR=$2\$" /proc/[0-9]*/environ); do
    entry=${entry#/proc/}
    kill -s KILL "${entry%/environ}"
done
for attempt in 1 2 3 4 5; do
    rm -rf -- "$2" && break
    sleep 0.2
done
"#;

/// A running driver. Dropping it ends it, and every browser that it opened.
pub struct Driver {
    /// Where it listens, on this machine.
    pub port: u16,
    /// A folder for what its browsers keep; it goes when they do.
    pub scratch: PathBuf,
    /// The process group of the driver, its browsers and its display.
    group: u32,
    /// Those that were started here, the group's leader first.
    processes: Vec<Child>,
    /// Its input, held open, is what keeps the driver alive.
    keeper: Child,
}

impl Driver {
    /// Starts one for the engine of this run.
    ///
    /// # Panics
    ///
    /// Where it cannot be started.
    pub fn start() -> Driver {
        let scratch = tempfile::Builder::new()
            .prefix("slidewright-e2e-")
            .tempdir()
            .expect("a folder for temporary files")
            .keep();
        match Engine::current() {
            Engine::Chromium => {
                let program = named("SLIDEWRIGHT_CHROMEDRIVER", "chromedriver");
                let mut command = Command::new(program);
                command.arg("--port=0");
                announced(command, scratch, "successfully on port ")
            }
            Engine::Firefox => {
                let program = named("SLIDEWRIGHT_GECKODRIVER", "geckodriver");
                let mut command = Command::new(program);
                // The second port would be the same for all. Only the browser's
                // own scripts can take the network away.
                command
                    .args(["--port=0", "--websocket-port=0", "--allow-system-access"])
                    .env("HOME", &scratch);
                announced(command, scratch, "Listening on 127.0.0.1:")
            }
            Engine::WebKit => on_a_display(scratch),
        }
    }

    /// What `leader` leads: its process group, and a keeper for it.
    fn led_by(leader: Child, scratch: PathBuf, display: &str) -> Driver {
        let group = leader.id();
        let number = group.to_string();
        let words: [&OsStr; 3] = [number.as_ref(), scratch.as_ref(), display.as_ref()];
        let keeper = Command::new("sh")
            .args(["-c", KEEPER, "keeper"])
            .args(words)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .expect("a shell");
        Driver {
            port: 0,
            scratch,
            group,
            processes: vec![leader],
            keeper,
        }
    }

    /// Stops all its processes where they are, as a machine that sleeps would.
    pub(crate) fn stop(&self) {
        self.signal("STOP");
    }

    /// Lets them go on.
    pub(crate) fn resume(&self) {
        self.signal("CONT");
    }

    fn signal(&self, name: &str) {
        let group = format!("-{}", self.group);
        let sent = Command::new("kill")
            .args(["-s", name, "--", &group])
            .status();
        assert!(sent.is_ok_and(|it| it.success()), "no signal {name}");
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
        for process in &mut self.processes {
            let _ = process.wait();
        }
    }
}

/// Kills one process.
pub(crate) fn kill(process: u32) {
    let process = process.to_string();
    let _ = Command::new("kill").args(["-s", "KILL", &process]).status();
}

/// A driver that looks for a port by itself, and says which.
fn announced(mut command: Command, scratch: PathBuf, before_port: &str) -> Driver {
    let mut process = start(command.stdout(Stdio::piped()), &scratch, 0);
    let output = process.stdout.take().expect("its output is piped");
    let mut driver = Driver::led_by(process, scratch, "");
    let mut lines = BufReader::new(output).lines().map_while(Result::ok);
    let port = lines.find_map(|line| port_in(&line, before_port));
    driver.port = port.unwrap_or_else(|| panic!("{command:?} says no port"));
    // An output that nobody reads would hold it up, or end it.
    thread::spawn(move || lines.for_each(drop));
    driver
}

/// From `ChromeDriver was started successfully on port 37921.`, and the like.
fn port_in(line: &str, before: &str) -> Option<u16> {
    let (_, port) = line.split_once(before)?;
    port.trim_end_matches('.').parse().ok()
}

/// WebKit's driver, whose browser has no way to run without a display.
fn on_a_display(scratch: PathBuf) -> Driver {
    let mut command = Command::new("Xvfb");
    command
        .args(["-displayfd", "1", "-screen", "0", "1280x1024x24"])
        .args(["-nolisten", "tcp"])
        .stdout(Stdio::piped());
    let mut display = start(&mut command, &scratch, 0);
    let output = display.stdout.take().expect("its output is piped");
    let mut number = String::new();
    let said = BufReader::new(output).read_line(&mut number);
    assert!(said.is_ok_and(|it| it > 0), "Xvfb names no display");
    let number = number.trim();
    let mut driver = Driver::led_by(display, scratch, number);
    let program = named("SLIDEWRIGHT_WEBKITDRIVER", "WebKitWebDriver");
    for _ in 0..5 {
        let port = free_port();
        let mut command = Command::new("dbus-run-session");
        command
            .args(["--", &program, &format!("--port={port}")])
            .stdout(Stdio::null());
        surroundings(&mut command, &driver.scratch, number);
        let mut process = start(&mut command, &driver.scratch, driver.group);
        let ready = listens(port, &mut process);
        driver.processes.push(process);
        if ready {
            driver.port = port;
            return driver;
        }
    }
    panic!("{program} does not listen on the port that it is given")
}

/// Nothing of the machine's desktop, and nothing that outlives the test.
fn surroundings(command: &mut Command, scratch: &Path, display: &str) {
    for name in ["CONFIG", "DATA", "CACHE", "STATE"] {
        command.env_remove(format!("XDG_{name}_HOME"));
    }
    command
        .env_remove("WAYLAND_DISPLAY")
        .env("DISPLAY", format!(":{display}"))
        .env("GDK_BACKEND", "x11")
        .env("HOME", scratch)
        .env("XDG_RUNTIME_DIR", scratch)
        .env("GSETTINGS_BACKEND", "memory")
        .env("NO_AT_BRIDGE", "1")
        .env("WEBKIT_DISABLE_COMPOSITING_MODE", "1");
    // Its sandbox does not let root in.
    if fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0) {
        command.env("WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS", "1");
    }
}

/// Waits until somebody listens; no where the process has ended, since its port
/// was taken meanwhile.
fn listens(port: u16, process: &mut Child) -> bool {
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        if !matches!(process.try_wait(), Ok(None)) {
            return false;
        }
        if TcpStream::connect(("127.0.0.1", port)).is_ok() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

/// Starts a process in a group; in one of its own where that is 0.
fn start(command: &mut Command, scratch: &Path, group: u32) -> Child {
    let group = i32::try_from(group).expect("a process id");
    command
        .env("TMPDIR", scratch)
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .process_group(group);
    let child = command.spawn();
    child.unwrap_or_else(|error| panic!("{:?}: {error}", command.get_program()))
}

fn named(variable: &str, usual: &str) -> String {
    env::var(variable).unwrap_or_else(|_| usual.into())
}
