use xtask::generate::definition::{CssProperty, Definition};
use xtask::generate::sources::{self, Known};
use xtask::generate::truth;
use xtask::project::Project;

use crate::source;

fn names(known: &[Known]) -> Vec<&str> {
    known.iter().map(|it| it.name.as_str()).collect()
}

/// What is found in a source, by name.
fn found(known: xtask::Outcome<Vec<Known>>) -> Vec<String> {
    let known = known.expect("something is found");
    known.into_iter().map(|it| it.name).collect()
}

#[test]
fn the_projects_own_definition_is_true() {
    let project = Project::find().expect("the tests run in the working copy");
    let differences = truth::differences(&project).expect("all can be read");
    assert_eq!(differences, []);
}

#[test]
fn both_directions_are_compared() {
    let known = [("there", 3), ("new", 4)].map(|(name, line)| Known {
        name: name.into(),
        path: "src/some.rs".into(),
        line,
    });
    assert_eq!(truth::compare("part", "src", ["there", "new"], &known), []);

    let findings = truth::compare("part", "src", ["there"], &known);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(
        (findings[0].path.as_str(), findings[0].line),
        ("src/some.rs", 4)
    );
    assert!(findings[0].what.contains("no part `new`"), "{findings:?}");

    let findings = truth::compare("part", "src", ["there", "new", "gone"], &known);
    assert_eq!(findings.len(), 1, "{findings:?}");
    assert_eq!(findings[0].path, "pkg/element.toml");
    assert!(findings[0].what.contains("`gone`"), "{findings:?}");
    assert!(
        findings[0].what.contains("src does not know"),
        "{findings:?}"
    );
}

#[test]
fn attributes_are_what_is_read_of_the_shells_object() {
    let file = source(
        "src/browser/options.rs",
        r#"
        fn read(object: &JsValue) -> Options {
            let text = |name: &str| string_property(object, name);
            Options {
                provider: text("provider"),
                some: match text("resume").as_deref() { Some("off") => 1, _ => 2 },
                memory: property(object, "memory"),
                body: property(object, "body"),
            }
        }
        fn read_choice(choice: &Json) { let label = text("label"); }
        "#,
    );
    assert_eq!(
        found(sources::options(&file)),
        ["provider", "resume", "body"]
    );
}

#[test]
fn fields_events_states_and_providers_are_found_in_their_places() {
    let file = source(
        "src/request.rs",
        r#"
        macro_rules! fields { ($($variant:ident $name:literal)*) => {} }
        fields! {
            /// A doc.
            Prompt "prompt"
            SlideCount "slide-count"
        }
        const OTHER: &str = "other";
        "#,
    );
    assert_eq!(found(sources::fields(&file)), ["prompt", "slide-count"]);

    let file = source(
        "src/browser/host.rs",
        r#"pub mod event_names { pub const READY: &str = "slidewright-ready"; }
           const OTHER: &str = "other";"#,
    );
    assert_eq!(found(sources::events(&file)), ["slidewright-ready"]);

    let file = source(
        "src/job/snapshot.rs",
        r#"impl State { fn name(self) -> &'static str { match self { State::Done => "done" } } }
           impl Charged { fn name(self) -> &'static str { match self { Charged::No => "no" } } }"#,
    );
    assert_eq!(found(sources::states(&file)), ["done"]);

    let file = source(
        "src/provider/mod.rs",
        r#"pub const NAMES: &str = "one two";"#,
    );
    assert_eq!(found(sources::providers(&file)), ["one", "two", "custom"]);
}

#[test]
fn methods_are_the_arms_of_each_match_on_a_method() {
    let one = source(
        "src/view/widget.rs",
        r#"fn call() { match method { "submit" if text("no") => 1, "submit" => 2, _ => run(method) } }"#,
    );
    let two = source(
        "src/browser/commands.rs",
        r#"fn call() { match method { "watch" | "follow" => say("nothing"), _ => 3 } }"#,
    );
    let methods = found(sources::methods(&[one, two]));
    assert_eq!(methods, ["submit", "submit", "watch", "follow"]);
}

#[test]
fn parts_are_what_the_views_set() {
    let file = source(
        "src/view/form.rs",
        r#"
        fn view() {
            part("section", "panel error").child(button(shared, "back quiet", messages::BACK, |shared| other("text")));
            let named = |tag: &str| part(tag, &["input ", name].concat());
            let text = message.parts("none", "none");
            let numbers = part(3600, 1000);
        }
        fn button(shared: &Shared, names: &str) { part("button", &["button ", names].concat()) }
        "#,
    );
    let field = Known {
        name: "prompt".into(),
        path: "src/request.rs".into(),
        line: 1,
    };
    let (parts, unreadable) = sources::parts(&[&file], &[field]).expect("there are parts");
    assert_eq!(
        names(&parts),
        [
            "panel", "error", "back", "quiet", "input", "prompt", "button"
        ]
    );
    assert_eq!(unreadable, []);
}

#[test]
fn a_part_whose_name_cannot_be_read_is_found() {
    let file = source(
        "src/view/some.rs",
        "fn view() { part(\"p\", \"hint\"); }\nfn other() { part(\"p\", kind_of(it)); }",
    );
    let (_, unreadable) = sources::parts(&[&file], &[]).expect("there are parts");
    assert!(!unreadable.is_empty());
    assert!(unreadable.iter().all(|finding| finding.line == 2));
}

#[test]
fn slots_are_found_by_their_element() {
    let file = source(
        "src/view/form.rs",
        r#"fn view() { el("slot").attr("name", "header"); el("input").attr("name", "none"); }"#,
    );
    assert_eq!(found(sources::slots(&[&file])), ["header"]);
}

#[test]
fn a_place_without_names_is_no_proof() {
    let file = source("src/browser/host.rs", "fn nothing() {}");
    for nothing in [
        sources::options(&file),
        sources::fields(&file),
        sources::events(&file),
        sources::states(&file),
        sources::providers(&file),
        sources::slots(&[&file]),
    ] {
        let failure = nothing.expect_err("nothing is there");
        assert!(failure.to_string().starts_with("no "), "{failure}");
    }
    assert!(sources::parts(&[&file], &[]).is_err());
    assert!(sources::methods(&[file]).is_err());
}

#[test]
fn custom_properties_have_the_defaults_of_the_style() {
    let property = |name: &str, default: &str, dark: Option<&str>| CssProperty {
        name: name.into(),
        syntax: None,
        default: default.into(),
        dark: dark.map(Into::into),
        about: String::new(),
    };
    let style = ":host { a: var(--slidewright-a, rgb(1, 2)); b: var(--slidewright-b, 1px); }\n\
                 .dark { a: var(--slidewright-a, black); }";
    let find = |properties: &[CssProperty]| truth::css_properties(properties, style);
    let a = || property("--slidewright-a", "rgb(1, 2)", Some("black"));
    let b = || property("--slidewright-b", "1px", None);

    assert_eq!(find(&[a(), b()]), []);
    assert_eq!(find(&[a()]).len(), 1, "one is not defined");
    let more = property("--slidewright-c", "1px", None);
    assert_eq!(find(&[a(), b(), more]).len(), 1, "one is not used");
    let other = property("--slidewright-a", "white", Some("black"));
    assert_eq!(find(&[other, b()])[0].line, 1, "the default is another one");
    let other = property("--slidewright-a", "rgb(1, 2)", Some("white"));
    assert_eq!(find(&[other, b()])[0].line, 2, "so is that of the dark");
    let dark = property("--slidewright-b", "1px", Some("2px"));
    assert_eq!(find(&[a(), dark]).len(), 1, "there is none for the dark");
}

#[test]
fn a_part_that_only_the_style_knows_is_found() {
    let project = Project::find().expect("the tests run in the working copy");
    let definition = Definition::read(&project).expect("the definition is sound");
    let style = "[part~=hint], [part~=prompt] {}\n[part~=gone] {}";
    let findings = truth::styled_parts(&definition, style);
    assert_eq!(crate::lines(&findings), [2]);
}
