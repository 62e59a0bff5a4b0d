use crate::harness::{answer, presenton, read_status};
use slidewright::provider::Refusal;
use slidewright::status::Stage;
use slidewright::text::{clean, clean_markup};

#[test]
fn markup_is_taken_out_and_the_words_stay() {
    let said = "Template 'general' not found: <html>\r\n<head><title>502 Bad Gateway</title></head><script>alert(1)</script><body>x";
    assert_eq!(
        clean_markup(said, 300),
        "Template 'general' not found: 502 Bad Gateway x"
    );
    assert_eq!(clean_markup("a < b and c <d", 300), "a < b and c");
    assert_eq!(clean_markup("<img src=x onerror=alert(1)>", 300), "");
}

#[test]
fn bidi_overrides_and_controls_go() {
    assert_eq!(
        clean("fine\u{202e}exe.txt\u{2066}\u{0}\u{7}\nnext", 300),
        "fineexe.txt next"
    );
}

#[test]
fn a_million_characters_are_cut() {
    let long = "word ".repeat(200_000);
    assert_eq!(clean(&long, 20), "word word word word…");
    assert!(clean_markup(&long, 300).chars().count() <= 301);
    assert!(clean_markup(&"<".repeat(1_000_000), 300).chars().count() <= 301);
}

#[test]
fn a_script_as_a_step_or_an_error_is_text() {
    let status = read_status(r#"{"status":"processing","message":"<script>alert(1)</script>"}"#);
    assert_eq!(
        status.step.as_deref(),
        Some("<script>alert(1)</script>"),
        "shown as text, which it is"
    );
    let status =
        read_status(r#"{"status":"error","error":{"status_code":500,"detail":"<b>no</b> luck"}}"#);
    let Stage::Failed(error) = status.stage else {
        panic!("not failed")
    };
    assert_eq!(error.text.as_deref(), Some("no luck"));
}

#[test]
fn an_offered_action_leads_to_the_web_only() {
    let offered = |href: &str| {
        let body = format!(r#"{{"title":"Quota","action":{{"label":"Upgrade","href":"{href}"}}}}"#);
        Refusal::read(&answer(403, &body), &*presenton()).action
    };
    assert!(offered("https://example.org/upgrade").is_some());
    assert!(offered("/account?then=a:b").is_some());
    for href in [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "",
    ] {
        assert_eq!(offered(href), None, "{href}");
    }
}
