use crate::harness::{body, described, form, json};
use slidewright::json::Json;
use slidewright::request::{Draft, Field, Form, HostWishes, Problem};

fn preset(fields: &[(Field, &str)]) -> HostWishes {
    let presets = fields.iter().map(|(of, value)| (*of, (*value).to_string()));
    HostWishes {
        presets: presets.collect(),
        ..HostWishes::default()
    }
}

/// The body that leaves when the host presets these fields.
fn sent(name: &str, fields: &[(Field, &str)]) -> Json {
    let provider = described(name);
    let form = Form::new(provider.offers(), &preset(fields));
    let request = form.check(&Draft::default()).expect("a good draft");
    body(&provider.submit(&request)).clone()
}

/// The fields that a form shows beside what is typed.
fn offered(name: &str, fields: &[(Field, &str)]) -> Vec<Field> {
    let form = form(&*described(name));
    let mut draft = Draft::default();
    for (field, value) in fields {
        draft.set(*field, value);
    }
    let entries = form.entries.iter();
    let applying = entries.filter(|entry| form.applies(entry, &draft));
    applying.map(|entry| entry.field).collect()
}

const STANDALONE: [Field; 4] = [
    Field::SlideCount,
    Field::Language,
    Field::NarrativeType,
    Field::RewriteStyle,
];

const WISHES: [(Field, &str); 5] = [
    (Field::Prompt, "Bees"),
    (Field::SlideCount, "9"),
    (Field::Language, "en-GB"),
    (Field::NarrativeType, "Pitch"),
    (Field::RewriteStyle, "Strong"),
];

#[test]
fn chronicle_takes_four_of_them_only_standalone_and_without_questions() {
    let members = [
        "section_count",
        "language",
        "narrative_type",
        "rewrite_style",
    ];
    for (template, silent, whether) in [
        ("", "true", true),
        ("", "false", false),
        ("", "", false),
        ("tpl", "true", false),
        ("tpl", "", false),
    ] {
        let mut fields = WISHES.to_vec();
        fields.push((Field::Template, template));
        fields.push((Field::NonInteractive, silent));
        let body = sent("chronicle", &fields);
        for member in members {
            assert_eq!(body.get(member).is_some(), whether, "{member} {template}");
        }
        let offered = offered("chronicle", &fields);
        for field in STANDALONE {
            assert_eq!(offered.contains(&field), whether, "{field:?} {template}");
        }
    }
}

#[test]
fn chronicle_is_sent_numbers_and_switches_as_such() {
    let mut fields = WISHES.to_vec();
    fields.push((Field::NonInteractive, "true"));
    assert_eq!(
        crate::fixtures::in_order(&sent("chronicle", &fields)),
        json(
            r#"{"language":"uk","narrative_type":"Pitch","non_interactive":true,
                "prompt":"Bees","rewrite_style":"Strong","section_count":9}"#
        )
    );
}

#[test]
fn a_templates_sections_go_only_with_a_template() {
    let sections = (Field::Sections, "s1  s2");
    let prompt = (Field::Prompt, "Bees");
    let alone = sent("chronicle", &[prompt, sections]);
    assert_eq!(alone.get("selected_section_ids"), None);
    let with = sent("chronicle", &[prompt, sections, (Field::Template, "t")]);
    assert_eq!(
        with.get("selected_section_ids"),
        Some(&json(r#"["s1","s2"]"#))
    );
}

#[test]
fn perceptis_makes_variants_of_single_slides_only() {
    for (kind, whether) in [("single_slide", true), ("deck", false)] {
        let fields = [
            (Field::Prompt, "Bees"),
            (Field::OutputType, kind),
            (Field::VariantCount, "3"),
        ];
        let body = sent("perceptis", &fields);
        assert_eq!(body.text_of("output_type"), Some(kind));
        assert_eq!(body.get("variant_count").is_some(), whether);
        let offered = offered("perceptis", &fields);
        assert_eq!(offered.contains(&Field::VariantCount), whether);
        assert_eq!(offered.contains(&Field::Files), whether);
    }
}

#[test]
fn what_does_not_count_is_not_checked_either() {
    let form = form(&*described("perceptis"));
    let draft = Draft::default()
        .with(Field::Prompt, "Bees")
        .with(Field::VariantCount, "lots");
    assert!(form.check(&draft).is_ok(), "left from another choice");
    let draft = draft.with(Field::OutputType, "single_slide");
    let problems = form.check(&draft).expect_err("it counts now");
    assert_eq!(problems[0].field, Field::VariantCount);
}

#[test]
fn a_language_becomes_the_services_own_word() {
    for (tag, word) in [
        ("en", Some("us")),
        ("en-US", Some("us")),
        ("en-GB", Some("uk")),
        ("EN-gb", Some("uk")),
        ("en-AU", Some("us")),
        ("de-AT", Some("de")),
        ("pt-BR", Some("pt")),
        ("zh-TW", Some("cn")),
        ("zh_CN", Some("cn")),
        ("bn", Some("bn")),
        ("sw", None),
        ("nonsense", None),
        ("", None),
    ] {
        let fields = [
            (Field::Prompt, "Bees"),
            (Field::NonInteractive, "true"),
            (Field::Language, tag),
        ];
        let body = sent("chronicle", &fields);
        assert_eq!(body.text_of("language"), word, "{tag}");
    }
}

#[test]
fn a_language_that_a_service_may_know_is_passed_on() {
    let fields = [(Field::Prompt, "Bees"), (Field::Language, "sw")];
    let body = sent("gamma", &fields);
    assert_eq!(
        body.pointer("/textOptions/language"),
        Some(&json(r#""sw""#))
    );
}

#[test]
fn there_must_be_something_to_work_from() {
    let file = crate::harness::file(1, "a.pdf");
    let with = |fields: &[(Field, &str)], files: usize| {
        let mut draft = Draft::default();
        for (field, value) in fields {
            draft.set(*field, value);
        }
        draft.files = vec![file.clone(); files];
        draft
    };
    let nothing = with(&[(Field::Prompt, "  \n")], 0);
    let outline = with(&[(Field::Outline, "# Bees")], 0);
    let files = with(&[], 1);
    for (name, draft, good) in [
        ("presenton", &nothing, false),
        ("presenton", &outline, true),
        ("presenton", &files, true),
        ("chronicle", &nothing, false),
        ("chronicle", &outline, true),
        ("chronicle", &files, false),
        ("perceptis", &nothing, false),
        ("perceptis", &outline, true),
        ("gamma", &nothing, false),
        ("gamma", &outline, true),
        ("duomi", &nothing, false),
        ("duomi", &outline, true),
    ] {
        let checked = form(&*described(name)).check(draft);
        assert_eq!(checked.is_ok(), good, "{name} {draft:?}");
        if let Err(problems) = checked {
            assert_eq!(problems[0].problem, Problem::Missing);
        }
    }
}
