use serde_json::{Value, json};

use crate::harness::*;

fn listed(segment: &str, target: &str) -> Value {
    let reply = Caller::of(segment).get(target);
    assert_eq!(reply.status, 200);
    reply.json().expect("JSON")
}

#[test]
fn version_1_templates_are_an_array() {
    let all = listed(
        "presenton",
        "/api/v1/ppt/template/all?include_defaults=true&page=1",
    );
    assert!(all[0]["id"].is_string() && all[0]["name"].is_string());
    assert_eq!(
        listed(
            "presenton",
            "/api/v1/ppt/template/all?include_defaults=false"
        ),
        json!([])
    );
}

#[test]
fn version_3_templates_have_two_shapes() {
    let path = "/api/v3/standard-template/all";
    let all = listed("presenton-v3", path);
    assert_eq!(all[0]["id"], "general");
    let first = listed("presenton-v3", &format!("{path}?page=1&page_size=3"));
    assert_eq!(
        (&first["page"], &first["page_size"], &first["total"]),
        (&json!(1), &json!(3), &json!(all.as_array().map(Vec::len)))
    );
    let second = listed("presenton-v3", &format!("{path}?page=2&page_size=3"));
    assert_eq!(second["items"][0]["id"], all[3]["id"]);
    let beyond = listed("presenton-v3", &format!("{path}?page=9999&page_size=3"));
    assert_eq!(beyond["items"], json!([]));
}

#[test]
fn smart_designs_are_paged() {
    let page = listed(
        "presenton-v3",
        "/api/v3/smart-design/all?page=2&page_size=2",
    );
    assert_eq!(page["total_pages"], 2);
    assert_eq!(page["results"].as_array().map(Vec::len), Some(1));
}

#[test]
fn themes_are_an_array_and_the_default_ones_are_open() {
    for (segment, path) in [
        ("presenton,auth=sk-1", "/api/v1/ppt/themes/default"),
        ("presenton-v3,auth=sk-1", "/api/v3/theme/default"),
    ] {
        let ids: Vec<_> = listed(segment, path)
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| it["id"].clone())
            .collect();
        assert_eq!(
            ids,
            [
                "edge-yellow",
                "light-rose",
                "mint-blue",
                "professional-blue",
                "professional-dark"
            ]
        );
        let own = path.replace("default", "all");
        assert_eq!(Caller::of(segment).get(&own).status, 401);
    }
}
