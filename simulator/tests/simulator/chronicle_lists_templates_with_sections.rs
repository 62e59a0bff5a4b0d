use serde_json::Value;

use crate::harness::*;

#[test]
fn in_the_documented_shape() {
    let mut caller = Caller::of("chronicle");
    let list = caller.read("/api/v1/templates");
    assert_eq!(list.as_object().map(serde_json::Map::len), Some(1));
    let templates = list["templates"].as_array().expect("a list");
    assert_eq!(templates.len(), 3);
    for template in templates {
        let mut names: Vec<&String> = template.as_object().expect("an object").keys().collect();
        names.sort();
        let documented = [
            "category",
            "description",
            "id",
            "name",
            "preview_url",
            "sections",
        ];
        assert_eq!(names, documented);
        for name in ["id", "name", "description"] {
            assert!(template[name].is_string(), "{template}");
        }
        let category = template["category"].as_array().expect("a list");
        assert!(category.iter().all(Value::is_string));
        let sections = template["sections"].as_array().expect("a list");
        assert!(!sections.is_empty() && sections.iter().all(|it| it["id"].is_string()));
    }
}

#[test]
fn with_and_without_a_picture() {
    let mut caller = Caller::of("chronicle");
    let list = caller.read("/api/v1/templates");
    let picture = caller.open(&string(&list, "/templates/0/preview_url"));
    assert_eq!(picture.header("content-type"), Some("image/png"));
    assert!(picture.body.starts_with(b"\x89PNG"));
    assert_eq!(list["templates"][2]["preview_url"], Value::Null);
    assert_eq!(caller.get("/previews/tpl_plain.png").status, 404);
}

#[test]
fn whose_names_can_be_hostile() {
    let list = Caller::of("chronicle,hostile=1").read("/api/v1/templates");
    assert!(string(&list, "/templates/0/name").contains("<script>"));
}
