use std::fs;
use std::path::PathBuf;

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Request};
use slidewright_simulator::server::{Site, router};
use tower::ServiceExt;

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    for file in ["index.html", "app.js", "app.wasm", "deck.pptx"] {
        fs::write(folder.join(file), "x").expect("a file");
    }
    folder
}

async fn headers(site: Site, path: &str) -> (u16, String, String, Option<String>) {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let reply = router(site).oneshot(request).await.expect("a reply");
    let header = |name: &str| {
        let value = reply.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    };
    (
        reply.status().as_u16(),
        header("content-type").unwrap_or_default(),
        header("cache-control").unwrap_or_default(),
        header("content-security-policy"),
    )
}

fn site(name: &str) -> Site {
    Site::new().folder("/", folder(name)).page_header(
        HeaderName::from_static("content-security-policy"),
        HeaderValue::from_static("default-src 'self'"),
    )
}

#[tokio::test]
async fn and_are_never_kept_unasked() {
    for (path, kind) in [
        ("/", "text/html"),
        ("/app.js", "text/javascript"),
        ("/app.wasm", "application/wasm"),
        (
            "/deck.pptx",
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
    ] {
        let (status, found, cache, _) = headers(site("types"), path).await;
        assert_eq!(
            (status, found.as_str(), cache.as_str()),
            (200, kind, "no-cache"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn pages_alone_carry_the_sites_headers() {
    let policy = headers(site("policy"), "/index.html").await.3;
    assert_eq!(policy.as_deref(), Some("default-src 'self'"));
    assert_eq!(headers(site("policy"), "/app.js").await.3, None);
}

#[tokio::test]
async fn a_folder_and_a_file_go_where_they_are_put() {
    let folder = folder("places");
    let site = Site::new()
        .file("/", folder.join("index.html"))
        .folder("/dist", &folder);
    assert_eq!(headers(site.clone(), "/").await.0, 200);
    assert_eq!(headers(site.clone(), "/dist/app.js").await.0, 200);
    assert_eq!(headers(site.clone(), "/app.js").await.0, 404);
    assert_eq!(
        headers(site, "/sim/presenton/api/v1/ppt/template/all")
            .await
            .0,
        200
    );
}

#[tokio::test]
async fn nothing_outside_the_folder_is_reached() {
    let site = Site::new().folder("/", folder("inside"));
    let (status, ..) = headers(site, "/..%2Foutside%2Findex.html").await;
    assert_eq!(status, 404);
}
