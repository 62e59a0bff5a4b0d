use crate::harness::*;

/// The link as a status call so many milliseconds after the start gives it.
fn link(caller: &mut Caller, service: &Service, status: &str, after_ms: u64) -> String {
    let link = service.link(caller, status, after_ms);
    link.expect("a service that makes files")
}

fn linking() -> impl Iterator<Item = Service> {
    services().into_iter().filter(|it| it.link.is_some())
}

#[test]
fn after_an_hour_unless_told_otherwise() {
    for (life, seconds) in [("", 3600), (",life=5", 5)] {
        for service in linking() {
            let mut caller = Caller::of(&format!("{},duration=1000{life}", service.name));
            let status = service.start(&mut caller);
            let url = link(&mut caller, &service, &status, 1000);
            caller.now = START + 1000 + seconds * 1000 - 1;
            let file = caller.open(&url);
            assert_eq!(file.status, 200);
            assert!(file.header("content-disposition").is_some());
            caller.now += 1;
            let refused = caller.open(&url);
            assert_eq!(refused.status, 403, "{}", service.name);
            assert_eq!(refused.header("content-type"), Some("application/xml"));
            assert!(text(&refused).starts_with("<?xml") && text(&refused).contains("<Error>"));
        }
    }
}

#[test]
fn and_open_only_as_they_were_signed() {
    for service in linking() {
        let mut caller = Caller::of(&format!("{},duration=0", service.name));
        let status = service.start(&mut caller);
        let url = link(&mut caller, &service, &status, 0);
        let (path, query) = url.split_once('?').expect("a query");
        let (expires, token) = query.split_once('&').expect("two parameters");
        for forged in [
            path.to_owned(),
            format!("{path}?{expires}"),
            format!("{path}?{token}"),
            format!("{path}?{expires}0&{token}"),
            format!("{path}x?{query}"),
        ] {
            assert_eq!(caller.open(&forged).status, 403, "{forged}");
        }
    }
}

#[test]
fn and_need_neither_key_nor_cors() {
    for service in linking() {
        let mut caller = Caller::of(&format!("{},duration=0,auth=k,cors=a", service.name))
            .with("X-API-Key", "k")
            .with("Authorization", "Bearer k")
            .with("Origin", "http://page.test");
        let status = service.start(&mut caller);
        let url = link(&mut caller, &service, &status, 0);
        caller.headers.retain(|(name, _)| name == "Origin");
        let file = caller.open(&url);
        assert_eq!(file.status, 200);
        assert_eq!(file.header("access-control-allow-origin"), None);
    }
}

#[test]
fn duomi_renews_them_with_each_status_call() {
    let service = &service("duomi");
    let mut caller = Caller::of("duomi,duration=0,life=60");
    let status = service.start(&mut caller);
    let first = link(&mut caller, service, &status, 0);
    let second = link(&mut caller, service, &status, 59_000);
    assert_ne!(first, second);
    assert_eq!(
        caller.json_at(&status, 59_000)["download_url_expires_in"],
        60
    );
    caller.now = START + 60_000;
    assert_eq!(caller.open(&first).status, 403);
    assert_eq!(caller.open(&second).status, 200);
}

#[test]
fn or_never() {
    let service = &service("duomi");
    let mut caller = Caller::of("duomi,duration=1000,life=60,renew=0");
    let status = service.start(&mut caller);
    let first = link(&mut caller, service, &status, 1000);
    assert_eq!(caller.json_at(&status, 1000)["download_url_expires_in"], 60);
    assert_eq!(link(&mut caller, service, &status, 31_000), first);
    assert_eq!(
        caller.json_at(&status, 31_000)["download_url_expires_in"],
        30
    );
    assert_eq!(link(&mut caller, service, &status, 61_000), first);
    assert_eq!(
        caller.json_at(&status, 61_000)["download_url_expires_in"],
        0
    );
    assert_eq!(caller.open(&first).status, 403);
}

#[test]
fn a_file_that_is_not_there_yet_is_404() {
    let service = &service("duomi");
    let mut caller = Caller::of("duomi,duration=1000");
    let status = service.start(&mut caller);
    let url = link(&mut caller, service, &status, 1000);
    caller.now = START + 999;
    assert_eq!(caller.open(&url).status, 404);
}
