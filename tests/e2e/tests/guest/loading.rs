//! Pages whose module lies in an odd place, or does not come.

use serde_json::{Value, json};
use slidewright_e2e::{File, Page, Sheet, server};

/// Where a widget of these pages has its module.
pub const ODD: &str = "/file/odd.wasm";

/// The bytes of a file of the package.
pub fn bytes(name: &str) -> Vec<u8> {
    std::fs::read(server::package().join(name)).expect(name)
}

/// A widget that looks for its module there.
pub fn widget_at(place: &str, inner: &str) -> String {
    format!(
        "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton,duration=300\" \
         wasm-url=\"{place}\">{inner}</slide-wright>"
    )
}

/// A page with such a widget, and that file for its module.
pub fn odd(file: File) -> Sheet {
    Sheet::new(widget_at(ODD, "")).file("odd.wasm", file)
}

/// What a page notes that is harmed in no way: timers that the package sets, how the
/// page's own things look.
const WATCH: &str = "
    const timers = window.timers = new Set();
    for (const [set, clear] of [['setTimeout', 'clearTimeout'], ['setInterval', 'clearInterval']]) {
        const begin = window[set], end = window[clear];
        window[set] = (then, ...rest) => {
            const id = begin.call(window, (...args) => {
                if (set === 'setTimeout') timers.delete(id);
                return then(...args);
            }, ...rest);
            // A driver sets its own in the page.
            if (/slidewright|inline|headless/.test(new Error().stack)) timers.add(id);
            return id;
        };
        window[clear] = (id) => { timers.delete(id); end.call(window, id); };
    }
    window.looks = () => {
        const style = (selector) => {
            const it = getComputedStyle(document.querySelector(selector));
            return [...it].map((name) => `${name}: ${it.getPropertyValue(name)}`).join(';');
        };
        return [style('#own'), getComputedStyle(document.body).overflow, scrollY,
            document.styleSheets.length, document.adoptedStyleSheets?.length ?? 0];
    };";

/// The sheet with the page's own things around the widget, and an eye on them.
pub fn watched(sheet: Sheet) -> Sheet {
    sheet
        .early(WATCH)
        .head("<style>body { min-height: 3000px }</style>")
        .script(
            "document.body.insertAdjacentHTML('afterbegin', '<button id=own>Own</button>');
            window.before = looks();",
        )
}

/// What the host and the visitor are told, once each, and that nothing else happens.
pub async fn assert_unavailable(page: &Page, reason: &str, message: &str) {
    let shown = "[...el.shadowRoot.querySelectorAll('.frame')].some((it) =>
        it.textContent.startsWith('This form could not be loaded. ') && seen(it.firstElementChild ?? it.parentNode.host))";
    page.wait("the words for a visitor", shown).await;
    let text = page
        .run("return el.shadowRoot.textContent", Value::Null)
        .await;
    let advice = match reason {
        "failed" => "Please check your connection and reload the page.",
        "unsupported" => "It needs WebAssembly, which your browser lacks or has off.",
        _ => "Please try again later, or tell the owner of this site.",
    };
    assert_eq!(
        text,
        json!(format!("This form could not be loaded. {advice}"))
    );

    let told = page.events("error").await;
    assert_eq!(told.len(), 1, "{told:?}");
    let detail = &told[0]["detail"];
    assert_eq!(detail["code"], json!("module-unavailable"));
    assert_eq!(detail["charged"], json!("no"));
    assert_eq!(detail["reason"], json!(reason), "{detail}");
    let said = detail["message"].as_str().unwrap_or_default();
    assert!(said.starts_with("slidewright: "), "{said}");
    assert!(said.ends_with('.'), "{said}");
    assert!(said.contains(message), "{said}");

    let console = page.console("error").await;
    assert_eq!(console.len(), 1, "{console:?}");
    assert!(console[0].contains(message), "{console:?}");
    for level in ["warn", "uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new(), "{level}");
    }
    let snapshot = page.run("return el.snapshot", Value::Null).await;
    assert_eq!(snapshot, Value::Null);
    // Without a timer nothing is tried again.
    let timers = page
        .run("return window.timers?.size ?? 0", Value::Null)
        .await;
    assert_eq!(timers, json!(0));
    let same = "return !window.before || JSON.stringify(window.before) === JSON.stringify(looks())";
    assert_eq!(page.run(same, Value::Null).await, json!(true));
}
