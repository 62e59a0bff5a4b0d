//! Whoever opens a shared machine's storage learns that there was a job, and when.

use crate::harness::{Visit, described, file, form, json, later, ok};
use slidewright::job::{Effect, Event, Fault, HostAnswer};
use slidewright::request::{Draft, Field, FileRef};

const MEMBERS: [&str; 10] = [
    "v", "key", "place", "digest", "job", "phase", "began", "watched", "left", "fetched",
];

/// In every text that somebody wrote, so that one search finds them all.
const WORD: &str = "Zwiebelfisch";

fn files() -> Vec<FileRef> {
    vec![FileRef {
        media_type: "image/png".into(),
        ..file(1, &format!("{WORD}.png"))
    }]
}

/// All that a visit ever kept, as storage has it.
fn stored(visit: &Visit) -> Vec<String> {
    let saved = visit.passed.iter().filter_map(|effect| match effect {
        Effect::Save(record) => Some(record.to_json()),
        _ => None,
    });
    saved
        .map(|json| serde_json::to_string(&json).expect("JSON"))
        .collect()
}

#[test]
fn of_visitors_hosts_or_services() {
    let provider = described("chronicle");
    let mut visit = Visit::to(provider.clone(), |settings| {
        settings.file_hosts = vec!["bucket.example".into()];
    });
    let mut draft = Draft::default();
    for field in Field::ALL {
        let text = matches!(field, Field::Prompt | Field::Outline | Field::Instructions);
        if text {
            draft.set(*field, &format!("# {WORD}"));
        }
    }
    draft.files = files();
    let request = form(&*provider).check(&draft).expect("a good draft");
    let key = visit.fresh_key();
    visit.event(Event::Submit {
        request: Ok(request),
        key,
    });
    let request = visit.host_asked.take().expect("the host is asked");
    let host = json(&format!(r#"{{"prompt":"{WORD}","secret":"{WORD}"}}"#));
    let request = request.rewritten(host);
    visit.event(Event::HostAnswered(HostAnswer::Go(Box::new(request))));
    visit.reply(ok(&format!(
        r#"{{"url":"https://bucket.example/{WORD}","path":"{WORD}","fields":[],"download_url":"https://bucket.example/{WORD}"}}"#
    )));
    visit.reply(ok("{}"));
    visit.reply(ok(&format!(
        r#"{{"generation_id":"g","status":"generating","message":"{WORD}","poll_url":"https://x.example/{WORD}"}}"#
    )));
    visit.poll(later(503, WORD));
    visit.poll(ok(&format!("<html>{WORD}")));
    visit.until_poll();
    visit.fault(Fault::Network);
    visit.poll(ok(&format!(
        r#"{{"status":"awaiting_input","message":"{WORD}?"}}"#
    )));
    visit.event(Event::Answer(format!("{WORD}!")));
    visit.reply(ok("{}"));
    // Long enough for what is kept on the way.
    for _ in 0..20 {
        visit.poll(ok(&format!(
            r#"{{"generation_id":"g","status":"generating","message":"{WORD}"}}"#
        )));
    }
    visit.poll(ok(&format!(
        r#"{{"status":"completed","presentation":{{"id":"{WORD}","url":"https://c.example/{WORD}"}}}}"#
    )));
    visit.event(Event::Fetched);
    visit.event(Event::Reset);

    // The test's own word was there to be found.
    let heard = format!("{:?}{:?}{:?}", visit.sent, visit.shared, visit.shown());
    assert!(heard.matches(WORD).count() >= 10, "{heard}");
    let stored = stored(&visit);
    assert!(stored.len() >= 6, "{stored:?}");
    for text in stored {
        assert!(!text.contains(WORD), "{text}");
        for hint in [
            "http",
            "/",
            "X-Slidewright",
            "Idempotency",
            "bucket",
            "html",
        ] {
            assert!(!text.contains(hint), "{hint} in {text}");
        }
    }
}

#[test]
fn and_no_other_members_than_these() {
    let mut visit = Visit::waiting();
    visit.poll(ok(crate::harness::COMPLETED));
    visit.event(Event::Fetched);
    visit.event(Event::Reset);
    for text in stored(&visit) {
        let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
        for name in json.as_object().expect("an object").keys() {
            assert!(MEMBERS.contains(&name.as_str()), "{name}");
        }
    }
}
