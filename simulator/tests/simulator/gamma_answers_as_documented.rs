use serde_json::json;

use crate::harness::*;

#[test]
fn a_submit_is_201_with_an_id() {
    let mut caller = Caller::of("gamma");
    let reply = caller.post(GAMMA, &json!({"inputText": "Tea"}));
    assert_eq!(reply.status, 201);
    let body = reply.json().expect("JSON");
    assert_eq!(
        body,
        json!({"generationId": string(&body, "/generationId")})
    );
}

#[test]
fn it_is_pending_without_progress_until_done() {
    let mut caller = Caller::of("gamma,duration=1000");
    let status = service("gamma").start(&mut caller);
    for after in [0, 500, 999] {
        let body = caller.json_at(&status, after);
        let id = string(&body, "/generationId");
        assert_eq!(body, json!({"generationId": id, "status": "pending"}));
    }
}

#[test]
fn completed_has_links_and_credits() {
    let mut caller = Caller::of("gamma,duration=1000");
    let body = json!({"inputText": "The history of tea", "numCards": 4, "exportAs": "pptx"});
    let accepted = caller.post(GAMMA, &body).json().expect("JSON");
    let status = service("gamma").status(&accepted);
    let done = caller.json_at(&status, 1000);
    let gamma = string(&done, "/gammaId");
    let export = string(&done, "/exportUrl");
    assert_eq!(
        done,
        json!({
            "generationId": accepted["generationId"],
            "status": "completed",
            "gammaId": gamma,
            "gammaUrl": format!("http://deck.test/sim/gamma,duration=1000/docs/{gamma}"),
            "exportUrl": export,
            "credits": {"deducted": 12, "remaining": 4988},
        })
    );
    let deck = slides(&caller.open(&export).body);
    assert_eq!(deck.len(), 4);
    assert_eq!(deck[0].0, "The history of tea");
    let page = caller.open(&string(&done, "/gammaUrl"));
    assert!(text(&page).contains("The history of tea"));
}

#[test]
fn without_an_export_there_is_no_file() {
    let mut caller = Caller::of("gamma,duration=0");
    let accepted = caller.post(GAMMA, &json!({"inputText": "Tea"}));
    let status = service("gamma").status(&accepted.json().expect("JSON"));
    let done = caller.json_at(&status, 0);
    assert_eq!(done["status"], "completed");
    assert!(done["gammaUrl"].is_string());
    assert_eq!(done.get("exportUrl"), None);
}

#[test]
fn each_export_is_of_its_type() {
    for (word, kind, start) in [
        (
            "pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "PK",
        ),
        ("pdf", "application/pdf", "%PDF-"),
        // One picture a card, in an archive.
        ("png", "application/zip", "PK"),
    ] {
        let mut caller = Caller::of("gamma,duration=0");
        let body = json!({"inputText": "Tea", "numCards": 2, "exportAs": word});
        let accepted = caller.post(GAMMA, &body).json().expect("JSON");
        let status = service("gamma").status(&accepted);
        let url = string(&caller.json_at(&status, 0), "/exportUrl");
        let file = caller.open(&url);
        assert_eq!(file.header("content-type"), Some(kind));
        assert!(file.body.starts_with(start.as_bytes()));
        if word == "png" {
            let names = String::from_utf8_lossy(&file.body).into_owned();
            assert!(names.contains("1.png") && names.contains("2.png") && !names.contains("3.png"));
        }
    }
}

#[test]
fn failed_has_a_message_and_a_code() {
    for (word, code) in [
        ("key", 401),
        ("model", 500),
        ("renderer", 502),
        ("outline", 400),
    ] {
        let mut caller = Caller::of(&format!("gamma,duration=1000,fail={word}"));
        let status = service("gamma").start(&mut caller);
        let body = caller.json_at(&status, 500);
        let message = string(&body, "/error/message");
        assert_eq!(
            body,
            json!({
                "generationId": string(&body, "/generationId"),
                "status": "failed",
                "error": {"message": message, "statusCode": code},
            })
        );
    }
    let mut caller = Caller::of("gamma,duration=0,fail=failed");
    let status = service("gamma").start(&mut caller);
    assert_eq!(caller.json_at(&status, 0).get("error"), None);
}
