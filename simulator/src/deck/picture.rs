//! Pictures of slides.

use std::error::Error;

use super::archive::Archive;
use super::{Body, Deck, Slide};

const WIDTH: usize = 960;
const HEIGHT: usize = 540;
const NAVY: [u8; 3] = [0x14, 0x30, 0x4F];
const TEAL: [u8; 3] = [0x1F, 0x9E, 0x8F];
const WHITE: [u8; 3] = [0xFF, 0xFF, 0xFF];
const PALE: [u8; 3] = [0xCF, 0xE3, 0xEC];

/// A PNG in which every word is a bar as long as the word. No font is at hand
/// that may be carried along, and nobody reads this picture: it is opened to
/// see that it opens.
pub(super) fn write(slide: Option<&Slide>) -> Result<Vec<u8>, png::EncodingError> {
    let mut pixels = NAVY.repeat(WIDTH * HEIGHT);
    let heading = slide.map_or("", |slide| &slide.heading);
    words(&mut pixels, heading, 150, 26, WHITE);
    fill(&mut pixels, (66, 306, 108, 5), TEAL);
    let below = match slide.map(|slide| &slide.body) {
        Some(Body::Subtitle(line)) => line.clone(),
        Some(Body::Points(points)) => points.join(" "),
        None => String::new(),
    };
    words(&mut pixels, &below, 336, 10, PALE);
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(file)
}

/// A zip archive with a PNG for each slide.
pub(super) fn archive(deck: &Deck) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut archive = Archive::default();
    for (index, slide) in deck.slides.iter().enumerate() {
        archive.add(&format!("{}.png", index + 1), &write(Some(slide))?)?;
    }
    Ok(archive.finish())
}

fn words(pixels: &mut [u8], text: &str, top: usize, height: usize, color: [u8; 3]) {
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

fn fill(
    pixels: &mut [u8],
    (left, top, width, height): (usize, usize, usize, usize),
    color: [u8; 3],
) {
    for row in pixels.chunks_exact_mut(WIDTH * 3).skip(top).take(height) {
        for pixel in row.chunks_exact_mut(3).skip(left).take(width) {
            pixel.copy_from_slice(&color);
        }
    }
}
