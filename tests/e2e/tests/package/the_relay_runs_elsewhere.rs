//! The handler of `examples/relay` uses web standards alone: it is the same file in other
//! programs, which `tests/relay` runs by Node.

use serde_json::json;
use slidewright_e2e::Server;
use slidewright_e2e::project::{Process, Project};
use slidewright_e2e::server::repository;

use crate::table::full;

const SCENARIO: &str = "presenton,contract=cloud,duration=0";
const PRESENTON: &str = "/relay/presenton/api/v1/ppt/presentation";

#[tokio::test]
async fn deno() {
    if !full("the relay in Deno") {
        return;
    }
    let words = ["run", "--no-lock", "--allow-net", "--allow-env"];
    runs("@deno/linux-x64-glibc/deno", &words, "deno.mjs").await;
}

#[tokio::test]
async fn bun() {
    if !full("the relay in Bun") {
        return;
    }
    runs("@oven/bun-linux-x64/bin/bun", &["run"], "bun.mjs").await;
}

async fn runs(program: &str, words: &[&str], entry: &str) {
    let runtimes = Project::open("tests/matrix/runtimes", None).await;
    let program = runtimes.path("node_modules").join(program);
    if !program.is_file() {
        println!("not tried: no build of {program:?} for this machine");
        return;
    }
    let program = program.to_str().expect("a path in Unicode");
    let entry = repository().join("examples/relay").join(entry);
    let entry = entry.to_str().expect("a path in Unicode");
    let service = Server::start().await;
    let address = format!("{}/sim/{SCENARIO}", service.origin());
    let variables = [
        ("PORT", "PORT"),
        ("RELAY_SECRET", "thirty-two characters at the very least"),
        ("PRESENTON_URL", address.as_str()),
        ("PRESENTON_KEY", "a key that no page knows"),
    ];
    let words = [&[program], words, &[entry]].concat();
    let process = Process::start(&runtimes, &words, &variables, "").await;
    let client = reqwest::Client::new();
    let origin = process.origin();

    // Twice the same, without a cookie: one job, of one session.
    let mut cookies = Vec::new();
    let mut jobs = Vec::new();
    for _ in 0..2 {
        let submit = client
            .post(format!("{origin}{PRESENTON}/generate/async"))
            .header("origin", origin)
            .header("x-slidewright", "1")
            .header("idempotency-key", "a-key-that-nobody-else-has")
            .json(&json!({"content": "Bees", "n_slides": 3}));
        let reply = submit.send().await.expect("an answer");
        assert_eq!(reply.status(), 200);
        let cookie = reply.headers()["set-cookie"].to_str().expect("text");
        let cookie = cookie.split(';').next().unwrap_or_default();
        cookies.push(cookie.to_owned());
        let json: serde_json::Value = reply.json().await.expect("JSON");
        jobs.push(json["id"].as_str().expect("an id").to_owned());
    }
    assert_eq!(cookies[0], cookies[1]);
    assert_eq!(jobs[0], jobs[1]);
    let log = service.log(SCENARIO).await;
    assert_eq!(log.submits().len(), 1, "{log:?}");
    let key = &log.submits()[0]["headers"]["authorization"];
    assert_eq!(key, &json!("Bearer a key that no page knows"), "{log:?}");

    let status = client
        .get(format!("{origin}{PRESENTON}/status/{}", jobs[0]))
        .header("x-slidewright", "1");
    let strange = status.try_clone().expect("the same").send().await;
    assert_eq!(strange.expect("an answer").status(), 404);
    let own = status.header("cookie", &cookies[0]).send().await;
    assert_eq!(own.expect("an answer").status(), 200);
}
