use crate::harness::{json, named, presenton, request};
use slidewright::json::Json;
use slidewright::provider::{Body, Method, Provider};
use slidewright::request::{Draft, Field, Form, HostWishes};

const ALL: [(Field, &str); 14] = [
    (Field::SlideCount, "5"),
    (Field::Language, "pt-BR"),
    (Field::Tone, "sales_pitch"),
    (Field::DeckTheme, "mint-blue"),
    (Field::Verbosity, "text-heavy"),
    (Field::ContentGeneration, "condense"),
    (Field::ImageType, "ai-generated"),
    (Field::Instructions, "Be brief"),
    (Field::Template, "modern"),
    (Field::Format, "pdf"),
    (Field::WebSearch, "true"),
    (Field::TableOfContents, "true"),
    (Field::TitleSlide, "false"),
    (Field::MarkdownEmphasis, "false"),
];

/// As attributes on the element: presets, shown or not.
fn body(provider: &dyn Provider, presets: &[(Field, &str)]) -> Json {
    let host = HostWishes {
        presets: presets
            .iter()
            .map(|(field, value)| (*field, (*value).into()))
            .collect(),
        ..HostWishes::default()
    };
    let form = Form::new(provider.offers(), &host);
    let request = form
        .check(&Draft::default().with(Field::Prompt, "Bees"))
        .expect("good presets");
    match provider.submit(&request).body {
        Body::Json(json) => json,
        other => panic!("a submit with {other:?}"),
    }
}

fn sorted(json: &Json) -> serde_json::Value {
    serde_json::to_value(json).expect("JSON is JSON")
}

#[test]
fn presenton_v1_gets_every_field_of_its_documents() {
    let expected = json(
        r#"{"content":"Bees","n_slides":5,"language":"Portuguese (BR)","tone":"sales_pitch","template":"modern",
        "theme":"mint-blue","export_as":"pdf","verbosity":"text-heavy","instructions":"Be brief","content_generation":"condense",
        "image_type":"ai-generated","web_search":true,"include_table_of_contents":true,"include_title_slide":false,"markdown_emphasis":false}"#,
    );
    assert_eq!(sorted(&body(&*presenton(), &ALL)), sorted(&expected));
}

#[test]
fn presenton_v3_names_templates_otherwise_and_has_smart_designs() {
    let v3 = named("presenton-v3");
    let body = body(&*v3, &ALL);
    assert_eq!(
        body.get("standard_template").and_then(Json::text),
        Some("modern")
    );
    assert_eq!(body.get("template"), None);
    let smart = self::body(
        &*v3,
        &[(Field::SmartDesign, "d-1"), (Field::Template, "modern")],
    );
    assert_eq!(smart.get("smart_design").and_then(Json::text), Some("d-1"));
    assert_eq!(smart.get("standard_template"), None, "either, never both");
}

#[test]
fn the_paths_are_those_of_the_documents() {
    let v3 = named("presenton-v3");
    let id = slidewright::provider::JobId::parse("task-9/..?x").expect("an id");
    let v1 = presenton().submit(&request(&*presenton(), &[]));
    assert_eq!(
        (v1.method, v1.path.as_str()),
        (Method::Post, "/api/v1/ppt/presentation/generate/async")
    );
    assert_eq!(
        presenton().poll(&id).path,
        "/api/v1/ppt/presentation/status/task-9%2F..%3Fx"
    );
    assert_eq!(
        v3.submit(&request(&*v3, &[])).path,
        "/api/v3/presentation/generate/async"
    );
    assert_eq!(
        v3.poll(&id).path,
        "/api/v3/async-task/status/task-9%2F..%3Fx"
    );
}

#[test]
fn the_hosts_body_lies_on_top_and_can_add_and_remove() {
    let provider = presenton();
    let mut draft = Draft::default().with(Field::Prompt, "Bees");
    draft.body = Some(json(
        r##"{"slides_markdown":["# One"],"trigger_webhook":true,"n_slides":3,"tone":null,"export_as":null}"##,
    ));
    let request = Form::new(provider.offers(), &HostWishes::default())
        .check(&draft)
        .expect("a good draft");
    let Body::Json(body) = provider.submit(&request).body else {
        panic!("no body")
    };
    assert_eq!(
        body.get("slides_markdown").map(|list| list.items().len()),
        Some(1)
    );
    assert_eq!(body.get("trigger_webhook"), Some(&Json::Bool(true)));
    assert_eq!(body.get("n_slides").and_then(Json::amount), Some(3));
    assert_eq!(body.get("export_as"), None);
}

#[test]
fn what_nobody_chose_is_not_sent() {
    let provider = presenton();
    let Body::Json(body) = provider
        .submit(&request(&*provider, &[(Field::Tone, "")]))
        .body
    else {
        panic!("no body")
    };
    assert_eq!(body.get("tone"), None);
    assert_eq!(body.get("language"), None);
}

#[test]
fn counts_leave_as_integers() {
    let provider = presenton();
    let Body::Json(body) = provider.submit(&request(&*provider, &[])).body else {
        panic!("no body")
    };
    let text = serde_json::to_string(&body).expect("JSON");
    assert!(
        text.contains(r#""n_slides":8"#) && !text.contains("8.0"),
        "{text}"
    );
}
