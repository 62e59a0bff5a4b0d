use crate::harness::*;

#[test]
fn and_are_true_all_the_same() {
    for (word, content_type) in [
        ("wrong-type", "text/html; charset=utf-8"),
        ("octet-stream", "application/octet-stream"),
    ] {
        for service in services() {
            let segment = format!("{},submit={word},status={word}", service.name);
            let mut caller = Caller::of(&segment);
            let submit = caller.post(service.submit, &service.body);
            let status = service.status(&submit.json().expect("JSON"));
            for reply in [submit, caller.get(&status)] {
                let types: Vec<&str> = reply
                    .headers
                    .iter()
                    .filter(|(name, _)| name == "content-type")
                    .map(|(_, value)| value.as_str())
                    .collect();
                assert_eq!(types, [content_type], "{}", service.name);
                assert!(reply.json().is_some_and(|it| it[service.id].is_string()));
            }
        }
    }
}
