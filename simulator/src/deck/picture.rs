//! Pictures of slides.

use super::archive::Archive;
use super::sum::sum;
use super::{Body, Deck, Slide};

const WIDTH: usize = 960;
const HEIGHT: usize = 540;
/// Colours by their places.
const PALETTE: [[u8; 3]; 4] = [
    [0x14, 0x30, 0x4F],
    [0x1F, 0x9E, 0x8F],
    [0xFF, 0xFF, 0xFF],
    [0xCF, 0xE3, 0xEC],
];
const NAVY: u8 = 0;
const TEAL: u8 = 1;
const WHITE: u8 = 2;
const PALE: u8 = 3;

/// A PNG in which every word is a bar as long as the word. No font is at hand
/// that may be carried along, and nobody reads this picture: it is opened to
/// see that it opens.
pub(super) fn write(slide: Option<&Slide>) -> Vec<u8> {
    let mut pixels = vec![NAVY; WIDTH * HEIGHT];
    let heading = slide.map_or("", |slide| &slide.heading);
    words(&mut pixels, heading, 150, 26, WHITE);
    fill(&mut pixels, (66, 306, 108, 5), TEAL);
    let below = match slide.map(|slide| &slide.body) {
        Some(Body::Subtitle(line)) => line.clone(),
        Some(Body::Points(points)) => points.join(" "),
        None => String::new(),
    };
    words(&mut pixels, &below, 336, 10, PALE);
    png(&pixels)
}

/// The pixels as a file (ISO 15948).
fn png(pixels: &[u8]) -> Vec<u8> {
    let mut head = Vec::new();
    for side in [WIDTH, HEIGHT] {
        head.extend((side as u32).to_be_bytes());
    }
    // Two bits a pixel, colours from a palette; the usual ways, no interlacing.
    head.extend([2, 3, 0, 0, 0]);
    let mut rows = Vec::with_capacity(pixels.len() / 4 + HEIGHT);
    for row in pixels.chunks_exact(WIDTH) {
        // As it is: no filter.
        rows.push(0);
        let packed = row
            .chunks(4)
            .map(|four| four.iter().fold(0, |byte, it| byte << 2 | it));
        rows.extend(packed);
    }
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut file, b"IHDR", &head);
    chunk(&mut file, b"PLTE", PALETTE.as_flattened());
    chunk(&mut file, b"IDAT", &wrapped(&rows));
    chunk(&mut file, b"IEND", &[]);
    file
}

/// The format that a PNG keeps its pixels in (RFC 1950 and 1951), without packing them.
fn wrapped(content: &[u8]) -> Vec<u8> {
    let mut wrapped = vec![0x78, 0x01];
    let mut blocks = content.chunks(usize::from(u16::MAX)).peekable();
    while let Some(block) = blocks.next() {
        wrapped.push(u8::from(blocks.peek().is_none()));
        let length = block.len() as u16;
        wrapped.extend(length.to_le_bytes());
        wrapped.extend((!length).to_le_bytes());
        wrapped.extend(block);
    }
    let (one, two) = content.iter().fold((1, 0), |(one, two), byte| {
        let one = (one + u32::from(*byte)) % 65521;
        (one, (two + one) % 65521)
    });
    wrapped.extend((two << 16 | one).to_be_bytes());
    wrapped
}

fn chunk(file: &mut Vec<u8>, kind: &[u8; 4], content: &[u8]) {
    file.extend((content.len() as u32).to_be_bytes());
    file.extend(kind);
    file.extend(content);
    file.extend(sum(&[kind, content]).to_be_bytes());
}

/// A zip archive with a PNG for each slide.
pub(super) fn archive(deck: &Deck) -> Vec<u8> {
    let mut archive = Archive::default();
    for (index, slide) in deck.slides.iter().enumerate() {
        archive.add(&format!("{}.png", index + 1), &write(Some(slide)));
    }
    archive.finish()
}

fn words(pixels: &mut [u8], text: &str, top: usize, height: usize, color: u8) {
    let (mut left, mut top) = (66, top);
    let letter = height / 2;
    for word in text.split_whitespace() {
        let length = (word.chars().count() * letter).min(WIDTH - 132);
        if left + length > WIDTH - 66 {
            left = 66;
            top += height * 3 / 2;
        }
        if top + height > HEIGHT - 20 {
            return;
        }
        fill(pixels, (left, top, length, height), color);
        left += length + letter;
    }
}

fn fill(pixels: &mut [u8], (left, top, width, height): (usize, usize, usize, usize), color: u8) {
    for row in pixels.chunks_exact_mut(WIDTH).skip(top).take(height) {
        row[left..left + width].fill(color);
    }
}
