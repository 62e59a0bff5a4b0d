use serde_json::json;

use crate::harness::*;

#[test]
fn written_slides_become_the_deck() {
    let mut caller = Caller::of("presenton-v3,duration=1000");
    let body = json!({"slides": [
        {"content": "# Tea\nA short history"},
        {"content": "## Origins\n- Yunnan\n- Sichuan", "layout": "bullets"},
    ], "standard_template": "neo-general"});
    let id = id(&caller.post(V3, &body).json().expect("a task"));
    caller.now += 1000;
    let task = caller.get(&format!("/api/v3/async-task/status/{id}"));
    let path = string(&task.json().expect("a task"), "/data/path");
    let file = caller.file(&path);
    let read = slides(&file.body);
    assert_eq!(read.len(), 2);
    assert_eq!(
        read[0],
        ("Tea".into(), vec!["Tea".into(), "A short history".into()])
    );
    assert_eq!(
        read[1],
        (
            "Origins".into(),
            vec!["Origins".into(), "Yunnan\nSichuan".into()]
        )
    );
}

#[test]
fn version_1_paths_are_unknown() {
    let mut caller = Caller::of("presenton-v3");
    assert_eq!(caller.post(V1, &json!({"content": "Tea"})).status, 404);
}

#[test]
fn no_field_is_required_but_something_to_work_from_is() {
    let mut caller = Caller::of("presenton-v3");
    let reply = caller.post(V3, &json!({"n_slides": 3}));
    assert_eq!(reply.status, 400);
}

#[test]
fn a_picture_can_be_asked_for() {
    let mut caller = Caller::of("presenton-v3,duration=0");
    let reply = caller.post(V3, &json!({"content": "Tea", "export_as": "png"}));
    let id = id(&reply.json().expect("a task"));
    let task = caller.get(&format!("/api/v3/async-task/status/{id}"));
    let file = caller.file(&string(&task.json().expect("a task"), "/data/path"));
    assert_eq!(file.header("content-type"), Some("image/png"));
    let decoder = png::Decoder::new(std::io::Cursor::new(&file.body));
    let picture = decoder.read_info().expect("a png file");
    assert_eq!(picture.info().size(), (960, 540));
}
