use crate::fixtures::site;
use crate::harness::{described, ok};
use slidewright::provider::JobId;

/// A finished deck of each provider, with `LINK` for every link in it.
const FINISHED: [(&str, &str); 7] = [
    (
        "presenton",
        r#"{"status":"completed","data":{"path":"LINK","edit_path":"LINK"}}"#,
    ),
    (
        "presenton-v3",
        r#"{"status":"completed","data":{"path":"LINK","edit_path":"LINK"}}"#,
    ),
    (
        "chronicle",
        r#"{"status":"completed","presentation":{"url":"LINK"}}"#,
    ),
    ("duomi", r#"{"status":"completed","download_url":"LINK"}"#),
    (
        "perceptis",
        r#"{"status":"completed","downloads":[{"url":"LINK"},{"url":"LINK"}]}"#,
    ),
    (
        "gamma",
        r#"{"status":"completed","gammaUrl":"LINK","exportUrl":"LINK"}"#,
    ),
    (
        "slidespeak",
        r#"{"task_status":"SUCCESS","task_result":{"url":"LINK"}}"#,
    ),
];

fn links(name: &str, finished: &str, link: &str) -> Vec<String> {
    let link = serde_json::to_string(link).expect("JSON");
    let reply = ok(&finished.replace("\"LINK\"", &link));
    let job = JobId::parse("j").expect("an id");
    let status = described(name).status(&reply, &job, &site());
    let status = status.expect("a status");
    let files = status.downloads.into_iter().map(|file| file.url);
    files
        .chain(status.links.into_iter().map(|link| link.url))
        .collect()
}

#[test]
fn good_ones_do() {
    for (name, finished) in FINISHED {
        for link in ["https://f.example/a.pptx?x=1#y", "http://f.example/a"] {
            let found = links(name, finished, link);
            assert!(!found.is_empty(), "{name}");
            assert!(found.iter().all(|url| url == link), "{name} {found:?}");
        }
    }
}

#[test]
fn none_with_another_scheme() {
    for (name, finished) in FINISHED {
        for link in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,<script>",
            "vbscript:x",
            "blob:https://f.example/1",
            "file:///etc/passwd",
            "ftp://f.example/a",
            "https:evil.example",
            "",
        ] {
            let found = links(name, finished, link);
            assert!(found.is_empty(), "{name} {link:?} {found:?}");
        }
    }
}

#[test]
fn a_relative_one_never_names_another_host() {
    for (name, finished) in FINISHED {
        for link in [
            "//evil.example/a",
            "/\\evil.example/a",
            "\\\\evil.example\\a",
            "///evil.example",
            "/a/b.pptx",
            "@evil.example/a",
            ".evil.example",
            ":8080/x",
        ] {
            for url in links(name, finished, link) {
                let at_home = url.starts_with("https://relay.example/p/");
                assert!(at_home, "{name} {link} {url}");
            }
        }
    }
}
