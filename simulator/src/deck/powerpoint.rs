//! PowerPoint files (ECMA-376: PresentationML in an Open Packaging package).
//!
//! Written here from the standard, part by part, with one master and two layouts: what
//! libraries start from is a file of theirs, larger than all the rest of the simulator.

use super::archive::Archive;
use super::{Body, Deck, Slide};

/// 16:9 in EMU (914,400 an inch): 13⅓ by 7½ inches.
const WIDTH: usize = 12_192_000;
const HEIGHT: usize = 6_858_000;

const NAVY: &str = "14304F";
const TEAL: &str = "1F9E8F";
const INK: &str = "222B36";
const WHITE: &str = "FFFFFF";
const PALE: &str = "CFE3EC";

/// Left, top, width and height in EMU.
type Frame = [usize; 4];

const TITLE: Frame = [838_200, 1_371_600, 10_515_600, 2_362_200];
const SUBTITLE: Frame = [838_200, 4_114_800, 10_515_600, 1_600_200];
const HEADING: Frame = [838_200, 411_480, 10_515_600, 1_143_000];
const POINTS: Frame = [838_200, 1_737_360, 10_515_600, 4_572_000];

/// The package; equal decks are equal bytes.
pub(super) fn write(deck: &Deck) -> Vec<u8> {
    let count = deck.slides.len();
    let mut file = Archive::default();
    let mut add =
        |name: &str, text: String| file.add(name, [DECLARATION, &text].concat().as_bytes());
    add("[Content_Types].xml", content_types(count));
    let links = relationships(&[
        (OFFICE, "officeDocument", "ppt/presentation.xml"),
        (PACKAGE, "metadata/core-properties", "docProps/core.xml"),
    ]);
    add("_rels/.rels", links);
    add("docProps/core.xml", core_properties(&deck.title));
    add("ppt/presentation.xml", presentation(count));
    let slides: Vec<_> = (1..=count)
        .map(|it| format!("slides/slide{it}.xml"))
        .collect();
    let mut parts = vec![
        (OFFICE, "slideMaster", "slideMasters/slideMaster1.xml"),
        (OFFICE, "theme", "theme/theme1.xml"),
    ];
    parts.extend(slides.iter().map(|slide| (OFFICE, "slide", slide.as_str())));
    add("ppt/_rels/presentation.xml.rels", relationships(&parts));
    add("ppt/theme/theme1.xml", theme());
    add("ppt/slideMasters/slideMaster1.xml", master());
    let links = relationships(&[
        (OFFICE, "slideLayout", "../slideLayouts/slideLayout1.xml"),
        (OFFICE, "slideLayout", "../slideLayouts/slideLayout2.xml"),
        (OFFICE, "theme", "../theme/theme1.xml"),
    ]);
    add("ppt/slideMasters/_rels/slideMaster1.xml.rels", links);
    for (number, text) in [(1, title_layout()), (2, points_layout())] {
        add(&format!("ppt/slideLayouts/slideLayout{number}.xml"), text);
        let master = (OFFICE, "slideMaster", "../slideMasters/slideMaster1.xml");
        let links = relationships(&[master]);
        add(
            &format!("ppt/slideLayouts/_rels/slideLayout{number}.xml.rels"),
            links,
        );
    }
    for (number, slide) in (1..).zip(&deck.slides) {
        let layout = match slide.body {
            Body::Subtitle(_) => "../slideLayouts/slideLayout1.xml",
            Body::Points(_) => "../slideLayouts/slideLayout2.xml",
        };
        add(
            &format!("ppt/slides/slide{number}.xml"),
            drawn(slide, number, count),
        );
        let links = relationships(&[(OFFICE, "slideLayout", layout)]);
        add(&format!("ppt/slides/_rels/slide{number}.xml.rels"), links);
    }
    file.finish()
}

// ---- The package ----

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// Where kinds of relationships are named.
const OFFICE: &str = "officeDocument";
const PACKAGE: &str = "package";

/// Ids are `rId` and the place in the list, from 1.
fn relationships(links: &[(&str, &str, &str)]) -> String {
    let base = "http://schemas.openxmlformats.org";
    let links = (1..).zip(links).map(|(id, (whose, kind, target))| {
        format!(
            "<Relationship Id=\"rId{id}\" Type=\"{base}/{whose}/2006/relationships/{kind}\" Target=\"{target}\"/>"
        )
    });
    format!(
        "<Relationships xmlns=\"{base}/package/2006/relationships\">{}</Relationships>",
        links.collect::<String>()
    )
}

fn content_types(slides: usize) -> String {
    let part = |name: &str, kind: &str| {
        format!(
            "<Override PartName=\"{name}\" ContentType=\"application/vnd.openxmlformats-{kind}+xml\"/>"
        )
    };
    let of_presentation = |name: &str, kind: &str| {
        part(
            &format!("/ppt/{name}.xml"),
            &format!("officedocument.presentationml.{kind}"),
        )
    };
    let mut parts = [
        part("/docProps/core.xml", "package.core-properties"),
        part("/ppt/theme/theme1.xml", "officedocument.theme"),
        of_presentation("presentation", "presentation.main"),
        of_presentation("slideMasters/slideMaster1", "slideMaster"),
        of_presentation("slideLayouts/slideLayout1", "slideLayout"),
        of_presentation("slideLayouts/slideLayout2", "slideLayout"),
    ]
    .concat();
    for number in 1..=slides {
        parts.push_str(&of_presentation(&format!("slides/slide{number}"), "slide"));
    }
    format!(
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

fn core_properties(title: &str) -> String {
    format!(
        "<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title></cp:coreProperties>",
        escaped(title)
    )
}

/// An element of PresentationML at the root of its part.
fn root(name: &str, attributes: &str, inner: &str) -> String {
    let base = "http://schemas.openxmlformats.org";
    format!(
        "<p:{name} xmlns:a=\"{base}/drawingml/2006/main\" \
         xmlns:r=\"{base}/officeDocument/2006/relationships\" \
         xmlns:p=\"{base}/presentationml/2006/main\"{attributes}>{inner}</p:{name}>"
    )
}

fn presentation(slides: usize) -> String {
    // The lowest ids that the standard allows; the first two relationships are those of
    // the master and the theme.
    let slides =
        (0..slides).map(|it| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", it + 256, it + 3));
    root(
        "presentation",
        "",
        &format!(
            "<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst>\
             <p:sldIdLst>{}</p:sldIdLst><p:sldSz cx=\"{WIDTH}\" cy=\"{HEIGHT}\"/>\
             <p:notesSz cx=\"{HEIGHT}\" cy=\"9144000\"/>",
            slides.collect::<String>()
        ),
    )
}

// ---- What slides have in common ----

fn theme() -> String {
    let color =
        |name: &str, value: &str| format!("<a:{name}><a:srgbClr val=\"{value}\"/></a:{name}>");
    let colors = [
        color("dk1", INK),
        color("lt1", WHITE),
        color("dk2", NAVY),
        color("lt2", PALE),
        color("accent1", TEAL),
        color("accent2", NAVY),
        color("accent3", "C8963E"),
        color("accent4", "8A5A9E"),
        color("accent5", "5B7F3A"),
        color("accent6", "B3483A"),
        color("hlink", TEAL),
        color("folHlink", NAVY),
    ]
    .concat();
    let fonts = |name: &str| {
        format!(
            "<a:{name}><a:latin typeface=\"Calibri\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/></a:{name}>"
        )
    };
    // Three of each, for whoever edits the deck; none of ours uses them.
    let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
    let line = |width: u32| format!("<a:ln w=\"{width}\">{fill}</a:ln>");
    let effect = "<a:effectStyle><a:effectLst/></a:effectStyle>";
    format!(
        "<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" name=\"Simulated\">\
         <a:themeElements><a:clrScheme name=\"Simulated\">{colors}</a:clrScheme>\
         <a:fontScheme name=\"Simulated\">{}{}</a:fontScheme>\
         <a:fmtScheme name=\"Simulated\"><a:fillStyleLst>{fills}</a:fillStyleLst>\
         <a:lnStyleLst>{}{}{}</a:lnStyleLst><a:effectStyleLst>{}</a:effectStyleLst>\
         <a:bgFillStyleLst>{fills}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>",
        fonts("majorFont"),
        fonts("minorFont"),
        line(6350),
        line(12_700),
        line(19_050),
        effect.repeat(3),
        fills = fill.repeat(3),
    )
}

fn master() -> String {
    let shapes = [
        placeholder(2, "Title", "type=\"title\"", HEADING, &sample("b", "Title")),
        placeholder(
            3,
            "Text",
            "type=\"body\" idx=\"1\"",
            POINTS,
            &sample("t", "Text"),
        ),
    ]
    .concat();
    let style = |name: &str, size: u32, bullet: &str| {
        format!(
            "<p:{name}><a:lvl1pPr{bullet}<a:defRPr sz=\"{size}\"><a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>\
             <a:latin typeface=\"+mn-lt\"/></a:defRPr></a:lvl1pPr></p:{name}>"
        )
    };
    let none = "><a:buNone/>";
    let dot =
        " marL=\"342900\" indent=\"-342900\"><a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>";
    root(
        "sldMaster",
        "",
        &format!(
            "<p:cSld><p:bg><p:bgPr><a:solidFill><a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>\
             {}</p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" \
             accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" \
             accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>\
             <p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>\
             <p:sldLayoutId id=\"2147483650\" r:id=\"rId2\"/></p:sldLayoutIdLst>\
             <p:txStyles>{}{}{}</p:txStyles>",
            tree(&shapes),
            style("titleStyle", 3200, none),
            style("bodyStyle", 2200, dot),
            style("otherStyle", 1800, none),
        ),
    )
}

fn title_layout() -> String {
    let shapes = [
        placeholder(
            2,
            "Title",
            "type=\"ctrTitle\"",
            TITLE,
            &sample("b", "Title"),
        ),
        placeholder(
            3,
            "Subtitle",
            "type=\"subTitle\" idx=\"1\"",
            SUBTITLE,
            &sample("t", "Subtitle"),
        ),
    ]
    .concat();
    layout("title", "Title Slide", &shapes)
}

fn points_layout() -> String {
    let shapes = [
        placeholder(
            2,
            "Title",
            "type=\"title\"",
            HEADING,
            &sample("ctr", "Title"),
        ),
        placeholder(3, "Content", "idx=\"1\"", POINTS, &sample("t", "Text")),
    ]
    .concat();
    layout("obj", "Title and Content", &shapes)
}

fn layout(kind: &str, name: &str, shapes: &str) -> String {
    root(
        "sldLayout",
        &format!(" type=\"{kind}\""),
        &format!("<p:cSld name=\"{name}\">{}</p:cSld>{OVER}", tree(shapes)),
    )
}

const OVER: &str = "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>";

/// What whoever edits the deck sees in an empty placeholder.
fn sample(anchor: &str, text: &str) -> String {
    text_body(
        anchor,
        &format!("<a:p><a:r><a:rPr lang=\"en\"/><a:t>{text}</a:t></a:r></a:p>"),
    )
}

// ---- One slide ----

fn drawn(slide: &Slide, number: usize, of: usize) -> String {
    let shapes = match &slide.body {
        Body::Subtitle(subtitle) => [
            block(2, [0, 0, WIDTH, HEIGHT], NAVY),
            block(3, [838_200, 3_886_200, 1_371_600, 64_008], TEAL),
            placeholder(
                4,
                "Title",
                "type=\"ctrTitle\"",
                TITLE,
                &text_body(
                    "b",
                    &paragraphs(&slide.heading, "sz=\"4400\" b=\"1\"", WHITE, ""),
                ),
            ),
            placeholder(
                5,
                "Subtitle",
                "type=\"subTitle\" idx=\"1\"",
                SUBTITLE,
                &text_body("t", &paragraphs(subtitle, "sz=\"2000\"", PALE, "")),
            ),
        ],
        Body::Points(points) => [
            block(2, [0, 0, 228_600, HEIGHT], NAVY),
            // A bar along the bottom shows how far the talk has come.
            block(3, [0, 6_766_560, WIDTH * number / of.max(1), 91_440], TEAL),
            placeholder(
                4,
                "Title",
                "type=\"title\"",
                HEADING,
                &text_body(
                    "ctr",
                    &paragraphs(&slide.heading, "sz=\"3200\" b=\"1\"", NAVY, ""),
                ),
            ),
            placeholder(
                5,
                "Content",
                "idx=\"1\"",
                POINTS,
                &text_body(
                    "t",
                    &paragraphs(&points.join("\n"), "sz=\"2200\"", INK, APART),
                ),
            ),
        ],
    };
    let tree = tree(&shapes.concat());
    root("sld", "", &format!("<p:cSld>{tree}</p:cSld>{OVER}"))
}

/// Room after each point: 12 points, in hundredths.
const APART: &str = "<a:spcAft><a:spcPts val=\"1200\"/></a:spcAft>";

fn tree(shapes: &str) -> String {
    format!(
        "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>\
         <p:grpSpPr/>{shapes}</p:spTree>"
    )
}

fn placeholder(id: u32, name: &str, kind: &str, frame: Frame, text: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"{name}\"/>\
         <p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>\
         <p:spPr>{}</p:spPr>{text}</p:sp>",
        placed(frame),
    )
}

/// A plain rectangle for decoration.
fn block(id: u32, frame: Frame, color: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Block {id}\"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>\
         <p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom>{}<a:ln><a:noFill/></a:ln></p:spPr></p:sp>",
        placed(frame),
        filled(color),
    )
}

fn placed([left, top, width, height]: Frame) -> String {
    format!(
        "<a:xfrm><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm>"
    )
}

fn filled(color: &str) -> String {
    format!("<a:solidFill><a:srgbClr val=\"{color}\"/></a:solidFill>")
}

fn text_body(anchor: &str, paragraphs: &str) -> String {
    format!(
        "<p:txBody><a:bodyPr anchor=\"{anchor}\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{paragraphs}</p:txBody>"
    )
}

/// A paragraph a line.
fn paragraphs(text: &str, look: &str, color: &str, apart: &str) -> String {
    let color = filled(color);
    let lines = text.split('\n').map(|line| {
        let line = escaped(line);
        format!(
            "<a:p><a:pPr algn=\"l\">{apart}</a:pPr><a:r><a:rPr lang=\"en\" {look}>{color}</a:rPr><a:t>{line}</a:t></a:r></a:p>"
        )
    });
    lines.collect()
}

/// Text in XML, without the characters that XML 1.0 cannot hold.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\n' | '\t' => escaped.push(letter),
            '\u{FFFE}' | '\u{FFFF}' => {}
            _ if letter.is_control() => {}
            _ => escaped.push(letter),
        }
    }
    escaped
}
