//! A page's own rules do not reach inside, but by parts and custom properties; and none
//! of the widget's reaches out.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

const SCENARIO: &str = "presenton,duration=300";

/// A theme that means everything on the page.
const THEME: &str = "<style>
    *, *::before, *::after { margin: 3px !important; padding: 5px !important; float: left !important;
        border: 9px solid red !important; background: lime !important; opacity: .5 !important;
        box-sizing: content-box !important; border-radius: 0 !important; outline: 3px dashed blue !important }
    * { letter-spacing: 5px !important; word-spacing: 9px !important; text-indent: 30px !important;
        text-transform: uppercase !important; text-align: right !important; white-space: nowrap !important;
        text-shadow: 3px 3px red !important; user-select: none !important }
    * { position: relative !important; transform: skewX(1deg) !important }
    div, p, section, form, fieldset, h2 { display: none !important }
    slide-wright, body { display: block !important }
    button, input, select, textarea, label, a, summary, progress {
        all: unset !important; text-transform: uppercase !important; font: 40px fantasy !important }
    .frame, .field, .fields, .screen, .wide, .row { width: 10px !important; color: red !important }
    [part], [part~=prompt], :host { display: none !important }
</style>";

const PROPERTIES: &str = "['display', 'position', 'float', 'opacity', 'backgroundColor', 'color',
    'borderTopStyle', 'borderTopWidth', 'borderTopColor', 'borderTopLeftRadius', 'boxSizing', 'fontSize',
    'fontFamily', 'textTransform', 'outlineStyle', 'transform', 'marginTop', 'letterSpacing', 'wordSpacing', 'textIndent', 'textAlign', 'whiteSpace',
    'textShadow', 'userSelect']";

/// How everything in it looks.
async fn looks(page: &Page) -> Value {
    let code = format!(
        "return [...el.shadowRoot.querySelectorAll('*')].map((it) => {{
            const style = getComputedStyle(it);
            return [it.localName, it.getAttribute('part'), {PROPERTIES}.map((name) => style[name]).join()];
        }})"
    );
    page.run(&code, Value::Null).await
}

async fn walk(theme: &str) -> Vec<Value> {
    let page = Page::reuse(Sheet::new(widget(SCENARIO, "")).head(theme)).await;
    page.ready().await;
    // Whoever has the mouse over it looks otherwise.
    let mut all = vec![looks(&page).await];
    page.run("el.submit({ prompt: 'Bees' })", Value::Null).await;
    page.wait_state("done").await;
    page.part("download").await;
    all.push(looks(&page).await);
    all
}

async fn assert_changes_nothing(theme: &str) {
    let plain = walk("").await;
    let themed = walk(theme).await;
    for (plain, themed) in plain.iter().zip(&themed) {
        let (plain, themed) = (plain.as_array(), themed.as_array());
        let (plain, themed) = (plain.expect("elements"), themed.expect("elements"));
        assert!(plain.len() > 10, "{plain:?}");
        for (plain, themed) in plain.iter().zip(themed) {
            assert_eq!(plain, themed);
        }
        assert_eq!(plain.len(), themed.len());
    }
}

#[tokio::test]
async fn a_theme_changes_nothing_inside() {
    assert_changes_nothing(THEME).await;
}

/// The host is one of all elements, and hands down what is said of it.
#[tokio::test]
async fn nor_by_what_is_inherited() {
    assert_changes_nothing(
        "<style>* { text-indent: 2em; letter-spacing: .2em; word-spacing: 1em; text-align: center;
            text-transform: uppercase; text-shadow: 1px 1px red; white-space: nowrap }</style>",
    )
    .await;
}

#[tokio::test]
async fn parts_and_custom_properties_do() {
    let own = "<style>
        slide-wright { --slidewright-radius: 3px; }
        slide-wright::part(submit) { background: rgb(1, 2, 3); border-radius: 7px }
        slide-wright::part(button) { text-transform: uppercase }
    </style>";
    let page = Page::reuse(Sheet::new(widget(SCENARIO, "")).head(own)).await;
    page.ready().await;
    let code =
        "const [submit, prompt] = ['submit', 'prompt'].map((it) => getComputedStyle(one(it)));
        return [submit.backgroundColor, submit.borderTopLeftRadius, submit.textTransform,
            prompt.borderTopLeftRadius]";
    assert_eq!(
        page.run(code, Value::Null).await,
        json!(["rgb(1, 2, 3)", "7px", "uppercase", "3px"])
    );
}

/// All that the page's own things look like, down to the last property.
const OWN: &str = "
    <h1 class=\"frame\">Heading</h1><p part=\"hint\">Text</p><label class=\"field\">Label</label>
    <button part=\"submit\" class=\"row\">Own</button><textarea></textarea><select></select>
    <input type=\"checkbox\"><a href=\"#\">Link</a><progress></progress><div hidden>Hidden</div>
    <ul><li>One</li></ul><details><summary>More</summary></details>";

#[tokio::test]
async fn and_none_of_its_own_reaches_out() {
    let measure = "window.measure = () => ({
        looks: [...document.querySelectorAll('#own, #own *, body, html')].map((it) => {
            const style = getComputedStyle(it);
            // How high the page is depends on all that is on it.
            const names = [...style].filter((name) => !/height|block-size|inset|origin|^bottom|^top/.test(name));
            return names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join(';');
        }),
        sheets: document.styleSheets.length,
        adopted: document.adoptedStyleSheets.length,
        head: document.head.innerHTML,
        properties: getComputedStyle(document.documentElement).getPropertyValue('--slidewright-text'),
        title: document.title,
        scroll: [scrollX, scrollY],
    })";
    let body = format!("<div id=\"own\">{OWN}</div><div id=\"place\"></div>");
    let sheet = Sheet::without_package(body).early(measure).head(
        "<script type=\"module\">window.load = () => import('/pkg/dist/slidewright.js')</script>",
    );
    let page = Page::reuse(sheet).await;
    page.wait("the host's script", "Boolean(window.load)").await;
    page.run("window.before = measure()", Value::Null).await;
    let show = "document.querySelector('#place').innerHTML = args; window.load()";
    page.run(show, json!(widget(SCENARIO, ""))).await;
    page.ready().await;
    page.run("el.submit({ prompt: 'Bees' })", Value::Null).await;
    page.wait_state("done").await;
    page.part("download").await;
    let both = page
        .run("return [window.before, measure()]", Value::Null)
        .await;
    let looks = both[0]["looks"].as_array();
    assert!(looks.is_some_and(|it| it.len() > 10), "{looks:?}");
    assert_eq!(both[0], both[1]);
}
