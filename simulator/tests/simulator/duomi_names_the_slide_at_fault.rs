use serde_json::{Value, json};

use crate::harness::*;

/// The places and types of all faults.
fn faults(path: &str, body: &Value) -> Vec<(Value, String)> {
    let mut caller = Caller::of("duomi");
    let reply = caller.post(path, body);
    assert_eq!(reply.status, 422, "{}", text(&reply));
    assert_eq!(caller.log()["jobs"], 0);
    let body = reply.json().expect("JSON");
    let faults = body["detail"].as_array().expect("a list");
    let fault = |it: &Value| {
        assert!(it["msg"].is_string());
        assert_eq!(it.as_object().map(|it| it.len()), Some(3));
        (it["loc"].clone(), string(it, "/type"))
    };
    faults.iter().map(fault).collect()
}

fn of_data(data: Value) -> Vec<(Value, String)> {
    let slide = json!({"template_slide_id": "slide_1", "slide_data": data});
    faults(DUOMI, &json!({"slides": [slide]}))
}

fn one(place: Value, kind: &str) -> Vec<(Value, String)> {
    vec![(place, kind.to_owned())]
}

#[test]
fn without_slides() {
    let slides = json!(["body", "slides"]);
    assert_eq!(faults(DUOMI, &json!({})), one(slides.clone(), "missing"));
    assert_eq!(
        faults(DUOMI, &json!({"slides": []})),
        one(slides.clone(), "too_short")
    );
    for wrong in [json!(null), json!("a"), json!({})] {
        assert_eq!(
            faults(DUOMI, &json!({"slides": wrong})),
            one(slides.clone(), "list_type")
        );
    }
}

#[test]
fn by_its_index() {
    let good = slide("Tea", json!([]));
    let body = json!({"slides": [
        good,
        7,
        {"slide_data": {"content": {"blocks": []}}},
        {"template_slide_id": "slide_1"},
        {"template_slide_id": "layout_1", "slide_data": {"content": {"blocks": []}}},
        {"template_slide_id": 5, "slide_data": {"content": {"blocks": []}}},
    ]});
    assert_eq!(
        faults(DUOMI, &body),
        [
            (json!(["body", "slides", 1]), "model_attributes_type".into()),
            (
                json!(["body", "slides", 2, "template_slide_id"]),
                "missing".into()
            ),
            (json!(["body", "slides", 3, "slide_data"]), "missing".into()),
            (
                json!(["body", "slides", 4, "template_slide_id"]),
                "value_error".into()
            ),
            (
                json!(["body", "slides", 5, "template_slide_id"]),
                "string_type".into()
            ),
        ]
    );
}

#[test]
fn down_to_the_cell() {
    let at = |steps: &[Value]| {
        let start = [
            json!("body"),
            json!("slides"),
            json!(0),
            json!("slide_data"),
        ];
        Value::Array([&start, steps].concat())
    };
    let content = json!("content");
    assert_eq!(
        of_data(json!({})),
        one(at(std::slice::from_ref(&content)), "missing")
    );
    assert_eq!(
        of_data(json!({"title": 1, "content": {"blocks": []}})),
        one(at(&[json!("title")]), "string_type")
    );
    let blocks = |blocks: Value| of_data(json!({"content": {"blocks": blocks}}));
    let block =
        |steps: &[Value]| at(&[&[content.clone(), json!("blocks"), json!(0)], steps].concat());
    assert_eq!(
        blocks(json!([{"bullets": "a"}])),
        one(block(&[json!("bullets")]), "list_type")
    );
    assert_eq!(
        blocks(json!([{"bullets": ["a", 2]}])),
        one(block(&[json!("bullets"), json!(1)]), "string_type")
    );
    assert_eq!(
        blocks(json!([{"picture": 1}])),
        one(block(&[]), "value_error")
    );
    assert_eq!(
        blocks(json!([{"categories": ["a"]}])),
        one(block(&[json!("series")]), "missing")
    );
    assert_eq!(
        blocks(json!([{"sections": ["a"], "active_index": "x"}])),
        one(block(&[json!("active_index")]), "int_parsing")
    );
    let table = |cell: Value| blocks(json!([{"table": {"rows": [{"cells": [cell]}]}}]));
    let cell = |name: &str| {
        let steps = ["table", "rows", "0", "cells", "0", name];
        block(&steps.map(|it| it.parse::<u64>().map_or(json!(it), |it| json!(it))))
    };
    assert_eq!(table(json!({})), one(cell("value"), "missing"));
    assert_eq!(
        table(json!({"value": []})),
        one(cell("value"), "string_type")
    );
    assert_eq!(
        table(json!({"value": "x", "is_logo": "perhaps"})),
        one(cell("is_logo"), "bool_parsing")
    );
}

#[test]
fn where_two_columns_may_not_stand_together() {
    let table = json!({"table": {"rows": [{"cells": [{"value": "x"}]}]}});
    let chart = json!({"categories": ["a"], "series": [{"name": "s"}]});
    let words = json!({"bullets": ["a"]});
    let body = |left: &Value, right: &Value| {
        let columns = json!([{"header": "L", "blocks": [left]}, {"blocks": [right]}]);
        let slide = json!({"template_slide_id": "slide_1", "slide_data": {"content": columns}});
        json!({"slides": [slide]})
    };
    for (left, right) in [(&table, &chart), (&chart, &table), (&table, &table)] {
        let reply = Caller::of("duomi").post(DUOMI, &body(left, right));
        assert_eq!(reply.status, 202, "{}", text(&reply));
    }
    for (left, right) in [
        (&chart, &chart),
        (&words, &table),
        (&chart, &words),
        (&words, &words),
    ] {
        let found = faults(DUOMI, &body(left, right));
        assert_eq!(found, one(json!(["body", "slides", 0]), "value_error"));
    }
    let three = json!([{"blocks": []}, {"blocks": []}, {"blocks": []}]);
    let found = of_data(json!({"content": three}));
    assert_eq!(
        found,
        one(
            json!(["body", "slides", 0, "slide_data", "content"]),
            "value_error"
        )
    );
}

#[test]
fn in_a_single_slide_without_an_index() {
    let found = faults(
        "/api/v1/presentations/generate",
        &json!({"slide_data": {"content": {"blocks": []}}}),
    );
    assert_eq!(found, one(json!(["body", "template_slide_id"]), "missing"));
}

#[test]
fn and_options_of_the_wrong_type() {
    let mut body = plain_slides(1);
    body["options"] = json!({"table_min_font_size": "big", "footer": "any"});
    body["slides"][0]["options"] = json!({"auto_paginate_tables": 7});
    let mut found = faults(DUOMI, &body);
    found.sort_by_key(|(place, _)| place.to_string());
    assert_eq!(
        found,
        [
            (
                json!(["body", "options", "table_min_font_size"]),
                "float_type".into()
            ),
            (
                json!(["body", "slides", 0, "options", "auto_paginate_tables"]),
                "bool_parsing".into()
            ),
        ]
    );
}

#[test]
fn a_foreign_organisation_is_403() {
    let mut body = plain_slides(1);
    body["org_name"] = json!("globex");
    let reply = Caller::of("duomi").post(DUOMI, &body);
    assert_eq!(reply.status, 403);
    assert!(reply.json().expect("JSON")["detail"].is_string());
    body["org_name"] = json!("acme");
    assert_eq!(Caller::of("duomi").post(DUOMI, &body).status, 202);
}

#[test]
fn a_deck_without_end_is_refused() {
    let row = json!({"cells": [{"value": "x"}]});
    let body = json!({"slides": [slide("T", json!([{"table": {"rows": vec![row; 5000]}}]))]});
    assert_eq!(
        faults(DUOMI, &body),
        one(json!(["body", "slides"]), "too_long")
    );
}
