use serde_json::{Value, json};
use slidewright_simulator::{Fault, Reply, Request};

use crate::harness::*;

const SCENARIO: &str = "presenton,submit=reset-reused";

fn submit(caller: &mut Caller, key: Option<&str>, reused: bool) -> Reply {
    let request = Request::new("POST", V1).json(r#"{"content": "Tea"}"#);
    let request = match key {
        Some(key) => request.header("Idempotency-Key", key),
        None => request,
    };
    caller.send(Request { reused, ..request })
}

fn job(reply: &Reply) -> Value {
    assert_eq!((reply.status, reply.fault), (200, None));
    reply.json().expect("a task")["id"].clone()
}

#[test]
fn and_the_repeat_gets_the_first_reply() {
    let mut caller = Caller::of(SCENARIO);
    let lost = submit(&mut caller, Some("k1"), true);
    assert_eq!(lost.fault, Some(Fault::Drop));
    caller.now += 40;
    let repeat = submit(&mut caller, Some("k1"), true);
    assert_eq!((repeat.fault, &repeat.body), (None, &lost.body));
    let log = caller.log();
    assert_eq!((&log["jobs"], &log["submits"]), (&json!(1), &json!(2)));
    assert_eq!(log["keys"], json!(["k1"]));
    let told = |index: usize| {
        let request = &log["requests"][index];
        ["status", "reused"].map(|name| request[name].clone())
    };
    assert_eq!(told(0), [json!(0), json!(true)]);
    assert_eq!(told(1), [json!(200), json!(true)]);
}

#[test]
fn whether_or_not_the_repeat_has_a_new_one() {
    let mut caller = Caller::of(SCENARIO);
    submit(&mut caller, Some("k1"), true);
    job(&submit(&mut caller, Some("k1"), false));
    assert_eq!(caller.log()["jobs"], 1);
}

#[test]
fn and_once_for_the_next_key() {
    let mut caller = Caller::of(SCENARIO);
    for key in ["k1", "k2"] {
        let lost = submit(&mut caller, Some(key), true);
        assert_eq!(lost.fault, Some(Fault::Drop));
        job(&submit(&mut caller, Some(key), true));
    }
    assert_eq!(caller.log()["jobs"], 2);
}

#[test]
fn but_a_new_one_does_not() {
    let mut caller = Caller::of(SCENARIO);
    let first = job(&submit(&mut caller, Some("k1"), false));
    assert_eq!(caller.log()["requests"][0]["reused"], false);
    // It is the submit that was lost which counts, and none was.
    let lost = submit(&mut caller, Some("k1"), true);
    assert_eq!(lost.fault, Some(Fault::Drop));
    assert_eq!(job(&submit(&mut caller, Some("k1"), true)), first);
}

#[test]
fn without_a_key_the_repeat_makes_a_second_job() {
    let mut caller = Caller::of(SCENARIO);
    let lost = submit(&mut caller, None, true);
    assert_eq!(lost.fault, Some(Fault::Drop));
    let second = job(&submit(&mut caller, None, true));
    job(&submit(&mut caller, None, true));
    assert_ne!(lost.json().expect("a task")["id"], second);
    assert_eq!(caller.log()["jobs"], 3);
}

#[cfg(feature = "server")]
mod on_the_wire {
    use std::io;

    use serde_json::{Value, json};

    use super::SCENARIO;
    use crate::wire::{Server, Wire};

    async fn log(wire: &mut Wire) -> io::Result<Value> {
        wire.get(&format!("/sim/{SCENARIO}/_log")).await?;
        let reply = wire.reply().await?;
        let (_, body) = reply.split_once("\r\n\r\n").expect("a head");
        Ok(serde_json::from_str(body)?)
    }

    #[tokio::test]
    async fn a_line_is_kept_alive_and_then_closes() -> io::Result<()> {
        let server = Server::start().await?;
        let mut wire = server.connect().await?;
        assert_eq!(log(&mut wire).await?["jobs"], 0);
        log(&mut wire).await?;

        wire.submit(SCENARIO, Some("k1")).await?;
        let said = wire.rest().await;
        assert!(said.end.is_ok() && said.bytes.is_empty());

        let mut next = server.connect().await?;
        let log_before = log(&mut next).await?;
        assert_eq!(log_before["jobs"], 1);
        assert_eq!(log_before["requests"][0]["reused"], true);
        next.submit(SCENARIO, Some("k1")).await?;
        let reply = next.reply().await?;
        assert!(reply.starts_with("HTTP/1.1 200 OK"), "{reply}");
        let log = log(&mut next).await?;
        assert_eq!((&log["jobs"], &log["keys"]), (&json!(1), &json!(["k1"])));
        assert_eq!(log["submits"], 2);
        Ok(())
    }

    #[tokio::test]
    async fn the_first_call_of_a_line_is_answered() -> io::Result<()> {
        let server = Server::start().await?;
        let mut wire = server.connect().await?;
        wire.submit(SCENARIO, Some("k1")).await?;
        let reply = wire.reply().await?;
        assert!(reply.starts_with("HTTP/1.1 200 OK"), "{reply}");
        assert_eq!(log(&mut wire).await?["requests"][0]["reused"], false);
        Ok(())
    }
}
