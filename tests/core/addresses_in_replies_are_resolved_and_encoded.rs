use slidewright::status::Site;

fn site() -> Site {
    Site::new("/relay/presenton/", None)
}

#[test]
fn file_names_are_encoded_segment_by_segment_and_marked_with_the_job() {
    let url = site().file(
        "/app_data/exports/Stub slide 1  - First point #2 100%?.pptx",
        "task-1",
    );
    assert_eq!(
        url.as_deref(),
        Some(
            "/relay/presenton/app_data/exports/Stub%20slide%201%20%20-%20First%20point%20%232%20100%25%3F.pptx?job=task-1"
        )
    );
}

#[test]
fn a_colon_in_a_file_name_is_no_scheme() {
    let url = site().file("/exports/Q3: results.pptx", "t");
    assert_eq!(
        url.as_deref(),
        Some("/relay/presenton/exports/Q3%3A%20results.pptx?job=t")
    );
}

#[test]
fn absolute_addresses_are_kept_as_given() {
    let url = "https://api.presenton.ai/static/user_data/d3/Intro_to.pptx?sig=a%2Fb";
    assert_eq!(site().file(url, "t").as_deref(), Some(url));
    assert_eq!(site().page(url).as_deref(), Some(url));
}

#[test]
fn pages_keep_their_path_and_query() {
    let url = site().page("/presentation?id=70a89a66");
    assert_eq!(
        url.as_deref(),
        Some("/relay/presenton/presentation?id=70a89a66")
    );
}

#[test]
fn links_base_takes_the_place_of_the_endpoint() {
    let site = Site::new("/relay", Some("https://decks.example/"));
    assert_eq!(
        site.file("/a.pptx", "t").as_deref(),
        Some("https://decks.example/a.pptx?job=t")
    );
}

#[test]
fn other_schemes_lead_nowhere() {
    for url in [
        "javascript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        " vbscript:x",
        "java\nscript:alert(1)",
        "blob:https://x/1",
        "",
    ] {
        assert_eq!(site().file(url, "t"), None, "{url}");
        assert_eq!(site().page(url), None, "{url}");
    }
}

#[test]
fn a_path_cannot_name_another_host_or_climb() {
    assert_eq!(
        site().page("//evil.example/x").as_deref(),
        Some("/relay/presenton/evil.example/x")
    );
    assert_eq!(
        site().page("/\\evil.example/x").as_deref(),
        Some("/relay/presenton/evil.example/x")
    );
    assert_eq!(
        site().file("//evil.example/x", "t").as_deref(),
        Some("/relay/presenton/evil.example/x?job=t")
    );
    assert_eq!(
        site().file("/../../secret", "t").as_deref(),
        Some("/relay/presenton/secret?job=t")
    );
}
