//! `demo`: the built package in a page, with the simulator behind it.
//!
//! The simulator runs as the program it is, and is no dependency of this tool:
//! a change to it would rebuild the tool, and a mistake in it would take
//! `check` and `build` along.

use std::env;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::Context;
use crate::process::Run;
use crate::project::{self, Project};
use crate::{Failure, Outcome, bundle, tools};

/// The simulator's package and program.
const SIMULATOR: &str = "slidewright-simulator";

/// How long a browser may wait for the server to come up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Builds, then serves until interrupted. The address is printed once the
/// page can be opened.
///
/// # Errors
///
/// The build fails, or the port is taken.
pub fn demo(project: &Project, port: u16, open: bool) -> Outcome {
    // First, and again below: a taken port should not be found out after
    // minutes of building.
    free(port)?;
    bundle::ready(project)?;
    let site = site(project)?;
    let simulator = simulator(project)?;
    let port = free(port)?;
    if open {
        let this_tool = env::current_exe().or_cannot("find this tool's own file")?;
        Command::new(this_tool)
            .args(["open-when-served", "--port", &port.to_string()])
            .spawn()
            .or_cannot("open the page")?;
    }
    println!("Serving the demo page; Ctrl-C ends it.");
    serve(
        Command::new(simulator)
            .args(["--port", &port.to_string(), "--static"])
            .arg(site),
    )
}

/// Opens the demo page in the person's own browser as soon as it is served.
///
/// # Errors
///
/// Nothing is served in time, or there is no browser to open.
pub fn open_when_served(port: u16) -> Outcome {
    let start = Instant::now();
    while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
        if start.elapsed() > PATIENCE {
            return Err(Failure::new("the page did not come up: open it by hand"));
        }
        thread::sleep(Duration::from_millis(50));
    }
    tools::open(&format!("http://127.0.0.1:{port}/"))
}

/// The port, or a free one in place of 0.
fn free(port: u16) -> Outcome<u16> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => Ok(listener.local_addr().or_cannot("find a free port")?.port()),
        Err(error) if error.kind() == ErrorKind::AddrInUse => Err(Failure::new(format!(
            "port {port} is taken, perhaps by another demo: end that one, or choose another with `--port N`"
        ))),
        Err(error) => Err(error).or_cannot(format_args!("listen on port {port}")),
    }
}

/// A folder with what the page may ask for and nothing else of the project.
fn site(project: &Project) -> Outcome<PathBuf> {
    let page = project.path("index.html");
    if !page.is_file() {
        return Err(Failure::new(
            "index.html is missing: it is the page to serve",
        ));
    }
    let site = project.path("target/demo");
    project::remove_folder(&site)?;
    place(project, &page, &site.join("index.html"))?;
    for folder in ["pkg/dist", "pkg/descriptors"] {
        place(project, &project.path(folder), &site.join(folder))?;
    }
    Ok(site)
}

/// Links, so that an edited page or a rebuilt package shows on reload; copies
/// where links take special rights.
fn place(project: &Project, from: &Path, to: &Path) -> Outcome {
    #[cfg(unix)]
    {
        let _ = project;
        to.parent().map_or(Ok(()), project::make_folder)?;
        std::os::unix::fs::symlink(from, to).or_cannot(format_args!("link {}", to.display()))
    }
    #[cfg(not(unix))]
    {
        if from.is_file() {
            return project::write(to, project::read(from)?);
        }
        for file in project.files(&project.relative(from))? {
            if let Ok(below) = file.strip_prefix(from) {
                project::write(&to.join(below), project::read(&file)?)?;
            }
        }
        Ok(())
    }
}

/// The simulator's program, built.
fn simulator(project: &Project) -> Outcome<PathBuf> {
    println!("Building the simulator …");
    project
        .cargo()
        .args([
            "build",
            "--quiet",
            "--package",
            SIMULATOR,
            "--bin",
            SIMULATOR,
        ])
        .run()?;
    // Cargo puts it beside this program: same profile, same target folder.
    let this_tool = env::current_exe().or_cannot("find this tool's own file")?;
    let program = this_tool.with_file_name(format!("{SIMULATOR}{}", env::consts::EXE_SUFFIX));
    if program.is_file() {
        return Ok(program);
    }
    Err(Failure::new(format!("cargo made no {}", program.display())))
}

/// Becomes the server where the system can do that, so that ending this
/// process, by whatever signal, ends the server too.
fn serve(server: &mut Command) -> Outcome {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        Err(server.exec()).or_cannot("start the simulator")
    }
    #[cfg(not(unix))]
    {
        server.run()
    }
}
