use serde_json::{Value, json};

use crate::harness::*;

/// Slides made, as the first replies tell it, one every tenth of the work.
fn told(keys: &str) -> Vec<Value> {
    let mut caller = Caller::of(&format!("presenton,duration=1000{keys}"));
    let id = id(&caller.submit(json!({"content": "Tea", "n_slides": 40})));
    (1..=9)
        .map(|tenth| caller.task_at(&id, tenth * 100)["data"]["created_slides"].clone())
        .collect()
}

#[test]
fn every_second_one_two_replies_ago() {
    let mut expected = told("");
    assert_eq!(expected, [0, 0, 0, 0, 11, 22, 34, 40, 40]);
    for index in [7, 5, 3] {
        expected[index] = expected[index - 2].clone();
    }
    assert_eq!(told(",status=stale"), expected);
}

#[test]
fn every_byte_of_it() {
    for service in services() {
        let segment = format!("{},duration=1000,status=stale", service.name);
        let mut caller = Caller::of(&segment);
        let status = service.start(&mut caller);
        let replies: Vec<Vec<u8>> = (1..=4)
            .map(|call| {
                caller.now = START + call * 400;
                caller.get(&status).body
            })
            .collect();
        assert_eq!(replies[3], replies[1], "{}", service.name);
        assert_ne!(replies[3], replies[2], "{}", service.name);
    }
}

#[test]
fn a_question_that_has_its_answer() {
    let mut caller = Caller::of("chronicle,duration=1000,questions=1,status=stale");
    let id = caller.generation(json!({"prompt": "Tea"}));
    assert_eq!(caller.generation_at(&id, 100)["status"], "generating");
    assert_eq!(caller.generation_at(&id, 600)["status"], "awaiting_input");
    caller.post(
        &format!("{CHRONICLE}/{id}/message"),
        &json!({"content": "Green"}),
    );
    assert_eq!(caller.generation_at(&id, 700)["status"], "generating");
    assert_eq!(caller.generation_at(&id, 800)["status"], "awaiting_input");
    assert_eq!(caller.generation_at(&id, 900)["status"], "generating");
}

#[test]
fn of_the_same_job() {
    let mut caller = Caller::of("presenton,duration=1000,status=stale");
    let ids = ["Tea", "Milk"].map(|it| id(&caller.submit(json!({"content": it}))));
    for after_ms in [0, 400, 800, 1200] {
        for id in &ids {
            assert_eq!(&caller.task_at(id, after_ms)["id"], id);
        }
    }
}
