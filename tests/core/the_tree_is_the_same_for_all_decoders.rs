use crate::harness::json;
use slidewright::json::{Json, is_shallow};

#[test]
fn numbers_that_decoders_disagree_on_are_one() {
    assert_eq!(json("5.0"), json("5"));
    assert_eq!(json("1e2"), Json::Number(100.0));
    assert_eq!(
        json("9007199254740993"),
        Json::Number(9_007_199_254_740_992.0)
    );
}

#[test]
fn of_duplicate_keys_the_last_counts() {
    assert_eq!(json(r#"{"a":1,"a":2}"#).get("a"), Some(&Json::Number(2.0)));
}

#[test]
fn a_list_is_no_object() {
    assert_eq!(json(r#"["task-1","completed"]"#).get("id"), None);
}

#[test]
fn amounts_and_identifiers_are_read_leniently() {
    assert_eq!(json(r#""12""#).amount(), Some(12));
    assert_eq!(json("-1").amount(), None);
    assert_eq!(json("42").identifier().as_deref(), Some("42"));
    assert_eq!(json("true").identifier(), None);
}

#[test]
fn deep_documents_are_noticed_before_they_are_decoded() {
    assert!(is_shallow(&format!("{}{}", "[".repeat(64), "]".repeat(64))));
    assert!(!is_shallow(&"[".repeat(65)));
    assert!(!is_shallow(&"{\"a\":".repeat(10_000)));
    assert!(
        is_shallow(&format!("\"{}\"", "[".repeat(10_000))),
        "brackets in a string are text"
    );
    assert!(
        is_shallow(&format!(r#""\"{}""#, "[".repeat(10_000))),
        "after an escaped quote too"
    );
    assert!(is_shallow(&"[],".repeat(10_000)));
}
