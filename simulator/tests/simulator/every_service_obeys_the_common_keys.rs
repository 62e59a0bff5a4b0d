use serde_json::{Value, json};
use slidewright_simulator::{Fault, Reply, Request};

use crate::harness::*;

/// A service's name, its submit path with a body, and its id and status path.
struct Service {
    name: &'static str,
    submit: &'static str,
    body: Value,
    id: &'static str,
    status: fn(&str) -> String,
}

fn services() -> [Service; 2] {
    [
        Service {
            name: "chronicle",
            submit: CHRONICLE,
            body: json!({"prompt": "Tea"}),
            id: "generation_id",
            status: |id| format!("{CHRONICLE}/{id}/status"),
        },
        Service {
            name: "perceptis",
            submit: PERCEPTIS,
            body: json!({"prompt": "Tea", "output_type": "deck"}),
            id: "job_id",
            status: |id| format!("/api/v1/status/{id}"),
        },
    ]
}

impl Service {
    fn caller(&self, keys: &str) -> Caller {
        Caller::of(&format!("{},{keys}", self.name))
    }

    /// The status call of a job that has just begun.
    fn begun(&self, keys: &str) -> (Caller, String) {
        let mut caller = self.caller(keys);
        let id = string(
            &caller.accepted(self.submit, self.body.clone()),
            &format!("/{}", self.id),
        );
        (caller, (self.status)(&id))
    }
}

fn word(reply: &Reply) -> Option<String> {
    let body = reply.json()?;
    body["status"].as_str().map(str::to_owned)
}

#[test]
fn duration_failure_restart_and_memory() {
    for service in services() {
        let (mut caller, status) = service.begun("duration=1000,forget-at=150");
        for (after_ms, code) in [(999, 200), (1499, 200), (1500, 404)] {
            caller.now = START + after_ms;
            assert_eq!(caller.get(&status).status, code, "{}", service.name);
        }
        for failure in ["key", "model", "renderer", "outline", "failed"] {
            let keys = format!("duration=1000,fail={failure},fail-at=90");
            let (mut caller, status) = service.begun(&keys);
            caller.now = START + 899;
            assert_ne!(word(&caller.get(&status)).as_deref(), Some("failed"));
            caller.now += 1;
            assert_eq!(word(&caller.get(&status)).as_deref(), Some("failed"));
        }
        let (mut caller, status) = service.begun("duration=1000,restart-at=50");
        caller.now = START + 500;
        let then = caller.get(&status);
        caller.now = START + 86_400_000;
        assert_eq!(caller.get(&status).body, then.body, "{}", service.name);
    }
}

#[test]
fn troubles_of_submit_and_status() {
    for service in services() {
        let reply = service
            .caller("submit=noid")
            .post(service.submit, &service.body);
        let body = reply.json().expect("JSON");
        assert_eq!(body.get(service.id), None);
        assert!(body.get("status").is_some());
        let (mut caller, status) = service.begun("status=unknown-word");
        assert_eq!(word(&caller.get(&status)).as_deref(), Some("warming_up"));
        let (mut caller, status) = service.begun("status=drop,status-times=1");
        assert_eq!(caller.get(&status).fault, Some(Fault::Drop));
        assert_eq!(caller.get(&status).status, 200);
        for code in [400, 401, 402, 403, 404, 409, 422, 429, 500, 503] {
            let mut caller = service.caller(&format!("submit={code}"));
            let reply = caller.post(service.submit, &service.body);
            assert_eq!(reply.status, code);
            assert!(reply.json().expect("JSON")["error"]["code"].is_string());
        }
    }
}

#[test]
fn progress_can_go_backwards() {
    let (mut caller, status) = services()[0].begun("duration=1000,status=backwards");
    caller.now += 5000;
    let counts: Vec<Value> = (0..3)
        .map(|_| caller.read(&status)["progress"]["slides_completed"].clone())
        .collect();
    assert_eq!(counts, [json!(5), json!(2), Value::Null]);
}

#[test]
fn rate_latency_and_origins() {
    for service in services() {
        let (mut caller, status) = service.begun("rate=2,retry-after=30,latency=70");
        assert_eq!(caller.get(&status).delay_ms, 70);
        let refused = caller.get(&status);
        assert_eq!(
            (refused.status, refused.header("retry-after")),
            (429, Some("30"))
        );
        for (keys, allowed) in [("run=1", None), ("cors=a", Some("*"))] {
            let (caller, status) = service.begun(keys);
            let mut caller = caller.with("Origin", "http://page.test");
            let reply = caller.get(&status);
            assert_eq!(reply.header("access-control-allow-origin"), allowed);
        }
    }
}

#[test]
fn a_repeated_key_makes_one_job() {
    for service in services() {
        let mut caller = service.caller("submit=drop,submit-times=1,accept=1");
        for _ in 0..3 {
            let request = Request::new("POST", service.submit).json(&service.body.to_string());
            caller.send(request.header("Idempotency-Key", "k1"));
        }
        let log = caller.log();
        assert_eq!((&log["jobs"], &log["submits"]), (&json!(1), &json!(3)));
    }
}
