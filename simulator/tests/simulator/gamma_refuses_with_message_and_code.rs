use serde_json::{Value, json};
use slidewright_simulator::Request;

use crate::harness::*;

fn refused(body: &Value) -> String {
    let mut caller = Caller::of("gamma");
    let reply = caller.post(GAMMA, body);
    assert_eq!(reply.status, 400, "{body}");
    let answer = reply.json().expect("JSON");
    let message = string(&answer, "/message");
    assert_eq!(answer, json!({"message": message, "statusCode": 400}));
    assert_eq!(caller.log()["jobs"], 0);
    message
}

#[test]
fn a_body_that_breaks_the_rules() {
    assert_eq!(refused(&json!({})), "inputText: Field required");
    let long = "x".repeat(400_001);
    for (field, value) in [
        ("inputText", json!("")),
        ("inputText", json!(null)),
        ("inputText", json!(5)),
        ("inputText", json!(long)),
        ("textMode", json!("rewrite")),
        ("format", json!("deck")),
        ("themeId", json!(1)),
        ("numCards", json!(0)),
        ("numCards", json!(76)),
        ("numCards", json!("5")),
        ("cardSplit", json!("always")),
        ("additionalInstructions", json!("x".repeat(5001))),
        ("exportAs", json!("key")),
        ("textOptions.amount", json!("huge")),
        ("textOptions.tone", json!("x".repeat(501))),
        ("textOptions.audience", json!(["a"])),
        ("textOptions.language", json!(1)),
        ("imageOptions.source", json!(1)),
        ("cardOptions.dimensions", json!(169)),
        ("folderIds", json!(vec!["f"; 11])),
    ] {
        let mut body = json!({"inputText": "Tea"});
        match field.split_once('.') {
            Some((group, name)) => body[group] = json!({name: value}),
            None => body[field] = value,
        }
        let message = refused(&body);
        assert!(message.starts_with(&format!("{field}: ")), "{message}");
    }
}

#[test]
fn both_ends_of_each_range_are_taken() {
    for body in [
        json!({"inputText": "x", "numCards": 1, "additionalInstructions": "x".repeat(5000)}),
        json!({"inputText": "ф".repeat(400_000), "numCards": 75, "folderIds": vec!["f"; 10]}),
    ] {
        assert_eq!(Caller::of("gamma").post(GAMMA, &body).status, 201);
    }
}

#[test]
fn what_is_no_json() {
    let reply = Caller::of("gamma").send(Request::new("POST", GAMMA).json("{"));
    assert_eq!(reply.status, 400);
    assert_eq!(reply.json().expect("JSON")["statusCode"], 400);
}

#[test]
fn every_code_in_the_same_envelope() {
    for code in [400, 401, 402, 403, 404, 422, 429, 500, 502, 503] {
        let mut caller = Caller::of(&format!("gamma,submit={code}"));
        let reply = caller.post(GAMMA, &json!({"inputText": "Tea"}));
        let body = reply.json().expect("JSON");
        assert_eq!((reply.status, &body["statusCode"]), (code, &json!(code)));
        assert!(body["message"].is_string());
    }
    for (method, path, code) in [
        ("GET", "/v1.0/generations/none", 404),
        ("GET", "/v0.2/generations", 404),
        ("GET", GAMMA, 405),
    ] {
        let reply = Caller::of("gamma").send(Request::new(method, path));
        assert_eq!(reply.status, code);
        assert_eq!(reply.json().expect("JSON")["statusCode"], code);
    }
}
