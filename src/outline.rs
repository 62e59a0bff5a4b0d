//! A deck's outline as visitors write it, in a little Markdown: a heading begins
//! a slide, bullets and simple tables are its content, a line right under the
//! heading is its subtitle. Nothing a visitor types is an error; what is not
//! understood is text.

use crate::json::Json;

/// One slide of an outline.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Slide {
    /// Its heading; empty where text came before any.
    pub title: String,
    /// The line of plain text under the heading.
    pub subtitle: String,
    /// What is on it.
    pub blocks: Vec<Block>,
    /// All its lines as they were typed, the heading included.
    pub source: String,
}

/// A piece of a slide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Points, one a line.
    Bullets(Vec<String>),
    /// Rows of cells; the first is the head where a rule was drawn under it.
    Table {
        /// Whether the first row is the head.
        has_head: bool,
        /// All rows.
        rows: Vec<Vec<String>>,
    },
}

/// More slides than any service makes; the rest stays on the last one, where it
/// is seen, rather than being lost.
const MOST_SLIDES: usize = 200;

/// Reads an outline.
pub fn read(text: &str) -> Vec<Slide> {
    let mut slides: Vec<Slide> = Vec::new();
    for line in text.split('\n') {
        let plain = line.trim();
        let title = heading(plain).filter(|_| slides.len() < MOST_SLIDES);
        if let Some(title) = title {
            slides.push(Slide {
                title: title.into(),
                ..Slide::default()
            });
        } else if plain.is_empty() && slides.is_empty() {
            continue;
        } else if slides.is_empty() {
            slides.push(Slide::default());
        }
        let Some(slide) = slides.last_mut() else {
            continue;
        };
        if !slide.source.is_empty() {
            slide.source.push('\n');
        }
        slide.source.push_str(line.trim_end());
        if title.is_none() && !plain.is_empty() {
            slide.take(plain);
        }
    }
    for slide in &mut slides {
        slide.settle();
    }
    slides
}

impl Slide {
    fn take(&mut self, line: &str) {
        if let Some(row) = cells(line) {
            match self.blocks.last_mut() {
                Some(Block::Table { has_head, rows }) => {
                    if !*has_head && rows.len() == 1 && is_rule(&row) {
                        *has_head = true;
                    } else {
                        rows.push(row);
                    }
                }
                _ => self.blocks.push(Block::Table {
                    has_head: false,
                    rows: vec![row],
                }),
            }
            return;
        }
        let (text, is_bullet) = match bullet(line) {
            Some(text) => (text, true),
            None => (line, false),
        };
        if !is_bullet && self.blocks.is_empty() && self.subtitle.is_empty() {
            self.subtitle = text.into();
            return;
        }
        match self.blocks.last_mut() {
            Some(Block::Bullets(bullets)) => bullets.push(text.into()),
            _ => self.blocks.push(Block::Bullets(vec![text.into()])),
        }
    }

    /// Without a heading there is no line under it: the text is a point.
    fn settle(&mut self) {
        self.source.truncate(self.source.trim_end().len());
        let lone = self.title.is_empty() && !self.subtitle.is_empty();
        if lone {
            let text = std::mem::take(&mut self.subtitle);
            match self.blocks.first_mut() {
                Some(Block::Bullets(bullets)) => bullets.insert(0, text),
                _ => self.blocks.insert(0, Block::Bullets(vec![text])),
            }
        }
    }

    /// The kinds of slide that a template may have one for: `title`, `table`,
    /// `text`.
    pub fn kind(&self) -> &'static str {
        let is_table = |block: &Block| matches!(block, Block::Table { .. });
        if self.blocks.is_empty() {
            "title"
        } else if self.blocks.iter().any(is_table) {
            "table"
        } else {
            "text"
        }
    }
}

/// The text of a heading.
fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len().saturating_sub(text.len());
    let begins = (1..=6).contains(&level) && (text.is_empty() || text.starts_with([' ', '\t']));
    begins.then(|| {
        let text = text.trim();
        // Hashes may close it, but those at a word's end belong to the word.
        let open = text.trim_end_matches('#');
        if open.is_empty() || open.ends_with([' ', '\t']) {
            open.trim_end()
        } else {
            text
        }
    })
}

/// The text of a bullet or a numbered point.
fn bullet(line: &str) -> Option<&str> {
    let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
    let numbered = digits.len() < line.len() && digits.len().saturating_add(3) >= line.len();
    let rest = if numbered {
        digits.strip_prefix(['.', ')'])
    } else {
        line.strip_prefix(['-', '*', '+', '•'])
    }?;
    rest.starts_with([' ', '\t']).then(|| rest.trim())
}

/// The cells of a table's row: it begins with a bar.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?;
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    Some(inner.split('|').map(|cell| cell.trim().into()).collect())
}

/// `| --- | :-: |`
fn is_rule(row: &[String]) -> bool {
    row.iter()
        .all(|cell| cell.contains('-') && cell.bytes().all(|byte| matches!(byte, b'-' | b':')))
}

/// The slides as a service of templates wants them (`providers.md` 1.2):
/// `{template_slide_id, slide_data: {title, subtitle, content: {blocks}}}`.
/// `chosen` says which of the template's slides each kind becomes, as
/// [`Field::TemplateSlides`](crate::request::Field::TemplateSlides) has it; where
/// it names none for a kind, the slide for text serves, or else its first.
pub fn for_template(slides: &[Slide], chosen: &str) -> Json {
    let pairs = || {
        chosen
            .split([' ', ','])
            .filter_map(|pair| pair.split_once('='))
    };
    let id_of = |kind: &str| pairs().find(|(of, _)| *of == kind).map(|(_, id)| id);
    let made = slides.iter().map(|slide| {
        let id = id_of(slide.kind())
            .or_else(|| id_of("text"))
            .or_else(|| pairs().next().map(|(_, id)| id));
        let mut content = Json::map();
        content.put(
            "blocks",
            Json::List(slide.blocks.iter().map(block).collect()),
        );
        let mut data = Json::map();
        for (name, text) in [("title", &slide.title), ("subtitle", &slide.subtitle)] {
            if !text.is_empty() {
                data.put(name, text.as_str());
            }
        }
        data.put("content", content);
        let mut item = Json::map();
        item.put("template_slide_id", id.unwrap_or_default());
        item.put("slide_data", data);
        item
    });
    Json::List(made.collect())
}

fn block(block: &Block) -> Json {
    let mut out = Json::map();
    match block {
        Block::Bullets(bullets) => {
            let bullets = bullets.iter().map(|text| text.as_str().into());
            out.put("bullets", Json::List(bullets.collect()));
        }
        Block::Table { has_head, rows } => {
            let rows = rows.iter().enumerate().map(|(number, cells)| {
                let cells = cells.iter().map(|text| {
                    let mut cell = Json::map();
                    cell.put("value", text.as_str());
                    cell
                });
                let mut row = Json::map();
                if *has_head && number == 0 {
                    row.put("is_header", true);
                }
                row.put("cells", Json::List(cells.collect()));
                row
            });
            let mut table = Json::map();
            table.put("rows", Json::List(rows.collect()));
            out.put("table", table);
        }
    }
    out
}
