//! nginx takes its three files as they are shipped, with no more changed than where the service
//! is: a name is looked up when it starts, and a machine may know none.

use std::fs;

use slidewright_e2e::ports::free_port;

use crate::recipe::{Nginx, Setting, folder, nginx_with, site, there};

async fn reads(setting: Setting) {
    if there([Nginx]).is_empty() {
        return;
    }
    let place = tempfile::tempdir().expect("a folder");
    let shipped = |name: &str| fs::read_to_string(folder().join(name)).expect(name);
    let put = |name: &str, text: &str| fs::write(place.path().join(name), text).expect(name);
    let service = shipped("nginx-service.conf");
    let known = service.replace("api.presenton.ai:443", "127.0.0.1:443");
    assert_ne!(known, service, "the service is elsewhere");
    put("nginx.conf", &shipped("nginx.conf"));
    put("nginx-service.conf", &known);
    put(
        "nginx-site.conf",
        &site(&shipped("nginx-site.conf"), free_port(), &setting),
    );
    let output = nginx_with(place.path())
        .arg("-t")
        .output()
        .await
        .expect("nginx");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("[warn]"), "{said}");
}

#[tokio::test]
async fn for_everybody() {
    reads(Setting::default()).await;
}

#[tokio::test]
async fn for_those_who_are_signed_in() {
    let session = Some("127.0.0.1:3001".to_owned());
    reads(Setting {
        session,
        ..Setting::default()
    })
    .await;
}
