use crate::fixtures::DESCRIPTORS;
use crate::harness::json;
use slidewright::json::Json;
use slidewright::provider::{Descriptor, NAMES, Provider, named};
use slidewright::request::{Form, HostWishes};

const GOOD: &str = r#"{
    "name": "x",
    "auth": "X-API-Key",
    "headers": { "X-Version": "2" },
    "pace": { "interval": 5 },
    "fields": { "prompt": { "to": "/prompt" }, "slide-count": { "to": "/n", "kind": "integer", "max": 9 } },
    "body": { "kind": "deck" },
    "submit": { "path": "/decks", "id": "/id" },
    "status": { "path": "/decks/{id}", "word": "/status", "done": "done" },
    "error": { "text": "/error" },
    "download": { "url": "/url" },
    "question": { "text": "/q", "path": "/decks/{id}/say", "to": "/text" },
    "lists": { "template": { "path": "/templates", "items": "", "value": "/id" } }
}"#;

fn with(at: &str, value: &str) -> Json {
    let mut good = json(GOOD);
    good.put_at(at, json(value));
    good
}

fn without(at: &str) -> Json {
    let (section, member) = at.rsplit_once('/').expect("a section");
    let mut good = json(GOOD);
    let mut over = Json::map();
    over.put(member, Json::Null);
    if section.is_empty() {
        good.merge(&over);
    } else {
        let mut inner = good.pointer(section).expect("a section").clone();
        inner.merge(&over);
        good.put_at(section, inner);
    }
    good
}

fn complaint(json: Json) -> String {
    match Descriptor::new(json) {
        Ok(_) => "nothing".into(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn ours_are_right() {
    let decode = |text: &str| serde_json::from_str(text).ok();
    for name in NAMES.split(' ') {
        let provider = named(name, decode);
        assert_eq!(provider.expect("built in").name(), name);
    }
    for (name, text) in DESCRIPTORS {
        assert_eq!(complaint(json(text)), "nothing", "{name}");
    }
    assert_eq!(complaint(json(GOOD)), "nothing");
}

#[test]
fn the_first_member_that_is_wrong_is_named() {
    let mut passed = Vec::new();
    for (at, value) in [
        ("name", "1"),
        ("auth", "\"Bearer sk-live-123\""),
        ("auth", "\"X-API-Key: sk-live-123\""),
        ("auth", "\"\""),
        ("headers", "\"X-Version: 2\""),
        ("headers/X-Version", "2"),
        ("headers/X-Version", "null"),
        ("pace/interval", "\"5\""),
        ("pace/interval", "-1"),
        ("pace/interval", "1e300"),
        ("pace", "5"),
        ("speed", "5"),
        ("pace/slowest", "5"),
        ("fields/prompt/to", "\"prompt\""),
        ("fields/prompt", "\"/prompt\""),
        ("fields/prompt/kind", "\"textarea\""),
        ("fields/prompt/place", "\"top\""),
        ("fields/prompt/required", "\"yes\""),
        ("fields/prompt/maxLength", "\"many\""),
        ("fields/prompt/label", "\"Topic\""),
        ("fields/prompt/when/topic", "\"*\""),
        ("fields/prompt/when/template", "true"),
        ("fields/topic", "{}"),
        ("fields", "[]"),
        ("fields/slide-count/values", "[\"a\"]"),
        ("fields/slide-count/values", "{\"a\": 1}"),
        ("submit/path", "\"decks\""),
        ("submit/path", "\"//evil.example/decks\""),
        ("submit/path", "\"https://evil.example/decks\""),
        ("submit/path", "\"/\\\\evil.example\""),
        ("submit/path", "\"/\\t/evil.example\""),
        ("submit/path", "null"),
        ("submit/id", "\"id\""),
        ("submit/id", "\"/id  /job\""),
        ("submit/idempotency", "\"Idempotency Key\""),
        ("submit", "\"/decks\""),
        ("status/path", "\"/decks\""),
        ("status/path", "\"//{id}\""),
        ("status/path", "\"/{version}/decks/{id}\""),
        ("status/done", "\"Done\""),
        ("status/done", "[\"done\"]"),
        ("status/done", "\"\""),
        ("status/done", "\"done  ready\""),
        ("status/word", "7"),
        ("question/path", "\"/say\""),
        ("lists/topics", "{}"),
        ("lists/template", "\"/templates\""),
        ("download/private", "1"),
        ("refresh/path", "\"/fresh\""),
        ("upload/item/url", "1"),
        ("refresh/path", "\"/fresh/{id}\""),
        ("fields/slide-count/max", "0"),
    ] {
        let said = complaint(with(at, value));
        let named = said.starts_with(&format!("{at}: ")) && said.len() > at.len() + 5;
        if !named {
            passed.push(format!("{at} = {value}: {said}"));
        }
    }
    assert!(passed.is_empty(), "{}", passed.join("\n"));
}

#[test]
fn what_is_of_no_use_alone_is_named() {
    for (at, value, lacking) in [
        ("refresh", r#"{"path":"/fresh/{deck}"}"#, "refresh/url"),
        (
            "upload",
            r#"{"path":"/files","part":"file"}"#,
            "upload/answer",
        ),
        (
            "fields/files",
            r#"{"to":"/files","kind":"files"}"#,
            "upload",
        ),
    ] {
        let said = complaint(with(at, value));
        assert_eq!(said, format!("{lacking}: is missing"), "{at}");
    }
}

#[test]
fn a_place_without_end_is_refused() {
    let endless = format!("\"{}\"", "/a".repeat(100_000));
    let said = complaint(with("fields/prompt/to", &endless));
    assert!(said.starts_with("fields/prompt/to: "), "{said}");
}

#[test]
fn contradicting_bounds_harm_nobody() {
    let said = complaint(with("fields/slide-count/min", "12"));
    assert!(said.starts_with("fields/slide-count/max: "), "{said}");
    // Nor do those of a page.
    let descriptor = Descriptor::new(json(GOOD)).expect("a good one");
    let host = HostWishes {
        min_slide_count: Some(40),
        max_slide_count: Some(3),
        ..HostWishes::default()
    };
    let form = Form::new(descriptor.offers(), &host);
    assert_eq!(form.entries.len(), 2);
}

#[test]
fn what_is_missing_is_named() {
    for at in [
        "/submit/path",
        "/submit/id",
        "/status/path",
        "/status/word",
        "/status/done",
        "/error/text",
        "/download/url",
        "/question/text",
        "/question/path",
        "/question/to",
        "/lists/template/path",
        "/lists/template/items",
        "/lists/template/value",
    ] {
        let member = at.strip_prefix('/').expect("a place");
        assert_eq!(complaint(without(at)), format!("{member}: is missing"));
    }
    for section in ["submit", "status"] {
        let said = complaint(without(&format!("/{section}")));
        assert!(
            said.starts_with(section) && said.ends_with(": is missing"),
            "{said}"
        );
    }
}

#[test]
fn what_need_not_be_there_need_not() {
    for section in [
        "name", "auth", "headers", "pace", "fields", "body", "error", "download", "question",
        "lists",
    ] {
        let json = without(&format!("/{section}"));
        assert_eq!(complaint(json), "nothing", "{section}");
    }
}

#[test]
fn anything_but_an_object_is_refused() {
    for text in ["null", "[]", "\"x\"", "7", "true"] {
        assert!(complaint(json(text)).ends_with("must be an object"));
    }
    assert_ne!(complaint(json("{}")), "nothing");
}
