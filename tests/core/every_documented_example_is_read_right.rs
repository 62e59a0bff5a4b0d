use crate::fixtures::disagreements;

#[test]
fn natively() {
    let found = disagreements(|text| serde_json::from_str(text).ok());
    assert!(found.is_empty(), "{}", found.join("\n"));
}
