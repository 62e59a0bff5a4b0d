//! JSON as it comes (RFC 8259).

use super::{Map, Number, Value};

/// Lists and maps within each other: whoever sends more is not understood.
const DEEPEST: usize = 128;

pub(super) fn read(body: &[u8]) -> Result<Value, usize> {
    let text = std::str::from_utf8(body).map_err(|error| error.valid_up_to())?;
    let mut reader = Reader {
        rest: text,
        deep: 0,
    };
    let value = reader.value();
    reader.space();
    let place = text.len() - reader.rest.len();
    value.filter(|_| place == text.len()).ok_or(place)
}

struct Reader<'a> {
    rest: &'a str,
    deep: usize,
}

impl Reader<'_> {
    fn value(&mut self) -> Option<Value> {
        self.space();
        Some(match self.rest.bytes().next()? {
            b'"' => Value::String(self.text()?),
            b'[' => Value::Array(self.within(Self::list)?),
            b'{' => Value::Object(self.within(Self::map)?),
            b'-' | b'0'..=b'9' => Value::Number(self.number()?),
            _ => self.word()?,
        })
    }

    fn space(&mut self) {
        self.rest = self.rest.trim_start_matches([' ', '\n', '\r', '\t']);
    }

    fn next(&mut self, mark: &str) -> bool {
        self.space();
        self.skip(mark)
    }

    fn skip(&mut self, mark: &str) -> bool {
        let rest = self.rest.strip_prefix(mark);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn word(&mut self) -> Option<Value> {
        let words = [
            ("null", Value::Null),
            ("true", Value::Bool(true)),
            ("false", Value::Bool(false)),
        ];
        let found = words.into_iter().find(|(word, _)| self.skip(word));
        found.map(|(_, value)| value)
    }

    fn within<T>(&mut self, read: fn(&mut Self) -> Option<T>) -> Option<T> {
        self.deep += 1;
        if self.deep > DEEPEST {
            return None;
        }
        self.rest = &self.rest[1..];
        let inner = read(self);
        self.deep -= 1;
        inner
    }

    fn list(&mut self) -> Option<Vec<Value>> {
        let mut items = Vec::new();
        if self.next("]") {
            return Some(items);
        }
        loop {
            items.push(self.value()?);
            if self.next("]") {
                return Some(items);
            }
            self.next(",").then_some(())?;
        }
    }

    fn map(&mut self) -> Option<Map> {
        let mut members = Map::new();
        if self.next("}") {
            return Some(members);
        }
        loop {
            self.space();
            let name = self.text()?;
            self.next(":").then_some(())?;
            let value = self.value()?;
            members.insert(name, value);
            if self.next("}") {
                return Some(members);
            }
            self.next(",").then_some(())?;
        }
    }

    fn text(&mut self) -> Option<String> {
        self.skip("\"").then_some(())?;
        let mut text = String::new();
        loop {
            let at = self
                .rest
                .find(|it| matches!(it, '"' | '\\' | '\0'..='\x1f'))?;
            text.push_str(&self.rest[..at]);
            self.rest = &self.rest[at..];
            if self.skip("\"") {
                return Some(text);
            }
            self.skip("\\").then_some(())?;
            text.push(self.marked()?);
        }
    }

    /// What stands behind a backslash.
    fn marked(&mut self) -> Option<char> {
        let mark = self.rest.chars().next()?;
        self.rest = &self.rest[mark.len_utf8()..];
        Some(match mark {
            '"' | '\\' | '/' => mark,
            'b' => '\u{8}',
            'f' => '\u{c}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => {
                let first = self.unit()?;
                match char::from_u32(first) {
                    Some(letter) => letter,
                    // The first half of a pair.
                    None if first < 0xDC00 && self.skip("\\u") => {
                        let second = self.unit()?.checked_sub(0xDC00).filter(|it| *it < 0x400)?;
                        char::from_u32(0x1_0000 + ((first - 0xD800) << 10) + second)?
                    }
                    None => return None,
                }
            }
            _ => return None,
        })
    }

    fn unit(&mut self) -> Option<u32> {
        let digits = self.rest.get(..4)?;
        let plain = digits.bytes().all(|it| it.is_ascii_hexdigit());
        self.rest = &self.rest[4..];
        u32::from_str_radix(digits, 16).ok().filter(|_| plain)
    }

    fn number(&mut self) -> Option<Number> {
        let all = self.rest;
        self.skip("-");
        if !self.skip("0") {
            self.digits()?;
        }
        if self.skip(".") {
            self.digits()?;
        }
        if self.skip("e") || self.skip("E") {
            let _ = self.skip("+") || self.skip("-");
            self.digits()?;
        }
        Some(Number(all[..all.len() - self.rest.len()].to_owned()))
    }

    /// At least one.
    fn digits(&mut self) -> Option<()> {
        let rest = self.rest.trim_start_matches(|it: char| it.is_ascii_digit());
        let some = rest.len() < self.rest.len();
        self.rest = rest;
        some.then_some(())
    }
}
