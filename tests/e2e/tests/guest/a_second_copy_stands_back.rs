//! Two scripts of a page may each bring the package, of different versions even: the
//! first one counts, and what is said to the second one goes for it, too.

use serde_json::{Value, json};
use slidewright_e2e::{File, Page, Sheet, widget};

use crate::loading::bytes;
use crate::tour::is_unharmed;

const SCENARIO: &str = "presenton,duration=300";

/// A job that goes on until the test ends it.
const LONG: &str = "presenton,duration=600000";

const BOTH: &str = "
    import * as one from '/pkg/dist/slidewright.js';
    import * as other from '/second/dist/SECOND';
    Object.assign(window, { first: one, second: other });";

/// A page with two copies, and what its script does next.
fn two(second: &str, then: &str, body: &str) -> Sheet {
    let code = BOTH.replace("SECOND", second) + then;
    Sheet::without_package(body)
        .head("<script type=\"module\" src=\"/file/host.js\"></script>")
        .file("host.js", File::script(code))
        .file("odd.wasm", File::new(bytes("slidewright.wasm")))
}

async fn assert_one_warning(page: &Page) {
    let warned = page.console("warn").await;
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(
        warned[0].contains("<slide-wright> is already defined"),
        "{warned:?}"
    );
    assert_eq!(page.console("error").await, Vec::<String>::new());
    is_unharmed(page).await;
}

#[tokio::test]
async fn with_one_warning() {
    for second in ["slidewright.js", "inline.js"] {
        let page = Page::reuse(two(second, "", &widget(SCENARIO, "").repeat(2))).await;
        page.ready().await;
        page.generate("Bees").await;
        page.wait_state("done").await;
        assert_one_warning(&page).await;
        assert_eq!(page.server.asked("/pkg/dist/slidewright.wasm"), 1);
        assert_eq!(page.server.asked("/second/dist/slidewright.wasm"), 0);
    }
}

/// Whichever comes later, in a page that has long begun.
#[tokio::test]
async fn in_the_middle_of_a_job() {
    let page = Page::reuse(Sheet::new(widget(LONG, ""))).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("waiting").await;
    let import = "import('/second/dist/inline.js').then(() => { window.loaded = true; })";
    page.run(import, Value::Null).await;
    page.wait("the second copy", "window.loaded").await;
    assert_eq!(page.state().await, "waiting");
    page.finish(LONG).await;
    page.wait_state("done").await;
    assert_one_warning(&page).await;
}

#[tokio::test]
async fn and_hands_on_where_the_module_is() {
    for second in ["slidewright.js", "inline.js"] {
        let then = "other.configure({ wasmUrl: '/file/odd.wasm' })";
        let page = Page::reuse(two(second, then, &widget(SCENARIO, ""))).await;
        page.ready().await;
        assert_eq!(page.server.asked("/file/odd.wasm"), 1);
        assert_eq!(page.server.asked("/pkg/dist/slidewright.wasm"), 0);
        assert_one_warning(&page).await;
    }
}

#[tokio::test]
async fn and_loads_ahead_for_the_first() {
    let then = "other.SlideWrightElementClass.preload().then(() => { window.loaded = true; })";
    let page = Page::reuse(two("slidewright.js", then, "")).await;
    page.wait("the module", "window.loaded").await;
    assert_eq!(page.server.asked("/pkg/dist/slidewright.wasm"), 1);
    assert_eq!(page.server.asked("/second/dist/slidewright.wasm"), 0);
    page.run(
        "document.body.insertAdjacentHTML('beforeend', args)",
        json!(widget(SCENARIO, "")),
    )
    .await;
    page.ready().await;
    assert_eq!(page.server.asked("/pkg/dist/slidewright.wasm"), 1);
    assert_one_warning(&page).await;
}

#[tokio::test]
async fn and_makes_elements_of_the_first() {
    let then = "
        const made = [one, other].map(({ SlideWrightElementClass }) => {
            const it = new SlideWrightElementClass();
            it.provider = 'presenton';
            it.endpoint = '/sim/presenton,duration=300';
            return it;
        });
        document.body.append(...made);
        window.same = one.SlideWrightElementClass === other.SlideWrightElementClass
            && one.SlideWrightElementClass === customElements.get('slide-wright');";
    let page = Page::reuse(two("slidewright.js", then, "")).await;
    page.ready().await;
    let other = page.widget("slide-wright:last-of-type");
    other.ready().await;
    other.generate("Bees").await;
    other.wait_state("done").await;
    assert_eq!(page.run("return same", Value::Null).await, json!(true));
    assert_one_warning(&page).await;
}

/// Somebody else's element of that name is not ours to use.
#[tokio::test]
async fn behind_whatever_has_its_name() {
    let early = "customElements.define('slide-wright', class extends HTMLElement {})";
    let code = "import { configure, SlideWrightElementClass } from '/pkg/dist/slidewright.js';
        configure({ wasmUrl: '/file/odd.wasm' });
        window.made = new SlideWrightElementClass();";
    let sheet = Sheet::without_package(widget(SCENARIO, ""))
        .early(early)
        .head(&format!("<script type=\"module\">{code}</script>"));
    let page = Page::reuse(sheet).await;
    page.wait("an element", "Boolean(window.made)").await;
    assert_one_warning(&page).await;
}
