//! Reading a JSON body field by field, and what is wrong with it.
//!
//! All faults are collected, each with its place; how a service words them is
//! the dialect's affair. The kinds and messages are those of the framework that
//! the first of the services is built on.

use crate::json::{Map, Value, json};
use crate::{Request, WHOLE};

/// One thing that is wrong with a body.
#[derive(Clone, Debug)]
pub(super) struct Fault {
    pub(super) kind: &'static str,
    /// Where: `"body"`, then names and positions.
    pub(super) place: Vec<Value>,
    pub(super) message: String,
    input: Value,
    context: Option<Value>,
}

impl Fault {
    pub(super) fn new(kind: &'static str, place: Vec<Value>, message: &str, input: &Value) -> Self {
        Self {
            kind,
            place,
            message: message.to_owned(),
            input: input.clone(),
            context: None,
        }
    }

    /// An absent field of the body itself.
    pub(super) fn missing(name: &str, input: &Value) -> Self {
        let place = vec![json!("body"), json!(name)];
        Self::new("missing", place, "Field required", input)
    }

    /// A word of the body that is none of those allowed.
    pub(super) fn not_among(place: Vec<Value>, words: &[&str], input: &Value) -> Self {
        let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        let expected = match quoted.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => String::new(),
        };
        let message = format!("Input should be {expected}");
        Self {
            context: Some(json!({"expected": expected})),
            ..Self::new("enum", place, &message, input)
        }
    }

    /// The fault with everything that is known of it.
    pub(super) fn whole(&self) -> Value {
        let mut fault = self.short();
        fault.set("input", self.input.clone());
        if let Some(context) = &self.context {
            fault.set("ctx", context.clone());
        }
        fault
    }

    /// The fault without what the caller sent.
    pub(super) fn short(&self) -> Value {
        json!({"type": self.kind, "loc": self.place, "msg": self.message})
    }

    /// `a.2.b: message`.
    fn line(&self) -> String {
        let steps = self.place.iter().skip(1).map(|step| match step {
            Value::String(name) => name.clone(),
            other => other.to_string(),
        });
        match steps.collect::<Vec<_>>().join(".") {
            place if place.is_empty() => self.message.clone(),
            place => format!("{place}: {}", self.message),
        }
    }
}

/// Several faults as one line.
pub(super) fn lines(faults: &[Fault]) -> String {
    let lines: Vec<String> = faults.iter().map(Fault::line).collect();
    lines.join("; ")
}

/// The body as a JSON object, or the one thing that is wrong with it.
pub(super) fn object(request: &Request) -> Result<Map, Vec<Fault>> {
    let body = || vec![json!("body")];
    if request.body.is_empty() {
        let message = "Field required";
        return Err(vec![Fault::new("missing", body(), message, &Value::Null)]);
    }
    let kind = request
        .first("content-type")
        .unwrap_or("application/json")
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if kind != "application/json" && !kind.ends_with("+json") {
        let text = String::from_utf8_lossy(&request.body).into_owned();
        return Err(vec![not_an_object(body(), &json!(text))]);
    }
    match Value::read(&request.body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(other) => Err(vec![not_an_object(body(), &other)]),
        Err(byte) => {
            let place = vec![json!("body"), json!(byte)];
            Err(vec![Fault {
                context: Some(json!({"error": "Expecting value"})),
                ..Fault::new("json_invalid", place, "JSON decode error", &json!({}))
            }])
        }
    }
}

/// Reads a body whose types are strict. What was read counts only where nothing
/// is wrong.
pub(super) fn read<T>(
    request: &Request,
    read: impl FnOnce(&mut Fields<'_, '_>) -> T,
) -> Result<T, Vec<Fault>> {
    let body = object(request)?;
    let mut faults = Vec::new();
    let read = read(&mut Fields::strict(&body, &mut faults));
    match faults.is_empty() {
        true => Ok(read),
        false => Err(faults),
    }
}

fn not_an_object(place: Vec<Value>, input: &Value) -> Fault {
    Fault::new(
        "model_attributes_type",
        place,
        "Input should be a valid dictionary or object to extract fields from",
        input,
    )
}

/// Reads the fields of one object and collects what is wrong with them.
pub(super) struct Fields<'a, 'f> {
    body: &'a Map,
    place: Vec<Value>,
    faults: &'f mut Vec<Fault>,
    /// "5" is taken for 5 and "true" for true.
    lax: bool,
}

impl<'a, 'f> Fields<'a, 'f> {
    /// For services that take "5" for 5.
    pub(super) fn lax(body: &'a Map, faults: &'f mut Vec<Fault>) -> Self {
        Self {
            lax: true,
            ..Self::strict(body, faults)
        }
    }

    fn strict(body: &'a Map, faults: &'f mut Vec<Fault>) -> Self {
        Self {
            body,
            place: vec![json!("body")],
            faults,
            lax: false,
        }
    }

    pub(super) fn present(&self, name: &str) -> Option<&'a Value> {
        self.body.get(name)
    }

    /// The field where it is there and, if it may be null, is not.
    fn given(&self, name: &str, nullable: bool) -> Option<&'a Value> {
        self.present(name)
            .filter(|value| !(nullable && value.is_null()))
    }

    /// Whether the field is there; if not, that is a fault.
    pub(super) fn needs(&mut self, name: &str) -> bool {
        let present = self.present(name).is_some();
        if !present {
            let input = Value::Object(self.body.clone());
            self.fault("missing", name, "Field required", &input);
        }
        present
    }

    pub(super) fn fault(&mut self, kind: &'static str, name: &str, message: &str, input: &Value) {
        let place = self.at(&[json!(name)]);
        self.faults.push(Fault::new(kind, place, message, input));
    }

    /// A fault of the object as a whole.
    pub(super) fn fault_here(&mut self, kind: &'static str, message: &str) {
        let input = Value::Object(self.body.clone());
        let place = self.place.clone();
        self.faults.push(Fault::new(kind, place, message, &input));
    }

    fn at(&self, steps: &[Value]) -> Vec<Value> {
        [self.place.as_slice(), steps].concat()
    }

    /// The fields of an object that lies so many steps further in.
    pub(super) fn inside(&mut self, steps: &[Value], value: &'a Value) -> Option<Fields<'a, '_>> {
        let place = self.at(steps);
        match value {
            Value::Object(body) => Some(Fields {
                body,
                place,
                faults: self.faults,
                lax: self.lax,
            }),
            other => {
                self.faults.push(not_an_object(place, other));
                None
            }
        }
    }

    /// The fields of an object that may be left out.
    pub(super) fn group(&mut self, name: &str) -> Option<Fields<'a, '_>> {
        let value = self.given(name, true)?;
        self.inside(&[json!(name)], value)
    }

    pub(super) fn text(&mut self, name: &str, nullable: bool) -> Option<String> {
        match self.given(name, nullable)? {
            Value::String(text) => Some(text.clone()),
            other => {
                let message = "Input should be a valid string";
                self.fault("string_type", name, message, other);
                None
            }
        }
    }

    pub(super) fn needed_text(&mut self, name: &str) -> Option<String> {
        if self.needs(name) {
            self.text(name, false)
        } else {
            None
        }
    }

    /// A text that must be there and say something.
    pub(super) fn words(&mut self, name: &str) -> Option<String> {
        let text = self.needed_text(name)?;
        if text.trim().is_empty() {
            let message = "String should not be blank";
            self.fault("string_too_short", name, message, &json!(text));
            return None;
        }
        Some(text)
    }

    /// A text of at most so many characters.
    pub(super) fn short_text(&mut self, name: &str, most: usize) -> Option<String> {
        let text = self.text(name, true)?;
        if text.chars().count() > most {
            let message = format!("String should have at most {most} characters");
            self.fault("string_too_long", name, &message, &json!(text));
            return None;
        }
        Some(text)
    }

    pub(super) fn texts(&mut self, name: &str) -> Vec<String> {
        let mut texts = Vec::new();
        for (at, item) in self.list(name).iter().enumerate() {
            match item {
                Value::String(text) => texts.push(text.clone()),
                other => {
                    let place = self.at(&[json!(name), json!(at)]);
                    let message = "Input should be a valid string";
                    let fault = Fault::new("string_type", place, message, other);
                    self.faults.push(fault);
                }
            }
        }
        texts
    }

    pub(super) fn needed_list(&mut self, name: &str) -> Option<&'a [Value]> {
        if !self.needs(name) {
            return None;
        }
        match self.given(name, false)? {
            Value::Array(items) => Some(items),
            other => {
                let message = "Input should be a valid list";
                self.fault("list_type", name, message, other);
                None
            }
        }
    }

    pub(super) fn list(&mut self, name: &str) -> &'a [Value] {
        match self.given(name, true) {
            None => &[],
            Some(Value::Array(items)) => items,
            Some(other) => {
                let message = "Input should be a valid list";
                self.fault("list_type", name, message, other);
                &[]
            }
        }
    }

    /// What is read from each object of a list that may be left out.
    pub(super) fn each<T>(
        &mut self,
        name: &str,
        mut read: impl FnMut(&mut Fields<'a, '_>) -> T,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (at, item) in self.list(name).iter().enumerate() {
            if let Some(mut fields) = self.inside(&[json!(name), json!(at)], item) {
                all.push(read(&mut fields));
            }
        }
        all
    }

    pub(super) fn choice(&mut self, name: &str, words: &[&str], nullable: bool) -> Option<String> {
        let value = self.given(name, nullable)?;
        match value.as_str().filter(|word| words.contains(word)) {
            Some(word) => Some(word.to_owned()),
            None => {
                let place = self.at(&[json!(name)]);
                self.faults.push(Fault::not_among(place, words, value));
                None
            }
        }
    }

    /// A flag that is off unless it is given; null is as good as absent.
    pub(super) fn switch(&mut self, name: &str) -> bool {
        self.given(name, true).is_some() && self.flag(name, false)
    }

    pub(super) fn flag(&mut self, name: &str, absent: bool) -> bool {
        let Some(value) = self.present(name) else {
            return absent;
        };
        let parsed = match value {
            Value::Bool(flag) => Some(*flag),
            Value::Number(number) if self.lax => match number.whole() {
                Some(0) => Some(false),
                Some(1) => Some(true),
                _ => None,
            },
            Value::String(text) if self.lax => match text.to_ascii_lowercase().as_str() {
                "true" | "t" | "yes" | "y" | "on" | "1" => Some(true),
                "false" | "f" | "no" | "n" | "off" | "0" => Some(false),
                _ => None,
            },
            _ => None,
        };
        parsed.unwrap_or_else(|| {
            let (kind, message) = match value {
                Value::String(_) | Value::Number(_) if self.lax => (
                    "bool_parsing",
                    "Input should be a valid boolean, unable to interpret input",
                ),
                _ => ("bool_type", "Input should be a valid boolean"),
            };
            self.fault(kind, name, message, value);
            absent
        })
    }

    pub(super) fn whole(&mut self, name: &str, nullable: bool) -> Option<i64> {
        let value = self.given(name, nullable)?;
        let (parsed, kind, message) = match value {
            Value::Number(number) => (
                number.whole(),
                "int_from_float",
                "Input should be a valid integer, got a number with a fractional part",
            ),
            Value::String(text) if self.lax => (
                text.trim().parse().ok(),
                "int_parsing",
                "Input should be a valid integer, unable to parse string as an integer",
            ),
            _ => (None, "int_type", "Input should be a valid integer"),
        };
        if parsed.is_none() {
            self.fault(kind, name, message, value);
        }
        parsed
    }

    /// A whole number that is checked for its range, too.
    pub(super) fn count(&mut self, name: &str, least: i64, most: i64) -> Option<usize> {
        let number = self.whole(name, true)?;
        let (kind, message) = if number < least {
            (
                "greater_than_equal",
                format!("Input should be greater than or equal to {least}"),
            )
        } else if number > most {
            (
                "less_than_equal",
                format!("Input should be less than or equal to {most}"),
            )
        } else {
            return usize::try_from(number).ok();
        };
        self.fault(kind, name, &message, &json!(number));
        None
    }

    pub(super) fn number(&mut self, name: &str) {
        let fits = |value: &Value| match value {
            Value::Number(_) => true,
            Value::String(text) if self.lax => !WHOLE || is_number(text.trim()),
            _ => false,
        };
        if let Some(value) = self.given(name, true).filter(|value| !fits(value)) {
            self.fault("float_type", name, "Input should be a valid number", value);
        }
    }
}

/// Whether a text can be taken for a number, a whole one or not.
fn is_number(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let power = power.strip_prefix(['+', '-']).unwrap_or(power);
    let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |it: &str| it.bytes().all(|it| it.is_ascii_digit());
    let some = !before.is_empty() || !after.is_empty();
    some && are_digits(before) && are_digits(after) && !power.is_empty() && are_digits(power)
}
