use serde_json::{Value, json};
use slidewright_simulator::{Reply, Request};

use crate::harness::*;

/// What every text for people has in it.
const BAIT: [&str; 7] = [
    "<script>",
    "<img src=x onerror=",
    "javascript:",
    "data:text/html",
    "\u{202e}",
    "../../etc/passwd",
    "C:\\x",
];

const CODES: [u16; 12] = [400, 401, 402, 403, 404, 409, 410, 413, 422, 429, 500, 503];

/// Everything that a service says in JSON, under these keys: of its jobs from
/// beginning to end, its lists and its refusals.
fn everything(service: &Service, keys: &str) -> Vec<Reply> {
    let mut all = Vec::new();
    for end in ["", ",fail=key", ",fail=outline"] {
        let mut caller = Caller::of(&format!("{},duration=1000{end}{keys}", service.name));
        let submit = caller.post(service.submit, &service.body);
        let status = service.status(&submit.json().expect("JSON"));
        all.push(submit);
        for after_ms in [0, 450, 800, 1000] {
            caller.now = START + after_ms;
            all.push(caller.get(&status));
        }
        all.extend(LISTS.iter().map(|path| caller.get(path)));
        all.push(caller.post(service.submit, &json!({"prompt": 5, "slides": 5})));
    }
    for code in CODES {
        let mut caller = Caller::of(&format!("{},submit={code}{keys}", service.name));
        all.push(caller.post(service.submit, &service.body));
    }
    let mut caller = Caller::of(&format!("{},submit=problem{keys}", service.name));
    all.push(caller.post(service.submit, &service.body));
    all
}

/// Lists of all services; one that has none says so, which is a text too.
const LISTS: [&str; 10] = [
    "/api/v1/templates",
    "/api/v1/presentation/templates",
    "/v1.0/themes",
    "/api/v1/ppt/template/all",
    "/api/v1/ppt/themes/all",
    "/api/v3/template/all",
    "/api/v3/template/all?page=1",
    "/api/v3/smart-design/all",
    "/api/v3/themes/all",
    "/api/v3/themes/default",
];

fn presentons() -> Vec<Service> {
    let of = |name, submit, status| Service {
        name,
        submit,
        body: json!({"content": "Tea"}),
        id: "id",
        status,
        word: "status",
        done: "completed",
        failed: "error",
        link: None,
    };
    let v1 = |id: &str| format!("/api/v1/ppt/presentation/status/{id}");
    vec![
        of("presenton,contract=cloud", V1, v1),
        of("presenton,contract=a", V1, v1),
        of("presenton,contract=b", V1, v1),
        of("presenton,contract=c", V1, v1),
        of("presenton-v3", V3, |id| {
            format!("/api/v3/async-task/status/{id}")
        }),
    ]
}

fn all_services() -> Vec<Service> {
    services().into_iter().chain(presentons()).collect()
}

/// Each text of a value, with where it stands.
fn texts(value: &Value) -> Vec<(String, String)> {
    match value {
        Value::String(text) => vec![(String::new(), text.clone())],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let below = items.map(|(index, item)| (index.to_string(), item));
            below.flat_map(|(name, item)| under(&name, item)).collect()
        }
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, value)| under(name, value))
            .collect(),
        _ => Vec::new(),
    }
}

fn under(name: &str, value: &Value) -> Vec<(String, String)> {
    let below = texts(value).into_iter();
    below
        .map(|(place, text)| (format!("/{name}{place}"), text))
        .collect()
}

fn is_address(text: &str) -> bool {
    ["http://", "https://", "/"]
        .iter()
        .any(|start| text.starts_with(start))
}

#[test]
fn in_every_text_that_has_words() {
    for service in all_services() {
        let honest = everything(&service, "");
        let hostile = everything(&service, ",hostile=1");
        let mut found = 0;
        for (honest, hostile) in honest.iter().zip(&hostile) {
            assert_eq!(honest.status, hostile.status);
            let (Some(honest), Some(hostile)) = (honest.json(), hostile.json()) else {
                continue;
            };
            // What an honest reply has a blank in is for people to read.
            let words = texts(&honest)
                .into_iter()
                .filter(|(_, text)| text.contains(' ') && !is_address(text));
            for (place, text) in words {
                let baited = string(&hostile, &place);
                assert!(baited.starts_with(&text) || place.ends_with("/title"));
                for bait in BAIT {
                    assert!(baited.contains(bait), "{}{place}: {baited}", service.name);
                }
                found += 1;
            }
        }
        assert!(found > 20, "{}: {found}", service.name);
    }
}

#[test]
fn in_a_question() {
    let mut caller = Caller::of("chronicle,duration=0,questions=1,hostile=1");
    let id = caller.generation(json!({"prompt": "Tea"}));
    let question = string(&caller.generation_at(&id, 0), "/message");
    for bait in BAIT {
        assert!(question.contains(bait), "{question}");
    }
}

#[test]
fn in_what_fails_of_one_slide() {
    let mut caller = Caller::of("duomi,duration=0,bad-slides=0,hostile=1");
    let id = string(&caller.accepted(DUOMI, plain_slides(2)), "/generation_id");
    let told = caller.read(&format!("/api/v1/presentations/{id}/status"));
    let error = string(&told, "/slide_results/0/error");
    for bait in BAIT {
        assert!(error.contains(bait), "{error}");
    }
}

#[test]
fn in_links_to_pages() {
    for (segment, submit, body, status, link) in [
        (
            "presenton",
            V1,
            json!({"content": "Tea"}),
            "/api/v1/ppt/presentation/status/",
            "/data/edit_path",
        ),
        (
            "gamma",
            GAMMA,
            json!({"inputText": "Tea"}),
            "/v1.0/generations/",
            "/gammaUrl",
        ),
        (
            "chronicle",
            CHRONICLE,
            json!({"prompt": "Tea"}),
            "/api/v1/presentations/generate/",
            "/presentation/url",
        ),
    ] {
        let mut caller = Caller::of(&format!("{segment},duration=0,hostile=1"));
        let reply = caller.post(submit, &body).json().expect("JSON");
        let id = ["id", "generationId", "generation_id"]
            .iter()
            .find_map(|name| reply[*name].as_str());
        let id = id.expect("an id");
        let status = match segment {
            "chronicle" => format!("{status}{id}/status"),
            _ => format!("{status}{id}"),
        };
        let address = string(&caller.read(&status), link);
        assert!(address.starts_with("javascript:"), "{address}");
    }
}

#[test]
fn in_links_of_refusals() {
    let mut caller = Caller::of("presenton,submit=problem,hostile=1");
    let refusal = caller.post(V1, &json!({"content": "Tea"}));
    let refusal = refusal.json().expect("JSON");
    assert!(string(&refusal, "/action/href").starts_with("javascript:"));
    assert!(string(&refusal, "/action/label").contains("<script>"));
}

#[test]
fn in_pictures() {
    for (segment, path, picture) in [
        ("chronicle", "/api/v1/templates", "/templates/0/preview_url"),
        (
            "slidespeak",
            "/api/v1/presentation/templates",
            "/0/images/cover",
        ),
        ("presenton", "/api/v1/ppt/themes/default", "/0/logo_url"),
    ] {
        let list = Caller::of(&format!("{segment},hostile=1")).read(path);
        let address = string(&list, picture);
        assert!(address.starts_with("data:text/html"), "{address}");
    }
}

#[test]
fn in_every_address_where_all_shall_be_traps() {
    for (word, scheme) in [("scripts", " Java\tScript:"), ("data", "data:text/html")] {
        for service in all_services() {
            let honest = everything(&service, "");
            let hostile = everything(&service, &format!(",hostile={word}"));
            let mut found = 0;
            for (honest, hostile) in honest.iter().zip(&hostile) {
                let (Some(honest), Some(hostile)) = (honest.json(), hostile.json()) else {
                    continue;
                };
                let addresses = texts(&honest).into_iter();
                for (place, _) in addresses.filter(|(_, text)| is_address(text)) {
                    let trap = string(&hostile, &place);
                    assert!(trap.starts_with(scheme), "{}{place}: {trap}", service.name);
                    found += 1;
                }
            }
            assert!(found > 0, "{}", service.name);
        }
    }
}

#[test]
fn but_not_in_what_must_be_sent_back() {
    let mut caller = Caller::of("chronicle,hostile=1");
    let asked =
        json!({"file_name": "a.txt", "content_type": "text/plain", "declared_file_size": 1});
    let target = caller.post("/api/v1/uploads/create-target", &asked);
    assert!(!text(&target).contains("<script>"));
    let refused = caller.send(Request::new("POST", "/api/v1/uploads/create-target").json("{}"));
    assert!(text(&refused).contains("<script>"));
}

#[test]
fn and_nowhere_unless_asked() {
    for service in all_services() {
        for keys in ["", ",hostile=0"] {
            for reply in everything(&service, keys) {
                assert!(!text(&reply).contains("<script>"));
            }
        }
    }
}
