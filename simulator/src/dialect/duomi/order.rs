//! Reading a submit: the slides as they shall be, or the refusal.
//!
//! Block types are told apart by the fields that the documents list for each.
//! What they leave open is taken mildly: a cell may be text or a number, and a
//! chart's series are not looked into.

use super::unprocessable;
use crate::deck::{Body, Slide};
use crate::dialect::body::{self, Fault, Fields};
use crate::json::{Value, json};
use crate::{Reply, Request};

/// Rows of a table on one page.
const ROWS: usize = 8;
/// Pages of a deck. No limit is documented; without one a single request could
/// keep every test waiting.
const PAGES: usize = 500;

/// A submit that was understood.
pub(super) struct Order {
    pub(super) slides: Vec<Ordered>,
    pub(super) organisation: Option<String>,
}

/// One slide, on as many pages as its table needs.
pub(super) struct Ordered {
    pub(super) template: String,
    pub(super) pages: Vec<Slide>,
}

impl Order {
    /// `{slides, options?, org_name?}`.
    pub(super) fn of_deck(request: &Request) -> Result<Self, Reply> {
        read(request, |fields| {
            let options = Options::read(fields).unwrap_or_default();
            let items = fields.needed_list("slides");
            if items.is_some_and(<[Value]>::is_empty) {
                let message = "List should have at least 1 item after validation, not 0";
                fields.fault("too_short", "slides", message, &json!([]));
            }
            let mut slides = Vec::new();
            for (at, item) in items.unwrap_or_default().iter().enumerate() {
                if let Some(mut slide) = fields.inside(&[json!("slides"), json!(at)], item) {
                    slides.extend(ordered(&mut slide, at, options));
                }
            }
            if slides.iter().map(|it| it.pages.len()).sum::<usize>() > PAGES {
                let message = format!("The deck should have at most {PAGES} pages");
                fields.fault("too_long", "slides", &message, &Value::Null);
            }
            slides
        })
    }

    /// `{template_slide_id, slide_data, options?, org_name?}`.
    pub(super) fn of_slide(request: &Request) -> Result<Self, Reply> {
        read(request, |fields| {
            ordered(fields, 0, Options::default()).into_iter().collect()
        })
    }
}

fn read(
    request: &Request,
    slides: impl FnOnce(&mut Fields<'_, '_>) -> Vec<Ordered>,
) -> Result<Order, Reply> {
    let body = body::object(request).map_err(|faults| unprocessable(&faults))?;
    let mut faults: Vec<Fault> = Vec::new();
    let mut fields = Fields::lax(&body, &mut faults);
    let order = Order {
        slides: slides(&mut fields),
        organisation: fields.text("org_name", true),
    };
    if faults.is_empty() {
        Ok(order)
    } else {
        Err(unprocessable(&faults))
    }
}

/// The rendering controls that change what is simulated.
#[derive(Clone, Copy)]
struct Options {
    paginate: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { paginate: true }
    }
}

impl Options {
    fn read(fields: &mut Fields<'_, '_>) -> Option<Self> {
        let mut options = fields.group("options")?;
        options.flag("allow_textbox_reposition", false);
        options.number("table_min_font_size");
        options.number("textbox_min_font_size");
        Some(Self {
            paginate: options.flag("auto_paginate_tables", true),
        })
    }
}

fn ordered(fields: &mut Fields<'_, '_>, at: usize, of_deck: Options) -> Option<Ordered> {
    let template = fields.needed_text("template_slide_id");
    let beginning = |it: &String| it.starts_with("slide_");
    if let Some(wrong) = template.as_ref().filter(|it| !beginning(it)) {
        let message = "Value error, template_slide_id should begin with 'slide_'";
        fields.fault("value_error", "template_slide_id", message, &json!(wrong));
    }
    // A slide's options take the place of the deck's, also where they are silent.
    let options = Options::read(fields).unwrap_or(of_deck);
    let data = fields
        .needs("slide_data")
        .then(|| fields.present("slide_data"))??;
    let mut data = fields.inside(&[json!("slide_data")], data)?;
    let title = data.text("title", true).unwrap_or_default();
    let subtitle = data.text("subtitle", true).unwrap_or_default();
    let columns = columns(&mut data)?;
    let headers = columns.iter().map(|column| &column.header);
    let above: Vec<String> = std::iter::once(&subtitle)
        .chain(headers)
        .filter(|line| !line.is_empty())
        .cloned()
        .collect();
    if columns.len() > 1 && !may_stand_together(&columns) {
        let message = "Value error, two columns should be a table and a chart or two tables";
        fields.fault_here("value_error", message);
        return None;
    }
    let blocks: Vec<Block> = columns.into_iter().flat_map(|it| it.blocks).collect();
    let heading = match title.trim() {
        "" => format!("Slide {}", at + 1),
        title => title.to_owned(),
    };
    Some(Ordered {
        template: template?,
        pages: pages(&heading, &above, &blocks, options),
    })
}

/// The part of a slide that the simulated deck shows, one text a line.
enum Block {
    Text(Vec<String>),
    Table(Vec<String>),
    Chart(Vec<String>),
    Agenda(Vec<String>),
}

impl Block {
    fn lines(&self) -> &[String] {
        match self {
            Block::Text(lines)
            | Block::Table(lines)
            | Block::Chart(lines)
            | Block::Agenda(lines) => lines,
        }
    }
}

struct Column {
    /// Empty where there is none.
    header: String,
    blocks: Vec<Block>,
}

/// `{blocks}`, or two columns `{header?, blocks}` in an array. Nothing where a
/// block is at fault.
fn columns(data: &mut Fields<'_, '_>) -> Option<Vec<Column>> {
    let content = data.needs("content").then(|| data.present("content"))??;
    let Value::Array(items) = content else {
        let mut one = data.inside(&[json!("content")], content)?;
        return Some(vec![Column {
            header: String::new(),
            blocks: blocks(&mut one)?,
        }]);
    };
    if items.len() != 2 {
        let message = "Value error, content should have exactly two columns";
        data.fault("value_error", "content", message, content);
        return None;
    }
    let read = items.iter().enumerate().map(|(at, item)| {
        let mut column = data.inside(&[json!("content"), json!(at)], item)?;
        Some(Column {
            header: column.text("header", true).unwrap_or_default(),
            blocks: blocks(&mut column)?,
        })
    });
    // Both are read before one at fault ends it, so that all faults are named.
    let read: Vec<Option<Column>> = read.collect();
    read.into_iter().collect()
}

fn may_stand_together(columns: &[Column]) -> bool {
    let only = |column: &Column, fits: fn(&Block) -> bool| {
        !column.blocks.is_empty() && column.blocks.iter().all(fits)
    };
    let tables = |column: &Column| only(column, |it| matches!(it, Block::Table(_)));
    let charts = |column: &Column| only(column, |it| matches!(it, Block::Chart(_)));
    columns.iter().any(tables) && columns.iter().all(|it| tables(it) || charts(it))
}

fn blocks(fields: &mut Fields<'_, '_>) -> Option<Vec<Block>> {
    let items = fields.needed_list("blocks")?;
    let read = items.iter().enumerate().map(|(at, item)| {
        let mut block = fields.inside(&[json!("blocks"), json!(at)], item)?;
        self::block(&mut block)
    });
    let read: Vec<Option<Block>> = read.collect();
    read.into_iter().collect()
}

fn block(fields: &mut Fields<'_, '_>) -> Option<Block> {
    let header = fields.text("header", true);
    let has = |name| fields.present(name).is_some();
    if has("table") {
        let table = fields.present("table")?;
        let mut table = fields.inside(&[json!("table")], table)?;
        return rows(&mut table).map(Block::Table);
    }
    if has("categories") || has("series") {
        let categories = fields.needed_list("categories");
        let series = fields.needed_list("series");
        let names = categories?.iter().filter_map(shown);
        let mut lines = vec![names.collect::<Vec<_>>().join(" | ")];
        let named = series?.iter().filter_map(|it| it.get("name"));
        lines.extend(named.filter_map(shown));
        return Some(Block::Chart(lines));
    }
    if has("sections") {
        fields.whole("active_index", true);
        fields.text("active_font_color", true);
        let sections = fields.needed_list("sections")?;
        return Some(Block::Agenda(sections.iter().filter_map(shown).collect()));
    }
    if has("bullets") || header.is_some() {
        fields.needed_list("bullets")?;
        let bullets = fields.texts("bullets");
        return Some(Block::Text(header.into_iter().chain(bullets).collect()));
    }
    let message = "Value error, a block should be a text, a table, a chart or an agenda";
    fields.fault_here("value_error", message);
    None
}

/// A table's rows, the cells of each in one line.
fn rows(table: &mut Fields<'_, '_>) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    for (at, item) in table.needed_list("rows")?.iter().enumerate() {
        let Some(mut row) = table.inside(&[json!("rows"), json!(at)], item) else {
            continue;
        };
        row.flag("is_header", false);
        let mut values = Vec::new();
        let cells = row.needed_list("cells").unwrap_or_default();
        for (at, item) in cells.iter().enumerate() {
            let Some(mut cell) = row.inside(&[json!("cells"), json!(at)], item) else {
                continue;
            };
            cell.flag("is_logo", false);
            if !cell.needs("value") {
                continue;
            }
            match cell.present("value").and_then(shown) {
                Some(value) => values.push(value),
                None => {
                    let input = cell.present("value").cloned().unwrap_or_default();
                    let message = "Input should be a valid string";
                    cell.fault("string_type", "value", message, &input);
                }
            }
        }
        lines.push(values.join(" | "));
    }
    Some(lines)
}

fn shown(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A slide's pages: more than one only where it has nothing but tables and one
/// of these is too long. What stands above them is on every page.
fn pages(heading: &str, above: &[String], blocks: &[Block], options: Options) -> Vec<Slide> {
    let tables_only = blocks.iter().all(|it| matches!(it, Block::Table(_)));
    let longest = blocks.iter().map(|it| it.lines().len()).max().unwrap_or(0);
    let rows = if tables_only && options.paginate {
        ROWS
    } else {
        longest.max(1)
    };
    let pages = longest.div_ceil(rows).max(1);
    let page = |number: usize| {
        let shown = blocks
            .iter()
            .flat_map(|it| it.lines().iter().skip(number * rows).take(rows));
        let body = if blocks.is_empty() {
            Body::Subtitle(above.join(" "))
        } else {
            Body::Points(above.iter().chain(shown).cloned().collect())
        };
        Slide {
            heading: heading.to_owned(),
            body,
        }
    };
    (0..pages).map(page).collect()
}
