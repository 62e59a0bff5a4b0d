//! What a storage says was kept: whoever wrote it, a record that is believed is
//! whole, fresh, and the same when it is written and read again.
//!
//! An input is one record, or a list of them.

use crate::{document, parse};
use slidewright::job::Record;
use slidewright::job::saved::{MOST, surplus, to_take_up};
use slidewright::json::Json;
use slidewright::provider::JobId;

const NOW: u64 = 1_780_000_000_000;

/// A day.
const LIFE: u64 = 86_400_000;

/// Reads one.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(json) = parse(&text) else {
        return;
    };
    let all = match &json {
        Json::List(items) => items.as_slice(),
        one => std::slice::from_ref(one),
    };
    let mut records = Vec::new();
    for json in all {
        if let Some(record) = Record::read(json, NOW, LIFE) {
            is_sound(&record);
            stays_the_same(&record);
            records.push(record);
        }
    }
    few_stay(records);
}

fn is_sound(record: &Record) {
    let Record { key, place, .. } = record;
    assert!(!key.is_empty(), "a record without a key");
    for name in [key, place, &record.digest] {
        assert!(name.len() <= 200 && !name.chars().any(char::is_control));
    }
    assert!(record.began.abs_diff(NOW) <= LIFE, "of another day");
    if let Some(job) = &record.job {
        assert_eq!(JobId::parse(job.as_str()).as_ref(), Some(job));
    }
}

fn stays_the_same(record: &Record) {
    let json = record.to_json();
    assert!(document(&json).len() < 2000, "a record grows");
    let read = |wall, life| Record::read(&json, wall, life);
    assert_eq!(
        read(NOW, LIFE).as_ref(),
        Some(record),
        "it changes in storage"
    );
    // As good as new when it began, and not a moment longer than it may live.
    assert_eq!(read(record.began, 0).as_ref(), Some(record));
    assert_eq!(read(record.began + LIFE, LIFE).as_ref(), Some(record));
    assert_eq!(
        read(record.began + LIFE + 1, LIFE),
        None,
        "it outlives itself"
    );
    // By way of a document, as storage has it.
    let stored = parse(&document(&json)).expect("a record is a document");
    assert_eq!(Record::read(&stored, NOW, LIFE).as_ref(), Some(record));
}

fn few_stay(mut records: Vec<Record>) {
    for record in &records {
        let current = Some(record.key.as_str());
        let taken = to_take_up(&records, &record.place, current);
        assert_eq!(taken.map(|taken| &taken.key), Some(&record.key));
        if let Some(taken) = to_take_up(&records, &record.place, None) {
            assert!(!taken.left, "what was left comes back");
            assert_eq!(taken.place, record.place);
        }
    }
    let over = surplus(&records);
    assert!(over.is_empty() || records.len() > MOST, "one too many goes");
    records.retain(|record| !over.contains(&record.key));
    assert!(records.len() <= MOST, "{} stay", records.len());
}

/// Records in every phase, and what is none.
pub fn seeds() -> Vec<Vec<u8>> {
    let whole = r#"{"v":1,"key":"k1","place":"deck","digest":"0123456789ABCDEF","job":"gen_abc","phase":"open","began":1780000000000,"watched":15000}"#;
    let mut seeds = vec![
        whole.to_string(),
        whole.replace(r#""job":"gen_abc","phase":"open""#, r#""phase":"sent""#),
        whole.replace("open", "sent"),
        whole.replace("1780000000000", "1779913600000"),
        whole.replace("1780000000000", r#""1780000000001""#),
        whole.replace(r#""v":1"#, r#""v":2,"left":true"#),
        whole.replace(r#""v":1"#, r#""v":1,"left":true,"fetched":true"#),
    ];
    for phase in ["stopped", "done", "failed"] {
        seeds.push(whole.replace("open", phase));
    }
    let list: Vec<String> = (1..8)
        .map(|number| whole.replace("k1", &format!("k{number}")))
        .collect();
    seeds.push(format!("[{}]", list.join(",")));
    seeds.into_iter().map(String::into_bytes).collect()
}
