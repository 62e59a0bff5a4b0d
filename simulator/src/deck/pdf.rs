//! PDF files.

use pdf_writer::{Content, Finish, Name, Pdf, Rect, Ref, Str, TextStr};

use super::{Body, Deck, Slide};

/// 16:9 in points.
const WIDTH: f32 = 960.0;
const HEIGHT: f32 = 540.0;
const LEFT: f32 = 66.0;

const CATALOG: Ref = Ref::new(1);
const PAGES: Ref = Ref::new(2);
const REGULAR: Ref = Ref::new(3);
const BOLD: Ref = Ref::new(4);
const INFO: Ref = Ref::new(5);
/// Page and content of slide n are this plus 2n and 2n + 1.
const FIRST_PAGE: i32 = 6;

/// One page a slide, in the fonts that every reader has. Those know Western
/// European letters only: any other becomes a question mark.
pub(super) fn write(deck: &Deck) -> Vec<u8> {
    let pages: Vec<(Ref, Ref)> = (0..deck.slides.len() as i32)
        .map(|it| {
            (
                Ref::new(FIRST_PAGE + 2 * it),
                Ref::new(FIRST_PAGE + 2 * it + 1),
            )
        })
        .collect();
    let mut pdf = Pdf::new();
    pdf.catalog(CATALOG).pages(PAGES);
    pdf.pages(PAGES)
        .kids(pages.iter().map(|(page, _)| *page))
        .count(pages.len() as i32);
    for (id, name) in [(REGULAR, &b"Helvetica"[..]), (BOLD, b"Helvetica-Bold")] {
        let mut font = pdf.type1_font(id);
        font.base_font(Name(name));
        font.encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    pdf.document_info(INFO).title(TextStr(&deck.title));
    for ((page_id, content_id), slide) in pages.into_iter().zip(&deck.slides) {
        let mut page = pdf.page(page_id);
        page.parent(PAGES)
            .media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT))
            .contents(content_id);
        let mut resources = page.resources();
        let mut fonts = resources.fonts();
        fonts.pair(Name(b"R"), REGULAR);
        fonts.pair(Name(b"B"), BOLD);
        fonts.finish();
        resources.finish();
        page.finish();
        pdf.stream(content_id, &drawn(slide));
    }
    pdf.finish()
}

fn drawn(slide: &Slide) -> Vec<u8> {
    let mut content = Content::new();
    match &slide.body {
        Body::Subtitle(subtitle) => {
            content.set_fill_rgb(0.08, 0.19, 0.31);
            content.rect(0.0, 0.0, WIDTH, HEIGHT).fill_nonzero();
            content.set_fill_rgb(0.12, 0.62, 0.56);
            content.rect(LEFT, 228.0, 108.0, 5.0).fill_nonzero();
            content.set_fill_rgb(1.0, 1.0, 1.0);
            let title = wrapped(&slide.heading, 44.0);
            let top = 250.0 + 52.0 * (title.len() as f32 - 1.0);
            lines(&mut content, &title, (b"B", 44.0), top);
            content.set_fill_rgb(0.81, 0.89, 0.93);
            lines(&mut content, &wrapped(subtitle, 20.0), (b"R", 20.0), 190.0);
        }
        Body::Points(points) => {
            content.set_fill_rgb(0.08, 0.19, 0.31);
            content.rect(0.0, 0.0, 18.0, HEIGHT).fill_nonzero();
            lines(
                &mut content,
                &wrapped(&slide.heading, 32.0),
                (b"B", 32.0),
                450.0,
            );
            content.set_fill_rgb(0.13, 0.17, 0.21);
            let mut top = 370.0;
            for point in points {
                let rows = wrapped(&format!("• {point}"), 22.0);
                lines(&mut content, &rows, (b"R", 22.0), top);
                top -= 26.0 * rows.len() as f32 + 12.0;
            }
        }
    }
    content.finish().into_vec()
}

/// Writes lines from the baseline `top` downwards.
fn lines(content: &mut Content, rows: &[String], (font, size): (&[u8], f32), top: f32) {
    content.begin_text();
    content.set_font(Name(font), size);
    content.next_line(LEFT, top);
    for row in rows {
        content.show(Str(&western(row)));
        content.next_line(0.0, -size * 1.2);
    }
    content.end_text();
}

/// Lines that fit the page, taking a letter for 0.55 of its height: wider than
/// most, so that nothing runs over the edge.
fn wrapped(text: &str, size: f32) -> Vec<String> {
    let room = ((WIDTH - 2.0 * LEFT) / (size * 0.55)) as usize;
    let mut rows: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(room) {
            let length = rows.last().map_or(0, |row| row.chars().count());
            if length > 0 && length + 1 + piece.len() > room {
                rows.push(String::new());
            }
            if let Some(row) = rows.last_mut() {
                if !row.is_empty() {
                    row.push(' ');
                }
                row.extend(piece);
            }
        }
    }
    rows
}

/// WinAnsi bytes: Latin-1 and the few marks beyond it that titles use.
fn western(text: &str) -> Vec<u8> {
    text.chars()
        .map(|letter| match letter {
            '•' => 0x95,
            '…' => 0x85,
            '–' => 0x96,
            '—' => 0x97,
            '‘' => 0x91,
            '’' => 0x92,
            '“' => 0x93,
            '”' => 0x94,
            '€' => 0x80,
            ' '..='~' | '\u{a0}'..='\u{ff}' => letter as u8,
            _ => b'?',
        })
        .collect()
}
