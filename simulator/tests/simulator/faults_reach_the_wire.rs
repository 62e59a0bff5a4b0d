use std::io;
use std::time::{Duration, Instant};

use slidewright_simulator::server::{Site, router, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::harness::V1;

/// Everything that the server sends until it closes the connection.
async fn said(scenario: &str) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(serve(listener, router(Site::new())));
    let mut stream = TcpStream::connect(address).await?;
    let body = r#"{"content": "Tea"}"#;
    let head = format!(
        "POST /sim/{scenario}{V1} HTTP/1.1\r\nHost: deck.test\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    let mut said = Vec::new();
    let read = timeout(Duration::from_millis(1500), stream.read_to_end(&mut said)).await;
    server.abort();
    read.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    Ok(String::from_utf8_lossy(&said).into_owned())
}

/// The announced length of the body, and the bytes that came.
fn lengths(said: &str) -> (usize, usize) {
    let (head, body) = said.split_once("\r\n\r\n").expect("a head");
    let announced = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .expect("a length");
    (announced.parse().expect("a number"), body.len())
}

#[tokio::test]
async fn an_untroubled_reply_comes_whole() -> io::Result<()> {
    let said = said("presenton").await?;
    assert!(said.starts_with("HTTP/1.1 200 OK\r\n"), "{said}");
    let (announced, came) = lengths(&said);
    assert_eq!(announced, came);
    Ok(())
}

#[tokio::test]
async fn a_dropped_call_gets_no_byte() -> io::Result<()> {
    assert_eq!(said("presenton,submit=drop").await?, "");
    Ok(())
}

#[tokio::test]
async fn a_reset_comes_halfway() -> io::Result<()> {
    let (announced, came) = lengths(&said("presenton,submit=reset").await?);
    assert_eq!(came, announced / 2);
    Ok(())
}

#[tokio::test]
async fn a_hung_call_stays_open_without_a_byte() {
    let error = said("presenton,submit=hang").await.expect_err("no reply");
    assert_eq!(error.kind(), io::ErrorKind::TimedOut);
}

#[tokio::test]
async fn latency_is_waited_for() -> io::Result<()> {
    let start = Instant::now();
    said("presenton,latency=120").await?;
    assert!(start.elapsed() >= Duration::from_millis(120));
    Ok(())
}

#[tokio::test]
async fn a_server_that_is_dropped_cuts_its_connections() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let server = tokio::spawn(serve(listener, router(Site::new())));
    let mut stream = TcpStream::connect(address).await?;
    let head = format!(
        "POST /sim/presenton,submit=hang{V1} HTTP/1.1\r\nHost: deck.test\r\nContent-Length: 0\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    tokio::time::sleep(Duration::from_millis(50)).await;
    server.abort();
    let mut said = Vec::new();
    let read = timeout(Duration::from_secs(2), stream.read_to_end(&mut said)).await;
    assert!(read.is_ok(), "the connection is still open");
    assert!(said.is_empty());
    Ok(())
}
