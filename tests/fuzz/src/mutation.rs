//! Changes to JSON that leave it JSON: chance alone breaks the syntax first, and
//! what comes after the decoder hears little of it.

use crate::{document, parse};
use slidewright::job::Chance;
use slidewright::json::Json;

/// What a service should not say where it could.
const VALUES: [&str; 32] = [
    "null",
    "true",
    "false",
    "0",
    "-1",
    "2.5",
    "1e300",
    "100",
    "4294967296",
    "9007199254740992",
    "[]",
    "{}",
    "[[]]",
    r#""""#,
    r#"" ""#,
    r#"".""#,
    r#""..""#,
    r#""/""#,
    r#""//evil.example/x""#,
    r#""/\\evil.example""#,
    r#""../x""#,
    r#""javascript:alert(1)""#,
    r#""HTTP://e.example/A.PDF?x#y""#,
    r#""\u202e\u0000\n<script>x</script>""#,
    r#""18446744073709551615""#,
    r#""007""#,
    r#""{id}""#,
    r#""/{id}/{deck}""#,
    r#""/id""#,
    r#""completed""#,
    r#""failed""#,
    r#""pending""#,
];

/// The input with one value of one of its documents changed, which are parted by
/// NULs after so many bytes. Nothing where there is no document.
pub fn mutate(input: &[u8], documents_at: usize, seed: u32) -> Option<Vec<u8>> {
    let mut chance = Chance::new(u64::from(seed) + 1);
    // The first numbers of a small seed are small.
    for _ in 0..8 {
        chance.roll();
    }
    let mut pick = |of: usize| (chance.roll() * of as f64) as usize;
    let (head, documents) = input.split_at_checked(documents_at)?;
    let mut parts: Vec<Vec<u8>> = documents
        .split(|byte| *byte == 0)
        .map(<[u8]>::to_vec)
        .collect();
    let part = pick(parts.len());
    let mut json = parse(std::str::from_utf8(&parts[part]).ok()?)?;
    let places = count(&json);
    let other = place(&mut json, &mut pick(places))?.clone();
    let here = place(&mut json, &mut pick(places))?;
    match pick(8) {
        0 => *here = other,
        1 => swell(here, pick(600)),
        _ => *here = parse(VALUES[pick(VALUES.len())])?,
    }
    parts[part] = document(&json).into_bytes();
    Some([head, &parts.join(&0)].concat())
}

fn count(json: &Json) -> usize {
    1 + match json {
        Json::List(items) => items.iter().map(count).sum(),
        Json::Map(members) => members.iter().map(|(_, item)| count(item)).sum(),
        _ => 0,
    }
}

/// The place of a number, counted as they are written.
fn place<'a>(json: &'a mut Json, left: &mut usize) -> Option<&'a mut Json> {
    if *left == 0 {
        return Some(json);
    }
    *left -= 1;
    match json {
        Json::List(items) => items.iter_mut().find_map(|item| place(item, left)),
        Json::Map(members) => members.iter_mut().find_map(|(_, item)| place(item, left)),
        _ => None,
    }
}

/// The same over and over.
fn swell(json: &mut Json, times: usize) {
    match json {
        Json::Text(text) => *text = text.repeat(times),
        Json::List(items) => *items = items.iter().cycle().take(times).cloned().collect(),
        Json::Map(members) => {
            let (key, item) = members.pop().unwrap_or_default();
            members.push((key, Json::List(vec![item; times])));
        }
        Json::Number(number) => *number *= times as f64,
        Json::Null | Json::Bool(_) => *json = Json::map(),
    }
}
