use xtask::generate::definition::Definition;
use xtask::project::Project;
use xtask::snippets::{misled_in, services, unknown, unknown_in};

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

const RELAY: &str = "const OTHERS = {\n  none: {\n  },\n};\nconst SERVICES = {\n  presenton: {\n    routes: {\n    },\n  },\n  'presenton-v3': {\n  },\n  gamma: {\n  },\n};\n";

fn misled(page: &str) -> Vec<(usize, String)> {
    let services = services(RELAY);
    assert_eq!(services, ["presenton", "presenton-v3", "gamma"]);
    let findings = misled_in("page.md", page, "slide-wright", &services);
    findings.into_iter().map(|it| (it.line, it.what)).collect()
}

#[test]
fn a_path_of_the_relay_that_is_none_is_found() {
    let says = "the relay has no service `presentom`".to_owned();
    for language in ["js", "nginx", "html"] {
        let page = format!("```{language}\n\nfetch('/relay/presentom/api')\n```\n");
        assert_eq!(misled(&page), [(3, says.clone())], "{language}");
    }
}

#[test]
fn so_is_one_of_another_provider() {
    let element = "<slide-wright provider=\"presenton-v3\"\n endpoint=\"/relay/presenton\">";
    let says = "`presenton-v3` asks the relay for `presenton`".to_owned();
    assert_eq!(misled(&format!("```html\n{element}\n```\n")), [(2, says)]);
    let element = "<slide-wright provider=\"custom\" descriptor=\"/a/gamma.json\" endpoint=\"/relay/presenton\">";
    let says = "`gamma` asks the relay for `presenton`".to_owned();
    assert_eq!(misled(&format!("```html\n{element}\n```\n")), [(2, says)]);
}

#[test]
fn the_relays_own_paths_are_not() {
    for line in [
        "location /relay/ {",
        "cp examples/relay/node.mjs .",
        "<slide-wright provider=\"presenton\" endpoint=\"/relay/presenton\">",
        "<slide-wright provider=\"custom\" descriptor=\"gamma.json\" endpoint=\"/relay/gamma\">",
        "<slide-wright endpoint=\"/relay/presenton\">",
    ] {
        assert_eq!(misled(&format!("```html\n{line}\n```\n")), [], "{line}");
    }
}
