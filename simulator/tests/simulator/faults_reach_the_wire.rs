use std::io;
use std::time::{Duration, Instant};

use slidewright_simulator::server::{Site, router, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;

use crate::harness::V1;
use crate::wire::{self, Said, Server};

/// How long a whole reply may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Everything that the server sends until it closes the connection.
async fn said(scenario: &str) -> io::Result<String> {
    said_within(PATIENCE, scenario).await
}

async fn said_within(patience: Duration, scenario: &str) -> io::Result<String> {
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
    let read = timeout(patience, stream.read_to_end(&mut said)).await;
    server.abort();
    read.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))??;
    Ok(String::from_utf8_lossy(&said).into_owned())
}

/// How a troubled submit goes, on a connection that would stay open.
async fn troubled(scenario: &str) -> io::Result<Said> {
    let server = Server::start().await?;
    let mut wire = server.connect().await?;
    wire.submit(scenario, None).await?;
    Ok(wire.rest().await)
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
async fn and_the_connection_is_closed_in_order() -> io::Result<()> {
    assert!(troubled("presenton,submit=reset").await?.end.is_ok());
    Ok(())
}

#[tokio::test]
async fn a_cut_comes_halfway_too_but_resets_the_connection() -> io::Result<()> {
    let said = troubled("presenton,submit=cut").await?;
    let (announced, came) = wire::lengths(&said.bytes).expect("a head");
    assert_eq!(came, announced / 2);
    let error = said.end.expect_err("no orderly end");
    assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    Ok(())
}

#[tokio::test]
async fn a_dripped_reply_comes_whole_over_its_time() -> io::Result<()> {
    let start = Instant::now();
    let server = Server::start().await?;
    let mut wire = server.connect().await?;
    let scenario = "presenton,submit=drip,drip-ms=800";
    wire.submit(scenario, None).await?;
    let reply = wire.reply().await?;
    let took = start.elapsed();
    assert!(took >= Duration::from_millis(800), "{took:?}");
    assert!(reply.ends_with('}'), "{reply}");
    Ok(())
}

#[tokio::test]
async fn in_many_small_parts() -> io::Result<()> {
    let server = Server::start().await?;
    let mut wire = server.connect().await?;
    wire.submit("presenton,submit=drip,drip-ms=4000", None)
        .await?;
    // On the same line behind it, so that the end is known.
    wire.submit("presenton,submit=drop", None).await?;
    let said = wire.rest().await;
    assert!(said.end.is_ok(), "{:?}", said.end);
    // A busy machine reads several bytes at a time, but never all of them.
    assert!(said.reads > 10, "{}", said.reads);
    Ok(())
}

#[tokio::test]
async fn a_hung_call_stays_open_without_a_byte() {
    let patience = Duration::from_millis(1500);
    let said = said_within(patience, "presenton,submit=hang").await;
    let error = said.expect_err("no reply");
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
    let read = timeout(PATIENCE, stream.read_to_end(&mut said)).await;
    assert!(read.is_ok(), "the connection is still open");
    assert!(said.is_empty());
    Ok(())
}
