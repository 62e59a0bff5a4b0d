use crate::harness::{COMPLETED, HOUR, Visit, ok};
use proptest::prelude::*;
use slidewright::job::saved::{MOST, surplus, to_take_up};
use slidewright::job::{Phase, Record};
use slidewright::provider::JobId;

fn record(key: &str, began: u64) -> Record {
    Record {
        key: key.into(),
        place: "deck".into(),
        job: JobId::parse(key),
        phase: Phase::Done,
        began,
        ..Record::default()
    }
}

fn fetched(key: &str, began: u64) -> Record {
    Record {
        fetched: true,
        left: true,
        ..record(key, began)
    }
}

fn left(key: &str, began: u64) -> Record {
    Record {
        left: true,
        ..record(key, began)
    }
}

fn elsewhere(key: &str, began: u64) -> Record {
    Record {
        place: "other".into(),
        ..record(key, began)
    }
}

fn taken<'a>(records: &'a [Record], current: Option<&str>) -> Option<&'a str> {
    to_take_up(records, "deck", current).map(|record| record.key.as_str())
}

#[test]
fn the_last_five() {
    assert_eq!(MOST, 5);
    let five: Vec<Record> = (0..5).map(|at| left(&format!("r{at}"), at)).collect();
    assert!(surplus(&five).is_empty());
    let mut six = five;
    six.insert(2, left("oldest", 0));
    six[0].began = 1;
    assert_eq!(surplus(&six), ["oldest"]);
}

#[test]
fn those_that_were_downloaded_go_before_those_that_were_not() {
    let records = [
        left("old", 1),
        record("older, but shown", 0),
        fetched("new, and had", 9),
        left("b", 2),
        left("c", 3),
        left("d", 4),
    ];
    assert_eq!(surplus(&records), ["new, and had"]);
    let more = [&records[..], &[left("e", 5)]].concat();
    assert_eq!(surplus(&more), ["new, and had", "old"]);
}

#[test]
fn what_this_tab_was_at_is_taken_up_first() {
    let records = [record("a", 1), record("b", 2), left("c", 3)];
    assert_eq!(taken(&records, Some("a")), Some("a"));
    assert_eq!(taken(&records, Some("gone")), Some("b"));
    assert_eq!(taken(&records, None), Some("b"), "c was left");
    assert_eq!(taken(&records[2..], None), None);
    assert_eq!(taken(&[], Some("a")), None);
}

#[test]
fn never_that_of_another_widget() {
    let records = [elsewhere("theirs", 9), record("mine", 1)];
    assert_eq!(taken(&records, None), Some("mine"));
    assert_eq!(taken(&records, Some("theirs")), Some("mine"));
    assert_eq!(taken(&records[..1], Some("theirs")), None);
}

/// One after the other, each left for the next: none is lost until there are more
/// than five.
#[test]
fn a_new_submit_never_drops_a_finished_deck() {
    let mut visit = Visit::new();
    for at in 0..5 {
        visit.submit();
        visit.reply(ok(&COMPLETED.replace("task-1", &format!("task-{at}"))));
        visit.step(HOUR);
    }
    assert_eq!(visit.kept.len(), 5);
    assert!(visit.kept.iter().all(|kept| kept.phase == Phase::Done));
    assert!(surplus(&visit.kept).is_empty());
    visit.submit();
    assert_eq!(visit.kept.len(), 6);
    assert_eq!(surplus(&visit.kept), ["key-1"]);
}

fn any_records() -> impl Strategy<Value = Vec<Record>> {
    let one = (0_u64..20, any::<bool>(), any::<bool>(), any::<bool>());
    prop::collection::vec(one, 0..14).prop_map(|all| {
        let named = all.into_iter().enumerate();
        named
            .map(|(at, (began, left, fetched, here))| Record {
                left,
                fetched,
                place: if here { "deck" } else { "other" }.into(),
                ..record(&format!("r{at}"), began)
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn any_surplus_is_the_least_worth(records in any_records()) {
        let over = surplus(&records);
        prop_assert_eq!(over.len(), records.len().saturating_sub(MOST));
        let gone = |record: &&Record| over.contains(&record.key);
        let worth = |record: &Record| (!record.fetched, !record.left, record.began);
        let best_gone = records.iter().filter(gone).map(worth).max();
        let worst_kept = records.iter().filter(|it| !gone(it)).map(worth).min();
        if let (Some(gone), Some(kept)) = (best_gone, worst_kept) {
            prop_assert!(gone <= kept);
        }
    }

    #[test]
    fn any_that_is_taken_up_is_the_newest_of_its_place(records in any_records(), current in 0_usize..20) {
        let current = format!("r{current}");
        match to_take_up(&records, "deck", Some(&current)) {
            Some(found) => {
                prop_assert_eq!(found.place.as_str(), "deck");
                let rivals = records.iter().filter(|it| it.place == "deck");
                for rival in rivals {
                    prop_assert!(found.key == current || rival.key != current);
                    prop_assert!(found.key == current || rival.left || rival.began <= found.began);
                }
                prop_assert!(found.key == current || !found.left);
            }
            None => prop_assert!(records.iter().all(|it| it.place != "deck" || it.left && it.key != current)),
        }
    }
}
