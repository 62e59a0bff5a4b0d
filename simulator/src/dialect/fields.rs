//! A JSON body, read field by field, for services that stop at the first fault
//! and tell it in one line. Null counts as absent.

use serde_json::{Map, Value};

use crate::Request;

/// The fields of a JSON object. Faults name the field.
#[derive(Debug)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    pub(super) fn read(request: &Request) -> Result<Self, String> {
        let kind = request.first("content-type").unwrap_or("application/json");
        let kind = kind.split(';').next().unwrap_or_default().trim();
        if !kind.eq_ignore_ascii_case("application/json") {
            return Err("Content-Type must be application/json".to_owned());
        }
        match serde_json::from_slice(&request.body) {
            Ok(Value::Object(fields)) => Ok(Self(fields)),
            Ok(_) => Err("The body must be a JSON object".to_owned()),
            Err(_) => Err("The body is not valid JSON".to_owned()),
        }
    }

    pub(super) fn value(&self, name: &str) -> Option<&Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, String> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let text = value.as_str().ok_or(format!("{name} must be a string"));
        text.map(Some)
    }

    /// A text that must be there and say something.
    pub(super) fn needed(&self, name: &str) -> Result<&str, String> {
        let text = self.text(name)?.filter(|text| !text.trim().is_empty());
        text.ok_or(format!("{name} is required"))
    }

    pub(super) fn choice(&self, name: &str, words: &[&str]) -> Result<Option<&str>, String> {
        let word = self.text(name)?;
        if word.is_some_and(|word| !words.contains(&word)) {
            return Err(format!("{name} must be one of {}", words.join(", ")));
        }
        Ok(word)
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, String> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(_) => Err(format!("{name} must be a boolean")),
        }
    }

    /// A whole number within limits.
    pub(super) fn whole(&self, name: &str, least: u64, most: u64) -> Result<Option<u64>, String> {
        let Some(value) = self.value(name) else {
            return Ok(None);
        };
        let number = value.as_u64().filter(|it| (least..=most).contains(it));
        let expected = format!("{name} must be a whole number from {least} to {most}");
        number.ok_or(expected).map(Some)
    }

    pub(super) fn texts(&self, name: &str) -> Result<Vec<&str>, String> {
        let items = self.list(name)?.iter();
        let texts: Option<Vec<&str>> = items.map(Value::as_str).collect();
        texts.ok_or(format!("{name} must be a list of strings"))
    }

    /// A list of objects, taken out of the body.
    pub(super) fn objects(&mut self, name: &str) -> Result<Vec<Fields>, String> {
        self.list(name)?;
        let Some(Value::Array(items)) = self.0.remove(name) else {
            return Ok(Vec::new());
        };
        let items = items.into_iter().map(|item| match item {
            Value::Object(fields) => Ok(Fields(fields)),
            _ => Err(format!("{name} must be a list of objects")),
        });
        items.collect()
    }

    fn list(&self, name: &str) -> Result<&[Value], String> {
        match self.value(name) {
            None => Ok(&[]),
            Some(Value::Array(items)) => Ok(items),
            Some(_) => Err(format!("{name} must be a list")),
        }
    }
}
