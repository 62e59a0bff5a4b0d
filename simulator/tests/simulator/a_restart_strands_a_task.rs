use serde_json::json;

use crate::harness::*;

const DAY: u64 = 86_400_000;

#[test]
fn contracts_a_and_b_stay_where_they_were() {
    for (contract, word) in [("a", "pending"), ("b", "processing")] {
        let segment = format!("presenton,contract={contract},duration=1000,restart-at=35");
        let mut caller = Caller::of(&segment);
        let id = id(&caller.submit(json!({"content": "Tea"})));
        let task = caller.task_at(&id, DAY);
        assert_eq!(task["status"], word);
        assert_eq!(task["message"], "Selecting layout for each slide");
    }
}

#[test]
fn contract_c_says_so() {
    let mut caller = Caller::of("presenton,duration=1000,restart-at=35");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    let task = caller.task_at(&id, 350);
    assert_eq!(task["status"], "error");
    assert_eq!(task["error"]["status_code"], 503);
}

#[test]
fn a_task_may_be_forgotten_even_when_done() {
    let mut caller = Caller::of("presenton,duration=1000,forget-at=150");
    let id = id(&caller.submit(json!({"content": "Tea"})));
    assert_eq!(caller.task_at(&id, 1499)["status"], "completed");
    caller.now += 1;
    let reply = caller.get(&format!("/api/v1/ppt/presentation/status/{id}"));
    assert_eq!(reply.status, 404);
    assert_eq!(
        reply.json(),
        Some(json!({"detail": "No presentation generation task found"}))
    );
}
