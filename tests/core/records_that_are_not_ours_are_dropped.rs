//! Storage is anybody's: another version's, another script's, a half-written one.

use crate::harness::{HOUR, LIFE, MINUTE, Visit, json};
use proptest::prelude::*;
use slidewright::job::{Event, Phase, Record, Resumed, Role};
use slidewright::json::Json;
use slidewright::provider::JobId;

const NOW: u64 = 1_780_000_000_000;

const PHASES: [Phase; 5] = [
    Phase::Sent,
    Phase::Open,
    Phase::Stopped,
    Phase::Done,
    Phase::Failed,
];

fn record(phase: Phase) -> Record {
    Record {
        key: "0f8fad5b-d9cb-469f-a165-70867728950e".into(),
        place: "deck".into(),
        digest: "0123456789abcdef".into(),
        job: JobId::parse("task-1").filter(|_| phase != Phase::Sent),
        phase,
        began: NOW - HOUR,
        watched: 42_000,
        left: true,
        fetched: true,
    }
}

fn read(json: &Json) -> Option<Record> {
    Record::read(json, NOW, LIFE)
}

/// A record with one member changed, or without it.
fn with(phase: Phase, name: &str, value: Option<Json>) -> Json {
    let Json::Map(mut members) = record(phase).to_json() else {
        panic!("a record is an object");
    };
    members.retain(|(of, _)| of != name);
    members.extend(value.map(|value| (name.into(), value)));
    Json::Map(members)
}

#[test]
fn each_phase_is_read_as_it_was_written() {
    for phase in PHASES {
        assert_eq!(read(&record(phase).to_json()), Some(record(phase)));
    }
}

#[test]
fn without_any_of_its_members() {
    for phase in PHASES {
        for name in ["v", "key", "place", "digest", "phase", "began", "watched"] {
            assert_eq!(read(&with(phase, name, None)), None, "{name}");
        }
        let without_job = read(&with(phase, "job", None));
        assert_eq!(without_job.is_some(), phase == Phase::Sent);
        for name in ["left", "fetched"] {
            assert!(
                read(&with(phase, name, None)).is_some(),
                "no is not written"
            );
        }
    }
}

#[test]
fn with_any_member_of_another_kind() {
    let odd = [
        Json::Null,
        Json::Bool(true),
        Json::Number(-1.0),
        Json::Number(1e300),
        Json::Number(f64::NAN),
        Json::Number(f64::INFINITY),
        Json::List(vec![]),
        Json::List(vec!["deck".into()]),
        Json::map(),
        Json::Text("-1".into()),
        Json::Text("1e3".into()),
        Json::Text("x".repeat(300)),
        Json::Text("a\u{0}b".into()),
        Json::Text("a\nb".into()),
        Json::Text("\u{85}".into()),
    ];
    for phase in PHASES {
        for name in ["v", "phase", "began", "watched"] {
            for value in &odd {
                let json = with(phase, name, Some(value.clone()));
                assert_eq!(read(&json), None, "{name}: {value:?}");
            }
        }
        for name in ["key", "place", "digest", "job"] {
            for value in &odd {
                let plain = value.text().is_some_and(|text| text.len() < 10);
                let plain = plain && !value.text().expect("a text").contains(char::is_control);
                // An intent that names no job is one that has none.
                let none = name == "job" && phase == Phase::Sent && *value == Json::Null;
                if !plain && !none {
                    let json = with(phase, name, Some(value.clone()));
                    assert_eq!(read(&json), None, "{phase:?} {name}: {value:?}");
                }
            }
        }
    }
    assert_eq!(read(&with(Phase::Open, "key", Some("".into()))), None);
}

#[test]
fn a_flag_of_another_kind_is_not_set() {
    for name in ["left", "fetched"] {
        for value in [Json::Null, "true".into(), Json::Number(1.0), Json::map()] {
            let found = read(&with(Phase::Done, name, Some(value)));
            let flag = found.map(|it| if name == "left" { it.left } else { it.fetched });
            assert_ne!(flag, Some(true), "{name}");
        }
    }
}

#[test]
fn with_an_id_that_no_service_gave() {
    let long = "j".repeat(257);
    for id in [
        "",
        " ",
        "..",
        ".",
        " task-1",
        "task-1 ",
        "a\u{7}",
        long.as_str(),
    ] {
        let json = with(Phase::Open, "job", Some(id.into()));
        assert_eq!(read(&json), None, "{id:?}");
    }
}

#[test]
fn of_another_version() {
    for version in [0.0, 2.0, 3.0, 1e15] {
        let json = with(Phase::Open, "v", Some(Json::Number(version)));
        assert_eq!(read(&json), None, "{version}");
    }
}

#[test]
fn that_contradict_themselves() {
    let sent_with_a_job = with(Phase::Sent, "job", Some("task-1".into()));
    assert_eq!(read(&sent_with_a_job), None);
    for phase in &PHASES[1..] {
        assert_eq!(read(&with(*phase, "job", None)), None, "{phase:?}");
    }
    for word in ["", "Open", "gone", "open "] {
        let json = with(Phase::Open, "phase", Some(word.into()));
        assert_eq!(read(&json), None, "{word:?}");
    }
}

#[test]
fn that_are_no_objects() {
    for text in ["null", "true", "7", "\"open\"", "[]", "{}", r#"[{"v":1}]"#] {
        assert_eq!(read(&json(text)), None, "{text}");
    }
}

#[test]
fn whose_life_is_over() {
    let json = |began: u64| with(Phase::Done, "began", Some(Json::Number(began as f64)));
    assert!(read(&json(NOW - LIFE)).is_some());
    assert_eq!(read(&json(NOW - LIFE - 1)), None);
    assert_eq!(read(&json(0)), None);
    assert_eq!(Record::read(&json(NOW), NOW + 1, 0), None);
}

/// A clock that was wrong and is put right must cost nobody a deck; but a date that
/// no clock explains is not believed for ever.
#[test]
fn a_clock_that_was_set_back_is_borne_for_a_while() {
    for ahead in [1, MINUTE, 2 * HOUR, 23 * HOUR] {
        let json = with(
            Phase::Open,
            "began",
            Some(Json::Number((NOW + ahead) as f64)),
        );
        assert!(read(&json).is_some(), "{ahead}");
    }
    for ahead in [LIFE + 1, 400 * 24 * HOUR] {
        let json = with(
            Phase::Open,
            "began",
            Some(Json::Number((NOW + ahead) as f64)),
        );
        assert_eq!(read(&json), None, "{ahead}");
    }
}

fn any_record() -> impl Strategy<Value = Record> {
    let name = "[ -~äöß→]{1,40}";
    let id = "[!-~]{3,60}";
    let phase = prop::sample::select(PHASES.to_vec());
    let began = NOW - LIFE..=NOW + LIFE;
    (
        (name, name, "[0-9a-f]{16}", id, phase),
        (began, 0_u64..1 << 53, any::<bool>(), any::<bool>()),
    )
        .prop_map(
            |((key, place, digest, job, phase), (began, watched, left, fetched))| Record {
                key,
                place,
                digest,
                job: JobId::parse(&job).filter(|_| phase != Phase::Sent),
                phase,
                began,
                watched,
                left,
                fetched,
            },
        )
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::Bool),
        any::<f64>().prop_map(Json::Number),
        (0_u64..u64::MAX).prop_map(|number| Json::Number(number as f64)),
        ".{0,300}".prop_map(Json::Text),
        prop::sample::select(vec!["sent", "open", "stopped", "done", "failed", "1"])
            .prop_map(|word| Json::Text(word.into())),
    ];
    leaf.prop_recursive(3, 20, 6, |inner| {
        let name = prop::sample::select(vec![
            "v", "key", "place", "digest", "job", "phase", "began", "watched", "left", "fetched",
            "x",
        ]);
        let members = prop::collection::vec((name.prop_map(String::from), inner.clone()), 0..12);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(Json::List),
            members.prop_map(Json::Map),
        ]
    })
}

proptest! {
    #[test]
    fn any_of_ours_comes_back_through_text(record in any_record()) {
        let text = serde_json::to_string(&record.to_json()).expect("JSON");
        prop_assert_eq!(read(&json(&text)), Some(record));
    }

    /// Whatever is believed is whole, and can be taken up by anybody.
    #[test]
    fn any_other_does_no_harm(
        base in any_record(),
        name in prop::sample::select(vec![
            "v", "key", "place", "digest", "job", "phase", "began", "watched", "left", "fetched",
        ]),
        value in any_json(),
        whole: bool,
        wall: u64,
        life: u64,
        following: bool,
    ) {
        let json = if whole {
            value
        } else {
            let mut json = base.to_json();
            json.put(name, value);
            json
        };
        let Some(record) = Record::read(&json, wall, life) else { return Ok(()) };
        prop_assert_eq!(record.job.is_none(), record.phase == Phase::Sent);
        prop_assert!(record.began.abs_diff(wall) <= life);
        let again = Record::read(&record.to_json(), wall, life);
        prop_assert_eq!(again.as_ref(), Some(&record));

        let mut visit = Visit::new();
        visit.now.wall = wall;
        visit.event(Event::Role(if following { Role::Following } else { Role::Leading }));
        let rounds = Vec::new();
        visit.event(Event::Resume(Box::new(Resumed { record, request: None, rounds, sending: following })));
        for _ in 0..4 {
            if visit.flying.is_some() { visit.reply(crate::harness::ok(crate::harness::WORKING)); }
            visit.pass(MINUTE);
        }
    }

    #[test]
    fn any_document_reads_without_a_panic(json in any_json(), wall: u64, life: u64) {
        let _ = Record::read(&json, wall, life);
    }
}
