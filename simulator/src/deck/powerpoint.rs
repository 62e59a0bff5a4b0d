//! PowerPoint files.

use std::io::{Cursor, Write};

use pptx::enums::shapes::PpPlaceholderType;
use pptx::enums::text::{MsoAutoSize, MsoVerticalAnchor};
use pptx::opc::{ContentTypeMap, Relationships};
use pptx::shapes::PlaceholderFormat;
use pptx::units::PlaceholderIndex;
use pptx::{CoreProperties, PptxError, PptxResult, Presentation, RgbColor, TextFrame};
use zip::write::SimpleFileOptions;

use super::{Body, Deck, Slide};

/// 16:9 in EMU (914,400 an inch): 13⅓ by 7½ inches.
const WIDTH: i64 = 12_192_000;
const HEIGHT: i64 = 6_858_000;
/// The width that the library's base file is laid out for, at the same height.
const BASE_WIDTH: i64 = 9_144_000;

const NAVY: &str = "14304F";
const TEAL: &str = "1F9E8F";
const INK: RgbColor = RgbColor::new(0x22, 0x2B, 0x36);
const NAVY_TEXT: RgbColor = RgbColor::new(0x14, 0x30, 0x4F);
const WHITE: RgbColor = RgbColor::new(0xFF, 0xFF, 0xFF);
const PALE: RgbColor = RgbColor::new(0xCF, 0xE3, 0xEC);

/// Left, top, width and height in EMU.
type Frame = (i64, i64, i64, i64);

pub(super) fn write(deck: &Deck) -> PptxResult<Vec<u8>> {
    let mut file = Presentation::new()?;
    file.set_slide_width(WIDTH)?;
    file.set_slide_height(HEIGHT)?;
    widen(&mut file)?;
    let mut properties = CoreProperties::new();
    properties.set_title(clean(&deck.title));
    file.set_core_properties(&properties)?;
    let layouts = file.slide_layouts()?;
    for (index, slide) in deck.slides.iter().enumerate() {
        let name = match slide.body {
            Body::Subtitle(_) => "Title Slide",
            Body::Points(_) => "Title and Content",
        };
        let layout = layouts.iter().find(|layout| layout.name == name);
        let layout = layout.ok_or_else(|| PptxError::InvalidXml(format!("no layout {name}")))?;
        let added = file.add_slide(layout)?;
        let shapes = shapes(slide, index + 1, deck.slides.len());
        let blob = file.slide_xml_mut(&added)?;
        let xml = std::str::from_utf8(blob)?;
        *blob = xml
            .replace("</p:spTree>", &format!("{shapes}</p:spTree>"))
            .into_bytes();
    }
    package(&file)
}

fn shapes(slide: &Slide, number: usize, of: usize) -> String {
    match &slide.body {
        Body::Subtitle(subtitle) => {
            let title = Text {
                lines: std::slice::from_ref(&slide.heading),
                size: 44.0,
                bold: true,
                color: WHITE,
                anchor: MsoVerticalAnchor::Bottom,
                apart: 0.0,
            };
            let below = Text {
                lines: std::slice::from_ref(subtitle),
                size: 20.0,
                bold: false,
                color: PALE,
                anchor: MsoVerticalAnchor::Top,
                apart: 0.0,
            };
            [
                block(2, (0, 0, WIDTH, HEIGHT), NAVY),
                block(3, (838_200, 3_886_200, 1_371_600, 64_008), TEAL),
                placeholder(
                    4,
                    "Title",
                    (PpPlaceholderType::CenterTitle, 0),
                    (838_200, 1_371_600, 10_515_600, 2_362_200),
                    &title,
                ),
                placeholder(
                    5,
                    "Subtitle",
                    (PpPlaceholderType::Subtitle, 1),
                    (838_200, 4_114_800, 10_515_600, 1_600_200),
                    &below,
                ),
            ]
            .concat()
        }
        Body::Points(points) => {
            let title = Text {
                lines: std::slice::from_ref(&slide.heading),
                size: 32.0,
                bold: true,
                color: NAVY_TEXT,
                anchor: MsoVerticalAnchor::Middle,
                apart: 0.0,
            };
            let body = Text {
                lines: points,
                size: 22.0,
                bold: false,
                color: INK,
                anchor: MsoVerticalAnchor::Top,
                apart: 12.0,
            };
            // A bar along the bottom shows how far the talk has come.
            let covered = WIDTH * number as i64 / of.max(1) as i64;
            [
                block(2, (0, 0, 228_600, HEIGHT), NAVY),
                block(3, (0, 6_766_560, covered, 91_440), TEAL),
                placeholder(
                    4,
                    "Title",
                    (PpPlaceholderType::Title, 0),
                    (838_200, 411_480, 10_515_600, 1_143_000),
                    &title,
                ),
                placeholder(
                    5,
                    "Content",
                    (PpPlaceholderType::Object, 1),
                    (838_200, 1_737_360, 10_515_600, 4_572_000),
                    &body,
                ),
            ]
            .concat()
        }
    }
}

struct Text<'a> {
    lines: &'a [String],
    /// Points.
    size: f64,
    bold: bool,
    color: RgbColor,
    anchor: MsoVerticalAnchor,
    /// Space after each paragraph, in points.
    apart: f64,
}

/// A placeholder shape: the library writes its parts, but offers no call that
/// puts one on a slide.
fn placeholder(
    id: u32,
    name: &str,
    (kind, index): (PpPlaceholderType, u32),
    frame: Frame,
    text: &Text<'_>,
) -> String {
    let kind = PlaceholderFormat {
        // An "object" placeholder is the one that names no type.
        ph_type: (kind != PpPlaceholderType::Object).then_some(kind),
        idx: PlaceholderIndex(index),
        orient: None,
        sz: None,
    };
    let mut body = TextFrame::new();
    body.set_text(&clean(&text.lines.join("\n")));
    body.auto_size = MsoAutoSize::TextToFitShape;
    body.vertical_anchor = Some(text.anchor);
    for paragraph in body.paragraphs_mut() {
        paragraph.space_after = (text.apart > 0.0).then_some(text.apart);
        // The base file centres its titles.
        paragraph.set_alignment(pptx::enums::text::PpParagraphAlignment::Left);
        for run in paragraph.runs_mut() {
            let font = run.font_mut();
            font.size = Some(text.size);
            font.bold = Some(text.bold);
            font.color = Some(text.color);
        }
    }
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/>\
         <p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr>{}</p:nvPr></p:nvSpPr>\
         <p:spPr>{}</p:spPr>{}</p:sp>",
        kind.to_xml_string(),
        placed(frame),
        body.to_xml_string(),
    )
}

/// A plain rectangle for decoration.
fn block(id: u32, frame: Frame, color: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Block {id}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>\
         <p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>\
         <a:solidFill><a:srgbClr val=\"{color}\"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>",
        placed(frame),
    )
}

fn placed((left, top, width, height): Frame) -> String {
    format!(
        "<a:xfrm><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>"
    )
}

/// Stretches the base file's master and layouts from 4:3 to 16:9, so that
/// whoever edits the deck finds its placeholders in the right places.
fn widen(file: &mut Presentation) -> PptxResult<()> {
    for part in file.package_mut().parts_mut() {
        let name = part.partname.as_str();
        if !name.starts_with("/ppt/slideLayouts/") && !name.starts_with("/ppt/slideMasters/") {
            continue;
        }
        let xml = std::str::from_utf8(&part.blob)?;
        let xml = stretched(&stretched(xml, "<a:off x=\""), "<a:ext cx=\"");
        part.blob = xml.into_bytes();
    }
    Ok(())
}

/// Every number that follows `mark`, scaled to the new width.
fn stretched(xml: &str, mark: &str) -> String {
    let mut pieces = xml.split(mark);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let digits = piece.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = piece.split_at(digits);
        text.push_str(mark);
        match number.parse::<i64>() {
            Ok(number) => text.push_str(&(number * WIDTH / BASE_WIDTH).to_string()),
            Err(_) => text.push_str(number),
        }
        text.push_str(rest);
    }
    text
}

/// The finished package. The library's own writer reads the clock and orders
/// its entries by chance; this one does neither, so that equal decks are equal
/// bytes.
fn package(file: &Presentation) -> PptxResult<Vec<u8>> {
    // A thumbnail of another deck and the settings of somebody's printer.
    let foreign = |name: &str| {
        name.starts_with("/docProps/thumbnail") || name.starts_with("/ppt/printerSettings")
    };
    let package = file.package();
    let mut parts: Vec<_> = package
        .parts()
        .filter(|part| !foreign(part.partname.as_str()))
        .collect();
    parts.sort_by(|a, b| a.partname.as_str().cmp(b.partname.as_str()));
    let types =
        ContentTypeMap::from_parts(parts.iter().map(|it| (&it.partname, &*it.content_type)));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::DEFAULT;
    zip.start_file("[Content_Types].xml", options)?;
    zip.write_all(&types.to_xml()?)?;
    zip.start_file("_rels/.rels", options)?;
    zip.write_all(&roots().to_xml()?)?;
    for part in parts {
        zip.start_file(part.partname.membername(), options)?;
        zip.write_all(&part.blob)?;
        let mut kept = part.rels.clone();
        let printers = part
            .rels
            .iter()
            .filter(|it| it.rel_type.ends_with("/printerSettings"));
        for printer in printers {
            kept.remove(printer.r_id.as_str());
        }
        if !kept.is_empty() {
            zip.start_file(part.partname.rels_uri().membername(), options)?;
            zip.write_all(&kept.to_xml()?)?;
        }
    }
    Ok(zip.finish()?.into_inner())
}

/// The package's own relationships (ECMA-376 part 2), which the library keeps
/// to itself.
fn roots() -> Relationships {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let opc = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut roots = Relationships::new("/");
    roots.or_add(
        &format!("{office}/officeDocument"),
        "ppt/presentation.xml",
        false,
    );
    roots.or_add(
        &format!("{opc}/metadata/core-properties"),
        "docProps/core.xml",
        false,
    );
    roots.or_add(
        &format!("{office}/extended-properties"),
        "docProps/app.xml",
        false,
    );
    roots
}

/// Text without the characters that XML 1.0 cannot hold.
fn clean(text: &str) -> String {
    let allowed = |it: &char| {
        !it.is_control() && !matches!(it, '\u{FFFE}' | '\u{FFFF}') || matches!(it, '\n' | '\t')
    };
    text.chars().filter(allowed).collect()
}
