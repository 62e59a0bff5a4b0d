//! What a page downloads for each entry, as a host sends it that compresses well.

use serde_json::{Map, Value, json};
use slidewright_e2e::project::Project;

use crate::table::cell;

const TABLE: &str = "entries";

/// The files of each entry, as far as they are its own.
const ENTRIES: [(&str, &[&str]); 6] = [
    (
        "slidewright",
        &["slidewright.js", "slidewright-glue.js", "slidewright.wasm"],
    ),
    ("slidewright/inline", &["inline.js"]),
    (
        "slidewright/headless",
        &["headless.js", "headless-glue.js", "headless.wasm"],
    ),
    ("slidewright/headless/inline", &["headless-inline.js"]),
    ("slidewright/react", &["react.js"]),
    ("embed.html", &["embed.js"]),
];

/// Brotli at its best, by file; for what pages download.
const WEIGH: &str = "
import { readdirSync, readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';
const folder = 'node_modules/slidewright/dist/';
const params = { [constants.BROTLI_PARAM_QUALITY]: 11 };
const names = readdirSync(folder).filter((name) => /\\.(js|wasm)$/.test(name));
console.log(JSON.stringify(Object.fromEntries(names.map((name) => {
  const bytes = readFileSync(folder + name);
  return [name, brotliCompressSync(bytes, { params: {
    ...params, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  } }).length];
}))));";

#[tokio::test]
async fn entries_keep_their_weight() {
    let project = Project::open("tests/matrix/plain", None).await;
    let said = project
        .run(&["node", "--input-type=module", "-e", WEIGH], &[])
        .await;
    let mut files: Map<String, Value> = serde_json::from_str(&said).expect("JSON");
    let mut weights = Vec::new();
    for (entry, names) in ENTRIES {
        let parts = names.iter().map(|name| {
            let weight = files
                .remove(*name)
                .unwrap_or_else(|| panic!("there is no {name}"));
            weight.as_u64().expect("a number")
        });
        let weight: u64 = parts.sum();
        cell(TABLE, &format!("`{entry}`"), "bytes", &grouped(weight));
        weights.push(weight);
    }
    assert_eq!(json!(files), json!({}), "files of no entry");
    let [usual, inline, headless, _, react, frame] = weights[..] else {
        panic!("{weights:?}");
    };
    assert!(
        inline * 10 <= usual * 12,
        "{inline} is more than 1.2 times {usual}"
    );
    assert!(
        headless < usual,
        "without a view it weighs {headless}, with one {usual}"
    );
    assert!(react <= 1024, "slidewright/react weighs {react}");
    assert!(frame <= 1200, "embed.js weighs {frame}");
}

/// `121 000`, as the project's papers write it.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let (head, tail) = digits.split_at(digits.len().saturating_sub(3));
    if head.is_empty() {
        tail.to_owned()
    } else {
        format!("{head} {tail}")
    }
}
