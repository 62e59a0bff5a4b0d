use xtask::generate::definition::Definition;
use xtask::project::Project;
use xtask::snippets::{unknown, unknown_in};

fn here() -> Project {
    Project::find().expect("the tests run in the working copy")
}

fn found(page: &str) -> Vec<(usize, String)> {
    let definition = Definition::read(&here()).expect("the definition is sound");
    let findings = unknown_in("page.md", page, &definition);
    findings.into_iter().map(|it| (it.line, it.what)).collect()
}

#[test]
fn every_example_of_the_project_does() {
    assert_eq!(unknown(&here()).expect("the pages can be read"), []);
}

#[test]
fn an_attribute_that_is_none_is_found_where_it_stands() {
    let page = "Text.\n\n```html\n<slide-wright provider=\"a > b\" id=x data-y\n  slides-count='8' disabled>\n</slide-wright>\n```\n";
    let says = "the element has no attribute `slides-count`".to_owned();
    assert_eq!(found(page), [(5, says)]);
}

#[test]
fn so_is_every_other_name() {
    for (language, line, kind) in [
        ("html", "<p slot=\"afterwards\"></p>", "slot `afterwards`"),
        ("css", "slide-wright::part(knob) {}", "part `knob`"),
        (
            "css",
            "a { --slidewright-colour: red }",
            "custom property `--slidewright-colour`",
        ),
        (
            "js",
            "it.addEventListener('slidewright-end', f)",
            "event `slidewright-end`",
        ),
    ] {
        let says = format!("the element has no {kind}");
        assert_eq!(found(&format!("```{language}\n{line}\n```\n")), [(2, says)]);
    }
}

#[test]
fn names_of_the_page_and_of_other_languages_are_its_own() {
    for page in [
        "```js\nit.addEventListener('click', f)\n```\n",
        "```sh\ncat '<slide-wright nonsense>'\n```\n",
        "```html\n<other-element nonsense slot=\"header\"></other-element>\n```\n",
    ] {
        assert_eq!(found(page), [], "{page}");
    }
}
