use std::collections::BTreeMap;

use xtask::links::{among, broken};
use xtask::markdown::{Document, slug};
use xtask::project::Project;

/// What is wrong with `text` as the page at `path`, beside two others.
fn found(path: &str, text: &str) -> Vec<String> {
    let texts = BTreeMap::from([
        (path.to_owned(), text.to_owned()),
        (
            "docs/b.md".to_owned(),
            "# B\n\n## Why `x`?\n\n## Why `x`?\n".to_owned(),
        ),
        ("docs/packed.md".to_owned(), "# P\n".to_owned()),
    ]);
    let exists = |path: &str| texts.contains_key(path) || path == "src";
    let findings = among(&texts, &["docs/packed.md", "docs/shipped.md"], exists);
    assert!(findings.iter().all(|it| it.path == path), "{findings:?}");
    findings.into_iter().map(|it| it.what).collect()
}

const NONE: [&str; 0] = [];

#[test]
fn those_of_the_project_lead_somewhere() {
    let project = Project::find().expect("the tests run in the working copy");
    assert_eq!(broken(&project).expect("the pages can be read"), []);
}

#[test]
fn what_is_there_is_fine() {
    let text = "# A\n\n[1](b.md) [2](b.md#why-x) [3](b.md#why-x-1) [4](#a) [5](../src) [6](./b.md)\n\
                [7](https://example.org/x#y) ![8](b.md) [9][ref] `[10](gone.md)`\n\n[ref]: b.md#b\n";
    assert_eq!(found("docs/a.md", text), NONE);
}

#[test]
fn a_file_that_is_not_there_is_found() {
    let says = ["`c.md` leads to docs/c.md, which is not there"];
    assert_eq!(found("docs/a.md", "[1](c.md)"), says);
    assert_eq!(found("docs/a.md", "![1](c.md)"), says);
    assert_eq!(found("docs/a.md", "[1][r]\n\n[r]: c.md"), says);
    assert_eq!(
        found("docs/a.md", "[1](../../b.md)"),
        ["`../../b.md` leads to ../b.md, which is not there"]
    );
}

#[test]
fn a_heading_that_is_not_there_is_found() {
    for target in ["b.md#why", "b.md#why-x-2", "b.md#Why-x"] {
        let says = format!("`{target}` leads to no heading of docs/b.md");
        assert_eq!(found("docs/a.md", &format!("[1]({target})")), [says]);
    }
    assert_eq!(
        found("docs/a.md", "# A\n\n[1](#b)"),
        ["`#b` leads to no heading of docs/a.md"]
    );
}

#[test]
fn an_address_that_is_none_of_the_web_is_found() {
    for target in [
        "javascript:x",
        "ftp://x",
        "//example.org/x",
        "/docs/b.md",
        "mailto:x@y",
    ] {
        let says = format!("`{target}` is neither a path nor an address of the web");
        assert_eq!(found("docs/a.md", &format!("[1]({target})")), [says]);
    }
}

#[test]
fn a_page_that_a_registry_shows_has_no_paths() {
    let says = ["`../docs/b.md` leads nowhere at a registry, which shows this page"];
    assert_eq!(found("pkg/README.md", "# A\n\n[1](../docs/b.md)"), says);
    assert_eq!(
        found("pkg/README.md", "# A\n\n[1](#a) [2](https://x.org)"),
        NONE
    );
}

#[test]
fn a_page_in_the_package_leads_to_nothing_outside_it() {
    let says = ["`b.md` leads to docs/b.md, which the package lacks"];
    assert_eq!(found("docs/shipped.md", "[1](b.md)"), says);
    assert_eq!(
        found("docs/shipped.md", "# A\n\n[1](packed.md) [2](#a)"),
        NONE
    );
}

#[test]
fn anchors_are_those_of_the_places_that_show_the_pages() {
    for (heading, anchor) in [
        ("What a descriptor says", "what-a-descriptor-says"),
        ("`slidewright/react`, and more", "slidewrightreact-and-more"),
        ("“We couldn't tell …” – why?", "we-couldnt-tell---why"),
        ("user_scope & co.", "user_scope--co"),
        ("Größe", "größe"),
    ] {
        let read = Document::read(&format!("## {heading}\n"));
        assert_eq!(read.headings[0].anchor, anchor);
        assert_eq!(slug(&read.headings[0].text), anchor);
    }
}
