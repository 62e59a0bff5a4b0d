use serde_json::json;
use slidewright_simulator::Reply;

use crate::harness::*;

fn assert_is_deck_named_as_a_trap(file: &Reply) {
    assert_eq!(file.status, 200, "{}", text(file));
    assert!(!slides(&file.body).is_empty());
    let name = file.header("content-disposition").expect("a name");
    assert!(name.contains("filename=\"../../etc/passwd"), "{name}");
    let exact = name.split_once("filename*=UTF-8''").expect("an exact name");
    let exact = percent_encoding::percent_decode_str(exact.1).decode_utf8_lossy();
    assert!(exact.starts_with("../../etc/passwd\\C:\\x "), "{exact}");
}

#[test]
fn in_signed_addresses_which_can_be_had_as_they_are() {
    for service in services() {
        let mut caller = Caller::of(&format!("{},duration=0,hostile=1", service.name));
        let status = service.start(&mut caller);
        let Some(link) = service.link(&mut caller, &status, 0) else {
            continue;
        };
        let name = "/..%2F..%2Fetc%2Fpasswd%5CC:%5Cx%20";
        assert!(link.contains(name), "{link}");
        assert_is_deck_named_as_a_trap(&caller.open(&link));
    }
}

#[test]
fn of_every_variant() {
    let mut caller = Caller::of("perceptis,duration=0,hostile=1");
    let ask = json!({"prompt": "Tea", "output_type": "single_slide", "variant_count": 2});
    let id = caller.job(ask);
    let told = caller.job_at(&id, 0);
    for place in ["/downloads/0/url", "/downloads/1/url"] {
        assert_is_deck_named_as_a_trap(&caller.open(&string(&told, place)));
    }
}

#[test]
fn in_a_plain_path() {
    for contract in ["cloud", "a", "c"] {
        let segment = format!("presenton,contract={contract},duration=0,hostile=1");
        let mut caller = Caller::of(&segment);
        let id = id(&caller.submit(json!({"content": "Tea"})));
        let path = string(&caller.task_at(&id, 0), "/data/path");
        assert!(path.contains("/../../etc/passwd\\C:\\x"), "{path}");
        assert_is_deck_named_as_a_trap(&caller.file(&path));
    }
}

#[test]
fn of_an_export() {
    let mut caller = Caller::of("presenton,duration=0,hostile=1");
    let task = caller.submit(json!({"content": "Tea"}));
    let deck = string(&task, "/data/presentation_id");
    let export = json!({"id": deck, "export_as": "pptx"});
    let reply = caller.post("/api/v1/ppt/presentation/export", &export);
    let path = string(&reply.json().expect("JSON"), "/path");
    assert_is_deck_named_as_a_trap(&caller.file(&path));
}

#[test]
fn of_a_templates_own_file() {
    let mut caller = Caller::of("duomi,hostile=1");
    let list = caller.read("/api/v1/templates");
    assert_is_deck_named_as_a_trap(&caller.open(&string(&list, "/templates/0/download_url")));
    assert!(string(&list, "/templates/0/filename").contains("../../etc/passwd"));
}
