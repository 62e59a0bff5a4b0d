//! The outline that a visitor writes: nothing typed is lost, and every slide
//! becomes one of the service's.
//!
//! An input is the outline; what stands before a NUL, where there is one, is the
//! host's choice of template slides.

use slidewright::outline::{Block, Slide, for_template, read};

/// Reads one.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (chosen, text) = text.split_once('\0').unwrap_or(("", &text));
    let slides = read(text);
    assert!(slides.len() <= 200, "many slides");
    assert_eq!(slides.is_empty(), text.trim().is_empty());
    no_line_is_lost(text, &slides);
    for slide in &slides {
        every_letter_is_on_it(slide);
        assert!(matches!(slide.kind(), "title" | "table" | "text"));
        // A slide read alone is the same slide.
        let again = read(&slide.source);
        if slides.len() < 200 && !slide.source.is_empty() {
            assert_eq!(again, std::slice::from_ref(slide));
        }
    }
    let made = for_template(&slides, chosen);
    assert_eq!(made.items().len(), slides.len());
    crate::document(&made);
}

/// The sources, one after the other, are what was typed, without blank lines and
/// spaces at the ends of lines.
fn no_line_is_lost(text: &str, slides: &[Slide]) {
    let typed = text.split('\n').map(str::trim_end);
    let typed = typed.filter(|line| !line.is_empty());
    let there = slides.iter().flat_map(|slide| slide.source.split('\n'));
    let there = there.filter(|line| !line.is_empty());
    assert!(typed.eq(there), "lines are lost");
}

/// What a slide says is what its source says, but for marks and numbers of points.
fn every_letter_is_on_it(slide: &Slide) {
    let mut said = vec![&slide.title, &slide.subtitle];
    for block in &slide.blocks {
        match block {
            Block::Bullets(bullets) => said.extend(bullets),
            Block::Table { rows, .. } => said.extend(rows.iter().flatten()),
        }
    }
    let said = said.into_iter().flat_map(|text| text.chars());
    let letters = |letter: &char| letter.is_alphabetic();
    assert!(
        said.filter(letters)
            .eq(slide.source.chars().filter(letters)),
        "words are lost: {slide:?}"
    );
}

/// One of each construct.
pub fn seeds() -> Vec<Vec<u8>> {
    let outlines = [
        "# Bees\nAn introduction\n- one\n* two\n+ three\n• four\n1. five\n22) six\n\n## Honey ##\n",
        "text=a title=b,table=c\0# T\n| a | b |\n| --- | :-: |\n| 1 | 2 |\nwords\n| c |",
        "\n\nHello\n- one\n\n# C#\n# F# and C# #\n#\n##\n####### Seven\n#hashtag",
        "# Bees\r\nSub\r\n- one\r\n\r\n# Honey\r\n|a|b\r\n|---|---\r\n|1|",
        "1.5 million\n2024. A good year\n-5 degrees\n*bold* words\n```\n1.\na|b",
    ];
    outlines.map(|text| text.as_bytes().to_vec()).to_vec()
}
