//! What a visitor was given opens to their session alone: jobs, decks, uploads, files.

use serde_json::json;
use slidewright_e2e::Server;

use crate::call::{Call, PRESENTON, Reply};
use crate::recipe::{Node, Relay};

/// Two visitors, each with a finished deck of the same title.
struct Two {
    service: Server,
    relay: Relay,
    scenario: String,
    first: Visitor,
    second: Visitor,
}

struct Visitor {
    cookie: String,
    job: String,
    /// Path of the file, with its mark.
    path: String,
    deck: String,
}

async fn two() -> Two {
    let service = Server::start().await;
    let scenario = Node.locked("presenton,duration=0");
    let relay = Relay::start(Node, &service, &scenario).await;
    let first = visitor(&relay, "the-key-of-the-first-one").await;
    let second = visitor(&relay, "the-key-of-the-second-one").await;
    Two {
        service,
        relay,
        scenario,
        first,
        second,
    }
}

async fn visitor(relay: &Relay, key: &str) -> Visitor {
    let reply = Call::submit(key).send(relay).await;
    let (cookie, job) = (reply.cookie(), reply.job());
    let status = Call::status(&job)
        .with("Cookie", &cookie)
        .send(relay)
        .await
        .json();
    let text = |place: &str| {
        status["data"][place]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    assert_eq!(status["status"], json!("completed"), "{status}");
    Visitor {
        cookie,
        job,
        path: text("path"),
        deck: text("presentation_id"),
    }
}

async fn file(relay: &Relay, path: &str, job: &str, cookie: &str) -> Reply {
    let path = format!("/relay/presenton{path}?job={job}");
    let call = Call::get(&path).without("X-Slidewright");
    call.with("Cookie", cookie).send(relay).await
}

#[tokio::test]
async fn files_of_one_title_are_told_apart() {
    let Two {
        service: _service,
        relay,
        first,
        second,
        ..
    } = two().await;
    let own = file(&relay, &first.path, &first.job, &first.cookie).await;
    assert_eq!(own.status, 200, "{}", own.text());
    assert!(own.body.starts_with(b"PK"), "no file");
    let disposition = own.header("content-disposition").unwrap_or_default();
    assert!(disposition.starts_with("attachment"), "{disposition}");
    assert_eq!(own.header("x-content-type-options"), Some("nosniff"));
    let others = [
        (
            first.path.as_str(),
            second.job.as_str(),
            second.cookie.as_str(),
        ),
        (&first.path, &first.job, &second.cookie),
        (&first.path, &second.job, &first.cookie),
        ("/app_data/exports/Bees.pptx", &first.job, &first.cookie),
        (
            "/app_data/AAAAAAAAAAAAAAAAAAAAAA/exports/Bees.pptx",
            &first.job,
            &first.cookie,
        ),
        (&first.path, &first.job, ""),
    ];
    for (path, job, cookie) in others {
        let reply = file(&relay, path, job, cookie).await;
        assert_eq!(reply.status, 404, "{path} {job} {cookie}: {}", reply.text());
    }
    let climbing = first.path.replace("/exports/", "/exports/..%2f..%2fetc%2f");
    assert_eq!(
        file(&relay, &climbing, &first.job, &first.cookie)
            .await
            .status,
        404
    );
    // A foreign page may link to it, and is refused all the same.
    let path = format!("/relay/presenton{}?job={}", first.path, first.job);
    let linked = Call::get(&path)
        .with("Cookie", &first.cookie)
        .with("Sec-Fetch-Site", "cross-site");
    assert_eq!(linked.send(&relay).await.status, 403);
}

#[tokio::test]
async fn a_deck_is_exported_for_its_own_session() {
    let Two {
        service: _service,
        relay,
        first,
        second,
        ..
    } = two().await;
    let export = |deck: &str, cookie: &str| {
        Call::post(&format!("{PRESENTON}/export"))
            .with("Cookie", cookie)
            .json(&json!({"id": deck, "export_as": "pdf"}))
    };
    assert_eq!(
        export(&first.deck, &first.cookie).send(&relay).await.status,
        200
    );
    let other = export(&first.deck, &second.cookie).send(&relay).await;
    assert_eq!(other.status, 404, "{}", other.text());
    assert!(other.is_problem());
    let plain = first.deck.split('.').next().unwrap_or_default();
    assert_eq!(export(plain, &first.cookie).send(&relay).await.status, 404);
}

#[tokio::test]
async fn an_upload_is_used_by_its_own_session() {
    let Two {
        service,
        relay,
        scenario,
        first,
        second,
    } = two().await;
    let upload = Call::upload(4)
        .with("Cookie", &first.cookie)
        .send(&relay)
        .await;
    assert_eq!(upload.status, 200, "{}", upload.text());
    let value = upload.json()[0].clone();
    let ask = |key: &str, cookie: &str| {
        let body = json!({"content": "Bees", "files": [value]});
        Call::submit(key).json(&body).with("Cookie", cookie)
    };
    let other = ask("a-key-of-the-second-again", &second.cookie)
        .send(&relay)
        .await;
    assert_eq!(other.status, 404, "{}", other.text());
    let own = ask("a-key-of-the-first-again", &first.cookie)
        .send(&relay)
        .await;
    assert_eq!(own.status, 200, "{}", own.text());
    let sent = service.log(&scenario).await.last_body();
    let value = value.as_str().expect("a name");
    let plain = value.rsplit_once('.').map(|(plain, _)| plain);
    assert_eq!(sent["files"], json!([plain]), "not as the service named it");
}

/// A place for a file, and the address by which the service reads it later.
#[tokio::test]
async fn an_attachment_is_used_by_its_own_session() {
    let service = Server::start().await;
    let scenario = Node.locked("chronicle");
    let relay = Relay::start(Node, &service, &scenario).await;
    let target = Call::post("/relay/chronicle/api/v1/uploads/create-target")
        .json(&json!({"file_name": "notes.txt", "content_type": "text/plain", "declared_file_size": 4}))
        .send(&relay)
        .await;
    assert_eq!(target.status, 200, "{}", target.text());
    let address = target.json()["download_url"].clone();
    let ask = |key: &str, address: &serde_json::Value| {
        let file =
            json!({"id": "1", "url": address, "file_name": "notes.txt", "type": "text/plain"});
        Call::post("/relay/chronicle/api/v1/presentations/generate")
            .with("Idempotency-Key", key)
            .json(&json!({"prompt": "Bees", "attachments": [file]}))
    };
    let strange = ask("a-key-of-somebody-else", &address).send(&relay).await;
    assert_eq!(strange.status, 404, "{}", strange.text());
    let made_up = json!("http://127.0.0.1/private");
    let made_up = ask("a-key-for-what-is-made-up", &made_up);
    let made_up = made_up.with("Cookie", &target.cookie()).send(&relay).await;
    assert_eq!(made_up.status, 404, "{}", made_up.text());
    let own = ask("a-key-of-the-one-who-asked", &address);
    own.with("Cookie", &target.cookie()).send(&relay).await;
    let log = service.log(&scenario).await;
    let submits = log.calls("POST", "/presentations/generate");
    assert_eq!(submits.len(), 1, "{log:?}");
    let sent = slidewright_e2e::log::body(submits[0])["attachments"][0]["url"].clone();
    let address = address.as_str().expect("an address");
    assert_eq!(
        sent,
        json!(address.rsplit_once('.').map(|(plain, _)| plain))
    );
}

/// Two tabs that each asked first: both sessions are the visitor's.
#[tokio::test]
async fn two_first_sessions_of_one_visitor_live_side_by_side() {
    let Two {
        service: _service,
        relay,
        first,
        second,
        ..
    } = two().await;
    assert_ne!(
        first.cookie.split('=').next(),
        second.cookie.split('=').next()
    );
    let both = format!("{}; other=1; {}", first.cookie, second.cookie);
    for job in [&first.job, &second.job] {
        let reply = Call::status(job).with("Cookie", &both).send(&relay).await;
        assert_eq!(reply.status, 200, "{}", reply.text());
    }
}

#[tokio::test]
async fn a_session_cannot_be_made_up() {
    let Two {
        service: _service,
        relay,
        first,
        ..
    } = two().await;
    let (name, value) = first.cookie.split_once('=').expect("a pair");
    let (session, _) = value.split_once('.').expect("a mark");
    for forged in [
        format!("{name}={session}"),
        format!("{name}={session}."),
        format!("{name}={session}.AAAAAAAAAAAAAAAAAAAAAA"),
        format!("{name}="),
    ] {
        let reply = Call::status(&first.job)
            .with("Cookie", &forged)
            .send(&relay)
            .await;
        assert_eq!(reply.status, 404, "{forged}");
    }
}
