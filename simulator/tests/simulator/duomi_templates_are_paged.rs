use serde_json::{Value, json};

use crate::harness::*;

const LIST: &str = "/api/v1/templates";

fn listed(query: &str) -> Value {
    Caller::of("duomi").json_at(&format!("{LIST}{query}"), 0)
}

#[test]
fn with_their_fields_and_a_file_behind_each() {
    let mut caller = Caller::of("duomi,life=60");
    let body = caller.json_at(LIST, 0);
    assert_eq!(
        body["pagination"],
        json!({"page": 1, "limit": 20, "total": 2, "pages": 1})
    );
    assert!(body["filters"].is_object() && body["aggregations"].is_object());
    let all = body["templates"].as_array().expect("a list");
    assert_eq!(all.len(), 2);
    for template in all {
        for field in ["template_id", "filename", "status", "file_hash"] {
            assert!(template[field].is_string(), "{field}");
        }
        assert_eq!(template["org_name"], "acme");
        assert_eq!(template["download_url_expires_in"], 60);
        let metadata = &template["metadata"];
        assert!(metadata["tags"].is_array());
        for field in ["category", "description", "version"] {
            assert!(metadata[field].is_string(), "{field}");
        }
        let url = string(template, "/download_url");
        caller.now = START;
        let file = caller.open(&url);
        assert_eq!(file.status, 200);
        assert_eq!(template["file_size"], file.body.len());
        caller.now = START + 60_000;
        assert_eq!(caller.open(&url).status, 403);
    }
}

#[test]
fn page_by_page() {
    let second = listed("?page=2&limit=1");
    assert_eq!(
        second["pagination"],
        json!({"page": 2, "limit": 1, "total": 2, "pages": 2})
    );
    let both = listed("");
    assert_eq!(
        second["templates"][0]["template_id"],
        both["templates"][1]["template_id"]
    );
    assert_eq!(listed("?page=9")["templates"], json!([]));
}

#[test]
fn and_filtered() {
    let found = listed("?category=marketing");
    assert_eq!(found["pagination"]["total"], 1);
    assert_eq!(found["filters"], json!({"category": "marketing"}));
    assert_eq!(
        listed("?search=quarter&tags=finance")["pagination"]["total"],
        1
    );
    assert_eq!(listed("?status=deleted")["templates"], json!([]));
}

#[test]
fn a_page_out_of_range_is_422() {
    for query in ["page=0", "limit=0", "limit=101", "limit=many"] {
        let reply = Caller::of("duomi").get(&format!("{LIST}?{query}"));
        assert_eq!(reply.status, 422);
        let body = reply.json().expect("JSON");
        let name = query.split('=').next();
        assert_eq!(body["detail"][0]["loc"], json!(["query", name]));
    }
}
