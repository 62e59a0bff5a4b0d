//! The one chromedriver of the process.

use std::env;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// Ends the driver's whole process group, its browsers too, and removes their
/// files, when its own input ends. That happens however the tests end: nobody
/// has to be alive to clean up.
const KEEPER: &str = r#"
cat > /dev/null
kill -s KILL -- "-$1"
for attempt in 1 2 3 4 5; do
    rm -rf -- "$2" && break
    sleep 0.2
done
"#;

/// A running chromedriver.
pub struct Driver {
    /// Where it listens, on this machine.
    pub port: u16,
    /// A folder for what its browsers keep; it goes when they do.
    pub scratch: PathBuf,
    /// Held, since an output that nobody holds would end it.
    _process: Child,
    /// Its input, held open, is what keeps the driver alive.
    _keeper: Child,
}

/// The driver, started by the first who asks.
///
/// # Panics
///
/// Where it cannot be started.
pub fn driver() -> &'static Driver {
    static DRIVER: OnceLock<Driver> = OnceLock::new();
    DRIVER.get_or_init(start)
}

fn start() -> Driver {
    let program = env::var("SLIDEWRIGHT_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
    let scratch = tempfile::Builder::new()
        .prefix("slidewright-e2e-")
        .tempdir()
        .expect("a folder for temporary files")
        .keep();
    let mut process = Command::new(&program)
        .arg("--port=0")
        .env("TMPDIR", &scratch)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}"));
    let keeper = Command::new("sh")
        .args(["-c", KEEPER, "keeper", &process.id().to_string()])
        .arg(&scratch)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
        .expect("a shell");
    let output = process.stdout.as_mut().expect("its output is piped");
    let port = BufReader::new(output)
        .lines()
        .map_while(Result::ok)
        .find_map(|line| port_in(&line))
        .unwrap_or_else(|| panic!("{program} says no port"));
    Driver {
        port,
        scratch,
        _process: process,
        _keeper: keeper,
    }
}

/// From `ChromeDriver was started successfully on port 37921.`
fn port_in(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}
