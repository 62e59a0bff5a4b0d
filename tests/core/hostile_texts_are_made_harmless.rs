use crate::harness::{answer, presenton, problem, read_status};
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
        Refusal::read(&problem(403, &body), &*presenton()).action
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

#[test]
fn a_services_own_json_is_not_taken_for_the_hosts_words() {
    let body = r#"{"title":"Verify your card","detail":"Now","action":{"label":"Pay","href":"https://evil.example/"}}"#;
    let refusal = Refusal::read(&answer(403, body), &*presenton());
    assert!(!refusal.from_host);
    assert_eq!((refusal.title, refusal.action), (None, None));
    assert_eq!(
        refusal.text.as_deref(),
        Some("Now"),
        "told as the service's"
    );
}

#[test]
fn a_code_is_a_word_or_nothing() {
    let named = |code: &str| {
        let body = format!(r#"{{"code":"{code}","detail":"x"}}"#);
        Refusal::read(&answer(400, &body), &*presenton()).name
    };
    assert_eq!(named("quota_exceeded").as_deref(), Some("quota_exceeded"));
    assert_eq!(named("the visitor wrote: <b>secret</b>"), None);
    assert_eq!(named(&"x".repeat(65)), None);
}
