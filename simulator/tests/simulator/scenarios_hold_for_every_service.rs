use serde_json::{Value, json};
use slidewright_simulator::{Fault, Request};

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
fn a_job_fails_when_and_as_it_is_told() {
    for service in services() {
        for failure in ["key", "model", "renderer", "outline", "failed"] {
            let keys = format!("duration=1000,fail={failure},fail-at=90");
            let mut caller = caller(&service, &keys);
            let status = service.start(&mut caller);
            assert_ne!(caller.json_at(&status, 899)[service.word], service.failed);
            assert_eq!(caller.json_at(&status, 900)[service.word], service.failed);
        }
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
        let log = caller.log();
        assert_eq!((&log["jobs"], &log["submits"]), (&json!(1), &json!(3)));
    }
}

#[test]
fn troubles_touch_the_services_own_fields() {
    for service in services() {
        let mut caller = caller(&service, "submit=noid");
        let body = caller.post(service.submit, &service.body).json();
        let body = body.expect("JSON");
        assert_eq!(body.get(service.id), None);
        let tells = ["chronicle", "duomi", "perceptis"].contains(&service.name);
        assert_eq!(body.get("status").is_some(), tells);
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
    let service = &service("gamma");
    let mut caller = caller(service, "submit=unknown-word");
    let body = caller.post(service.submit, &service.body).json();
    assert_eq!(body.expect("JSON").get("status"), None);
}

#[test]
fn a_dropped_call_goes_through_the_next_time() {
    for service in services() {
        let mut caller = caller(&service, "status=drop,status-times=1");
        let status = service.start(&mut caller);
        assert_eq!(caller.get(&status).fault, Some(Fault::Drop));
        assert_eq!(caller.get(&status).status, 200);
    }
}

#[test]
fn a_refusal_is_in_the_services_own_words() {
    for service in services() {
        for code in [400, 401, 402, 403, 404, 409, 422, 429, 500, 503] {
            let mut caller = caller(&service, &format!("submit={code}"));
            let reply = caller.post(service.submit, &service.body);
            assert_eq!(reply.status, code);
            let body = reply.json().expect("JSON");
            let told = match (service.name, code) {
                ("chronicle" | "perceptis", _) | ("duomi", 500) => &body["error"]["code"],
                ("duomi", 422) => &body["detail"][0]["msg"],
                ("duomi", _) => &body["detail"],
                _ => &body["message"],
            };
            assert!(told.is_string(), "{}: {body}", service.name);
        }
    }
}

#[test]
fn every_reply_takes_its_time() {
    for service in services() {
        let mut caller = caller(&service, "latency=70");
        let status = service.start(&mut caller);
        assert_eq!(caller.get(&status).delay_ms, 70);
    }
}

#[test]
fn progress_can_go_backwards() {
    let told = |name: &str, field: &str| {
        let service = service(name);
        let mut caller = caller(&service, "duration=1000,status=backwards");
        let status = service.start(&mut caller);
        let mut next = || caller.json_at(&status, 5000).pointer(field).cloned();
        [next(), next(), next(), next()].map(Option::unwrap_or_default)
    };
    assert_eq!(told("duomi", "/progress"), [75, 50, 25, 0]);
    let slides = told("chronicle", "/progress/slides_completed");
    assert_eq!(slides, [json!(5), json!(2), Value::Null, Value::Null]);
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
            let submit = caller.post(service.submit, &service.body);
            let status = service.status(&submit.json().expect("JSON"));
            let asked = "authorization,content-type,idempotency-key,x-api-key";
            let preflight = Request::new("OPTIONS", service.submit)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", asked);
            let preflight = caller.send(preflight);
            let headers = preflight.header("access-control-allow-headers");
            assert_eq!(headers, allowed.map(|_| asked), "{}", service.name);
            assert_eq!(preflight.status == 200, allowed.is_some());
            for reply in [preflight, submit, caller.get(&status)] {
                assert_eq!(reply.header("access-control-allow-origin"), allowed);
            }
        }
    }
}

#[test]
fn hostile_text_is_in_titles_and_errors() {
    for service in services() {
        let mut made = caller(&service, "duration=0,hostile=1");
        let status = service.start(&mut made);
        if let Some(url) = service.link(&mut made, &status, 0) {
            let deck = slides(&made.open(&url).body);
            assert!(deck[0].0.starts_with("<script>"), "{}", service.name);
        }
        let mut failed = caller(&service, "duration=0,hostile=1,fail=key");
        let status = service.start(&mut failed);
        let body = failed.json_at(&status, 0).to_string();
        assert!(body.contains("javascript:"), "{}", service.name);
    }
    let mut duomi = caller(&service("duomi"), "duration=1000,hostile=1");
    let status = service("duomi").start(&mut duomi);
    let step = string(&duomi.json_at(&status, 500), "/current_step");
    assert!(step.contains("<script>") && step.contains('\u{202e}'));
    let mut gamma = caller(&service("gamma"), "duration=0,hostile=1");
    let status = service("gamma").start(&mut gamma);
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
        json!({"prompt": [], "attachments": [[]], "section_count": 1e300}).to_string(),
        json!({"prompt": {}, "reference_images": [null], "variant_count": -1e300}).to_string(),
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
