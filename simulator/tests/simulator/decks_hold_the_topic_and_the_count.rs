use serde_json::{Value, json};

use crate::harness::*;

fn made(body: Value) -> Vec<(String, Vec<String>)> {
    let mut caller = Caller::of("presenton,duration=0");
    let id = id(&caller.submit(body));
    let path = string(&caller.task_at(&id, 0), "/data/path");
    let file = caller.file(&path);
    assert_eq!(file.status, 200);
    slides(&file.body)
}

#[test]
fn as_many_slides_as_asked_for() {
    for count in [1, 2, 3, 17, 50] {
        let deck = made(json!({"content": "The history of tea", "n_slides": count}));
        assert_eq!(deck.len(), count);
        assert_eq!(deck[0].0, "The history of tea");
        assert!(deck.iter().all(|(title, _)| !title.is_empty()));
    }
}

#[test]
fn eight_where_the_number_is_left_open() {
    assert_eq!(made(json!({"content": "Tea"})).len(), 8);
}

#[test]
fn a_long_topic_spills_into_the_subtitle() {
    let topic = format!("{} end", "word ".repeat(30).trim_end());
    let deck = made(json!({"content": format!("{topic}\nSecond line"), "n_slides": 2}));
    let (title, texts) = &deck[0];
    assert!(title.ends_with('…') && title.chars().count() <= 90);
    assert!(texts[1].ends_with("word end; Second line"), "{texts:?}");
}

#[test]
fn letters_of_any_script_and_markup_come_through() {
    let topic = "Çay & <чай> \"茶\" 🍵 שלום\u{1}";
    let deck = made(json!({"content": topic, "n_slides": 1}));
    assert_eq!(deck[0].0, topic.trim_end_matches('\u{1}'));
}

#[test]
fn contents_come_second_and_count_as_a_slide() {
    let deck = made(json!({"content": "Tea", "n_slides": 5, "include_table_of_contents": true}));
    assert_eq!(deck.len(), 5);
    assert_eq!(deck[1].0, "Contents");
    let listed: Vec<&str> = deck[1].1[1].lines().collect();
    let headings: Vec<&str> = deck[2..].iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(listed, headings);
}

#[test]
fn the_title_slide_can_be_left_out() {
    let deck = made(json!({"content": "Tea", "n_slides": 3, "include_title_slide": false}));
    assert_eq!(deck.len(), 3);
    assert_eq!(deck[0].0, "Background");
}

#[test]
fn markdown_slides_are_the_deck() {
    let deck = made(json!({
        "content": "ignored",
        "n_slides": 9,
        "slides_markdown": ["# Tea\nA **short** history", "Plain line\n1. First\n* Second"],
    }));
    assert_eq!(
        deck,
        [
            ("Tea".into(), vec!["Tea".into(), "A short history".into()]),
            (
                "Plain line".into(),
                vec!["Plain line".into(), "First\nSecond".into()]
            ),
        ]
    );
}

#[test]
fn the_same_request_gives_the_same_bytes() {
    let file = || {
        let mut caller = Caller::of("presenton,duration=0");
        caller.submit(json!({"content": "Tea"}));
        caller.file("/app_data/exports/Tea.pptx").body
    };
    assert_eq!(file(), file());
}

#[test]
fn a_pdf_has_a_page_for_each_slide() {
    let mut caller = Caller::of("presenton,duration=0");
    caller.submit(json!({"content": "Tea", "n_slides": 4, "export_as": "pdf"}));
    let file = caller.file("/app_data/exports/Tea.pdf");
    assert_eq!(file.header("content-type"), Some("application/pdf"));
    assert!(file.body.starts_with(b"%PDF-"));
    let source = text(&file);
    assert_eq!(source.matches("/Type /Page\n").count(), 4);
}

#[test]
fn a_file_is_there_only_when_the_job_is_done() {
    let mut caller = Caller::of("presenton,duration=1000");
    caller.submit(json!({"content": "Tea"}));
    caller.now += 999;
    assert_eq!(caller.file("/app_data/exports/Tea.pptx").status, 404);
    caller.now += 1;
    assert_eq!(caller.file("/app_data/exports/Tea.pptx").status, 200);
}

#[test]
fn the_first_slide_is_a_title_slide_unless_it_lists_points() {
    for (markdown, layout) in [
        ("# Tea\nA short history", "Title Slide"),
        ("# Tea\n- Yunnan\n- Sichuan", "Title and Content"),
    ] {
        let mut caller = Caller::of("presenton,duration=0");
        caller.submit(json!({"content": "Tea", "slides_markdown": [markdown]}));
        let file = caller.file("/app_data/exports/Tea.pptx");
        assert_eq!(first_layout(&file.body), layout);
    }
}
