use crate::harness::{body, described, json, request};
use slidewright::json::Json;
use slidewright::request::{Choice, Draft, Field, Form, HostWishes};

const OUTLINE: &str = "# Bees\nAn introduction\n\n# Honey\n- sweet\n- golden\n\n# Yield\n| Year | kg |\n| --- | --- |\n| 2024 | 12 |";

fn sent(name: &str, fields: &[(Field, &str)]) -> Json {
    let provider = described(name);
    body(&provider.submit(&request(&*provider, fields))).clone()
}

fn at<'a>(body: &'a Json, pointer: &str) -> Option<&'a str> {
    body.pointer(pointer)?.text()
}

#[test]
fn part_of_the_prompt_where_there_is_no_place_for_it() {
    for (name, prompt) in [
        ("chronicle", "/prompt"),
        ("perceptis", "/prompt"),
        ("gamma", "/inputText"),
        ("slidespeak", "/plain_text"),
    ] {
        let both = sent(name, &[(Field::Outline, "# Hives")]);
        assert_eq!(at(&both, prompt), Some("Bees\n\n# Hives"), "{name}");
        let fields = [(Field::Prompt, ""), (Field::Outline, "# Hives")];
        let alone = sent(name, &fields);
        assert_eq!(at(&alone, prompt), Some("# Hives"), "{name}");
    }
}

#[test]
fn a_list_of_texts_for_presenton_v1() {
    let body = sent("presenton", &[(Field::Outline, OUTLINE)]);
    let slides = body
        .get("slides_markdown")
        .map(Json::items)
        .expect("slides");
    assert_eq!(slides.len(), 3);
    assert_eq!(slides[1].text(), Some("# Honey\n- sweet\n- golden"));
    assert_eq!(body.amount_of("n_slides"), Some(3), "as many as there are");
    assert_eq!(at(&body, "/content"), Some("Bees"));
    assert_eq!(body.get("slides"), None);
}

#[test]
fn a_list_of_objects_for_presenton_v3() {
    let body = sent("presenton-v3", &[(Field::Outline, OUTLINE)]);
    let slides = body.get("slides").map(Json::items).expect("slides");
    assert_eq!(slides.len(), 3);
    assert_eq!(
        slides[0].text_of("content"),
        Some("# Bees\nAn introduction")
    );
    assert_eq!(body.amount_of("n_slides"), Some(3));
    assert_eq!(body.get("slides_markdown"), None);
}

/// Servers answer 422 where it is missing, whatever else there is to work from
/// (`presenton-observed.md`).
#[test]
fn self_hosted_presenton_always_gets_a_content() {
    let fields = [(Field::Prompt, ""), (Field::Outline, OUTLINE)];
    let outline = sent("presenton", &fields);
    assert!(outline.text_of("content").is_some());

    let provider = described("presenton");
    let mut draft = Draft::default();
    draft.files = vec![crate::harness::file(1, "a.pdf")];
    let form = Form::new(provider.offers(), &HostWishes::default());
    let request = form.check(&draft).expect("files are enough");
    let files = provider.submit(&request);
    assert!(body(&files).text_of("content").is_some());
}

/// Servers refuse more than 50 slides, and fewer than 3 with a table of contents:
/// an outline's slides are what counts.
#[test]
fn limits_of_presenton_hold_for_an_outlines_slides() {
    let provider = described("presenton");
    let problems = |slides: usize, contents: &str, count: &str| {
        let outline = "# Bees\n- one\n".repeat(slides);
        let fields = [
            (Field::Outline, outline.as_str()),
            (Field::TableOfContents, contents),
            (Field::SlideCount, count),
        ];
        provider.check(&request(&*provider, &fields)).len()
    };
    assert_eq!(problems(50, "false", "8"), 0);
    assert_eq!(problems(51, "false", "8"), 1);
    assert_eq!(problems(2, "true", "8"), 1);
    assert_eq!(problems(5, "true", "2"), 0);
}

#[test]
fn slides_of_a_template_for_duomi() {
    let chosen = "title=s1 text=s2 table=s3";
    let fields = [(Field::Outline, OUTLINE), (Field::TemplateSlides, chosen)];
    let host = HostWishes {
        presets: fields.map(|(of, value)| (of, value.into())).into(),
        ..HostWishes::default()
    };
    let provider = described("duomi");
    let form = Form::new(provider.offers(), &host);
    let request = form.check(&Draft::default()).expect("a good draft");
    assert_eq!(
        body(&provider.submit(&request)),
        &json(
            r#"{"slides":[
            {"template_slide_id":"s1","slide_data":{"title":"Bees","subtitle":"An introduction",
                "content":{"blocks":[]}}},
            {"template_slide_id":"s2","slide_data":{"title":"Honey",
                "content":{"blocks":[{"bullets":["sweet","golden"]}]}}},
            {"template_slide_id":"s3","slide_data":{"title":"Yield","content":{"blocks":[{"table":{"rows":[
                {"is_header":true,"cells":[{"value":"Year"},{"value":"kg"}]},
                {"cells":[{"value":"2024"},{"value":"12"}]}]}}]}}}
            ]}"#
        )
    );
}

fn ids(chosen: &str) -> Vec<String> {
    let slides = slidewright::outline::read(OUTLINE);
    let made = slidewright::outline::for_template(&slides, chosen);
    let id = |slide: &Json| slide.text_of("template_slide_id").map(Into::into);
    made.items().iter().filter_map(id).collect()
}

#[test]
fn a_kind_without_a_slide_of_its_own_is_text_or_else_the_first() {
    assert_eq!(ids("title=s1 text=s2 table=s3"), ["s1", "s2", "s3"]);
    assert_eq!(ids("title=s1,text=s2"), ["s1", "s2", "s2"]);
    assert_eq!(ids("title=s1 table=s3"), ["s1", "s1", "s3"]);
    assert_eq!(ids("text=s2"), ["s2", "s2", "s2"]);
}

#[test]
fn the_chosen_templates_own_slides_win() {
    let choice = |value: &str, slides: &str| Choice {
        slides: slides.into(),
        ..Choice::known(value)
    };
    let host = |template: &str| HostWishes {
        presets: vec![
            (Field::Template, template.into()),
            (Field::TemplateSlides, "text=usual".into()),
        ],
        choices: vec![(
            Field::Template,
            vec![choice("t1", "text=mine"), choice("t2", "")],
        )],
        ..HostWishes::default()
    };
    let provider = described("duomi");
    for (template, id) in [
        ("t1", "mine"),
        ("t2", "usual"),
        ("t3", "usual"),
        ("", "usual"),
    ] {
        let form = Form::new(provider.offers(), &host(template));
        let draft = Draft::default().with(Field::Outline, "# Bees\n- one");
        let request = form.check(&draft).expect("a good draft");
        let sent = provider.submit(&request);
        let seen = at(body(&sent), "/slides/0/template_slide_id");
        assert_eq!(seen, Some(id), "{template}");
    }
}

#[test]
fn a_complaint_about_one_slide_names_it() {
    use slidewright::request::Problem;
    let reply = crate::harness::answer(
        422,
        r#"{"detail":[{"loc":["body","slides",2,"template_slide_id"],"msg":"field required"}]}"#,
    );
    let refusal = slidewright::provider::Refusal::read(&reply, &*described("duomi"));
    let problem = Problem::SaidOfSlide(3, "field required".into());
    assert_eq!(refusal.fields[0].field, Field::Outline);
    assert_eq!(refusal.fields[0].problem, problem);
}
