//! A page of the site in a frame of another site is still of its own origin, and on TLS the
//! browser keeps its session there, apart from that of any other place.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet};

use crate::recipe::{Node, Relay, Setting};

/// Asks for a deck, then for its status, and says outside what was answered.
const FRAME: &str = "<!doctype html><script type=module>
    const base = '/relay/presenton/api/v1/ppt/presentation';
    const mark = { 'X-Slidewright': '1' };
    const headers = { ...mark, 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() };
    const body = JSON.stringify({ content: 'Bees', n_slides: 3 });
    const first = await fetch(`${base}/generate/async`, { method: 'POST', headers, body });
    const { id } = await first.json();
    const second = await fetch(`${base}/status/${id}`, { headers: mark });
    parent.postMessage([first.status, second.status], '*');
    </script>";

/// What a submit, and then a status, are answered in such a frame.
async fn framed(secure: bool) -> Value {
    let page = Page::open(Sheet::without_package("")).await;
    let scenario = Node.locked("presenton");
    let setting = Setting {
        secure,
        ..Setting::default()
    };
    let relay = Relay::set_up(Node, &page.server, &[&scenario], setting).await;
    relay.put("frame.html", FRAME);
    let outside = format!(
        "<!doctype html><script>addEventListener('message', (it) => (window.said = it.data))</script>\
         <iframe src=\"{}/frame.html\"></iframe>",
        relay.origin()
    );
    relay.put("outside.html", &outside);
    // By its name this machine is another site than by its number.
    let elsewhere = relay.origin().replace("127.0.0.1", "localhost");
    page.go_to(&format!("{elsewhere}/outside.html")).await;
    page.wait("the frame's word", "window.said").await
}

#[tokio::test]
async fn on_tls() {
    assert_eq!(framed(true).await, json!([200, 200]));
}

/// Without TLS browsers drop it there, and the deck cannot be followed.
#[tokio::test]
async fn and_not_without() {
    assert_eq!(framed(false).await, json!([200, 404]));
}
