//! A caller of one base path, with a clock of its own.

use serde_json::{Value, json};
use slidewright_simulator::{Reply, Request, World};

/// 2026-11-21T23:58:09.153Z, when one of the transcripts was taken.
pub const START: u64 = 1_795_305_489_153;
pub const V1: &str = "/api/v1/ppt/presentation/generate/async";
pub const V3: &str = "/api/v3/presentation/generate/async";
pub const CHRONICLE: &str = "/api/v1/presentations/generate";
pub const PERCEPTIS: &str = "/api/v1/generate";
pub const DUOMI: &str = "/api/v1/presentations/generate-deck";
pub const GAMMA: &str = "/v1.0/generations";
pub const SLIDESPEAK: &str = "/api/v1/presentation/generate";

pub struct Caller {
    pub world: World,
    pub segment: String,
    pub now: u64,
    pub headers: Vec<(String, String)>,
}

impl Caller {
    pub fn of(segment: &str) -> Self {
        Self {
            world: World::new(),
            segment: segment.to_owned(),
            now: START,
            headers: Vec::new(),
        }
    }

    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn send(&mut self, mut request: Request) -> Reply {
        request.path = format!("/sim/{}{}", self.segment, request.path);
        request.headers.push(("Host".into(), "deck.test".into()));
        request.headers.extend(self.headers.clone());
        self.world.handle(self.now, &request)
    }

    pub fn get(&mut self, target: &str) -> Reply {
        self.send(Request::new("GET", target))
    }

    pub fn post(&mut self, path: &str, body: &Value) -> Reply {
        self.send(Request::new("POST", path).json(&body.to_string()))
    }

    /// Submits to version 1 and returns the task.
    pub fn submit(&mut self, body: Value) -> Value {
        let reply = self.post(V1, &body);
        assert_eq!(reply.status, 200, "{}", text(&reply));
        reply.json().expect("a task")
    }

    /// The version 1 task, so many milliseconds after the start.
    pub fn task_at(&mut self, id: &str, after_ms: u64) -> Value {
        self.now = START + after_ms;
        let reply = self.get(&format!("/api/v1/ppt/presentation/status/{id}"));
        assert_eq!(reply.status, 200, "{}", text(&reply));
        reply.json().expect("a task")
    }

    /// Submits where success is 202, and returns the reply.
    pub fn accepted(&mut self, path: &str, body: Value) -> Value {
        let reply = self.post(path, &body);
        assert_eq!(reply.status, 202, "{}", text(&reply));
        reply.json().expect("JSON")
    }

    /// Starts a Chronicle generation and returns its id.
    pub fn generation(&mut self, body: Value) -> String {
        string(&self.accepted(CHRONICLE, body), "/generation_id")
    }

    /// Where a Chronicle generation stands, so many milliseconds after the start.
    pub fn generation_at(&mut self, id: &str, after_ms: u64) -> Value {
        self.json_at(&format!("{CHRONICLE}/{id}/status"), after_ms)
    }

    /// Starts a Perceptis job and returns its id.
    pub fn job(&mut self, body: Value) -> String {
        string(&self.accepted(PERCEPTIS, body), "/job_id")
    }

    /// Where a Perceptis job stands, so many milliseconds after the start.
    pub fn job_at(&mut self, id: &str, after_ms: u64) -> Value {
        self.json_at(&format!("/api/v1/status/{id}"), after_ms)
    }

    /// The JSON of a reply that is 200, so many milliseconds after the start.
    pub fn json_at(&mut self, target: &str, after_ms: u64) -> Value {
        self.now = START + after_ms;
        self.read(target)
    }

    /// The JSON of a reply that is 200.
    pub fn read(&mut self, path: &str) -> Value {
        let reply = self.get(path);
        assert_eq!(reply.status, 200, "{}", text(&reply));
        reply.json().expect("JSON")
    }

    /// An absolute address under this base path, exactly as it was given.
    pub fn open(&mut self, address: &str) -> Reply {
        let root = format!("http://deck.test/sim/{}", self.segment);
        let target = address.strip_prefix(&root);
        self.get(target.unwrap_or_else(|| panic!("{address} is not under {root}")))
    }

    pub fn log(&mut self) -> Value {
        self.get("/_log").json().expect("a log")
    }

    /// A file by the path or address that a task gave.
    pub fn file(&mut self, path: &str) -> Reply {
        let root = format!("http://deck.test/sim/{}", self.segment);
        let path = path.strip_prefix(&root).unwrap_or(path);
        let path = percent_encoding::utf8_percent_encode(path, &SEGMENT).to_string();
        self.get(&path)
    }
}

/// What a caller must encode in a path that was given as plain text.
const SEGMENT: percent_encoding::AsciiSet = percent_encoding::CONTROLS
    .add(b' ')
    .add(b'#')
    .add(b'?')
    .add(b'%');

/// A Duomi slide with these blocks.
pub fn slide(title: &str, blocks: Value) -> Value {
    json!({
        "template_slide_id": "slide_abc123def456",
        "slide_data": {"title": title, "content": {"blocks": blocks}},
    })
}

/// So many Duomi slides with two bullets each.
pub fn plain_slides(count: usize) -> Value {
    let one = |number| slide(&format!("Slide {number}"), json!([{"bullets": ["a", "b"]}]));
    json!({"slides": (1..=count).map(one).collect::<Vec<_>>()})
}

/// What each of the later services is asked, and how it tells.
pub struct Service {
    pub name: &'static str,
    pub submit: &'static str,
    pub body: Value,
    /// The fields of its id and its status word.
    pub id: &'static str,
    pub word: &'static str,
    /// Where the status of an id is.
    pub status: fn(&str) -> String,
    pub done: &'static str,
    pub failed: &'static str,
    /// Where a done job has its file's signed address; none without a file.
    pub link: Option<&'static str>,
}

pub fn services() -> [Service; 5] {
    [
        Service {
            name: "chronicle",
            submit: CHRONICLE,
            body: json!({"prompt": "Tea"}),
            id: "generation_id",
            status: |id| format!("{CHRONICLE}/{id}/status"),
            word: "status",
            done: "completed",
            failed: "failed",
            link: None,
        },
        Service {
            name: "duomi",
            submit: DUOMI,
            body: plain_slides(2),
            id: "generation_id",
            status: |id| format!("/api/v1/presentations/{id}/status"),
            word: "status",
            done: "completed",
            failed: "failed",
            link: Some("/download_url"),
        },
        Service {
            name: "gamma",
            submit: GAMMA,
            body: json!({"inputText": "Tea", "exportAs": "pptx"}),
            id: "generationId",
            status: |id| format!("{GAMMA}/{id}"),
            word: "status",
            done: "completed",
            failed: "failed",
            link: Some("/exportUrl"),
        },
        Service {
            name: "perceptis",
            submit: PERCEPTIS,
            body: json!({"prompt": "Tea", "output_type": "deck"}),
            id: "job_id",
            status: |id| format!("/api/v1/status/{id}"),
            word: "status",
            done: "completed",
            failed: "failed",
            link: Some("/downloads/0/url"),
        },
        Service {
            name: "slidespeak",
            submit: SLIDESPEAK,
            body: json!({"plain_text": "Tea"}),
            id: "task_id",
            status: |id| format!("/api/v1/task_status/{id}"),
            word: "task_status",
            done: "SUCCESS",
            failed: "FAILURE",
            link: Some("/task_result/url"),
        },
    ]
}

pub fn service(name: &str) -> Service {
    let found = services().into_iter().find(|it| it.name == name);
    found.unwrap_or_else(|| panic!("no service {name}"))
}

impl Service {
    /// Submits, and returns where the status is.
    pub fn start(&self, caller: &mut Caller) -> String {
        let reply = caller.post(self.submit, &self.body);
        assert!(reply.status < 300, "{}", text(&reply));
        self.status(&reply.json().expect("JSON"))
    }

    pub fn status(&self, accepted: &Value) -> String {
        (self.status)(&string(accepted, &format!("/{}", self.id)))
    }

    /// The signed address of a job's file, so many milliseconds after the
    /// start; none where the service makes no file.
    pub fn link(&self, caller: &mut Caller, status: &str, after_ms: u64) -> Option<String> {
        let told = caller.json_at(status, after_ms);
        self.link.map(|link| string(&told, link))
    }
}

pub fn id(task: &Value) -> String {
    string(task, "/id")
}

pub fn string(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found
        .unwrap_or_else(|| panic!("no text at {pointer} in {value}"))
        .to_owned()
}

pub fn text(reply: &Reply) -> String {
    String::from_utf8_lossy(&reply.body).into_owned()
}

/// Titles and placeholder texts of a PowerPoint file's slides, in order.
///
/// The library finds the slides. Their words are read here, because its reader
/// drops every `&amp;` and `&lt;`.
pub fn slides(file: &[u8]) -> Vec<(String, Vec<String>)> {
    let deck = pptx::Presentation::from_bytes(file).expect("a pptx file");
    let slides = deck.slides().expect("slides");
    let read = slides.iter().map(|slide| {
        let xml = deck.slide_xml(slide).expect("a slide");
        let xml = std::str::from_utf8(xml).expect("UTF-8");
        let shapes: Vec<&str> = xml
            .split("<p:sp>")
            .filter(|it| it.contains("<p:ph"))
            .collect();
        let title = shapes
            .iter()
            .find(|it| it.contains(r#"type="title""#) || it.contains(r#"type="ctrTitle""#));
        (
            title.map_or(String::new(), |it| words(it)),
            shapes.iter().map(|it| words(it)).collect(),
        )
    });
    read.collect()
}

/// The paragraphs of a shape, one a line.
fn words(shape: &str) -> String {
    let lines: Vec<String> = shape
        .split("<a:p>")
        .skip(1)
        .map(|paragraph| {
            let runs = paragraph.split("<a:t>").skip(1);
            let runs = runs.filter_map(|run| run.split_once("</a:t>"));
            runs.map(|(text, _)| text).collect()
        })
        .collect();
    lines
        .join("\n")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// The title of the first slide's layout: what an office program takes it for.
pub fn first_layout(file: &[u8]) -> String {
    let deck = pptx::Presentation::from_bytes(file).expect("a pptx file");
    let slide = deck.slides_get(0).expect("a slide");
    let layout = deck.slide_layout_for(&slide).expect("a readable slide");
    layout.expect("a layout").name
}
