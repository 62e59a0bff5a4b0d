//! The neutral tree that every reply becomes before a provider reads it.
//!
//! Decoders disagree on numbers (`5.0`, `1e2`, 2^53 + 1) and on duplicate keys;
//! the tree is where that stops: every number is an `f64`, and of duplicate keys
//! the last one counts. Pages fill it from what the browser parsed
//! (`browser::parse`), native tests through serde.

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

/// How deep a document may nest before it is refused, unread: decoders recurse,
/// and a page's stack ends in a trap that kills every widget on it.
pub const DEEPEST: usize = 64;

/// Integers up to here are exact in an `f64`.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Any JSON document.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Json {
    /// `null`, and whatever a decoder has no better word for.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order in which it was written.
    Map(Vec<(String, Json)>),
}

impl Json {
    /// An object without members.
    pub fn map() -> Json {
        Json::Map(Vec::new())
    }

    /// The member `key` of an object; nothing where this is no object, or has no
    /// such member.
    #[inline(never)]
    pub fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Map(members) => members
                .iter()
                .rev()
                .find_map(|(name, value)| (name == key).then_some(value)),
            _ => None,
        }
    }

    /// The member of a member: `reply.at(&["data", "path"])`.
    pub fn at(&self, path: &[&str]) -> Option<&Json> {
        path.iter().try_fold(self, |here, key| here.get(key))
    }

    /// What a JSON pointer (RFC 6901) points at; escapes (`~0`, `~1`) are not
    /// read, since no service has such names.
    #[inline(never)]
    pub fn pointer(&self, pointer: &str) -> Option<&Json> {
        let mut here = self;
        for key in pointer.split('/').skip(1) {
            here = match here {
                Json::List(items) => items.get(usize::try_from(crate::text::number(key)?).ok()?)?,
                other => other.get(key)?,
            };
        }
        Some(here)
    }

    /// Sets what a pointer points at, making objects on the way.
    pub fn put_at(&mut self, pointer: &str, value: Json) {
        let pointer = pointer.strip_prefix('/').unwrap_or(pointer);
        match pointer.split_once('/') {
            None => self.put_json(pointer, value),
            Some((key, rest)) => {
                let mut inner = self.get(key).cloned().unwrap_or_else(Json::map);
                inner.put_at(rest, value);
                self.put_json(key, inner);
            }
        }
    }

    /// The string that a member is.
    #[inline(never)]
    pub fn text_of(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// The amount that a member is, as [`amount`](Json::amount) reads it.
    #[inline(never)]
    pub fn amount_of(&self, key: &str) -> Option<u64> {
        self.get(key)?.amount()
    }

    /// The string, where this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, where this is a list; none otherwise.
    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    /// A count or an amount that makes sense: finite, not negative, from a
    /// number or from the digits of a string, since services mix them up.
    pub fn amount(&self) -> Option<u64> {
        match self {
            Json::Number(number) if *number >= 0.0 && *number <= EXACT => Some(*number as u64),
            // No more than a number can say exactly, since it may become one.
            Json::Text(text) => {
                crate::text::number(text.trim()).filter(|amount| *amount <= EXACT as u64)
            }
            _ => None,
        }
    }

    /// An identifier: a string, or an integer's digits.
    pub fn identifier(&self) -> Option<String> {
        match self {
            Json::Text(text) => Some(text.clone()),
            Json::Number(_) => self.amount().map(crate::text::digits),
            _ => None,
        }
    }

    /// Sets a member of an object, replacing one of the same name; anything else
    /// becomes an object first.
    pub fn put(&mut self, key: &str, value: impl Into<Json>) {
        self.put_json(key, value.into());
    }

    #[inline(never)]
    fn put_json(&mut self, key: &str, value: Json) {
        if let Json::Map(members) = self {
            members.retain(|(name, _)| name != key);
            members.push((key.into(), value));
        } else {
            *self = Json::Map(vec![(key.into(), value)]);
        }
    }

    /// Lays the members of `over` over this object's; an explicit `null` removes
    /// the member. Anything but an object on top changes nothing.
    pub fn merge(&mut self, over: &Json) {
        let Json::Map(members) = over else { return };
        for (key, value) in members {
            if *value == Json::Null {
                if let Json::Map(mine) = self {
                    mine.retain(|(name, _)| name != key);
                }
            } else {
                self.put(key, value.clone());
            }
        }
    }
}

impl Json {
    /// Like [`merge`](Json::merge), for layers that are to be merged later: a
    /// `null` stays, and removes then.
    pub fn merge_keeping_nulls(&mut self, over: &Json) {
        if let Json::Map(members) = over {
            for (key, value) in members {
                self.put(key, value.clone());
            }
        }
    }
}

impl From<&str> for Json {
    fn from(text: &str) -> Json {
        Json::Text(text.into())
    }
}

impl From<bool> for Json {
    fn from(value: bool) -> Json {
        Json::Bool(value)
    }
}

impl From<u32> for Json {
    fn from(number: u32) -> Json {
        Json::Number(f64::from(number))
    }
}

/// Whether a document nests no deeper than [`DEEPEST`]. Looks at brackets alone,
/// in one pass and without recursion, so it is safe on any text.
pub fn is_shallow(document: &str) -> bool {
    let mut depth = 0_usize;
    let mut in_string = false;
    let mut escaped = false;
    for byte in document.bytes() {
        if in_string {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => in_string = false,
                _ => {}
            }
        } else {
            match byte {
                b'"' => in_string = true,
                b'[' | b'{' => depth = depth.saturating_add(1),
                b']' | b'}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEEPEST {
                return false;
            }
        }
    }
    true
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Json, D::Error> {
        from.deserialize_any(Tree)
    }
}

struct Tree;

impl<'de> Visitor<'de> for Tree {
    type Value = Json;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Json, E> {
        Ok(Json::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Json, E> {
        Ok(Json::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(text.into())
    }

    fn visit_string<E>(self, text: String) -> Result<Json, E> {
        Ok(Json::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Json::Map(members))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => to.serialize_unit(),
            Json::Bool(value) => to.serialize_bool(*value),
            // A count must leave as `5`, not `5.0`: strict services tell them apart.
            // Below that alone: browsers refuse the bound itself as a whole number.
            Json::Number(number) if number.fract() == 0.0 && number.abs() < EXACT => {
                to.serialize_i64(*number as i64)
            }
            Json::Number(number) => to.serialize_f64(*number),
            Json::Text(text) => to.serialize_str(text),
            Json::List(items) => {
                let mut list = to.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Json::Map(members) => {
                let mut map = to.serialize_map(Some(members.len()))?;
                for (key, value) in members {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}
