//! The simulator as a program: `slidewright-simulator --port N [--static DIR]`.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use slidewright_simulator::server::{Site, router, serve};
use tokio::net::TcpListener;

const USAGE: &str = "usage: slidewright-simulator --port N [--static DIR]

Serves the simulator on 127.0.0.1 under /sim/{scenario}/, and the files of DIR
at the root. Port 0 takes any free port; the address is printed.";

fn main() -> ExitCode {
    let options = match Options::read(std::env::args().skip(1)) {
        Ok(options) => options,
        Err(why) => {
            eprintln!("{why}\n\n{USAGE}");
            return ExitCode::from(2);
        }
    };
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("slidewright-simulator: {error}");
            ExitCode::FAILURE
        }
    }
}

struct Options {
    port: u16,
    folder: Option<PathBuf>,
}

impl Options {
    fn read(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut port, mut folder) = (None, None);
        while let Some(word) = words.next() {
            let value = words.next().ok_or(format!("{word} needs a value"));
            match word.as_str() {
                "--port" => {
                    let value = value?;
                    let parsed = value.parse().map_err(|_| format!("no port: {value}"))?;
                    port = Some(parsed);
                }
                "--static" => folder = Some(PathBuf::from(value?)),
                _ => return Err(format!("unknown option {word}")),
            }
        }
        let port = port.ok_or("--port is missing")?;
        Ok(Self { port, folder })
    }
}

#[tokio::main]
async fn run(options: Options) -> Result<(), Box<dyn Error>> {
    let site = match options.folder {
        Some(folder) => Site::new().folder("/", folder),
        None => Site::new(),
    };
    let listener = TcpListener::bind(("127.0.0.1", options.port)).await?;
    println!("http://{}", listener.local_addr()?);
    serve(listener, router(site)).await?;
    Ok(())
}
