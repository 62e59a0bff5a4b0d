use proptest::prelude::*;
use slidewright::outline::{Block, Slide, read};
use std::time::{Duration, Instant};

fn only(text: &str) -> Slide {
    let mut slides = read(text);
    assert_eq!(slides.len(), 1, "{slides:?}");
    slides.remove(0)
}

fn bullets(texts: &[&str]) -> Block {
    Block::Bullets(texts.iter().map(|text| (*text).into()).collect())
}

fn table(has_head: bool, rows: &[&[&str]]) -> Block {
    let row = |cells: &&[&str]| cells.iter().map(|cell| (*cell).into()).collect();
    Block::Table {
        has_head,
        rows: rows.iter().map(row).collect(),
    }
}

fn titles(text: &str) -> Vec<String> {
    read(text).into_iter().map(|slide| slide.title).collect()
}

#[test]
fn a_heading_of_any_level_begins_a_slide() {
    let text = "# One\n## Two\n###### Six\n####### Seven\n#\tTab\n  # Indented";
    assert_eq!(titles(text), ["One", "Two", "Six", "Tab", "Indented"]);
    assert_eq!(titles("## Closed ##\n# "), ["Closed", ""]);
}

#[test]
fn a_hash_at_a_words_end_belongs_to_the_word() {
    assert_eq!(titles("# C#\n# F# and C# #"), ["C#", "F# and C#"]);
}

#[test]
fn the_line_under_a_heading_is_the_subtitle() {
    let slide = only("# Bees\nAn introduction\nMore\n- point");
    assert_eq!(slide.title, "Bees");
    assert_eq!(slide.subtitle, "An introduction");
    assert_eq!(slide.blocks, [bullets(&["More", "point"])]);
    assert_eq!(slide.source, "# Bees\nAn introduction\nMore\n- point");
}

#[test]
fn bullets_of_all_kinds_are_points() {
    let slide = only("# T\n- a\n* b\n+ c\n• d\n1. e\n22) f\n-\tg\n   - h");
    let texts = ["a", "b", "c", "d", "e", "f", "g", "h"];
    assert_eq!(slide.blocks, [bullets(&texts)]);
    assert_eq!(slide.subtitle, "");
}

#[test]
fn what_only_looks_like_a_mark_is_text() {
    for line in [
        "#hashtag",
        "#include <stdio.h>",
        "1.5 million hives",
        "2024. A good year",
        "-5 degrees",
        "*bold* words",
        "1.",
        "a|b",
        "--flag",
        "`code`",
        "```",
    ] {
        let slide = only(&format!("# T\n{line}\n- x"));
        assert_eq!(slide.subtitle, line);
        assert_eq!(slide.blocks, [bullets(&["x"])], "{line}");
    }
}

#[test]
fn a_table_has_a_head_where_a_rule_is_under_it() {
    let slide = only("# T\n| a | b |\n| --- | :-: |\n| 1 | 2 |");
    assert_eq!(slide.blocks, [table(true, &[&["a", "b"], &["1", "2"]])]);
    let slide = only("# T\n| a | b |\n| 1 | 2 |");
    assert_eq!(slide.blocks, [table(false, &[&["a", "b"], &["1", "2"]])]);
    let slide = only("# T\n|a|b\n|---|---\n|1|");
    assert_eq!(slide.blocks, [table(true, &[&["a", "b"], &["1"]])]);
}

#[test]
fn a_row_of_dashes_further_down_is_a_row() {
    let slide = only("# T\n| a | b |\n| --- | --- |\n| - | - |\n| 1 | 2 |");
    let rows: [&[&str]; 3] = [&["a", "b"], &["-", "-"], &["1", "2"]];
    assert_eq!(slide.blocks, [table(true, &rows)]);
}

#[test]
fn text_between_tables_parts_them() {
    let slide = only("# T\n| a |\nwords\n| b |");
    assert_eq!(
        slide.blocks,
        [
            table(false, &[&["a"]]),
            bullets(&["words"]),
            table(false, &[&["b"]])
        ]
    );
}

#[test]
fn text_before_the_first_heading_is_a_slide_of_points() {
    let slides = read("\n\nHello\n- one\n\n# Bees");
    assert_eq!(slides.len(), 2);
    assert_eq!(slides[0].title, "");
    assert_eq!(slides[0].subtitle, "");
    assert_eq!(slides[0].blocks, [bullets(&["Hello", "one"])]);
    assert_eq!(slides[1].title, "Bees");
}

#[test]
fn nothing_is_no_slide() {
    for nothing in ["", " ", "\n\n\t\n", "\r\n"] {
        assert!(read(nothing).is_empty());
    }
}

#[test]
fn line_ends_make_no_difference() {
    let text = "# Bees\nSub\n- one\n\n# Honey\n| a |\n| - |";
    assert_eq!(read(text), read(&text.replace('\n', "\r\n")));
}

#[test]
fn an_empty_heading_is_a_slide_all_the_same() {
    let slides = read("#\n- a\n##\n# \nwords");
    assert_eq!(slides.len(), 3);
    assert_eq!(slides[0].blocks, [bullets(&["a"])]);
    assert_eq!(slides[1].kind(), "title");
    assert_eq!(slides[2].blocks, [bullets(&["words"])]);
}

#[test]
fn each_kind_of_slide_is_known() {
    assert_eq!(only("# T\nsub").kind(), "title");
    assert_eq!(only("# T\n- a").kind(), "text");
    assert_eq!(only("# T\n- a\n| b |").kind(), "table");
}

#[test]
fn a_book_is_read_at_once() {
    let mut text = String::new();
    for number in 0..5_000 {
        text.push_str(&format!("# Slide {number}\n- point {number}\n"));
    }
    text.push_str("the end");
    let from = Instant::now();
    let slides = read(&text);
    // By the square of its length it would take minutes.
    assert!(from.elapsed() < Duration::from_secs(20));
    assert!(slides.len() <= 200);
    let last = slides.last().expect("a slide");
    assert!(last.source.ends_with("the end"));
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[#*+|:\\-•0-9.) \t]{0,6}[a-z|#\\-: ]{0,12}",
        1 => ".{0,30}",
        1 => Just(String::new()),
        1 => "\\| ?-+ ?\\|",
    ]
}

proptest! {
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec(line(), 0..400), end in prop_oneof![Just("\n"), Just("\r\n")]) {
        let text = lines.join(end);
        let slides = read(&text);
        let sources: Vec<&str> = slides.iter().map(|slide| slide.source.as_str()).collect();
        let sources = sources.join("\n");
        let there: Vec<&str> = sources.split_whitespace().collect();
        let typed: Vec<&str> = text.split_whitespace().collect();
        prop_assert_eq!(there, typed);
        prop_assert!(slides.len() <= 200);
    }

    #[test]
    fn any_choice_of_template_slides_is_taken(text in ".{0,200}", chosen in ".{0,60}") {
        let slides = read(&text);
        let made = slidewright::outline::for_template(&slides, &chosen);
        prop_assert_eq!(made.items().len(), slides.len());
    }
}
