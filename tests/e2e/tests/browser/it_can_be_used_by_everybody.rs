//! Names, roles, values, headings and contrast, in each state, in light and
//! dark.

use serde_json::{Value, json};
use slidewright_e2e::Page;

/// Controls without a label, buttons and links without a name, a panel without
/// a heading, a bar without its figures, a list that is none, references that lead
/// nowhere.
const NAMELESS: &str = "
    const root = el.shadowRoot;
    const wrong = [];
    const name = (node) => (node.ariaLabel || node.innerText || '').trim();
    for (const control of root.querySelectorAll('input, select, textarea')) {
        const by = control.getAttribute('aria-labelledby');
        const labels = by ? [root.getElementById(by)] : [...control.labels];
        if (!labels.map((it) => it?.textContent.trim()).join('')) wrong.push(`no label: ${control.outerHTML}`);
    }
    for (const node of root.querySelectorAll('button, a[href], summary')) {
        if (seen(node) && !name(node)) wrong.push(`no name: ${node.outerHTML}`);
    }
    for (const panel of root.querySelectorAll('section')) {
        if (!panel.querySelector('h1, h2, h3')?.innerText.trim()) wrong.push(`no heading: ${panel.outerHTML}`);
    }
    for (const bar of root.querySelectorAll('[role=progressbar]')) {
        const now = bar.getAttribute('aria-valuenow');
        const figures = bar.getAttribute('aria-valuemin') === '0' && bar.getAttribute('aria-valuemax') === '100';
        if (!name(bar) || !figures || (now !== null && !(now >= 0 && now <= 100))) wrong.push(bar.outerHTML);
    }
    for (const item of root.querySelectorAll('li')) {
        if (!item.parentElement.matches('ul, ol')) wrong.push(`no item of a list: ${item.outerHTML}`);
    }
    for (const group of root.querySelectorAll('[role=group], [role=radiogroup]')) {
        if (!group.getAttribute('aria-labelledby')) wrong.push(`no name: ${group.outerHTML}`);
    }
    for (const node of root.querySelectorAll('[aria-describedby], [aria-labelledby], label[for]')) {
        const ids = ['aria-describedby', 'aria-labelledby', 'for'].map((it) => node.getAttribute(it) ?? '');
        for (const id of ids.join(' ').split(' ').filter(Boolean)) if (!root.getElementById(id)) wrong.push(`leads nowhere: ${id}`);
    }
    const ids = [...root.querySelectorAll('[id]')].map((it) => it.id);
    if (new Set(ids).size !== ids.length) wrong.push(`ids that are not unique: ${ids}`);
    return wrong";

/// Text whose contrast to what is behind it is below 4.5 : 1 (WCAG 2.2, 1.4.3).
/// Colours are painted and read back, so that every notation is understood.
const PALE: &str = "
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const paint = (layers) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const layer of layers) { canvas.fillStyle = layer; canvas.fillRect(0, 0, 1, 1); }
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    };
    const luminance = (rgb) => {
        const [r, g, b] = rgb.map((it) => it / 255)
            .map((it) => (it <= 0.04045 ? it / 12.92 : ((it + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = (node) => {
        const layers = [];
        for (let at = node; at && at !== el; at = at.parentElement) {
            layers.unshift(getComputedStyle(at).backgroundColor);
        }
        return layers;
    };
    const pale = [];
    for (const node of el.shadowRoot.querySelectorAll('*')) {
        const own = [...node.childNodes].some((it) => it.nodeType === 3 && it.data.trim());
        const field = node.matches('input, select, textarea');
        if (!(own || field) || !seen(node) || node.closest('.voice, :disabled, option')) continue;
        const layers = behind(node);
        // Of a picker for files only the button is to be read: the list is ours.
        const button = node.type === 'file' ? '::file-selector-button' : undefined;
        const style = getComputedStyle(node, button);
        if (button) layers.push(style.backgroundColor);
        const [text, surface] = [paint([...layers, style.color]), paint(layers)].map(luminance);
        const contrast = (Math.max(text, surface) + 0.05) / (Math.min(text, surface) + 0.05);
        if (contrast < 4.5) pale.push(`${contrast.toFixed(2)}: ${node.outerHTML.slice(0, 120)}`);
    }
    return pale";

async fn assert_usable(page: &Page, state: &str) {
    assert_eq!(page.run(NAMELESS, Value::Null).await, json!([]), "{state}");
    for scheme in ["light", "dark"] {
        page.run("el.colorScheme = args", json!(scheme)).await;
        let taken = "el.shadowRoot.querySelector('.frame').dataset.scheme === args";
        page.wait_with(scheme, taken, json!(scheme)).await;
        let pale = page.run(PALE, Value::Null).await;
        assert_eq!(pale, json!([]), "{state}, {scheme}");
    }
}

#[tokio::test]
async fn the_form_the_progress_and_the_deck() {
    let page = Page::with_widget("presenton,duration=4000", "").await;
    page.click("more-summary").await;
    page.part("instructions").await;
    assert_usable(&page, "form").await;
    page.click("submit").await;
    page.part("field-error").await;
    assert_usable(&page, "a complaint").await;
    page.generate("Bees").await;
    page.wait("a progress", "el.snapshot.slidesTotal").await;
    assert_usable(&page, "waiting").await;
    page.wait_state("done").await;
    page.part("download").await;
    assert_usable(&page, "done").await;
}

#[tokio::test]
async fn a_failure_and_its_details() {
    let page = Page::with_widget("presenton,duration=900,fail=outline", "").await;
    page.generate("Bees").await;
    page.wait_state("failed").await;
    page.click("details-summary").await;
    page.part("provider-text").await;
    assert_usable(&page, "failed").await;
}

#[tokio::test]
async fn doubt() {
    let page = Page::with_widget("presenton,submit=502", "").await;
    page.generate("Bees").await;
    page.wait_state("uncertain").await;
    page.click("details-summary").await;
    assert_usable(&page, "uncertain").await;
}

#[tokio::test]
async fn a_notice_and_a_stop() {
    let page = Page::with_widget("presenton,status=503", "").await;
    page.generate("Bees").await;
    page.part("notice").await;
    assert_usable(&page, "notice").await;
    page.click("stop").await;
    page.part("again").await;
    assert_usable(&page, "stopped").await;
}

#[tokio::test]
async fn a_refusal() {
    let page = Page::with_widget("presenton,submit=problem", "").await;
    page.generate("Bees").await;
    page.part("action").await;
    assert_usable(&page, "refused").await;
}

#[tokio::test]
async fn a_question_with_a_round_behind_it() {
    let scenario = "chronicle,duration=300,questions=2,answer=400,answer-times=1";
    let page = Page::with_widget(scenario, "").await;
    page.fill("prompt", "Bees").await;
    page.part("template").await;
    page.click_on("input[name=template][value=tpl_pitch]").await;
    page.part("sections").await;
    assert_usable(&page, "templates and sections").await;
    page.click("submit").await;
    page.part("answer").await;
    assert_usable(&page, "a question").await;
    page.fill("answer", "We keep bees").await;
    page.click("send").await;
    page.click("details-summary").await;
    assert_usable(&page, "an answer that was not taken").await;
    page.click("send").await;
    page.wait(
        "the next question",
        "seen(one('answer')) && seen(one('round'))",
    )
    .await;
    assert_usable(&page, "a question with a round behind it").await;
}

#[tokio::test]
async fn a_deck_with_a_slide_missing_and_its_old_link() {
    let scenario = "duomi,duration=2500,bad-slides=1,life=12";
    let attributes = "template-slides=\"title=slide_a\" outline=\"# Bees\n# Hives\"";
    let page = Page::with_widget(scenario, attributes).await;
    page.part("outline").await;
    assert_usable(&page, "outline").await;
    page.click("submit").await;
    page.wait_state("done").await;
    page.part("slide-errors").await;
    assert_usable(&page, "partial").await;
    page.part("refresh").await;
    assert_usable(&page, "an old link").await;
}

#[tokio::test]
async fn files_and_what_is_wrong_with_them() {
    let page = Page::with_widget("perceptis", "output-type=\"single_slide\"").await;
    page.part("file-input").await;
    assert_usable(&page, "no file yet").await;
    assert!(page.bring_file("drop", "file", "bees.png").await);
    assert!(page.bring_file("drop", "file", "virus.exe").await);
    page.part("field-error").await;
    assert_usable(&page, "a file, and one that is not taken").await;
}

#[tokio::test]
async fn a_file_behind_headers() {
    let page = Page::with_widget("presenton,duration=300,auth=right", "").await;
    let headers = "el.headers = { Authorization: 'Bearer right' }";
    page.run(headers, Value::Null).await;
    page.generate("Bees").await;
    page.part("download").await;
    page.browser.slow_down(2_000, -1).await;
    page.click("download").await;
    page.part("stop").await;
    assert_usable(&page, "saving").await;
}

#[tokio::test]
async fn what_was_announced_does_not_outlive_its_state() {
    let page = Page::with_widget("presenton,duration=300", "").await;
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.wait(
        "the focus on the heading",
        "el.shadowRoot.activeElement?.matches('[part~=heading]')",
    )
    .await;
    // A reader that goes through the page meets it below the deck.
    let voice = "return el.shadowRoot.querySelector('.voice[role=status]').innerText";
    let voice = page.run(voice, Value::Null).await;
    assert!(
        voice == json!("") || voice == json!("Your deck is ready"),
        "{voice}"
    );
}
