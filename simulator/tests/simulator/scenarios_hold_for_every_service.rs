use serde_json::{Value, json};
use slidewright_simulator::Request;

use crate::harness::*;

fn caller(service: &Service, tokens: &str) -> Caller {
    Caller::of(&format!("{},{tokens}", service.name))
}

#[test]
fn a_forgotten_job_is_404() {
    for service in services() {
        let mut caller = caller(&service, "duration=1000,forget-at=200");
        let status = service.start(&mut caller);
        assert_eq!(caller.json_at(&status, 1999)[service.word], service.done);
        caller.now = START + 2000;
        assert_eq!(caller.get(&status).status, 404);
    }
}

#[test]
fn a_restart_strands_the_job() {
    for service in services() {
        let mut caller = caller(&service, "duration=1000,restart-at=60");
        let status = service.start(&mut caller);
        let stuck = caller.json_at(&status, 600);
        assert_eq!(caller.json_at(&status, 999_000), stuck);
        assert_ne!(stuck[service.word], service.done);
    }
}

#[test]
fn a_repeated_key_makes_one_job() {
    for service in services() {
        let mut caller = caller(&service, "submit=drop,submit-times=1,accept=1");
        let mut send = || {
            let request = Request::new("POST", service.submit).json(&service.body.to_string());
            caller.send(request.header("Idempotency-Key", "k1"))
        };
        assert!(send().fault.is_some());
        let (second, third) = (send(), send());
        assert_eq!((second.fault, &second.body), (None, &third.body));
        assert_eq!(caller.log()["jobs"], 1);
    }
}

#[test]
fn troubles_touch_the_services_own_fields() {
    for service in services() {
        let mut caller = caller(&service, "submit=noid");
        let body = caller.post(service.submit, &service.body).json();
        assert_eq!(body.expect("JSON").get(service.id), None);
    }
    for service in services() {
        let mut caller = caller(&service, "status=unknown-word,status-times=1");
        let status = service.start(&mut caller);
        assert_eq!(caller.json_at(&status, 0)[service.word], "warming_up");
        assert_ne!(caller.json_at(&status, 0)[service.word], "warming_up");
    }
}

#[test]
fn a_submit_without_a_status_gets_none_from_a_trouble() {
    let service = &services()[1];
    let mut caller = caller(service, "submit=unknown-word");
    let body = caller.post(service.submit, &service.body).json();
    assert_eq!(body.expect("JSON").get("status"), None);
}

#[test]
fn progress_can_go_backwards() {
    let service = &services()[0];
    let mut caller = caller(service, "duration=1000,status=backwards");
    let status = service.start(&mut caller);
    let told: Vec<Value> = (0..4)
        .map(|_| caller.json_at(&status, 5000)["progress"].clone())
        .collect();
    assert_eq!(told, [75, 50, 25, 0]);
}

#[test]
fn too_many_calls_are_slowed() {
    for service in services() {
        let mut caller = caller(&service, "rate=1,retry-after=30");
        let status = service.start(&mut caller);
        let refused = caller.get(&status);
        assert_eq!(refused.status, 429);
        assert_eq!(refused.header("retry-after"), Some("30"));
        assert!(refused.json().is_some());
    }
}

#[test]
fn other_origins_are_let_in_only_where_asked() {
    for service in services() {
        for (tokens, allowed) in [("run=1", None), ("cors=a", Some("*"))] {
            let mut caller = caller(&service, tokens).with("Origin", "http://page.test");
            let reply = caller.post(service.submit, &service.body);
            assert_eq!(reply.header("access-control-allow-origin"), allowed);
        }
    }
}

#[test]
fn hostile_text_is_in_titles_and_errors() {
    for service in services() {
        let mut made = caller(&service, "duration=0,hostile=1");
        let status = service.start(&mut made);
        let url = string(&made.json_at(&status, 0), service.link);
        let deck = slides(&made.open(&url).body);
        assert!(deck[0].0.starts_with("<script>"), "{}", service.name);
        let mut failed = caller(&service, "duration=0,hostile=1,fail=key");
        let status = service.start(&mut failed);
        let body = failed.json_at(&status, 0).to_string();
        assert!(body.contains("javascript:"), "{}", service.name);
    }
    let mut duomi = caller(&services()[0], "duration=1000,hostile=1");
    let status = services()[0].start(&mut duomi);
    let step = string(&duomi.json_at(&status, 500), "/current_step");
    assert!(step.contains("<script>") && step.contains('\u{202e}'));
    let mut gamma = caller(&services()[1], "duration=0,hostile=1");
    let status = services()[1].start(&mut gamma);
    assert!(string(&gamma.json_at(&status, 0), "/gammaUrl").starts_with("javascript:"));
}

#[test]
fn no_body_is_too_odd() {
    let deep = "[".repeat(100_000);
    let odd = [
        String::new(),
        "null".into(),
        "[]".into(),
        "\"text\"".into(),
        deep,
        json!({"slides": [[[]], {"slide_data": [[]]}, null], "options": 1, "org_name": {}})
            .to_string(),
        json!({"slides": [{"slide_data": {"content": [{"blocks": [null]}, 5]}}]}).to_string(),
        json!({"inputText": {}, "textOptions": [], "numCards": 1e300}).to_string(),
        json!({"plain_text": {}, "document_uuids": 5, "length": -1e300}).to_string(),
    ];
    for service in services() {
        for body in &odd {
            let mut caller = Caller::of(service.name);
            let reply = caller.send(Request::new("POST", service.submit).json(body));
            assert!(matches!(reply.status, 400 | 422), "{}", text(&reply));
            assert_eq!(caller.log()["jobs"], 0);
        }
    }
}

#[test]
fn only_post_makes_a_job() {
    for service in services() {
        let reply = Caller::of(service.name).get(service.submit);
        assert_eq!(reply.status, 405);
        assert_eq!(reply.header("allow"), Some("POST"));
    }
}
