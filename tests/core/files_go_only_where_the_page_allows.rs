use crate::harness::{Visit, described, file, ok};
use slidewright::job::{Purpose, State};
use slidewright::provider::Descriptor;
use slidewright::request::{Field, Problem};
use slidewright::status::Site;
use std::rc::Rc;

/// Where the upload of a file went, if it went anywhere, after the service named
/// `url` for it.
fn goes(endpoint: &str, hosts: &[&str], url: &str) -> bool {
    let mut visit = Visit::to(described("chronicle"), |settings| {
        settings.site = Site::new(endpoint, None);
        settings.same_origin = endpoint.starts_with('/');
        settings.file_hosts = hosts.iter().map(|host| (*host).into()).collect();
    });
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    let mut target = crate::harness::json(r#"{"fields":[],"download_url":"https://x.example/1"}"#);
    target.put("url", url);
    let text = serde_json::to_string(&target).expect("JSON");
    visit.reply(ok(&text));
    if visit.flying.is_some() {
        assert_eq!(visit.last().path, url);
        assert!(visit.last().headers.is_empty());
        return true;
    }
    assert_eq!(visit.state(), State::Drafting);
    let refusal = visit.shown().refusal.expect("a refusal");
    assert_eq!(refusal.fields[0].field, Field::Files);
    let no_place = Problem::NoPlaceForFile("a.pdf".into());
    assert_eq!(refusal.fields[0].problem, no_place, "{url}");
    assert_eq!(visit.sent.len(), 1);
    assert_eq!(visit.calls(Purpose::Submit), 0);
    false
}

#[test]
fn to_the_endpoints_own_origin_and_the_hosts_it_names() {
    let api = "https://api.example/v1";
    assert!(goes(api, &[], "https://api.example/bucket?a=1"));
    assert!(goes(api, &["ok.example"], "https://ok.example/b"));
    assert!(goes(api, &["ok.example"], "https://ok.example?x"));
    assert!(goes(api, &["ok.example"], "https://ok.example"));
    assert!(goes(api, &["https://ok.example"], "https://ok.example/b"));
    assert!(goes(api, &["ok.example:8443"], "https://ok.example:8443/b"));
    assert!(goes("/relay", &["ok.example"], "https://ok.example/b"));
    let local = "http://localhost:8787/sim";
    assert!(goes(local, &[], "http://localhost:8787/bucket"));
    assert!(goes(local, &["localhost:9000"], "http://localhost:9000/b"));
}

#[test]
fn to_no_other_host() {
    for url in [
        "https://evil.example/b",
        "https://evil.example@ok.example/b",
        "https://ok.example@evil.example/b",
        "https://ok.example:443@evil.example/b",
        "https://ok.example.evil.com/b",
        "https://evil.com/ok.example",
        "https://evil.com?ok.example",
        "https://evil.com#ok.example",
        "https://evil.com\\ok.example",
        "https://evilok.example/b",
        "https://sub.ok.example/b",
        "https://ok.example:8443/b",
        "https://ok.example./b",
        "https://api.example:444/b",
        "https://api.example.evil.com/b",
        "https://ok.example\n.evil.com/b",
        "https://",
        "https:///b",
        "//ok.example/b",
        "https:ok.example/b",
        "ftp://ok.example/b",
        "javascript:alert(1)//ok.example",
        "data:,x",
        "file:///etc/passwd",
        "",
    ] {
        assert!(!goes("https://api.example", &["ok.example"], url), "{url}");
    }
}

#[test]
fn to_none_unencrypted_where_the_endpoint_is_not() {
    for host in ["ok.example", "http://ok.example"] {
        for endpoint in ["https://api.example", "/relay"] {
            assert!(!goes(endpoint, &[host], "http://ok.example/b"));
        }
    }
    assert!(!goes("https://api.example", &[], "http://api.example/b"));
}

#[test]
fn without_the_headers_of_the_dialect() {
    let mut json = crate::harness::json(include_str!("../../src/provider/chronicle.json"));
    json.put_at("/headers/X-Version", "2".into());
    let provider = Rc::new(Descriptor::new(json).expect("a good descriptor"));
    let mut visit = Visit::to(provider, |settings| {
        settings.file_hosts = vec!["ok.example".into()];
    });
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    let version = ("X-Version".to_string(), "2".to_string());
    assert!(visit.last().headers.contains(&version));
    visit.reply(ok(
        r#"{"url":"https://ok.example/b","fields":[],"download_url":"https://x.example/1"}"#,
    ));
    assert_eq!(visit.last().path, "https://ok.example/b");
    assert!(visit.last().headers.is_empty());
}

#[test]
fn an_empty_name_of_a_host_allows_nothing() {
    for url in ["https:///b", "https://evil.example/b"] {
        assert!(!goes("https://api.example", &[""], url));
    }
}
