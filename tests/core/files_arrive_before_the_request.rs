use crate::harness::{MINUTE, Visit, answer, body, described, file, json, ok, request_with_files};
use slidewright::job::{Event, Fault, HostAnswer, Purpose, State};
use slidewright::provider::{Body, Part};
use slidewright::request::{Draft, Field, FileRef, Form, HostWishes, Problem};

const TARGET: &str = r#"{"url":"https://bucket.example/up","path":"u/1",
    "fields":[{"name":"key","value":"u/1"},{"name":"policy","value":"p"}],
    "download_url":"https://bucket.example/u/1?sig=1"}"#;

fn one_slide() -> [(Field, &'static str); 1] {
    [(Field::OutputType, "single_slide")]
}

/// At Chronicle, where files may go to its bucket.
fn chronicle() -> Visit {
    Visit::to(described("chronicle"), |settings| {
        settings.file_hosts = vec!["bucket.example".into()];
    })
}

fn file_problem(visit: &Visit) -> Option<Problem> {
    let refusal = visit.shown().refusal?;
    let found = refusal.fields.iter().find(|of| of.field == Field::Files);
    found.map(|found| found.problem.clone())
}

fn form_of(visit: &Visit) -> &[Part] {
    match &visit.last().body {
        Body::Form(parts) => parts,
        other => panic!("no form: {other:?}"),
    }
}

#[test]
fn presenton_takes_them_as_a_form() {
    for (name, path) in [
        ("presenton", "/api/v1/ppt/files/upload"),
        ("presenton-v3", "/api/v3/files/upload"),
    ] {
        let mut visit = Visit::at(name);
        visit.submit_files(&[], &[file(1, "a.pdf"), file(2, "B.DOCX")]);
        for handle in [1, 2] {
            assert_eq!(visit.state(), State::Preparing);
            assert_eq!(visit.shown().uploading, Some(handle));
            assert_eq!(visit.last().path, path);
            assert_eq!(form_of(&visit), [Part::File("files".into(), handle)]);
            visit.reply(ok(&format!("[\"/app_data/f{handle}\"]")));
        }
        assert_eq!(visit.state(), State::Submitting);
        assert_eq!(
            body(visit.last()).get("files"),
            Some(&json(r#"["/app_data/f1","/app_data/f2"]"#))
        );
        assert_eq!(visit.sent.len(), 3);
    }
}

#[test]
fn uploads_carry_the_mark_but_no_key() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    assert_eq!(
        visit.last().headers,
        [("X-Slidewright".to_string(), "1".to_string())]
    );
}

#[test]
fn chronicle_names_a_place_first() {
    let mut visit = chronicle();
    let mut picture = file(7, "hive.png");
    picture.media_type = "image/png".into();
    visit.submit_files(&[], &[picture]);
    assert_eq!(visit.last().path, "/api/v1/uploads/create-target");
    assert_eq!(
        body(visit.last()),
        &json(r#"{"file_name":"hive.png","content_type":"image/png","declared_file_size":1000}"#)
    );
    visit.reply(ok(TARGET));

    assert_eq!(visit.last().path, "https://bucket.example/up");
    assert!(visit.last().headers.is_empty(), "another host's business");
    let text = |name: &str, value: &str| Part::Text(name.into(), value.into());
    assert_eq!(
        form_of(&visit),
        [
            text("key", "u/1"),
            text("policy", "p"),
            Part::File("file".into(), 7)
        ]
    );
    visit.reply(answer(204, ""));

    assert_eq!(visit.state(), State::Submitting);
    assert_eq!(
        body(visit.last()).get("attachments"),
        Some(&json(
            r#"[{"id":"file-7","url":"https://bucket.example/u/1?sig=1",
                "file_name":"hive.png","type":"image/png"}]"#
        ))
    );
}

#[test]
fn perceptis_takes_them_inside_the_request() {
    let mut visit = Visit::at("perceptis");
    let mut picture = file(7, "hive.png");
    picture.media_type = "image/png".into();
    visit.submit_files(&one_slide(), &[picture]);
    assert_eq!((visit.reading.take(), visit.flying), (Some(7), None));
    assert_eq!(visit.shown().uploading, Some(7));
    let read = |handle| Event::FileRead {
        handle,
        data: Some("QQ==".into()),
    };
    visit.event(read(8));
    assert_eq!(visit.flying, None, "of another file");
    visit.event(read(7));
    assert_eq!(visit.state(), State::Submitting);
    assert_eq!(
        body(visit.last()).get("reference_images"),
        Some(&json(r#"[{"data":"QQ==","mime_type":"image/png"}]"#))
    );
    visit.event(read(7));
    assert_eq!(visit.sent.len(), 1);
}

#[test]
fn a_file_that_cannot_be_read_is_a_problem_at_the_field() {
    let mut visit = Visit::at("perceptis");
    visit.submit_files(&one_slide(), &[file(7, "hive.png")]);
    visit.event(Event::FileRead {
        handle: 7,
        data: None,
    });
    assert_eq!(visit.state(), State::Drafting);
    let problem = Problem::NotUploaded("hive.png".into());
    assert_eq!(file_problem(&visit), Some(problem));
    assert!(visit.sent.is_empty());
}

#[test]
fn a_failed_upload_leads_back_to_the_form_and_nothing_is_submitted() {
    let failures = [
        Ok(answer(400, r#"{"detail":"not accepted"}"#)),
        Ok(answer(413, "<html>")),
        Ok(answer(500, "")),
        Ok(answer(200, "{}")),
        Ok(answer(200, "[]")),
        Err(Fault::Network),
        Err(Fault::TimedOut),
        Err(Fault::NotSent),
    ];
    for failure in failures {
        let mut visit = Visit::at("presenton");
        visit.submit_files(&[], &[file(1, "a.pdf"), file(2, "b.pdf")]);
        match failure {
            Ok(reply) => visit.reply(reply),
            Err(fault) => visit.fault(fault),
        }
        assert_eq!(visit.state(), State::Drafting);
        let problem = Problem::NotUploaded("a.pdf".into());
        assert_eq!(file_problem(&visit), Some(problem));
        visit.pass(10 * MINUTE);
        assert_eq!(visit.sent.len(), 1, "never repeated by itself");
    }
}

#[test]
fn a_bucket_that_refuses_leads_back_to_the_form() {
    let mut visit = chronicle();
    visit.submit_files(&[], &[file(7, "hive.png")]);
    visit.reply(ok(TARGET));
    visit.reply(answer(403, "<Error>AccessDenied</Error>"));
    assert_eq!(visit.state(), State::Drafting);
    assert!(matches!(
        file_problem(&visit),
        Some(Problem::NotUploaded(_))
    ));
    assert_eq!(visit.calls(Purpose::Submit), 0);
}

#[test]
fn what_a_bucket_says_is_no_sign_out() {
    let mut visit = chronicle();
    visit.submit_files(&[], &[file(7, "hive.png")]);
    visit.reply(ok(TARGET));
    visit.reply(answer(401, ""));
    assert_eq!(visit.flying, None, "other headers would not reach it");
    assert_eq!(visit.state(), State::Drafting);
}

#[test]
fn a_sign_out_while_uploading_asks_for_headers_once_more() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    visit.reply(answer(401, "{}"));
    assert_eq!(visit.sent.len(), 2);
    assert_eq!(visit.sent[0], visit.sent[1]);
    visit.reply(answer(401, "{}"));
    assert_eq!(visit.state(), State::Drafting);
    assert_eq!(visit.sent.len(), 2);
}

#[test]
fn what_arrived_once_is_not_sent_again() {
    let mut visit = Visit::at("presenton");
    let files = [file(1, "a.pdf"), file(2, "b.pdf")];
    visit.submit_files(&[], &files);
    visit.reply(ok(r#"["one"]"#));
    visit.reply(answer(500, ""));
    assert_eq!(visit.state(), State::Drafting);
    visit.submit_files(&[], &files);
    assert_eq!(visit.purposes.last(), Some(&Purpose::Upload(2)));
    visit.reply(ok(r#"["two"]"#));
    assert_eq!(visit.calls(Purpose::Upload(1)), 1);
    assert_eq!(
        body(visit.last()).get("files"),
        Some(&json(r#"["one","two"]"#))
    );
    // Nor after a refused submit.
    visit.reply(answer(400, "{}"));
    visit.submit_files(&[], &files);
    assert_eq!(visit.purposes.last(), Some(&Purpose::Submit));
    assert_eq!(
        body(visit.last()).get("files"),
        Some(&json(r#"["one","two"]"#))
    );
}

#[test]
fn a_file_taken_back_during_its_upload_gives_way_to_the_next() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf"), file(2, "b.pdf")]);
    visit.event(Event::RemoveFile(1));
    assert_eq!(visit.purposes, [Purpose::Upload(1), Purpose::Upload(2)]);
    visit.reply(ok(r#"["two"]"#));
    assert_eq!(body(visit.last()).get("files"), Some(&json(r#"["two"]"#)));
}

#[test]
fn a_file_taken_back_while_it_is_read_gives_way_to_the_next() {
    let mut visit = Visit::at("perceptis");
    visit.submit_files(&one_slide(), &[file(1, "a.png"), file(2, "b.png")]);
    visit.event(Event::RemoveFile(1));
    assert_eq!(visit.reading, Some(2));
    visit.event(Event::FileRead {
        handle: 1,
        data: Some("late".into()),
    });
    assert_eq!(visit.state(), State::Preparing);
    visit.event(Event::RemoveFile(2));
    assert_eq!(visit.state(), State::Submitting);
    assert_eq!(body(visit.last()).get("reference_images"), None);
}

#[test]
fn a_file_taken_back_before_or_after_its_turn_is_not_sent() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf"), file(2, "b.pdf"), file(3, "c.pdf")]);
    visit.reply(ok(r#"["one"]"#));
    visit.event(Event::RemoveFile(1));
    visit.event(Event::RemoveFile(3));
    assert_eq!(visit.shown().uploading, Some(2));
    visit.reply(ok(r#"["two"]"#));
    assert_eq!(body(visit.last()).get("files"), Some(&json(r#"["two"]"#)));
}

#[test]
fn a_file_taken_back_while_the_host_decides_is_not_sent() {
    let mut visit = Visit::at("presenton");
    let files = [file(1, "a.pdf"), file(2, "b.pdf")];
    let request = request_with_files(&*described("presenton"), &[], &files);
    let key = visit.fresh_key();
    let request = Ok(request);
    visit.event(Event::Submit { request, key });
    visit.event(Event::RemoveFile(1));
    visit.host_agrees();
    assert_eq!(visit.calls(Purpose::Upload(1)), 0);
    assert_eq!(visit.shown().uploading, Some(2));
}

#[test]
fn with_the_only_thing_to_work_from_taken_back_there_is_nothing_to_submit() {
    let provider = described("presenton");
    let mut draft = Draft::default();
    draft.files = vec![file(1, "a.pdf")];
    let form = Form::new(provider.offers(), &HostWishes::default());
    let mut visit = Visit::at("presenton");
    visit.submit_request(form.check(&draft).expect("files are enough"));
    visit.event(Event::RemoveFile(1));
    assert_eq!((visit.state(), visit.flying), (State::Drafting, None));
    assert_eq!(visit.calls(Purpose::Submit), 0);
}

#[test]
fn who_stops_during_uploads_submits_nothing() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf"), file(2, "b.pdf")]);
    let call = visit.flying.expect("an upload");
    visit.event(Event::Stop);
    assert_eq!((visit.state(), visit.flying), (State::Drafting, None));
    let outcome = Ok(ok(r#"["one"]"#));
    visit.event(Event::Reply { call, outcome });
    visit.pass(MINUTE);
    assert_eq!(visit.sent.len(), 1);

    let mut visit = Visit::at("perceptis");
    visit.submit_files(&one_slide(), &[file(1, "a.png")]);
    visit.event(Event::Stop);
    visit.event(Event::FileRead {
        handle: 1,
        data: Some("late".into()),
    });
    assert_eq!(visit.state(), State::Drafting);
    assert!(visit.sent.is_empty());
}

#[test]
fn while_one_is_under_way_nothing_else_is_sent() {
    let mut visit = Visit::at("presenton");
    visit.submit_files(&[], &[file(1, "a.pdf")]);
    visit.press_generate();
    visit.event(Event::Visible(true));
    visit.event(Event::Online(true));
    visit.event(Event::RefreshLinks);
    visit.send_again();
    visit.event(Event::KeepWaiting);
    visit.event(Event::Wake);
    assert_eq!(visit.sent.len(), 1);
}

#[test]
fn a_second_word_of_the_host_changes_nothing() {
    let files = [file(1, "a.pdf")];
    let wish = request_with_files(&*described("presenton"), &[], &files);
    for word in [HostAnswer::Go(Box::new(wish)), HostAnswer::Cancelled] {
        let mut visit = Visit::at("presenton");
        visit.submit_files(&[], &files);
        visit.event(Event::HostAnswered(word));
        assert_eq!(visit.state(), State::Preparing);
        assert_eq!(visit.sent.len(), 1);
    }
}

#[test]
fn each_service_says_which_files_it_takes() {
    let of = |name: &str, size: u64| FileRef {
        size,
        ..file(1, name)
    };
    // Documents say "MB"; the smaller reading is never refused by them.
    let mega = 1_000_000;
    let cases = [
        ("chronicle", of("a.pdf", 50 * mega), true),
        ("chronicle", of("a.pdf", 50 * mega + 1), false),
        ("chronicle", of("A.PDF", 1), true),
        ("chronicle", of("a.docx", 1), false),
        ("chronicle", of("pdf", 1), false),
        ("chronicle", of("a.pdf.exe", 1), false),
        ("chronicle", of("a.", 1), false),
        ("presenton", of("a.docx", 100 * mega), true),
        ("presenton", of("a.docx", 100 * mega + 1), false),
        ("presenton", of("a.exe", 1), false),
    ];
    for (name, file, good) in cases {
        let provider = described(name);
        let mut draft = Draft::default().with(Field::Prompt, "Bees");
        draft.files = vec![file.clone()];
        let form = Form::new(provider.offers(), &HostWishes::default());
        assert_eq!(form.check(&draft).is_ok(), good, "{name} {file:?}");
    }
}

#[test]
fn too_many_files_are_refused_at_the_field() {
    let provider = described("presenton");
    let form = Form::new(provider.offers(), &HostWishes::default());
    let mut draft = Draft::default().with(Field::Prompt, "Bees");
    draft.files = (0..11).map(|handle| file(handle, "a.pdf")).collect();
    let problems = form.check(&draft).expect_err("too many");
    assert_eq!(problems[0].field, Field::Files);
    assert_eq!(problems[0].problem, Problem::TooManyFiles(10));
    draft.files.pop();
    assert!(form.check(&draft).is_ok());
}

#[test]
fn a_body_of_the_hosts_own_gets_them_too() {
    for (own, expected) in [
        (r#"{"content":"Ours"}"#, r#"["/app_data/f1"]"#),
        (r#"{"content":"Ours","files":["mine"]}"#, r#"["mine"]"#),
    ] {
        let mut visit = Visit::at("presenton");
        let request = request_with_files(&*described("presenton"), &[], &[file(1, "a.pdf")]);
        let key = visit.fresh_key();
        visit.event(Event::Submit {
            request: Ok(request),
            key,
        });
        let request = visit.host_asked.take().expect("the host is asked");
        let request = request.rewritten(json(own));
        visit.event(Event::HostAnswered(HostAnswer::Go(Box::new(request))));
        visit.reply(ok(r#"["/app_data/f1"]"#));
        assert_eq!(body(visit.last()).get("files"), Some(&json(expected)));
        assert_eq!(body(visit.last()).text_of("content"), Some("Ours"));
    }
}
