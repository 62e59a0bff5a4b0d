//! The forms are as Chromium sends a `FormData`, byte for byte but for what
//! the values hold.

use serde_json::{Value, json};
use slidewright_simulator::Request;

use crate::harness::*;

const BOUNDARY: &str = "----WebKitFormBoundaryh5q5050Af3bUrjUe";
/// How `No"tes; name=x (1) ä茶.TXT` is written.
const NAME: &str = "No%22tes; name=x (1) ä茶.TXT";
/// Lines that look like a boundary are none.
const FILE: &str = "# Tea\r\n--x\r\n------WebKitFormBoundary\r\n";

fn form(fields: &[(String, String)], file: &str) -> Request {
    let mut body = String::new();
    for (name, value) in fields {
        body += &format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
    }
    body += &format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{file}\"; filename=\"{NAME}\"\r\n\
         Content-Type: text/plain\r\n\r\n{FILE}\r\n--{BOUNDARY}--\r\n"
    );
    let mut request = Request::new("POST", "");
    request.body = body.into_bytes();
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    request.header("Content-Type", &kind)
}

#[test]
fn by_the_bucket() {
    for (segment, allowed) in [
        ("chronicle", None),
        ("chronicle,cors=a", Some("*")),
        ("chronicle,bucket=other", Some("*")),
    ] {
        let mut caller = Caller::of(segment).with("Origin", "http://page.test");
        let wish = json!({
            "file_name": "No\"tes; name=x (1) ä茶.TXT",
            "content_type": "text/plain",
            "declared_file_size": FILE.len(),
        });
        let reply = caller.post("/api/v1/uploads/create-target", &wish);
        let target: Value = reply.json().expect("JSON");
        let fields = target["fields"].as_array().expect("a list").iter();
        let fields = fields.map(|it| (string(it, "/name"), string(it, "/value")));
        let mut request = form(&fields.collect::<Vec<_>>(), "file");
        request.path = "/_bucket".into();
        let sent = caller.send(request);
        assert_eq!(sent.status, 204, "{}", text(&sent));
        assert_eq!(sent.header("access-control-allow-origin"), allowed);
        let file = caller.open(&string(&target, "/download_url"));
        assert_eq!((file.status, text(&file).as_str()), (200, FILE));
    }
}

#[test]
fn by_presentons_uploads() {
    for (segment, path) in [
        ("presenton", "/api/v1/ppt/files/upload"),
        ("presenton,contract=cloud", "/api/v1/ppt/files/upload"),
        ("presenton-v3", "/api/v3/files/upload"),
    ] {
        let mut request = form(&[], "files");
        request.path = path.into();
        let reply = Caller::of(segment).send(request);
        assert_eq!(reply.status, 200, "{segment}: {}", text(&reply));
        let values = reply.json().expect("JSON");
        assert_eq!(values.as_array().map(Vec::len), Some(1));
        assert!(string(&values, "/0").ends_with(NAME), "{values}");
    }
}
