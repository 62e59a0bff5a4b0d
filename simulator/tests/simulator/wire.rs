//! A server on a port of its own, and a connection to it without a client's help.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use slidewright_simulator::server::{Site, router, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio::time::timeout;

use crate::harness::V1;

/// How long a reply may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

pub struct Server {
    address: SocketAddr,
    task: JoinHandle<io::Result<()>>,
}

impl Server {
    pub async fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        Ok(Self {
            address: listener.local_addr()?,
            task: tokio::spawn(serve(listener, router(Site::new()))),
        })
    }

    pub async fn connect(&self) -> io::Result<Wire> {
        let stream = TcpStream::connect(self.address).await?;
        Ok(Wire { stream })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

pub struct Wire {
    stream: TcpStream,
}

/// What came over a connection until it ended.
pub struct Said {
    pub bytes: Vec<u8>,
    /// How often something came.
    pub reads: usize,
    /// How it ended: in order, or with an error.
    pub end: io::Result<()>,
}

impl Wire {
    /// Sends a submit; with a key where one is given.
    pub async fn submit(&mut self, scenario: &str, key: Option<&str>) -> io::Result<()> {
        let body = r#"{"content": "Tea"}"#;
        let key = key.map_or(String::new(), |key| format!("Idempotency-Key: {key}\r\n"));
        let request = format!(
            "POST /sim/{scenario}{V1} HTTP/1.1\r\nHost: deck.test\r\n{key}\
             Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        self.stream.write_all(request.as_bytes()).await
    }

    pub async fn get(&mut self, target: &str) -> io::Result<()> {
        let request = format!("GET {target} HTTP/1.1\r\nHost: deck.test\r\n\r\n");
        self.stream.write_all(request.as_bytes()).await
    }

    /// One whole reply, head and body; empty where the connection ends first.
    pub async fn reply(&mut self) -> io::Result<String> {
        let mut said = Vec::new();
        let mut byte = [0];
        loop {
            if timeout(PATIENCE, self.stream.read(&mut byte)).await?? == 0 {
                return Ok(String::from_utf8_lossy(&said).into_owned());
            }
            said.push(byte[0]);
            if let Some((announced, came)) = lengths(&said)
                && announced == came
            {
                return Ok(String::from_utf8_lossy(&said).into_owned());
            }
        }
    }

    /// Everything until the connection ends.
    pub async fn rest(&mut self) -> Said {
        let mut said = Said {
            bytes: Vec::new(),
            reads: 0,
            end: Ok(()),
        };
        let mut some = [0; 4096];
        loop {
            match timeout(PATIENCE, self.stream.read(&mut some)).await {
                Ok(Ok(0)) => return said,
                Ok(Ok(count)) => {
                    said.bytes.extend(&some[..count]);
                    said.reads += 1;
                }
                Ok(Err(error)) => {
                    said.end = Err(error);
                    return said;
                }
                Err(late) => {
                    said.end = Err(late.into());
                    return said;
                }
            }
        }
    }
}

/// The announced length of a body, and the bytes of it that came; none before
/// the head is whole.
pub fn lengths(said: &[u8]) -> Option<(usize, usize)> {
    let end = said.windows(4).position(|it| it == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&said[..end]);
    let announced = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))?;
    Some((announced.parse().ok()?, said.len() - end - 4))
}
