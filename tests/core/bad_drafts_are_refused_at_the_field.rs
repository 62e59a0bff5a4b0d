use crate::harness::{form, presenton};
use slidewright::request::{Choice, Draft, Field, FieldProblem, Form, HostWishes, Place, Problem};

fn problems(draft: Draft, host: &HostWishes) -> Vec<FieldProblem> {
    Form::new(presenton().offers(), host)
        .check(&draft)
        .err()
        .unwrap_or_default()
}

fn only(field: Field, problem: Problem) -> Vec<FieldProblem> {
    vec![FieldProblem { field, problem }]
}

#[test]
fn an_empty_topic_is_missing() {
    let draft = Draft::default().with(Field::Prompt, "  \n ");
    assert_eq!(
        problems(draft, &HostWishes::default()),
        only(Field::Prompt, Problem::Missing)
    );
}

#[test]
fn a_topic_too_long_says_by_how_much() {
    let draft = Draft::default().with(Field::Prompt, &"ä".repeat(50_007));
    let expected = Problem::TooLong {
        longest: 50_000,
        over: 7,
    };
    assert_eq!(
        problems(draft, &HostWishes::default()),
        only(Field::Prompt, expected)
    );
}

#[test]
fn slides_out_of_range_name_the_range() {
    for count in ["0", "51", "-3", "3.5", "many", "99999999999999"] {
        let draft = Draft::default()
            .with(Field::Prompt, "x")
            .with(Field::SlideCount, count);
        let expected = Problem::NotInRange { min: 1, max: 50 };
        assert_eq!(
            problems(draft, &HostWishes::default()),
            only(Field::SlideCount, expected),
            "{count}"
        );
    }
}

#[test]
fn the_host_narrows_the_range_but_cannot_widen_it() {
    let host = HostWishes {
        min_slide_count: Some(4),
        max_slide_count: Some(400),
        ..HostWishes::default()
    };
    let draft = Draft::default()
        .with(Field::Prompt, "x")
        .with(Field::SlideCount, "51");
    assert_eq!(
        problems(draft, &host),
        only(Field::SlideCount, Problem::NotInRange { min: 4, max: 50 })
    );
}

#[test]
fn an_unknown_choice_is_refused_unless_the_list_is_open() {
    let draft = Draft::default()
        .with(Field::Prompt, "x")
        .with(Field::Tone, "angry");
    assert_eq!(
        problems(draft, &HostWishes::default()),
        only(Field::Tone, Problem::NotAChoice)
    );
    let draft = Draft::default()
        .with(Field::Prompt, "x")
        .with(Field::Template, "custom-7");
    assert!(problems(draft, &HostWishes::default()).is_empty());
}

#[test]
fn the_hosts_choices_take_the_place_of_the_providers() {
    let host = HostWishes {
        choices: vec![(Field::Tone, vec![Choice::known("angry")])],
        ..HostWishes::default()
    };
    let draft = |tone| {
        Draft::default()
            .with(Field::Prompt, "x")
            .with(Field::Tone, tone)
    };
    assert!(problems(draft("angry"), &host).is_empty());
    assert_eq!(
        problems(draft("funny"), &host),
        only(Field::Tone, Problem::NotAChoice)
    );
}

#[test]
fn hidden_and_locked_fields_keep_the_hosts_preset() {
    let host = HostWishes {
        fields: Some(vec![Field::SlideCount, Field::Prompt]),
        locked: vec![Field::SlideCount],
        presets: vec![
            (Field::SlideCount, "6".into()),
            (Field::Tone, "casual".into()),
        ],
        ..HostWishes::default()
    };
    let form = Form::new(presenton().offers(), &host);
    let draft = Draft::default()
        .with(Field::Prompt, "x")
        .with(Field::SlideCount, "40")
        .with(Field::Tone, "funny");
    let request = form.check(&draft).expect("a good draft");
    assert_eq!(request.count(Field::SlideCount), Some(6));
    assert_eq!(request.text(Field::Tone), Some("casual"));
    let shown: Vec<Field> = form
        .entries
        .iter()
        .filter(|entry| entry.place != Place::Hidden)
        .map(|entry| entry.field)
        .collect();
    assert_eq!(
        shown,
        [Field::SlideCount, Field::Prompt],
        "shown in the host's order"
    );
}

#[test]
fn a_table_of_contents_needs_three_slides() {
    let provider = presenton();
    let draft = Draft::default()
        .with(Field::Prompt, "x")
        .with(Field::SlideCount, "2")
        .with(Field::TableOfContents, "true");
    let request = form(&*provider)
        .check(&draft)
        .expect("each field is right by itself");
    assert_eq!(
        provider.check(&request),
        only(Field::SlideCount, Problem::NotInRange { min: 3, max: 50 })
    );
}

#[test]
fn fields_are_named_in_kebab_and_camel_case() {
    for field in Field::ALL {
        assert_eq!(Field::named(field.name()), Some(*field));
    }
    assert_eq!(Field::named("slideCount"), Some(Field::SlideCount));
    assert_eq!(Field::named("colour"), None);
}
