use std::fs;
use std::path::{Path, PathBuf};

use xtask::book::{Contents, build};
use xtask::links::broken_in_pages;
use xtask::project::Project;

const SUMMARY: &str = "\
# Contents

- [Start](start.md)

# Part

- [A & b](deep/a.md)
  - [C](c.md)
";

fn here() -> Project {
    Project::find().expect("the tests run in the working copy")
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The page of `deep/a.md`, with this text.
fn page(text: &str, repository: Option<&str>) -> String {
    let contents = Contents::read(SUMMARY).expect("it is a list of contents");
    contents.page(1, text, repository)
}

#[test]
fn each_page_of_docs_is_in_it_and_every_link_leads_somewhere() {
    let into = folder("book");
    build(&here(), &into).expect("the documentation is a book");
    assert_eq!(broken_in_pages(&into).expect("the book can be read"), []);
    for page in [
        "index",
        "start/npm",
        "providers/custom",
        "reference",
        "reliability",
    ] {
        assert!(into.join(page).with_extension("html").is_file(), "{page}");
    }
}

#[test]
fn links_are_those_between_its_pages() {
    let page = page(
        "# A\n\n[1](../start.md) [2](../c.md#d) [3](#a) [4](../x.png)",
        None,
    );
    for address in ["../index.html", "../c.html#d", "#a", "../x.png"] {
        assert!(
            page.contains(&format!("href=\"{address}\">")),
            "{address} in {page}"
        );
    }
}

#[test]
fn a_file_of_the_repository_is_a_link_if_anybody_knows_where_it_is() {
    let text = "[the file](../../src/lib.rs) [after](../c.md)";
    let unknown = page(text, None);
    assert!(
        unknown.contains(">the file</span> <a href=\"../c.html\">after</a>"),
        "{unknown}"
    );
    let known = page(text, Some("https://example.org/blob/HEAD/"));
    let link = "<a href=\"https://example.org/blob/HEAD/src/lib.rs\">the file</a>";
    assert!(known.contains(link), "{known}");
}

#[test]
fn names_are_text() {
    let page = page("# A <b>\n\n## `<i>` & \"co\"\n\n{title}", None);
    assert!(
        page.contains("<title>A &amp; b – Slidewright</title>"),
        "{page}"
    );
    assert!(
        page.contains("<a href=\"#i--co\">&lt;i&gt; &amp; &quot;co&quot;</a>"),
        "{page}"
    );
    assert!(page.contains("<p>{title}</p>"), "{page}");
}

#[test]
fn lists_are_closed_as_they_were_opened() {
    let page = page("# A", None);
    for tag in ["ol", "li", "nav", "div", "main", "a", "p"] {
        let opened =
            page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(
            opened,
            page.matches(&format!("</{tag}>")).count(),
            "{tag} in {page}"
        );
    }
}

#[test]
fn contents_that_name_nothing_or_a_page_twice_are_refused() {
    for (summary, says) in [
        ("# Contents\n", "no chapter"),
        ("- [A](a.md)\n- [B](./a.md)\n", "docs/a.md twice"),
    ] {
        let failure = Contents::read(summary).expect_err(says);
        assert!(failure.to_string().contains(says), "{failure}");
    }
}

#[test]
fn a_broken_link_and_another_host_are_found_in_it() {
    let into = folder("broken-book");
    fs::create_dir_all(into.join("deep")).expect("the folder can be made");
    let page = "<h1 id=\"a\">A</h1>\n<a href=\"#a\">1</a> <a href=\"deep/b.html#x\">2</a>\n\
                <a href=\"gone.html\">3</a> <a href=\"https://example.org\">4</a>\n\
                <img src=\"https://example.org/x.png\">\n<link rel=\"icon\" href=\"data:,\">\n";
    fs::write(into.join("index.html"), page).expect("the page can be written");
    fs::write(
        into.join("deep/b.html"),
        "<a href=\"../index.html#a\">1</a>",
    )
    .expect("so can this");
    let found = broken_in_pages(&into).expect("the pages can be read");
    let found: Vec<_> = found.into_iter().map(|it| (it.line, it.what)).collect();
    let says = [
        (2, "`deep/b.html#x` leads to no place in deep/b.html"),
        (3, "`gone.html` leads to gone.html, which is not there"),
        (
            4,
            "`https://example.org/x.png` is fetched from another host",
        ),
    ];
    assert_eq!(found, says.map(|(line, what)| (line, what.to_owned())));
}
