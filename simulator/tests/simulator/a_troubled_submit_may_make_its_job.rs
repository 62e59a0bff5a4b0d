use serde_json::json;

use crate::harness::*;

fn jobs(scenario: &str) -> u64 {
    let mut caller = Caller::of(scenario);
    caller.post(V1, &json!({"content": "Tea"}));
    caller.log()["jobs"].as_u64().expect("a count")
}

const LOST: [&str; 11] = [
    "500",
    "502",
    "504",
    "drop",
    "reset",
    "cut",
    "hang",
    "noid",
    "empty",
    "truncated",
    "202empty",
];

#[test]
fn where_the_scenario_accepts() {
    for word in LOST {
        assert_eq!(
            jobs(&format!("presenton,submit={word},accept=1")),
            1,
            "{word}"
        );
    }
}

#[test]
fn and_not_where_it_does_not() {
    for word in LOST {
        assert_eq!(jobs(&format!("presenton,submit={word}")), 0, "{word}");
    }
}

#[test]
fn a_refusal_never_does() {
    for word in ["400", "401", "402", "422", "429", "problem", "307"] {
        assert_eq!(
            jobs(&format!("presenton,submit={word},accept=1")),
            0,
            "{word}"
        );
    }
}

#[test]
fn an_oddly_told_success_always_does() {
    for word in [
        "unknown-word",
        "slow",
        "drip",
        "wrong-type",
        "octet-stream",
        "million",
        "long-text",
        "reset-reused",
    ] {
        assert_eq!(jobs(&format!("presenton,submit={word}")), 1, "{word}");
    }
}
