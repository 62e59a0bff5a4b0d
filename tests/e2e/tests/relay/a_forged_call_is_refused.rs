//! Whoever is no page of the site's own gets nothing through: one table for every recipe.
//! Where one of them cannot keep a row, its first lines say so, and the row shows it.

use serde_json::json;
use slidewright_e2e::Server;

use crate::call::{Call, PRESENTON, Reply};
use crate::recipe::{Caddy, Nginx, Node, Recipe, Relay, there};

/// What comes of a row.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// A problem with this code, and nothing reached the service.
    Refused(u16),
    /// Nothing reached the service; what is answered is the server's own business.
    Nothing,
    /// It reached the service: the recipe's first lines say that it would, in these words.
    Passes(&'static str),
    /// It reached the service as the one call that it is once it is written properly.
    Mended,
}

use Fate::{Mended, Nothing, Passes, Refused};

/// A call that somebody forged.
struct Row {
    name: &'static str,
    call: Call,
    /// By recipe: the handler, nginx, Caddy.
    fates: [Fate; 3],
}

fn row(name: &'static str, call: Call, fates: [Fate; 3]) -> Row {
    Row { name, call, fates }
}

fn same(name: &'static str, call: Call, code: u16) -> Row {
    row(name, call, [Refused(code); 3])
}

const KEYS: [&str; 2] = ["a key of the first visitor", "a key of the second one"];

fn submit() -> Call {
    Call::submit("a-key-that-nobody-else-has")
}

/// Pages of other sites, and forms.
fn from_elsewhere() -> Vec<Row> {
    let form = submit()
        .without("X-Slidewright")
        .with("Content-Type", "text/plain");
    let elsewhere = "https://elsewhere.example";
    vec![
        same(
            "a foreign origin's submit",
            submit().with("Origin", elsewhere),
            403,
        ),
        same(
            "a foreign origin's status",
            Call::status("task-1").with("Origin", elsewhere),
            403,
        ),
        same("the origin null", submit().with("Origin", "null"), 403),
        same(
            "a submit without an origin",
            submit().without("Origin"),
            403,
        ),
        same(
            "an origin that only begins alike",
            submit().with("Origin", "http://127.0.0.1"),
            403,
        ),
        same(
            "a submit without the mark",
            submit().without("X-Slidewright"),
            403,
        ),
        same(
            "a status without the mark",
            Call::status("task-1").without("X-Slidewright"),
            403,
        ),
        same("a form sent as plain text", form, 403),
        same(
            "from another site",
            submit().with("Sec-Fetch-Site", "cross-site"),
            403,
        ),
        same(
            "from a neighbour of the site",
            submit().with("Sec-Fetch-Site", "same-site"),
            403,
        ),
        same(
            "by an address typed in",
            Call::status("task-1").with("Sec-Fetch-Site", "none"),
            403,
        ),
        row(
            "a preflight",
            submit()
                .by("OPTIONS")
                .with("Access-Control-Request-Method", "POST"),
            [Refused(405), Refused(405), Refused(404)],
        ),
    ]
}

/// Paths and methods that the widget never uses.
fn other_calls() -> Vec<Row> {
    let methods = [Refused(405), Refused(405), Refused(404)];
    let get = |path: &str| Call::get(&format!("{PRESENTON}{path}"));
    let climbs =
        |name, path: &str| row(name, get(path), [Refused(404), Refused(404), Refused(404)]);
    vec![
        same("everybody's decks", get("/all"), 404),
        same(
            "an unknown service",
            Call::get("/relay/elsewhere/api/v1/decks"),
            404,
        ),
        same("the relay's own root", Call::get("/relay/"), 404),
        same(
            "a query of one's own",
            Call::get(&format!("{PRESENTON}/all?x=1")),
            404,
        ),
        row("a submit by GET", submit().by("GET").bytes(b""), methods),
        row("a submit by PUT", submit().by("PUT"), methods),
        row(
            "a status by DELETE",
            Call::status("task-1").by("DELETE"),
            methods,
        ),
        climbs("a path that climbs", "/status/../all"),
        climbs("one in percents", "/status/%2e%2e/all"),
        climbs("one whose slash is in percents", "/status/%2e%2e%2fall"),
        climbs("one in percents of percents", "/status/%252e%252e%252fall"),
        climbs("one with a backslash", "/status/..\\all"),
        climbs("one whose backslash is in percents", "/status/..%5call"),
        row(
            "one with two slashes",
            get("/status//task-1"),
            [Refused(404), Refused(404), Mended],
        ),
        row(
            "one with an end of text in it",
            get("/status/task-1%00"),
            [Refused(404), Nothing, Refused(404)],
        ),
        climbs(
            "one with an end of line in it",
            "/status/task-1%0d%0aX-Forged:%201",
        ),
        climbs("a segment too many", "/status/task-1/all"),
        same(
            "a file by a name that can be guessed",
            Call::get("/relay/presenton/app_data/exports/Bees.pptx?job=task-1"),
            404,
        ),
        same(
            "a file of the server's own",
            Call::get("/relay/presenton/app_data/../etc/passwd"),
            404,
        ),
    ]
}

/// Two requests in one, and headers that two servers may read in two ways.
fn smuggled() -> Vec<Row> {
    let hidden = format!("0\r\n\r\nGET {PRESENTON}/all HTTP/1.1\r\nHost: x\r\n\r\n");
    let any = |name, call: Call| row(name, call, [Nothing; 3]);
    let length = hidden.len().to_string();
    vec![
        any(
            "two lengths of one body",
            submit()
                .with("Content-Length", "5")
                .and("Content-Length", "6")
                .raw("{\"a\":1"),
        ),
        row(
            "a length and chunks",
            submit()
                .with("Content-Length", &length)
                .and("Transfer-Encoding", "chunked")
                .raw(&hidden),
            [Nothing, Nothing, Mended],
        ),
        any(
            "an encoding that is none",
            submit()
                .without("Content-Length")
                .and("Transfer-Encoding", "xchunked")
                .raw(&hidden),
        ),
        any(
            "chunks named twice",
            submit()
                .without("Content-Length")
                .and("Transfer-Encoding", "chunked")
                .and("Transfer-Encoding", "identity")
                .raw(&hidden),
        ),
        any(
            "a space before the colon",
            submit()
                .without("Content-Length")
                .and("Transfer-Encoding ", "chunked")
                .raw(&hidden),
        ),
        any(
            "a header over two lines",
            submit()
                .and("X-Slidewright", "1\r\n continued")
                .without("Origin"),
        ),
        any(
            "a line that ends early",
            submit()
                .without("Origin")
                .and("X-One", "1\nX-Slidewright: 1"),
        ),
    ]
}

/// What goes beyond what the site allows.
fn too_much() -> Vec<Row> {
    let large = vec![b' '; 300_000];
    let decks = "slide count, web search and image type are not";
    let clamped = [Refused(422), Passes(decks), Passes(decks)];
    let asks = |body| submit().json(&body);
    let store = "nothing is remembered";
    vec![
        same("a body too large", submit().bytes(&large), 413),
        // Caddy finds out when it has begun to send it on, and ends without a word of ours.
        row(
            "one whose length nobody says",
            submit().chunked(&large),
            [Refused(413), Refused(413), Nothing],
        ),
        same(
            "a file too large",
            Call::post("/relay/presenton/api/v1/ppt/files/upload")
                .with("Content-Type", "multipart/form-data; boundary=x")
                .bytes(&vec![b' '; 12_000_000]),
            413,
        ),
        row(
            "a submit without a key of its own",
            submit().without("Idempotency-Key"),
            [Refused(400), Refused(400), Passes(store)],
        ),
        row(
            "one with a key that can be guessed",
            Call::submit("1"),
            [Refused(400), Refused(400), Passes(store)],
        ),
        row(
            "more slides than allowed",
            asks(json!({"content": "Bees", "n_slides": 40})),
            clamped,
        ),
        row(
            "a search that nobody pays for",
            asks(json!({"content": "Bees", "web_search": true})),
            clamped,
        ),
        row(
            "pictures that nobody pays for",
            asks(json!({"content": "Bees", "image_type": "ai-generated"})),
            clamped,
        ),
        row(
            "an outline of more slides than allowed",
            asks(json!({"content": "Bees", "slides_markdown": vec!["# Bees"; 40]})),
            clamped,
        ),
        row(
            "a file that was uploaded by another",
            asks(json!({"content": "Bees", "files": ["upload-1/notes.pdf"]})),
            [
                Refused(404),
                Passes("ids are not signed"),
                Passes("ids are not signed"),
            ],
        ),
    ]
}

async fn tries(recipe: Recipe, rows: Vec<Row>) {
    let service = Server::start().await;
    let scenario = recipe.locked("presenton,contract=cloud,duration=0");
    let relay = Relay::start(recipe, &service, &scenario).await;
    let recipes = [Node, Nginx, Caddy];
    let at = recipes.iter().position(|it| *it == recipe);
    let at = at.expect("a recipe");
    let said = recipe.first_lines();
    let mut before = 0;
    let mut wrong = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let call = row.call.numbered(number);
        let reply = call.send(&relay).await;
        let log = service.log(&scenario).await;
        let reached = log.requests().len() - before;
        before += reached;
        let right = match row.fates[at] {
            Refused(code) => reply.status == code && reply.is_problem() && reached == 0,
            Nothing => !(200..300).contains(&reply.status) && reached == 0,
            Passes(words) => {
                (200..300).contains(&reply.status) && reached == 1 && said.contains(words)
            }
            Mended => reached == 1,
        };
        let hidden = !log.calls("GET", "/all").is_empty();
        if !right || hidden || opens(&reply) {
            let said = reply.text();
            wrong.push(format!(
                "{}: {}, {reached} calls: {said}",
                row.name, reply.status
            ));
        }
    }
    assert!(wrong.is_empty(), "{recipe:?}:\n{}", wrong.join("\n"));
}

/// Whether another origin is let in.
fn opens(reply: &Reply) -> bool {
    !reply.headers("access-control-").is_empty()
}

async fn tries_all(recipe: Recipe) {
    if there([recipe]).is_empty() {
        return;
    }
    let tables = [from_elsewhere(), other_calls(), smuggled()];
    tries(recipe, tables.into_iter().flatten().collect()).await;
    // By another relay: what the first has let through counts for its limits.
    tries(recipe, too_much()).await;
}

#[tokio::test]
async fn by_node() {
    tries_all(Node).await;
}

#[tokio::test]
async fn by_nginx() {
    tries_all(Nginx).await;
}

#[tokio::test]
async fn by_caddy() {
    tries_all(Caddy).await;
}

/// Whose job it is is signed; who cannot sign says so.
async fn asks_for_anothers(recipe: Recipe, fate: Fate) {
    if there([recipe]).is_empty() {
        return;
    }
    let service = Server::start().await;
    let scenario = recipe.locked("presenton,contract=cloud,duration=0");
    let relay = Relay::start(recipe, &service, &scenario).await;
    let [first, second] = KEYS.map(|key| Call::submit(&key.replace(' ', "-")));
    let (first, second) = (first.send(&relay).await, second.send(&relay).await);
    let job = first.job();
    let mut ask = Call::status(&job);
    if recipe == Node {
        let own = ask
            .clone()
            .with("Cookie", &first.cookie())
            .send(&relay)
            .await;
        assert_eq!(own.status, 200, "{}", own.text());
        assert_eq!(ask.send(&relay).await.status, 404, "without a session");
        ask = ask.with("Cookie", &second.cookie());
    }
    let reply = ask.send(&relay).await;
    match fate {
        Refused(code) => {
            assert_eq!(reply.status, code, "{}", reply.text());
            assert!(reply.is_problem(), "{}", reply.text());
        }
        Passes(words) => {
            assert_eq!(reply.status, 200, "{}", reply.text());
            assert!(
                recipe.first_lines().contains(words),
                "{recipe:?} does not say so"
            );
        }
        Nothing | Mended => panic!("that would say nothing"),
    }
}

#[tokio::test]
async fn another_visitors_job() {
    let unsigned = Passes("ids are not signed");
    asks_for_anothers(Node, Refused(404)).await;
    asks_for_anothers(Nginx, unsigned).await;
    asks_for_anothers(Caddy, unsigned).await;
}
