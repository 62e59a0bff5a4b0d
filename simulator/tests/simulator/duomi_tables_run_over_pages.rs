use serde_json::{Value, json};

use crate::harness::*;

fn table(rows: usize) -> Value {
    let row = |number| json!({"cells": [{"value": format!("r{number}")}, {"value": number}]});
    json!({"table": {"rows": (1..=rows).map(row).collect::<Vec<_>>()}})
}

fn made(body: &Value) -> (Value, Vec<(String, Vec<String>)>) {
    let mut caller = Caller::of("duomi,duration=0");
    let reply = caller.post(DUOMI, body);
    assert_eq!(reply.status, 202, "{}", text(&reply));
    let status = service("duomi").status(&reply.json().expect("JSON"));
    let done = caller.json_at(&status, 0);
    let file = caller.open(&string(&done, "/download_url"));
    (done, slides(&file.body))
}

#[test]
fn so_there_are_more_pages_than_slides() {
    let body = json!({"slides": [
        slide("Tea", json!([{"header": "Kinds", "bullets": ["Green", "Black"]}])),
        slide("Prices", json!([table(9)])),
    ]});
    let (done, deck) = made(&body);
    assert_eq!(done["total_slides_requested"], 2);
    assert_eq!(done["total_pages_generated"], 3);
    assert_eq!(done["message"], "Generated 3 pages from 2/2 slides");
    assert_eq!(done["slide_results"][1]["pages_generated"], 2);
    let titles: Vec<&str> = deck.iter().map(|(title, _)| title.as_str()).collect();
    assert_eq!(titles, ["Tea", "Prices", "Prices"]);
    assert_eq!(deck[0].1[1], "Kinds\nGreen\nBlack");
    assert_eq!(deck[1].1[1].lines().count(), 8);
    assert_eq!(deck[2].1[1], "r9 | 9");
}

#[test]
fn eight_rows_fit() {
    let (done, _) = made(&json!({"slides": [slide("Prices", json!([table(8)]))]}));
    assert_eq!(done["total_pages_generated"], 1);
}

#[test]
fn not_beside_other_blocks() {
    let blocks = json!([{"bullets": ["a"]}, table(20)]);
    let (done, deck) = made(&json!({"slides": [slide("Prices", blocks)]}));
    assert_eq!(done["total_pages_generated"], 1);
    assert_eq!(deck[0].1[1].lines().count(), 21);
}

#[test]
fn a_slides_options_take_the_place_of_the_decks() {
    let off = json!({"auto_paginate_tables": false});
    let mut body = json!({"slides": [slide("Prices", json!([table(9)]))], "options": off});
    assert_eq!(made(&body).0["total_pages_generated"], 1);
    // Silent about it, so the global default counts, not the deck's.
    body["slides"][0]["options"] = json!({"table_min_font_size": 9});
    assert_eq!(made(&body).0["total_pages_generated"], 2);
}

#[test]
fn every_block_type_is_on_its_slide() {
    let body = json!({"slides": [
        {"template_slide_id": "slide_1", "slide_data": {
            "title": "Year", "subtitle": "In figures", "content": {"blocks": [
                {"categories": ["Q1", "Q2"], "series": [{"name": "Sales", "values": [1, 2]}]},
            ]},
        }},
        slide("Plan", json!([{"sections": ["Now", "Next"], "active_index": 1, "active_font_color": "#FF0000"}])),
        {"template_slide_id": "slide_2", "slide_data": {
            "title": "Side by side",
            "content": [{"header": "Left", "blocks": [table(1)]}, {"blocks": [table(2)]}],
        }},
    ]});
    let (_, deck) = made(&body);
    assert_eq!(deck[0].1[1], "In figures\nQ1 | Q2\nSales");
    assert_eq!(deck[1].1[1], "Now\nNext");
    assert_eq!(deck[2].1[1], "Left\nr1 | 1\nr1 | 1\nr2 | 2");
}
