use serde_json::json;
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

fn upload(segment: &str, path: &str, names: &[&str]) -> Reply {
    let mut body = String::new();
    for name in names {
        body += &format!(
            "--xyz\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\n\
             Content-Type: text/plain\r\n\r\nsome\r\ntext\r\n"
        );
    }
    body += "--xyz--\r\n";
    let mut request = Request::new("POST", path);
    request.body = body.into_bytes();
    let request = request.header("Content-Type", "multipart/form-data; boundary=xyz");
    Caller::of(segment).send(request)
}

const V1_UPLOAD: &str = "/api/v1/ppt/files/upload";

#[test]
fn one_for_each_file_that_a_submit_may_name() {
    let reply = upload("presenton", V1_UPLOAD, &["a.pdf", "b.TXT"]);
    let values = reply.json().expect("JSON");
    let values = values.as_array().expect("a list");
    assert_eq!(values.len(), 2);
    assert!(values.iter().all(|it| it.is_string()) && values[0] != values[1]);
    let mut caller = Caller::of("presenton");
    caller.submit(json!({"content": "", "files": values}));
}

#[test]
fn version_3_has_its_own_path() {
    let reply = upload("presenton-v3", "/api/v3/files/upload", &["notes.md"]);
    assert_eq!(
        reply.json().and_then(|it| it.as_array().map(Vec::len)),
        Some(1)
    );
}

#[test]
fn a_kind_that_is_not_taken_is_named() {
    let reply = upload("presenton", V1_UPLOAD, &["a.pdf", "tool.exe"]);
    assert_eq!(reply.status, 400);
    let detail = string(&reply.json().expect("JSON"), "/detail");
    assert!(
        detail.starts_with("File 'tool.exe' not accepted. Accepted types: "),
        "{detail}"
    );
}

#[test]
fn which_kinds_are_taken_differs() {
    assert_eq!(
        upload("presenton,contract=a", V1_UPLOAD, &["a.odt"]).status,
        400
    );
    assert_eq!(
        upload("presenton,contract=b", V1_UPLOAD, &["a.odt"]).status,
        200
    );
}

#[test]
fn without_files_it_is_422() {
    assert_eq!(upload("presenton", V1_UPLOAD, &[]).status, 422);
    let mut caller = Caller::of("presenton");
    assert_eq!(
        caller
            .send(Request::new("POST", V1_UPLOAD).json("{}"))
            .status,
        422
    );
}

#[test]
fn a_broken_form_is_no_form() {
    for body in [
        "",
        "--xyz",
        "--xyz\r\n\r\n",
        "--xyz\r\nContent-Disposition: form-data\r\n\r\nx",
    ] {
        let mut request = Request::new("POST", V1_UPLOAD);
        request.body = body.as_bytes().to_vec();
        let request = request.header("Content-Type", "multipart/form-data; boundary=xyz");
        assert_eq!(
            Caller::of("presenton").send(request).status,
            422,
            "{body:?}"
        );
    }
}
