//! A server's wrong type is no reason to do without the module, and a host may keep it
//! where it likes.

use serde_json::{Value, json};
use slidewright_e2e::{Engine, File, Page, Sheet};

use crate::loading::{ODD, bytes, odd, widget_at};

async fn assert_quiet(page: &Page) {
    for level in ["error", "warn", "uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new(), "{level}");
    }
    assert_eq!(page.events("error").await, Vec::<Value>::new());
}

#[tokio::test]
async fn whatever_type_it_is_served_with() {
    let types = [
        Some("application/wasm"),
        Some("application/wasm; charset=utf-8"),
        Some("application/octet-stream"),
        Some("text/plain"),
        Some("text/html"),
        None,
    ];
    for kind in types {
        let file = File::new(bytes("slidewright.wasm"));
        let file = kind.map_or(file.clone(), |kind| file.kind(kind));
        let page = Page::reuse(odd(file)).await;
        page.ready().await;
        assert_quiet(&page).await;
        assert_eq!(page.server.asked(ODD), 1, "{kind:?}");
        assert_eq!(page.server.asked("/pkg/dist/slidewright.wasm"), 0);
    }
}

fn good() -> File {
    File::new(bytes("slidewright.wasm")).kind("application/wasm")
}

/// By the page's script, which comes after the elements of the page are made.
#[tokio::test]
async fn where_a_script_says() {
    let here = "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\"></slide-wright>";
    let imports = [
        "import { configure } from '/pkg/dist/slidewright.js';",
        "import { SlideWrightElementClass } from '/pkg/dist/slidewright.js';
            const { configure } = SlideWrightElementClass;",
        "const { configure } = await import('/pkg/dist/slidewright.js');",
    ];
    for import in imports {
        let code = format!(
            "{import}
            configure({{ wasmUrl: new URL('{ODD}', location.href) }});"
        );
        let sheet = Sheet::without_package(here)
            .head(&format!("<script type=\"module\">{code}</script>"))
            .file("odd.wasm", good());
        let page = Page::reuse(sheet).await;
        page.ready().await;
        assert_quiet(&page).await;
        assert_eq!(page.server.asked(ODD), 1, "{import}");
        assert_eq!(
            page.server.asked("/pkg/dist/slidewright.wasm"),
            0,
            "{import}"
        );
    }
}

#[tokio::test]
async fn by_the_first_who_says_where() {
    let two = [widget_at(ODD, ""), widget_at("/file/other.wasm", "")];
    let sheet = Sheet::new(two.concat())
        .file("odd.wasm", good())
        .file("other.wasm", good());
    let page = Page::reuse(sheet).await;
    page.ready().await;
    page.wait(
        "the other one",
        "[...document.querySelectorAll('slide-wright')].every((it) => it.snapshot)",
    )
    .await;
    let warned = page.console("warn").await;
    assert_eq!(warned.len(), 1, "{warned:?}");
    for part in [ODD, "/file/other.wasm", "is ignored"] {
        assert!(warned[0].contains(part), "{warned:?}");
    }
    assert_eq!(page.server.asked(ODD), 1);
    assert_eq!(page.server.asked("/file/other.wasm"), 0);
    assert_eq!(page.console("error").await, Vec::<String>::new());
}

/// Where the first one said nothing of use, the next may.
#[tokio::test]
async fn by_the_next_after_one_who_was_wrong() {
    let sheet = Sheet::new(widget_at("/file/none.wasm", "")).file("odd.wasm", good());
    let page = Page::reuse(sheet).await;
    page.wait(
        "an error",
        "record.events.some((it) => it.name === 'error')",
    )
    .await;
    let change = "el.remove(); document.body.insertAdjacentHTML('beforeend', args)";
    page.run(change, json!(widget_at(ODD, ""))).await;
    page.ready().await;
    assert_eq!(page.events("error").await.len(), 1);
    assert_eq!(page.console("warn").await, Vec::<String>::new());
    assert_eq!(page.server.asked("/file/none.wasm"), 1);
    page.generate("Bees").await;
    page.wait_state("done").await;
}

/// The package tells its address, so that pages can have it fetched early.
#[tokio::test]
async fn and_can_be_fetched_ahead() {
    let here = "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\"></slide-wright>";
    let code = "import { wasmUrl, SlideWrightElementClass } from '/pkg/dist/slidewright.js';
        window.told = wasmUrl();
        SlideWrightElementClass.preload().then(() => {
            window.loaded = true;
            document.body.insertAdjacentHTML('beforeend', HERE);
        });"
    .replace("HERE", &json!(here).to_string());
    let sheet = Sheet::without_package("")
        .head("<link rel=\"preload\" as=\"fetch\" crossorigin href=\"/pkg/dist/slidewright.wasm\">")
        .head(&format!("<script type=\"module\">{code}</script>"));
    let page = Page::reuse(sheet).await;
    page.ready().await;
    let told = "return loaded && new URL(told).pathname";
    assert_eq!(
        page.run(told, Value::Null).await,
        json!("/pkg/dist/slidewright.wasm")
    );
    assert_quiet(&page).await;
    // WebKitGTK does not take what it has preloaded for a fetch.
    let asked = page.server.asked("/pkg/dist/slidewright.wasm");
    let most = 1 + usize::from(Engine::current() == Engine::WebKit);
    assert!((1..=most).contains(&asked), "asked for {asked} times");
}
