//! PDF files.

use super::{Body, Deck, Slide};

/// 16:9 in points.
const WIDTH: usize = 960;
const HEIGHT: usize = 540;
const LEFT: usize = 66;

/// Objects by their numbers: what holds the others, the list of pages, two fonts and
/// what the whole is called. Page and content of slide n are [`FIRST_PAGE`] plus 2n and
/// 2n + 1.
const CATALOG: &str = "<</Type /Catalog/Pages 2 0 R>>";
const FONTS: [&str; 2] = ["Helvetica", "Helvetica-Bold"];
const FIRST_PAGE: usize = 6;

/// One page a slide, in the fonts that every reader has (ISO 32000). Those know Western
/// European letters only: any other becomes a question mark.
pub(super) fn write(deck: &Deck) -> Vec<u8> {
    let count = deck.slides.len();
    let pages = (0..count).map(|it| format!("{} 0 R ", FIRST_PAGE + 2 * it));
    let mut objects = vec![
        CATALOG.to_owned(),
        format!(
            "<</Type /Pages/Count {count}/Kids[{}]>>",
            pages.collect::<String>()
        ),
    ];
    objects.extend(FONTS.map(|name| {
        format!("<</Type /Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>")
    }));
    let title = deck.title.encode_utf16().map(|unit| format!("{unit:04X}"));
    objects.push(format!("<</Title<FEFF{}>>>", title.collect::<String>()));
    for (at, slide) in deck.slides.iter().enumerate() {
        objects.push(format!(
            "<</Type /Page\n/Parent 2 0 R/MediaBox[0 0 {WIDTH} {HEIGHT}]/Contents {} 0 R\
             /Resources<</Font<</R 3 0 R/B 4 0 R>>>>>>",
            FIRST_PAGE + 2 * at + 1
        ));
        let drawn = drawn(slide);
        objects.push(format!(
            "<</Length {}>>\nstream\n{drawn}\nendstream",
            drawn.len()
        ));
    }

    let mut file = "%PDF-1.7\n".to_owned();
    let mut places = String::new();
    for (number, object) in (1..).zip(&objects) {
        places.push_str(&format!("{:010} 00000 n \n", file.len()));
        file.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let size = objects.len() + 1;
    let list = file.len();
    file.push_str(&format!(
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n\
         <</Size {size}/Root 1 0 R/Info 5 0 R>>\nstartxref\n{list}\n%%EOF\n"
    ));
    file.into_bytes()
}

const NAVY: &str = "0.08 0.19 0.31 rg\n";
const TEAL: &str = "0.12 0.62 0.56 rg\n";
const WHITE: &str = "1 1 1 rg\n";
const PALE: &str = "0.81 0.89 0.93 rg\n";
const INK: &str = "0.13 0.17 0.21 rg\n";

fn drawn(slide: &Slide) -> String {
    let mut content = NAVY.to_owned();
    match &slide.body {
        Body::Subtitle(subtitle) => {
            content.push_str(&format!(
                "0 0 {WIDTH} {HEIGHT} re f\n{TEAL}{LEFT} 228 108 5 re f\n{WHITE}"
            ));
            let title = wrapped(&slide.heading, 44);
            let top = 250 + 52 * title.len().saturating_sub(1);
            lines(&mut content, &title, ('B', 44), top as i32);
            content.push_str(PALE);
            lines(&mut content, &wrapped(subtitle, 20), ('R', 20), 190);
        }
        Body::Points(points) => {
            content.push_str(&format!("0 0 18 {HEIGHT} re f\n"));
            lines(&mut content, &wrapped(&slide.heading, 32), ('B', 32), 450);
            content.push_str(INK);
            let mut top = 370;
            for point in points {
                let rows = wrapped(&format!("• {point}"), 22);
                lines(&mut content, &rows, ('R', 22), top);
                top -= 26 * rows.len() as i32 + 12;
            }
        }
    }
    content
}

/// Writes lines from the baseline `top` downwards.
fn lines(content: &mut String, rows: &[String], (font, size): (char, usize), top: i32) {
    content.push_str(&format!("BT /{font} {size} Tf {LEFT} {top} Td\n"));
    // A fifth more than the letters are high, in tenths of a point.
    let (down, tenth) = (size * 12 / 10, size * 12 % 10);
    for row in rows {
        let letters = western(row);
        let digits = letters.iter().map(|letter| format!("{letter:02X}"));
        content.push_str(&format!(
            "<{}> Tj 0 -{down}.{tenth} Td\n",
            digits.collect::<String>()
        ));
    }
    content.push_str("ET\n");
}

/// Lines that fit the page, taking a letter for 0.55 of its height: wider than
/// most, so that nothing runs over the edge.
fn wrapped(text: &str, size: usize) -> Vec<String> {
    let room = (WIDTH - 2 * LEFT) * 100 / (size * 55);
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
