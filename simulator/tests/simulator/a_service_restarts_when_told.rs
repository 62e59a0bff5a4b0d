use serde_json::json;
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

fn restart(caller: &mut Caller) {
    let reply = caller.send(Request::new("POST", "/_restart"));
    assert_eq!(reply.json(), Some(json!({"restarted": true})));
}

#[test]
fn and_knows_no_job_any_more() {
    for service in services() {
        for done_by in [0, 5000] {
            let mut caller = Caller::of(&format!("{},duration=2000", service.name));
            let status = service.start(&mut caller);
            caller.now += done_by;
            assert_eq!(caller.get(&status).status, 200);
            restart(&mut caller);
            assert_eq!(caller.get(&status).status, 404, "{}", service.name);
        }
    }
}

#[test]
fn not_even_by_a_stale_reply() {
    let service = service("perceptis");
    let mut caller = Caller::of("perceptis,status=stale");
    let status = service.start(&mut caller);
    for _ in 0..3 {
        assert_eq!(caller.get(&status).status, 200);
    }
    restart(&mut caller);
    assert_eq!(caller.get(&status).status, 404);
}

#[test]
fn nor_its_files() {
    let mut caller = Caller::of("presenton,duration=0");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let task = caller.task_at(&id, 0);
    let path = string(&task, "/data/path");
    let deck = string(&task, "/data/presentation_id");
    let export = json!({"id": deck, "export_as": "pdf"});
    let exported = caller.post("/api/v1/ppt/presentation/export", &export);
    let exported = string(&exported.json().expect("JSON"), "/path");
    for path in [&path, &exported] {
        assert_eq!(caller.file(path).status, 200);
    }
    restart(&mut caller);
    for path in [&path, &exported] {
        assert_eq!(caller.file(path).status, 404);
    }
}

#[test]
fn while_the_log_goes_on() {
    let mut caller = Caller::of("presenton,submit=500,submit-times=1");
    let submit = json!({"content": "Tea"});
    assert_eq!(caller.post(V1, &submit).status, 500);
    caller.submit(submit.clone());
    let before = caller.log();
    restart(&mut caller);
    assert_eq!(caller.log(), before);
    // The trouble was met, and is not met again.
    caller.submit(submit);
    assert_eq!(caller.log()["jobs"], 2);
}

#[test]
fn with_ids_of_their_own_for_what_comes_after() {
    let mut caller = Caller::of("presenton");
    let first = id(&caller.submit(json!({"content": "Tea"})));
    restart(&mut caller);
    assert_ne!(id(&caller.submit(json!({"content": "Tea"}))), first);
}

#[test]
fn and_a_known_key_makes_a_job_again() {
    let mut caller = Caller::of("presenton");
    let keyed = |caller: &mut Caller| -> Reply {
        let request = Request::new("POST", V1).json(r#"{"content": "Tea"}"#);
        caller.send(request.header("Idempotency-Key", "k1"))
    };
    let first = keyed(&mut caller);
    restart(&mut caller);
    assert_ne!(keyed(&mut caller).body, first.body);
    let log = caller.log();
    assert_eq!((&log["jobs"], &log["keys"]), (&json!(2), &json!(["k1"])));
}

#[test]
fn but_source_files_stay_in_their_store() {
    let mut caller = Caller::of("chronicle");
    let size = "notes".len();
    let asked =
        json!({"file_name": "a.txt", "content_type": "text/plain", "declared_file_size": size});
    let target = caller.post("/api/v1/uploads/create-target", &asked);
    let target = target.json().expect("JSON");
    restart(&mut caller);
    let mut form = String::new();
    let fields = target["fields"].as_array().expect("a list").iter();
    for field in fields {
        form += &format!(
            "--b\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n",
            string(field, "/name"),
            string(field, "/value")
        );
    }
    form += "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\nnotes\r\n--b--\r\n";
    let mut request =
        Request::new("POST", "/_bucket").header("Content-Type", "multipart/form-data; boundary=b");
    request.body = form.into_bytes();
    assert_eq!(caller.send(request).status, 204);
    let file = caller.open(&string(&target, "/download_url"));
    assert_eq!(file.body, b"notes");
}
