//! Every documented reply, with anything in it gone wrong.

use crate::fixtures::{FILES, provider, reply, site};
use crate::harness::json;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use slidewright::json::{DEEPEST, Json};
use slidewright::provider::{HttpReply, JobId, Provider, Refusal, ReplyBody};
use slidewright::request::{Choice, Field, FileRef};
use slidewright::status::{Download, Stage, Status};
use std::rc::Rc;

/// What a leaf, or a list, can become; `None` is missing.
fn mutations() -> Vec<Option<Json>> {
    let mut deep = Json::from("x");
    for _ in 2..DEEPEST {
        deep = Json::List(vec![deep]);
    }
    let mut deep_map = Json::from("x");
    for _ in 2..DEEPEST {
        let mut outer = Json::map();
        outer.put("a", deep_map);
        deep_map = outer;
    }
    let long = "bees and honey ".repeat(7_000);
    let lines = "line\n".repeat(20_000);
    let texts = [
        "",
        " ",
        "polishing",
        "completed",
        "COMPLETED",
        "failed",
        "-1",
        "javascript:alert(1)",
        "//evil.example/x",
        "data:text/html,x",
        "..",
        "\u{202e}\u{0}\n<script>",
        &long,
        &lines,
    ];
    let written = [
        "null",
        "true",
        "false",
        "0",
        "-5",
        "2.5",
        "1e300",
        "-1e300",
        "9007199254740993",
        "4294967296",
        "[]",
        "{}",
        "[1]",
        r#"[{"a":[]}]"#,
        r#"{"message":{}}"#,
    ];
    let written = written.into_iter().map(|text| Some(json(text)));
    let texts = texts.into_iter().map(|text| Some(Json::from(text)));
    let mut all = vec![None, Some(deep), Some(deep_map)];
    all.extend(written);
    all.extend(texts);
    all
}

/// The way to each place of a document, the root first.
fn places(json: &Json) -> Vec<Vec<usize>> {
    let inner: Vec<&Json> = match json {
        Json::List(items) => items.iter().collect(),
        Json::Map(members) => members.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    };
    let mut all = vec![Vec::new()];
    for (at, value) in inner.into_iter().enumerate() {
        for mut way in places(value) {
            way.insert(0, at);
            all.push(way);
        }
    }
    all
}

fn mutate(json: &mut Json, way: &[usize], to: Option<&Json>) {
    let Some((at, rest)) = way.split_first() else {
        *json = to.cloned().unwrap_or_default();
        return;
    };
    let gone = rest.is_empty() && to.is_none();
    match json {
        Json::List(items) if gone && *at < items.len() => drop(items.remove(*at)),
        Json::Map(members) if gone && *at < members.len() => drop(members.remove(*at)),
        Json::List(items) => {
            if let Some(item) = items.get_mut(*at) {
                mutate(item, rest, to);
            }
        }
        Json::Map(members) => {
            if let Some((_, value)) = members.get_mut(*at) {
                mutate(value, rest, to);
            }
        }
        _ => {}
    }
}

/// Every list with its first item over and over.
fn swollen(json: &Json) -> Json {
    match json {
        Json::List(items) if !items.is_empty() => {
            let inner: Vec<Json> = items.iter().map(shallow_swollen).collect();
            Json::List(inner.iter().cycle().take(3_000).cloned().collect())
        }
        Json::Map(members) => Json::Map(
            members
                .iter()
                .map(|(key, value)| (key.clone(), swollen(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

/// A list inside a list that is long itself.
fn shallow_swollen(json: &Json) -> Json {
    match json {
        Json::Map(members) => {
            let one = |(key, value): &(String, Json)| {
                let value = match value {
                    Json::List(items) => {
                        Json::List(items.iter().cycle().take(20).cloned().collect())
                    }
                    other => other.clone(),
                };
                (key.clone(), value)
            };
            Json::Map(members.iter().map(one).collect())
        }
        other => other.clone(),
    }
}

type Verdict = Result<(), String>;

fn hold(holds: bool, claim: &str) -> Verdict {
    if holds { Ok(()) } else { Err(claim.into()) }
}

fn length(text: &Option<String>) -> usize {
    text.as_ref().map_or(0, |text| text.chars().count())
}

fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

fn check_download(file: &Download) -> Verdict {
    hold(is_web(&file.url), "a download that is no web link")
}

fn check_status(status: &Status) -> Verdict {
    let progress = status.progress;
    hold(
        progress.percent.is_none_or(|percent| percent <= 100),
        "percent",
    )?;
    let counts = progress.slides_done.zip(progress.slides_total);
    hold(counts.is_none_or(|(done, total)| done <= total), "slides")?;
    hold(length(&status.step) <= 121, "a long step")?;
    hold(length(&status.phase) <= 121, "a long phase")?;
    hold(length(&status.question) <= 4000, "a long question")?;
    hold(status.downloads.len() <= 50, "many downloads")?;
    hold(status.slides.len() <= 500, "many slides")?;
    if let Stage::Failed(error) = &status.stage {
        hold(length(&error.text) <= 301, "a long error")?;
    }
    for slide in &status.slides {
        hold(length(&slide.error) <= 301, "a slide's long error")?;
    }
    for file in &status.downloads {
        check_download(file)?;
    }
    for link in &status.links {
        hold(is_web(&link.url), "a link that is none")?;
    }
    Ok(())
}

fn check_choices(choices: &[Choice]) -> Verdict {
    hold(choices.len() <= 500, "many choices")?;
    let bounded = |choice: &Choice| choice.label.chars().count() <= 300;
    hold(choices.iter().all(bounded), "a long label")
}

fn check_refusal(refusal: &Refusal) -> Verdict {
    hold(length(&refusal.text) <= 301, "a long refusal")?;
    hold(length(&refusal.title) <= 301, "a long title")?;
    hold(length(&refusal.name) <= 64, "a long name")?;
    hold(refusal.fields.len() <= 500, "many complaints")
}

/// Reads a reply in every way in which this call's could be read.
fn check(provider: &dyn Provider, call: &str, field: Option<Field>, reply: &HttpReply) -> Verdict {
    let job = JobId::parse("job-1").expect("an id");
    match call {
        "submitted" => match provider.accepted(reply, &site()) {
            Some(accepted) => {
                let id = accepted.job.as_str();
                hold(!id.is_empty() && id.len() <= 256, "a bad id")?;
                check_status(&accepted.status)
            }
            None => Ok(()),
        },
        "status" => {
            let status = provider.status(reply, &job, &site());
            status.as_ref().map_or(Ok(()), check_status)
        }
        "refused" => check_refusal(&Refusal::read(reply, provider)),
        "answered" => hold(provider.answer(&job, "x").is_some(), "no answer taken"),
        "list" => check_choices(&provider.listed(field.expect("a field"), reply)),
        "exported" => {
            let made = provider.exported(reply, &job, &site());
            made.as_ref().map_or(Ok(()), check_download)
        }
        "refreshed" => {
            let known = Status {
                deck: Some("deck".into()),
                stage: Stage::Done,
                ..Status::default()
            };
            let status = provider.refreshed(reply, &job, &known, &site());
            status.as_ref().map_or(Ok(()), check_status)
        }
        other => panic!("no such call: {other}"),
    }
}

struct Example {
    provider: Rc<dyn Provider>,
    call: String,
    field: Option<Field>,
    reply: HttpReply,
    places: Vec<Vec<usize>>,
    title: String,
}

impl Example {
    fn judge(&self, body: Json) -> Verdict {
        let reply = HttpReply {
            body: ReplyBody::Json(body),
            ..self.reply.clone()
        };
        check(&*self.provider, &self.call, self.field, &reply)
    }
}

fn examples() -> Vec<Example> {
    let mut all = Vec::new();
    for (name, text) in FILES {
        let provider = provider(name, |text| serde_json::from_str(text).ok());
        for example in json(text).items() {
            let call = example.text_of("call").expect("a call");
            if call == "request" {
                continue;
            }
            let reply = reply(example);
            all.push(Example {
                provider: provider.clone(),
                call: call.into(),
                field: example.text_of("field").and_then(Field::named),
                places: places(reply.json()),
                title: format!("{name}: {}", example.text_of("name").unwrap_or("")),
                reply,
            });
        }
    }
    assert!(all.len() > 100);
    all
}

#[test]
fn one_thing_wrong() {
    let mutations = mutations();
    let mut wrong = Vec::new();
    for example in examples() {
        for way in &example.places {
            for mutation in &mutations {
                let mut body = example.reply.json().clone();
                mutate(&mut body, way, mutation.as_ref());
                if let Err(claim) = example.judge(body) {
                    wrong.push(format!("{} {way:?}: {claim}", example.title));
                }
            }
        }
    }
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn two_things_wrong() {
    let mutations = mutations();
    let examples = examples();
    let any = 0_usize..1_000_000;
    let strategy = (any.clone(), [any.clone(), any.clone()], [any.clone(), any]);
    let mut runner = TestRunner::new(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(10_000)
    });
    runner
        .run(&strategy, |(example, ways, changes)| {
            let example = &examples[example % examples.len()];
            let mut body = example.reply.json().clone();
            for (way, change) in ways.into_iter().zip(changes) {
                let way = &example.places[way % example.places.len()];
                let change = &mutations[change % mutations.len()];
                mutate(&mut body, way, change.as_ref());
            }
            example
                .judge(body)
                .map_err(|claim| TestCaseError::fail(format!("{}: {claim}", example.title)))
        })
        .unwrap_or_else(|wrong| panic!("{wrong}"));
}

#[test]
fn far_too_much_of_everything() {
    let mut wrong = Vec::new();
    for example in examples() {
        let body = swollen(example.reply.json());
        if let Err(claim) = example.judge(body) {
            wrong.push(format!("{}: {claim}", example.title));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn one_template_with_thousands_of_sections_is_cut() {
    let section = json(r#"{"id":"s","name":"Intro"}"#);
    let mut template = json(r#"{"id":"t"}"#);
    template.put("sections", Json::List(vec![section; 20_000]));
    let mut body = Json::map();
    body.put("templates", Json::List(vec![template]));
    let reply = HttpReply {
        body: ReplyBody::Json(body),
        ..crate::harness::ok("")
    };
    let chronicle = crate::harness::described("chronicle");
    assert_eq!(
        check_choices(&chronicle.listed(Field::Sections, &reply)),
        Ok(())
    );
}

#[test]
fn a_nameless_choice_is_labelled_in_bounds() {
    for (name, field, list) in [
        (
            "chronicle",
            Field::Template,
            r#"{"templates":[{"id":"ID"}]}"#,
        ),
        (
            "duomi",
            Field::Template,
            r#"{"templates":[{"template_id":"ID"}]}"#,
        ),
        ("gamma", Field::DeckTheme, r#"{"data":[{"id":"ID"}]}"#),
        ("slidespeak", Field::Template, r#"[{"name":"ID"}]"#),
        ("presenton", Field::Template, r#"[{"id":"ID"}]"#),
    ] {
        let reply = crate::harness::ok(&list.replace("ID", &"long ".repeat(1_000)));
        let choices = crate::harness::described(name).listed(field, &reply);
        assert_eq!(check_choices(&choices), Ok(()), "{name}");
    }
}

#[test]
fn a_bad_place_for_a_file_is_no_place() {
    let mutations = mutations();
    let target = json(
        r#"{"url":"https://b.example/u","fields":[{"name":"k","value":"v"}],"path":"p","download_url":"https://b.example/d"}"#,
    );
    let chronicle = crate::harness::described("chronicle");
    let presenton = crate::harness::presenton();
    let file = FileRef {
        name: "a.pdf".into(),
        ..FileRef::default()
    };
    for way in places(&target) {
        for mutation in &mutations {
            let mut body = target.clone();
            mutate(&mut body, &way, mutation.as_ref());
            let reply = HttpReply {
                body: ReplyBody::Json(body.clone()),
                ..crate::harness::ok("")
            };
            chronicle.uploaded(&file, &reply, None);
            chronicle.uploaded(&file, &reply, Some(&body));
            presenton.uploaded(&file, &reply, None);
        }
    }
}
