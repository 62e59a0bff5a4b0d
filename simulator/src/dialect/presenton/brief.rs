//! Reading a submit: what is asked for, or the server's refusal.
//!
//! The server's framework takes "5" for 5 and "true" for true, names every
//! mistyped field at once with 422, and leaves ranges and names to code that
//! stops at the first with 400.

use serde_json::{Map, Value, json};

use super::lists::TEMPLATES;
use super::{Contract, Edition, detail};
use crate::deck::{Brief, Format};
use crate::{Reply, Request};

/// Slides where the caller leaves the number open.
const USUAL: i64 = 8;
const MOST: i64 = 50;

/// A submit that was understood and may be done.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    pub(super) brief: Brief,
    pub(super) format: Format,
    /// The number of slides, if one was given.
    pub(super) asked: Option<usize>,
}

impl Ask {
    pub(super) fn read(edition: Edition, request: &Request) -> Result<Self, Reply> {
        let body = object(request)?;
        let mut fields = Fields {
            body: &body,
            faults: Vec::new(),
        };
        let hosted = edition.contract == Contract::Cloud;
        let content = match (hosted, fields.present("content")) {
            (true, _) => fields.text("content", true),
            (false, Some(_)) => fields.text("content", false),
            (false, None) => {
                fields.missing("content");
                None
            }
        };
        let outlines = match edition.version {
            1 => fields.texts("slides_markdown"),
            _ => fields.slides("slides"),
        };
        fields.text("instructions", true);
        fields.text("language", true);
        fields.text("theme", true);
        fields.choice("tone", &TONES, false);
        fields.choice("verbosity", &["concise", "standard", "text-heavy"], false);
        if hosted {
            let generation = ["preserve", "enhance", "condense"];
            fields.choice("content_generation", &generation, true);
            fields.choice("image_type", &["stock", "ai-generated"], false);
            fields.flag("markdown_emphasis", true);
            fields.flag("allow_access_to_user_info", true);
        }
        fields.flag("web_search", false);
        fields.flag("trigger_webhook", false);
        let contents_slide = fields.flag("include_table_of_contents", false);
        let title_slide = fields.flag("include_title_slide", true);
        let files = fields.texts("files");
        let open = edition.contract != Contract::A;
        let count = fields.whole("n_slides", open);
        let template = match edition.version {
            1 => fields.text("template", false),
            _ => fields.text("standard_template", true),
        };
        fields.text("smart_design", true);
        let format = fields.choice("export_as", formats(edition), false);
        if !fields.faults.is_empty() {
            return Err(unprocessable(fields.faults));
        }

        let content = content.unwrap_or_default();
        if content.trim().is_empty() && outlines.is_empty() && files.is_empty() {
            return Err(detail(
                400,
                "Either content or slides markdown or files is required to generate presentation",
            ));
        }
        let asked = count;
        let count = match outlines.len() as i64 {
            0 => asked.unwrap_or(USUAL),
            written => written,
        };
        if count <= 0 {
            return Err(detail(400, "Number of slides must be greater than 0"));
        }
        if count > MOST {
            return Err(detail(400, "Number of slides cannot be greater than 50"));
        }
        if contents_slide && count < 3 {
            return Err(detail(
                400,
                "Number of slides cannot be less than 3 if table of contents is included",
            ));
        }
        if template.is_some_and(|name| !is_template(&name)) {
            return Err(detail(
                400,
                "Template not found. Please use a valid template.",
            ));
        }
        let content = match content.trim() {
            "" => format!("Presentation from {} files", files.len()),
            text => text.to_owned(),
        };
        Ok(Self {
            brief: Brief {
                content,
                outlines,
                count: usize::try_from(count).unwrap_or_default(),
                title_slide,
                contents_slide,
            },
            format: format
                .and_then(|word| Format::parse(&word))
                .unwrap_or(Format::Pptx),
            asked: asked.and_then(|it| usize::try_from(it).ok()),
        })
    }
}

const TONES: [&str; 6] = [
    "default",
    "casual",
    "professional",
    "funny",
    "educational",
    "sales_pitch",
];

fn is_template(name: &str) -> bool {
    name.starts_with("custom-") || TEMPLATES.iter().any(|(id, _)| *id == name)
}

fn formats(edition: Edition) -> &'static [&'static str] {
    match edition.contract {
        Contract::Cloud => &["pptx", "pdf", "png"],
        _ => &["pptx", "pdf"],
    }
}

/// The format of that name, where the edition makes it.
pub(super) fn format(edition: Edition, word: &str) -> Option<Format> {
    Format::parse(word).filter(|_| formats(edition).contains(&word))
}

/// The 422 that names a format the edition does not make.
pub(super) fn unknown_format(edition: Edition, given: Option<&Value>) -> Reply {
    let given = given.cloned().unwrap_or_default();
    unprocessable(vec![not_among("export_as", formats(edition), &given)])
}

/// The 422 that names an absent field.
pub(super) fn missing(name: &str, input: &Value) -> Reply {
    unprocessable(vec![fault("missing", name, "Field required", input)])
}

/// The body as a JSON object, or the framework's refusal.
pub(super) fn object(request: &Request) -> Result<Map<String, Value>, Reply> {
    let refuse = |fault: Value| Err(unprocessable(vec![fault]));
    if request.body.is_empty() {
        return refuse(json!({
            "type": "missing", "loc": ["body"], "msg": "Field required", "input": null,
        }));
    }
    let kind = request
        .first("content-type")
        .unwrap_or("application/json")
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let wrong_kind = |input: Value| {
        json!({
            "type": "model_attributes_type",
            "loc": ["body"],
            "msg": "Input should be a valid dictionary or object to extract fields from",
            "input": input,
        })
    };
    if kind != "application/json" && !kind.ends_with("+json") {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        return refuse(wrong_kind(json!(text)));
    }
    match serde_json::from_slice::<Value>(&request.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => refuse(wrong_kind(other)),
        Err(error) => {
            let before = request.body.split(|byte| *byte == b'\n');
            let lines = before.take(error.line().saturating_sub(1));
            let offset: usize = lines.map(|line| line.len() + 1).sum();
            refuse(json!({
                "type": "json_invalid",
                "loc": ["body", (offset + error.column()).saturating_sub(1)],
                "msg": "JSON decode error",
                "input": {},
                "ctx": {"error": "Expecting value"},
            }))
        }
    }
}

fn unprocessable(faults: Vec<Value>) -> Reply {
    Reply::of_json(422, &json!({"detail": faults}))
}

fn fault(kind: &str, name: &str, message: &str, input: &Value) -> Value {
    json!({"type": kind, "loc": ["body", name], "msg": message, "input": input})
}

fn not_among(name: &str, words: &[&str], input: &Value) -> Value {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    let expected = match quoted.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} or {last}", others.join(", ")),
        None => String::new(),
    };
    let mut fault = fault("enum", name, &format!("Input should be {expected}"), input);
    fault["ctx"] = json!({"expected": expected});
    fault
}

/// Reads fields one by one and collects what is wrong with them.
struct Fields<'a> {
    body: &'a Map<String, Value>,
    faults: Vec<Value>,
}

impl<'a> Fields<'a> {
    fn present(&self, name: &str) -> Option<&'a Value> {
        self.body.get(name)
    }

    /// The field where it is there and, if it may be null, is not.
    fn given(&self, name: &str, nullable: bool) -> Option<&'a Value> {
        self.present(name)
            .filter(|value| !(nullable && value.is_null()))
    }

    fn missing(&mut self, name: &str) {
        let input = Value::Object(self.body.clone());
        self.faults
            .push(fault("missing", name, "Field required", &input));
    }

    fn text(&mut self, name: &str, nullable: bool) -> Option<String> {
        match self.given(name, nullable)? {
            Value::String(text) => Some(text.clone()),
            other => {
                let message = "Input should be a valid string";
                self.faults.push(fault("string_type", name, message, other));
                None
            }
        }
    }

    fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, item) in self.list(name).iter().enumerate() {
            match item {
                Value::String(text) => texts.push(text.clone()),
                other => self.faults.push(json!({
                    "type": "string_type",
                    "loc": ["body", name, at],
                    "msg": "Input should be a valid string",
                    "input": other,
                })),
            }
        }
        texts
    }

    /// `[{content, layout?}]`, of which the contents are wanted.
    fn slides(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, item) in self.list(name).iter().enumerate() {
            match item.get("content") {
                Some(Value::String(text)) => texts.push(text.clone()),
                Some(other) => self.faults.push(json!({
                    "type": "string_type",
                    "loc": ["body", name, at, "content"],
                    "msg": "Input should be a valid string",
                    "input": other,
                })),
                None => self.faults.push(json!({
                    "type": "missing",
                    "loc": ["body", name, at, "content"],
                    "msg": "Field required",
                    "input": item,
                })),
            }
        }
        texts
    }

    fn list(&mut self, name: &str) -> &'a [Value] {
        match self.given(name, true) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(other) => {
                let message = "Input should be a valid list";
                self.faults.push(fault("list_type", name, message, other));
                &[]
            }
        }
    }

    fn choice(&mut self, name: &str, words: &[&str], nullable: bool) -> Option<String> {
        let value = self.given(name, nullable)?;
        match value.as_str().filter(|word| words.contains(word)) {
            Some(word) => Some(word.to_owned()),
            None => {
                self.faults.push(not_among(name, words, value));
                None
            }
        }
    }

    fn flag(&mut self, name: &str, absent: bool) -> bool {
        let Some(value) = self.present(name) else {
            return absent;
        };
        let parsed = match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) => match number.as_f64() {
                Some(0.0) => Some(false),
                Some(1.0) => Some(true),
                _ => None,
            },
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
                "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        };
        parsed.unwrap_or_else(|| {
            let (kind, message) = match value {
                Value::String(_) | Value::Number(_) => (
                    "bool_parsing",
                    "Input should be a valid boolean, unable to interpret input",
                ),
                _ => ("bool_type", "Input should be a valid boolean"),
            };
            self.faults.push(fault(kind, name, message, value));
            absent
        })
    }

    fn whole(&mut self, name: &str, nullable: bool) -> Option<i64> {
        let value = self.given(name, nullable)?;
        let (parsed, kind, message) = match value {
            Value::Number(number) => {
                let exact = number.as_i64();
                // 5.0 is taken for 5; anything beyond is cut off at a number
                // that every range refuses.
                let whole = number.as_f64().filter(|it| it.fract() == 0.0);
                let whole = whole.map(|it| it.clamp(-1e9, 1e9) as i64);
                (
                    exact.or(whole),
                    "int_from_float",
                    "Input should be a valid integer, got a number with a fractional part",
                )
            }
            Value::String(text) => (
                text.trim().parse().ok(),
                "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer",
            ),
            _ => (None, "int_type", "Input should be a valid integer"),
        };
        if parsed.is_none() {
            self.faults.push(fault(kind, name, message, value));
        }
        parsed
    }
}
