use serde_json::{Value, json};
use slidewright_simulator::{Fault, Reply, Request};

use crate::harness::*;

const TARGET: &str = "/api/v1/uploads/create-target";
const DAY: u64 = 86_400_000;

fn notes() -> Value {
    json!({"file_name": "Notes.MD", "content_type": "text/markdown", "declared_file_size": 5})
}

fn target(caller: &mut Caller, body: Value) -> Value {
    let reply = caller.post(TARGET, &body);
    assert_eq!(reply.status, 200, "{}", text(&reply));
    reply.json().expect("JSON")
}

/// The fields of a target as a form has them.
fn fields(target: &Value) -> Vec<(String, String)> {
    let fields = target["fields"].as_array().expect("a list").iter();
    let pair = |field: &Value| (string(field, "/name"), string(field, "/value"));
    fields.map(pair).collect()
}

fn form(fields: &[(String, String)], file: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part =
            format!("--xyz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend(part.into_bytes());
    }
    body.extend(
        b"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"Notes.MD\"\r\n\
          Content-Type: text/markdown\r\n\r\n",
    );
    body.extend(file);
    body.extend(b"\r\n--xyz--\r\n");
    body
}

fn sent(caller: &mut Caller, body: Vec<u8>) -> Reply {
    let mut request = Request::new("POST", "/_bucket");
    request.body = body;
    caller.send(request.header("Content-Type", "multipart/form-data; boundary=xyz"))
}

fn uploaded(caller: &mut Caller) -> Value {
    let target = target(caller, notes());
    let reply = sent(caller, form(&fields(&target), b"# Tea"));
    assert_eq!((reply.status, reply.body.len()), (204, 0));
    target
}

#[test]
fn a_target_says_where_to_and_what_with() {
    let mut caller = Caller::of("chronicle");
    let target = target(&mut caller, notes());
    let mut names: Vec<&String> = target.as_object().expect("an object").keys().collect();
    names.sort();
    assert_eq!(names, ["download_url", "fields", "path", "url"]);
    assert_eq!(target["url"], "http://deck.test/sim/chronicle/_bucket");
    let path = string(&target, "/path");
    assert!(
        path.starts_with("uploads/") && path.ends_with(".md"),
        "{path}"
    );
    let pairs = fields(&target);
    assert_eq!(pairs[0], ("key".into(), path));
    assert_eq!(pairs[1], ("Content-Type".into(), "text/markdown".into()));
    let download = string(&target, "/download_url");
    assert!(download.starts_with("http://deck.test/sim/chronicle/_bucket/uploads/"));
    assert!(download.contains("?expires=") && download.contains("&signature="));
}

#[test]
fn the_file_can_be_had_for_seven_days() {
    let mut caller = Caller::of("chronicle,auth=chr_1").with("x-api-key", "chr_1");
    let target = uploaded(&mut caller);
    let url = string(&target, "/download_url");
    caller.headers.clear();
    caller.now = START + 7 * DAY - 1;
    let file = caller.open(&url);
    assert_eq!((file.status, file.body.as_slice()), (200, &b"# Tea"[..]));
    assert_eq!(file.header("content-type"), Some("text/markdown"));
    caller.now += 1;
    let late = caller.open(&url);
    assert_eq!(late.status, 403);
    assert!(text(&late).contains("<Message>Request has expired</Message>"));
    caller.now = START;
    let forged = url.replace("signature=", "signature=0");
    assert!(text(&caller.open(&forged)).contains("SignatureDoesNotMatch"));
    let bare = url.split('?').next().expect("an address");
    assert_eq!(caller.open(bare).status, 403);
}

#[test]
fn before_the_upload_there_is_nothing() {
    let mut caller = Caller::of("chronicle");
    let target = target(&mut caller, notes());
    let reply = caller.open(&string(&target, "/download_url"));
    assert_eq!(reply.status, 404);
    assert!(text(&reply).contains("<Code>NoSuchKey</Code>"));
}

#[test]
fn a_submit_may_name_it_and_nothing_else() {
    let mut caller = Caller::of("chronicle,duration=0");
    let target = uploaded(&mut caller);
    let whole = json!({
        "id": "a1",
        "url": target["download_url"],
        "file_name": "Notes.MD",
        "type": "text/markdown",
    });
    let id = caller.generation(json!({"prompt": "Tea", "attachments": [whole]}));
    let done = caller.generation_at(&id, 0);
    let page = text(&caller.open(&string(&done, "/presentation/url")));
    assert!(page.contains("From Notes.MD"), "{page}");
    for field in ["id", "url", "file_name", "type"] {
        for value in [Value::Null, json!(""), json!(7)] {
            let mut part = whole.clone();
            part[field] = value;
            let body = json!({"prompt": "Tea", "attachments": [part]});
            let reply = caller.post(CHRONICLE, &body);
            assert_eq!(reply.status, 400, "{body}");
        }
    }
    let mut elsewhere = whole.clone();
    elsewhere["url"] = json!("https://example.org/notes.md");
    for list in [
        json!([elsewhere]),
        json!(["a1"]),
        json!("a1"),
        json!({"id": "a1"}),
    ] {
        let reply = caller.post(CHRONICLE, &json!({"prompt": "Tea", "attachments": list}));
        assert_eq!(reply.status, 400, "{list}");
    }
}

#[test]
fn an_answer_may_name_it_too() {
    let mut caller = Caller::of("chronicle,duration=0,questions=1");
    let target = uploaded(&mut caller);
    let id = caller.generation(json!({"prompt": "Tea"}));
    let mut file = json!({"id": "a1", "url": "http://x.test/", "file_name": "Notes.MD", "type": "text/markdown"});
    let path = format!("{CHRONICLE}/{id}/message");
    let wrong = caller.post(&path, &json!({"content": "Here", "attachments": [file]}));
    assert_eq!(wrong.status, 400);
    file["url"] = target["download_url"].clone();
    let right = caller.post(&path, &json!({"content": "Here", "attachments": [file]}));
    assert_eq!(right.status, 200);
}

#[test]
fn a_target_that_was_never_filled_is_no_attachment() {
    let mut caller = Caller::of("chronicle");
    let target = target(&mut caller, notes());
    let file = json!({
        "id": "a1", "url": target["download_url"], "file_name": "Notes.MD", "type": "text/markdown",
    });
    let reply = caller.post(CHRONICLE, &json!({"prompt": "Tea", "attachments": [file]}));
    assert_eq!(reply.status, 400);
}

#[test]
fn kinds_and_sizes_that_are_not_taken_are_refused() {
    for (change, code) in [
        (json!({"file_name": "tool.exe"}), "FILE_UPLOAD_ERROR"),
        (json!({"file_name": "pdf"}), "FILE_UPLOAD_ERROR"),
        (
            json!({"declared_file_size": 50 * 1024 * 1024 + 1}),
            "FILE_UPLOAD_ERROR",
        ),
        (json!({"declared_file_size": 0}), "BAD_REQUEST"),
        (json!({"declared_file_size": "5"}), "BAD_REQUEST"),
        (json!({"declared_file_size": null}), "BAD_REQUEST"),
        (json!({"content_type": null}), "BAD_REQUEST"),
        (json!({"file_name": null}), "BAD_REQUEST"),
    ] {
        let mut body = notes();
        let given = change.as_object().expect("an object").clone();
        body.as_object_mut().expect("an object").extend(given);
        let reply = Caller::of("chronicle").post(TARGET, &body);
        assert_eq!(reply.status, 400, "{change}");
        assert_eq!(
            reply.json().expect("JSON")["error"]["code"],
            code,
            "{change}"
        );
    }
    for kind in [
        "txt", "md", "pdf", "pptx", "jpg", "jpeg", "png", "gif", "webp",
    ] {
        let mut body = notes();
        body["file_name"] = json!(format!("a.{kind}"));
        body["declared_file_size"] = json!(50 * 1024 * 1024);
        target(&mut Caller::of("chronicle"), body);
    }
}

#[test]
fn the_bucket_refuses_a_form_that_is_not_as_given() {
    let mut caller = Caller::of("chronicle");
    let target = target(&mut caller, notes());
    let right = fields(&target);
    let mut swapped = right.clone();
    swapped.swap(1, 2);
    let mut other_type = right.clone();
    other_type[1].1 = "text/plain".into();
    let mut unknown = right.clone();
    unknown[0].1 = "uploads/0.md".into();
    for wrong in [
        &swapped,
        &other_type,
        &unknown,
        &right[..3].to_vec(),
        &Vec::new(),
    ] {
        let reply = sent(&mut caller, form(wrong, b"# Tea"));
        assert_eq!(reply.status, 403, "{wrong:?}");
        assert_eq!(reply.header("content-type"), Some("application/xml"));
    }
    for (file, code) in [
        (&b"# Te"[..], "EntityTooSmall"),
        (b"# Teas", "EntityTooLarge"),
    ] {
        let reply = sent(&mut caller, form(&right, file));
        assert_eq!(reply.status, 400);
        assert!(text(&reply).contains(code));
    }
    let mut behind = form(&right, b"# Tea");
    behind.truncate(behind.len() - 4);
    behind.extend(b"\r\nContent-Disposition: form-data; name=\"more\"\r\n\r\nx\r\n--xyz--\r\n");
    assert_eq!(sent(&mut caller, behind).status, 400);
    assert_eq!(sent(&mut caller, b"no form".to_vec()).status, 400);
    let mut caller = caller.with("Authorization", "Bearer chr_1");
    let reply = sent(&mut caller, form(&right, b"# Tea"));
    assert_eq!(reply.status, 400);
    assert!(text(&reply).contains("Only one auth mechanism allowed"));
    caller.headers.clear();
    assert_eq!(sent(&mut caller, form(&right, b"# Tea")).status, 204);
}

#[test]
fn the_bucket_needs_no_key_and_counts_no_call() {
    let mut caller = Caller::of("chronicle,auth=chr_1,rate=1").with("X-API-Key", "chr_1");
    let target = target(&mut caller, notes());
    caller.headers.clear();
    assert_eq!(
        sent(&mut caller, form(&fields(&target), b"# Tea")).status,
        204
    );
}

#[test]
fn the_bucket_may_fail() {
    let mut caller = Caller::of("chronicle,bucket-fail=1");
    let target = target(&mut caller, notes());
    let reply = sent(&mut caller, form(&fields(&target), b"# Tea"));
    assert_eq!(reply.status, 403);
    assert_eq!(reply.header("content-type"), Some("application/xml"));
    assert!(text(&reply).contains("<Code>AccessDenied</Code>"));
}

#[test]
fn the_bucket_may_be_another_origin() {
    for (host, other) in [
        ("127.0.0.1:8080", "localhost:8080"),
        ("localhost:8080", "127.0.0.1:8080"),
        ("deck.test", "deck.test"),
    ] {
        let mut world = slidewright_simulator::World::new();
        let request = Request::new("POST", &format!("/sim/chronicle,bucket=other{TARGET}"));
        let request = request.json(&notes().to_string()).header("Host", host);
        let target = world.handle(START, &request).json().expect("JSON");
        let root = format!("http://{other}/sim/chronicle,bucket=other/_bucket");
        assert_eq!(target["url"], root);
        assert!(string(&target, "/download_url").starts_with(&root));
    }
}

#[test]
fn as_another_origin_it_lets_any_in() {
    let mut caller = Caller::of("chronicle,bucket=other").with("Origin", "http://127.0.0.1:8080");
    let target = target(&mut caller, notes());
    let reply = sent(&mut caller, form(&fields(&target), b"# Tea"));
    assert_eq!(reply.status, 204);
    assert_eq!(reply.header("access-control-allow-origin"), Some("*"));
    let preflight =
        |path: &str| Request::new("OPTIONS", path).header("Access-Control-Request-Method", "POST");
    let reply = caller.send(preflight("/_bucket"));
    assert_eq!(
        (reply.status, reply.header("access-control-allow-origin")),
        (200, Some("*"))
    );
    // The API itself stays as closed as it was.
    let reply = caller.send(preflight(TARGET));
    assert_eq!(reply.header("access-control-allow-origin"), None);
}

#[test]
fn a_target_can_be_troubled() {
    for (word, status) in [("500", 500), ("429", 429), ("html", 200), ("202empty", 202)] {
        let reply = Caller::of(&format!("chronicle,upload={word}")).post(TARGET, &notes());
        assert_eq!(reply.status, status, "{word}");
    }
    let reply = Caller::of("chronicle,upload=hang").post(TARGET, &notes());
    assert_eq!(reply.fault, Some(Fault::Hang));
    let reply = Caller::of("chronicle,upload=truncated").post(TARGET, &notes());
    assert!(!reply.body.is_empty() && reply.json().is_none());
}

#[test]
fn the_oldest_targets_are_forgotten() {
    let mut caller = Caller::of("chronicle");
    let first = uploaded(&mut caller);
    for _ in 0..64 {
        target(&mut caller, notes());
    }
    assert_eq!(caller.open(&string(&first, "/download_url")).status, 404);
}
