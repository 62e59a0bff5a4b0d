use crate::harness::{Visit, ok, request};
use proptest::prelude::*;
use slidewright::request::Field;

fn duomi() -> Visit {
    let provider = crate::harness::described("duomi");
    let mut visit = Visit::at("duomi");
    visit.submit_request(request(&*provider, &[(Field::Outline, "# Bees")]));
    visit.reply(ok(r#"{"generation_id":"g","status":"pending"}"#));
    visit
}

fn chronicle() -> Visit {
    Visit::waiting_at(
        "chronicle",
        r#"{"generation_id":"g","status":"generating"}"#,
    )
}

fn percent_of(progress: &str) -> Option<u8> {
    let mut visit = duomi();
    visit.poll(ok(&format!(
        r#"{{"generation_id":"g","status":"processing","progress":{progress}}}"#
    )));
    visit.shown().status.progress.percent
}

#[test]
fn odd_figures_are_bounded_or_unknown() {
    for (progress, percent) in [
        ("0", Some(0)),
        ("40", Some(40)),
        ("99.9", Some(99)),
        ("100", Some(100)),
        ("250", Some(100)),
        ("9007199254740993", None),
        ("1e300", None),
        ("-5", None),
        ("null", None),
        ("\"40\"", Some(40)),
        ("\"half\"", None),
        ("[40]", None),
        ("true", None),
    ] {
        let seen = percent_of(progress);
        match percent {
            // Beyond what a number can be it is anything but more than all.
            None if progress.starts_with('9') => assert!(seen.is_none_or(|seen| seen <= 100)),
            expected => assert_eq!(seen, expected, "{progress}"),
        }
    }
}

#[test]
fn more_slides_than_there_are_is_all_of_them() {
    let mut visit = chronicle();
    visit.poll(ok(
        r#"{"status":"generating","progress":{"slides_total":5,"slides_completed":8}}"#,
    ));
    let progress = visit.shown().status.progress;
    assert_eq!(progress.slides_done, Some(5));
    assert_eq!(progress.slides_total, Some(5));
    assert_eq!(progress.percent, Some(100));

    let mut visit = duomi();
    visit.poll(ok(
        r#"{"generation_id":"g","status":"processing","progress":60,"total_slides_requested":5,"total_pages_generated":8}"#,
    ));
    let progress = visit.shown().status.progress;
    assert_eq!((progress.slides_done, progress.percent), (None, Some(60)));
}

#[test]
fn what_was_known_stays_known() {
    let mut visit = chronicle();
    visit.poll(ok(
        r#"{"status":"generating","progress":{"slides_total":8,"slides_completed":4,"current_step":"Slide 5"}}"#,
    ));
    let before = visit.shown().status.progress;
    visit.poll(ok(r#"{"status":"generating"}"#));
    assert_eq!(visit.shown().status.progress, before);
    visit.poll(ok(r#"{"status":"awaiting_input","message":"Q?"}"#));
    assert_eq!(visit.shown().status.progress, before);
    visit.event(slidewright::job::Event::Answer("A".into()));
    visit.reply(ok("{}"));
    assert_eq!(visit.shown().status.progress, before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn at_duomi(figures in prop::collection::vec((-20_i64..300, 0_u32..20), 1..30), total in 1_u32..15) {
        let mut visit = duomi();
        let mut last = visit.shown().status.progress;
        for (percent, pages) in figures {
            visit.poll(ok(&format!(
                r#"{{"generation_id":"g","status":"processing","progress":{percent},"total_slides_requested":{total},"total_pages_generated":{pages}}}"#
            )));
            let now = visit.shown().status.progress;
            prop_assert!(now.percent >= last.percent && now.slides_done >= last.slides_done);
            prop_assert!(now.percent.is_none_or(|percent| percent <= 100));
            prop_assert!(now.slides_done <= Some(total));
            last = now;
        }
    }

    #[test]
    fn at_chronicle(figures in prop::collection::vec((0_u32..20, any::<bool>()), 1..30), total in 1_u32..15) {
        let mut visit = chronicle();
        let mut last = visit.shown().status.progress;
        for (done, known) in figures {
            visit.poll(ok(&if known {
                format!(r#"{{"status":"generating","progress":{{"slides_total":{total},"slides_completed":{done}}}}}"#)
            } else {
                r#"{"status":"generating","phase":"slides"}"#.into()
            }));
            let now = visit.shown().status.progress;
            prop_assert!(now.percent >= last.percent && now.slides_done >= last.slides_done);
            prop_assert!(now.slides_done <= Some(total));
            last = now;
        }
    }

    /// The plan itself may change on the way: the bar does not shrink.
    #[test]
    fn with_changing_totals(figures in prop::collection::vec((0_u32..20, 0_u32..15), 1..30)) {
        let mut visit = chronicle();
        let mut last = None;
        for (done, total) in figures {
            visit.poll(ok(&format!(
                r#"{{"status":"generating","progress":{{"slides_total":{total},"slides_completed":{done}}}}}"#
            )));
            let now = visit.shown().status.progress;
            prop_assert!(now.percent >= last);
            prop_assert!(now.slides_done.zip(now.slides_total).is_none_or(|(done, total)| done <= total));
            last = now.percent;
        }
    }
}
