//! JSON, read, made and written.
//!
//! What a service worker runs is downloaded, and a library for any type and any number
//! weighs as much as half of the services: here a value is a tree, a number is what was
//! written, and [`json!`] makes each member by a call.

mod reader;

use std::borrow::Cow;
use std::fmt::{self, Display, Formatter, Write};

use crate::WHOLE;

/// Any value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    #[default]
    Null,
    Bool(bool),
    Number(Number),
    String(String),
    Array(Vec<Value>),
    Object(Map),
}

impl Value {
    /// The value that a body is.
    ///
    /// # Errors
    ///
    /// At which byte it is none.
    pub(crate) fn read(body: &[u8]) -> Result<Value, usize> {
        reader::read(body)
    }

    pub(crate) fn is_null(&self) -> bool {
        *self == Value::Null
    }

    /// The member of this name, where it is a map that has one.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Object(members) => members.get(name),
            _ => None,
        }
    }

    /// Makes it a member, where it is a map.
    pub(crate) fn set(&mut self, name: &str, value: Value) {
        if let Value::Object(members) = self {
            members.insert(name.to_owned(), value);
        }
    }

    pub(crate) fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }
}

/// Values by name, in the order of names: of one name, the last counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Map(Vec<(String, Value)>);

impl Map {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn insert(&mut self, name: String, value: Value) {
        match self.place(&name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (name, value)),
        }
    }

    /// A member of a literal: one call each, and nothing else in its place.
    #[inline(never)]
    pub(crate) fn put<T: ToJson + ?Sized>(&mut self, name: &str, value: &T) {
        self.put_value(name, value.to_json());
    }

    #[inline(never)]
    pub(crate) fn put_value(&mut self, name: &str, value: Value) {
        self.insert(name.to_owned(), value);
    }

    pub(crate) fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.place(name).ok()?;
        Some(self.0.remove(at).1)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        let at = self.place(name).ok()?;
        Some(&self.0[at].1)
    }

    pub(crate) fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        let at = self.place(name).ok()?;
        Some(&mut self.0[at].1)
    }

    pub(crate) fn iter_mut(&mut self) -> impl Iterator<Item = (&str, &mut Value)> {
        self.0
            .iter_mut()
            .map(|(name, value)| (name.as_str(), value))
    }

    fn place(&self, name: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|(known, _)| known.as_str().cmp(name))
    }
}

impl<N: Into<String>> FromIterator<(N, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (N, Value)>>(members: I) -> Self {
        let mut map = Map::new();
        for (name, value) in members {
            map.insert(name.into(), value);
        }
        map
    }
}

/// A number as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Number(String);

impl Number {
    /// The number, where it is a whole one, however it is written: 5, 5.0, 50e-1. What is
    /// beyond nine digits is cut off at a number that every range refuses.
    pub(crate) fn whole(&self) -> Option<i64> {
        const MOST: i64 = 1_000_000_000;
        if !WHOLE {
            // As scripts write them.
            return self.0.parse().ok();
        }
        let text = self.0.trim_start_matches('-');
        let sign = if text.len() < self.0.len() { -1 } else { 1 };
        let (digits, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (before, after) = digits.split_once('.').unwrap_or((digits, ""));
        let all = [before, after].concat();
        let significant = all.trim_end_matches('0');
        // A power that is no i32 is past any range, to the one side or the other.
        let power = power.strip_prefix('+').unwrap_or(power);
        let power = power.parse().unwrap_or(if power.starts_with('-') {
            i32::MIN
        } else {
            i32::MAX
        });
        let zeros = i64::from(power) - after.len() as i64 + (all.len() - significant.len()) as i64;
        let significant = significant.trim_start_matches('0');
        let length = significant.len() as i64;
        match (significant, zeros) {
            ("", _) => Some(0),
            (_, ..0) => None,
            (_, zeros) if length + zeros > 9 => Some(sign * MOST),
            (_, zeros) => {
                let digits = [significant, &"0".repeat(zeros as usize)].concat();
                digits.parse::<i64>().ok().map(|number| sign * number)
            }
        }
    }
}

impl Display for Number {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::Null => f.write_str("null"),
            Value::Bool(flag) => f.write_str(if *flag { "true" } else { "false" }),
            Value::Number(number) => f.write_str(&number.0),
            Value::String(text) => quoted(f, text),
            Value::Array(items) => {
                f.write_char('[')?;
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        f.write_char(',')?;
                    }
                    item.fmt(f)?;
                }
                f.write_char(']')
            }
            Value::Object(Map(members)) => {
                f.write_char('{')?;
                for (at, (name, value)) in members.iter().enumerate() {
                    if at > 0 {
                        f.write_char(',')?;
                    }
                    quoted(f, name)?;
                    f.write_char(':')?;
                    value.fmt(f)?;
                }
                f.write_char('}')
            }
        }
    }
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_char('"')?;
    let mut rest = text;
    while let Some(at) = rest.find(|it| matches!(it, '"' | '\\' | '\0'..='\x1f')) {
        let (plain, marked) = rest.split_at(at);
        f.write_str(plain)?;
        match marked.as_bytes()[0] {
            b'"' => f.write_str("\\\""),
            b'\\' => f.write_str("\\\\"),
            b'\n' => f.write_str("\\n"),
            b'\r' => f.write_str("\\r"),
            b'\t' => f.write_str("\\t"),
            other => write!(f, "\\u{other:04x}"),
        }?;
        rest = &marked[1..];
    }
    f.write_str(rest)?;
    f.write_char('"')
}

/// A [`Value`] of a literal in which any expression may stand for a value.
macro_rules! json {
    (null) => {
        $crate::json::Value::Null
    };
    ([ $($items:tt)* ]) => {{
        #[allow(unused_mut)]
        let mut list = $crate::json::nothing();
        $crate::json::json!(@list list $($items)* ,);
        $crate::json::Value::Array(list)
    }};
    ({ $($members:tt)* }) => {{
        #[allow(unused_mut)]
        let mut map = $crate::json::Map::new();
        $crate::json::json!(@map map $($members)* ,);
        $crate::json::Value::Object(map)
    }};

    (@list $list:ident $(,)?) => {};
    (@list $list:ident null, $($rest:tt)*) => {
        $list.push($crate::json::Value::Null);
        $crate::json::json!(@list $list $($rest)*)
    };
    (@list $list:ident [$($item:tt)*], $($rest:tt)*) => {
        $list.push($crate::json::json!([$($item)*]));
        $crate::json::json!(@list $list $($rest)*)
    };
    (@list $list:ident {$($item:tt)*}, $($rest:tt)*) => {
        $list.push($crate::json::json!({$($item)*}));
        $crate::json::json!(@list $list $($rest)*)
    };
    (@list $list:ident $item:expr, $($rest:tt)*) => {
        $list.push($crate::json::ToJson::to_json(&$item));
        $crate::json::json!(@list $list $($rest)*)
    };
    (@map $map:ident $(,)?) => {};
    (@map $map:ident $name:tt: null, $($rest:tt)*) => {
        $map.put($name, &$crate::json::Value::Null);
        $crate::json::json!(@map $map $($rest)*)
    };
    (@map $map:ident $name:tt: [$($item:tt)*], $($rest:tt)*) => {
        $map.put_value($name, $crate::json::json!([$($item)*]));
        $crate::json::json!(@map $map $($rest)*)
    };
    (@map $map:ident $name:tt: {$($item:tt)*}, $($rest:tt)*) => {
        $map.put_value($name, $crate::json::json!({$($item)*}));
        $crate::json::json!(@map $map $($rest)*)
    };
    (@map $map:ident $name:tt: $item:expr, $($rest:tt)*) => {
        $map.put($name, &$item);
        $crate::json::json!(@map $map $($rest)*)
    };

    ($value:expr) => {
        $crate::json::ToJson::to_json(&$value)
    };
}

pub(crate) use json;

/// For [`json!`]: a list to be filled.
pub(crate) fn nothing() -> Vec<Value> {
    Vec::new()
}

/// What can stand in JSON.
pub(crate) trait ToJson {
    /// The same as JSON.
    fn to_json(&self) -> Value;
}

impl ToJson for str {
    fn to_json(&self) -> Value {
        Value::String(self.to_owned())
    }
}

impl ToJson for String {
    fn to_json(&self) -> Value {
        self.as_str().to_json()
    }
}

impl ToJson for Cow<'_, str> {
    fn to_json(&self) -> Value {
        self.as_ref().to_json()
    }
}

impl ToJson for bool {
    fn to_json(&self) -> Value {
        Value::Bool(*self)
    }
}

macro_rules! numbers {
    ($($kind:ty)*) => {
        $(impl ToJson for $kind {
            fn to_json(&self) -> Value {
                Value::Number(Number(self.to_string()))
            }
        })*
    };
}

numbers!(u16 u32 u64 usize i32 i64);

impl ToJson for Value {
    fn to_json(&self) -> Value {
        self.clone()
    }
}

impl ToJson for Map {
    fn to_json(&self) -> Value {
        Value::Object(self.clone())
    }
}

impl<T: ToJson> ToJson for [T] {
    fn to_json(&self) -> Value {
        Value::Array(self.iter().map(T::to_json).collect())
    }
}

impl<T: ToJson, const N: usize> ToJson for [T; N] {
    fn to_json(&self) -> Value {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    fn to_json(&self) -> Value {
        self.as_slice().to_json()
    }
}

impl<T: ToJson> ToJson for Option<T> {
    fn to_json(&self) -> Value {
        self.as_ref().map_or(Value::Null, T::to_json)
    }
}

impl<T: ToJson + ?Sized> ToJson for &T {
    fn to_json(&self) -> Value {
        (*self).to_json()
    }
}
