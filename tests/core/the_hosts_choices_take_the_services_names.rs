use crate::harness::named;
use slidewright::request::{Choice, Field, Form, HostWishes, Kind};

fn labels(choices: &[(&str, &str)]) -> Vec<String> {
    let mut offers = named("duomi").offers();
    let template = offers
        .iter_mut()
        .find(|offer| offer.field == Field::Template);
    // As the service lists them.
    if let Some(Kind::Choice { values, .. }) = template.map(|offer| &mut offer.kind) {
        values.push(Choice {
            value: "tpl_1".into(),
            label: "Corporate.pptx".into(),
            ..Choice::default()
        });
    }
    let own = choices.iter().map(|(value, label)| Choice {
        value: (*value).into(),
        label: (*label).into(),
        ..Choice::default()
    });
    let host = HostWishes {
        choices: vec![(Field::Template, own.collect())],
        ..HostWishes::default()
    };
    let form = Form::new(offers, &host);
    match &form.entry_of(Field::Template).expect("a template").kind {
        Kind::Choice { values, .. } => values.iter().map(|it| it.label.clone()).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn where_they_are_only_ids() {
    assert_eq!(labels(&[("tpl_1", "tpl_1")]), ["Corporate.pptx"]);
    assert_eq!(labels(&[("tpl_1", "Ours")]), ["Ours"]);
    assert_eq!(labels(&[("tpl_9", "tpl_9")]), ["tpl_9"]);
}
