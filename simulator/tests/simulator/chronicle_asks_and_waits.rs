use serde_json::{Value, json};
use slidewright_simulator::{Fault, Reply};

use crate::harness::*;

fn answer(caller: &mut Caller, id: &str, text: &str) -> Reply {
    caller.post(
        &format!("{CHRONICLE}/{id}/message"),
        &json!({"content": text}),
    )
}

fn word(caller: &mut Caller, id: &str, after_ms: u64) -> String {
    string(&caller.generation_at(id, after_ms), "/status")
}

#[test]
fn a_question_comes_as_documented() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(word(&mut caller, &id, 499), "generating");
    assert_eq!(
        caller.generation_at(&id, 500),
        json!({
            "generation_id": id,
            "status": "awaiting_input",
            "message": "What does your company do?",
        })
    );
    let reply = answer(&mut caller, &id, "We sell tea");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json(), Some(json!({"status": "generating"})));
    assert_eq!(word(&mut caller, &id, 500), "generating");
}

#[test]
fn its_time_stands_still_while_it_waits() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(word(&mut caller, &id, 86_400_000), "awaiting_input");
    answer(&mut caller, &id, "We sell tea");
    assert_eq!(word(&mut caller, &id, 86_400_499), "generating");
    let done = caller.generation_at(&id, 86_400_500);
    assert_eq!(done["status"], "completed");
    assert_eq!(
        done["presentation"]["updated_at"],
        "2026-11-22T23:58:09.653Z"
    );
}

#[test]
fn several_questions_are_spread_evenly_and_numbered() {
    let mut caller = Caller::of("chronicle,duration=4000,questions=3");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let mut now = 0;
    let mut asked = Vec::new();
    for turn in 1..=3 {
        assert_eq!(word(&mut caller, &id, now + 999), "generating");
        let state = caller.generation_at(&id, now + 1000);
        assert_eq!(state["status"], "awaiting_input");
        let question = string(&state, "/message");
        assert!(
            question.ends_with(&format!("(question {turn} of 3)")),
            "{question}"
        );
        asked.push(question);
        now += 7000;
        caller.now = START + now;
        assert_eq!(
            answer(&mut caller, &id, &format!("Reply <{turn}>")).status,
            200
        );
    }
    assert!(asked[0].starts_with("What does your company do?"));
    assert!(asked[1].starts_with("Who will see the deck?"));
    let done = caller.generation_at(&id, now + 1000);
    assert_eq!(done["status"], "completed");
    let page = text(&caller.open(&string(&done, "/presentation/url")));
    for turn in 1..=3 {
        assert!(
            page.contains(&format!("Answer {turn}: Reply &lt;{turn}&gt;")),
            "{page}"
        );
    }
}

#[test]
fn even_a_job_of_no_time_asks() {
    let mut caller = Caller::of("chronicle,duration=0,questions=2");
    let id = caller.generation(json!({"prompt": "Tea"}));
    for _ in 0..2 {
        assert_eq!(word(&mut caller, &id, 0), "awaiting_input");
        answer(&mut caller, &id, "Yes");
    }
    assert_eq!(word(&mut caller, &id, 0), "completed");
}

#[test]
fn one_that_shall_not_ask_does_not() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=3");
    let id = caller.generation(json!({"prompt": "Tea", "non_interactive": true}));
    assert_eq!(word(&mut caller, &id, 1000), "completed");
}

#[test]
fn an_answer_that_nobody_waits_for_is_refused() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let code = |reply: Reply| {
        let code = string(&reply.json().expect("JSON"), "/error/code");
        (reply.status, code)
    };
    let early = answer(&mut caller, &id, "Too early");
    assert_eq!(code(early), (400, "BAD_REQUEST".into()));
    caller.now = START + 600;
    assert_eq!(answer(&mut caller, &id, "In time").status, 200);
    let twice = answer(&mut caller, &id, "Again");
    assert_eq!(code(twice), (400, "BAD_REQUEST".into()));
    let nobody = answer(&mut caller, "gen_0", "Hello");
    assert_eq!(code(nobody), (404, "DOCUMENT_NOT_FOUND".into()));
}

#[test]
fn an_answer_must_say_something() {
    let mut caller = Caller::of("chronicle,duration=0,questions=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    for body in [
        json!({}),
        json!({"content": " "}),
        json!({"content": 3}),
        json!([]),
    ] {
        let reply = caller.post(&format!("{CHRONICLE}/{id}/message"), &body);
        assert_eq!(reply.status, 400, "{body}");
    }
    assert_eq!(word(&mut caller, &id, 0), "awaiting_input");
}

#[test]
fn a_failure_or_the_end_of_memory_comes_after_the_question_on_its_mark() {
    for (key, outcome) in [("fail=model", Some("failed")), ("forget-at=50", None)] {
        let mut caller = Caller::of(&format!("chronicle,duration=1000,questions=1,{key}"));
        let id = caller.generation(json!({"prompt": "Tea"}));
        assert_eq!(word(&mut caller, &id, 9000), "awaiting_input", "{key}");
        answer(&mut caller, &id, "We sell tea");
        let reply = caller.get(&format!("{CHRONICLE}/{id}/status"));
        let word = reply
            .json()
            .and_then(|it| it["status"].as_str().map(str::to_owned));
        assert_eq!(word.as_deref(), outcome, "{key}");
    }
}

#[test]
fn a_failure_may_come_before_the_question() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=1,fail=model,fail-at=10");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(word(&mut caller, &id, 9000), "failed");
    assert_eq!(answer(&mut caller, &id, "Hello").status, 400);
}

#[test]
fn a_troubled_answer_is_not_taken() {
    for word_of in ["500", "drop", "hang", "truncated", "empty", "429"] {
        let segment = format!("chronicle,duration=0,questions=1,answer={word_of},answer-times=1");
        let mut caller = Caller::of(&segment);
        let id = caller.generation(json!({"prompt": "Tea"}));
        answer(&mut caller, &id, "Lost");
        assert_eq!(word(&mut caller, &id, 0), "awaiting_input", "{word_of}");
        let second = answer(&mut caller, &id, "Here");
        assert_eq!((second.status, second.fault), (200, None), "{word_of}");
        assert_eq!(word(&mut caller, &id, 0), "completed", "{word_of}");
    }
}

#[test]
fn unless_the_scenario_accepts_it() {
    let mut caller = Caller::of("chronicle,duration=0,questions=1,answer=drop,accept=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(answer(&mut caller, &id, "Lost").fault, Some(Fault::Drop));
    assert_eq!(word(&mut caller, &id, 0), "completed");
    let mut caller = Caller::of("chronicle,duration=0,questions=1,answer=400,accept=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let refused = answer(&mut caller, &id, "No").json().expect("JSON");
    assert_eq!(refused["error"]["status"], 400);
    assert_eq!(word(&mut caller, &id, 0), "awaiting_input");
}

#[test]
fn an_answer_may_be_told_oddly() {
    let mut caller = Caller::of("chronicle,duration=0,questions=1,answer=unknown-word");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let reply = answer(&mut caller, &id, "Yes").json().expect("JSON");
    assert_eq!(reply, json!({"status": "warming_up"}));
    assert_eq!(word(&mut caller, &id, 0), "completed");
}

#[test]
fn questions_can_be_hostile() {
    let mut caller = Caller::of("chronicle,duration=0,questions=1,hostile=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let state: Value = caller.generation_at(&id, 0);
    assert!(string(&state, "/message").contains("<script>"));
}
