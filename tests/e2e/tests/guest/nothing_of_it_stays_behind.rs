//! A widget that is removed leaves the page as it was: no listener, no timer, no call, no
//! global name.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

/// Counts what is begun on what outlives a widget, and not ended.
const WATCH: &str = "
    window.free = false;
    window.loaded = false;
    window.begin = () => {
        for (const it of document.querySelectorAll('slide-wright')) {
            if (it.id !== 'form') it.submit({ prompt: 'Bees' });
        }
    };
    // Asked for by the test, when the driver has brought most of its own.
    const driver = ['se_exportedFunctionSymbol', 'ret_nodes'];
    let names = null;
    window.load = () => {
        names = Object.getOwnPropertyNames(window);
        import('/pkg/dist/slidewright.js').then(() => { window.loaded = true; });
    };
    window.added = () => Object.getOwnPropertyNames(window)
        .filter((it) => !names.includes(it) && !driver.includes(it));
    const open = window.open_ends = [];
    const note = (what) => open.push(what);
    const done = (what) => {
        const at = open.indexOf(what);
        if (at >= 0) open.splice(at, 1);
    };
    // By object, since one name may stand for several.
    const known = new Map();
    const number = (it) => {
        if (!known.has(it)) known.set(it, known.size);
        return known.get(it);
    };
    const lasting = (target) => {
        if (target instanceof AbortSignal || target instanceof XMLHttpRequestEventTarget) return false;
        return !(target instanceof Node)
            || [document, document.documentElement, document.head, document.body].includes(target);
    };
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const capture = (options) => Boolean(typeof options === 'object' ? options?.capture : options);
    EventTarget.prototype.addEventListener = function (type, listener, options) {
        const target = this ?? window;
        if (lasting(target) && listener) {
            const what = `${target.constructor.name} ${type} ${number(target)} ${number(listener)} ${capture(options)}`;
            if (!open.includes(what)) note(what);
            options?.signal?.addEventListener('abort', () => done(what));
        }
        return add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
        const target = this ?? window;
        done(`${target.constructor.name} ${type} ${number(target)} ${number(listener)} ${capture(options)}`);
        return remove.call(target, type, listener, options);
    };
    for (const [set, clear, once] of [
        ['setTimeout', 'clearTimeout', true],
        ['setInterval', 'clearInterval', false],
        ['requestAnimationFrame', 'cancelAnimationFrame', true],
    ]) {
        const [begin, end] = [window[set], window[clear]];
        window[set] = (then, ...rest) => {
            const id = begin.call(window, (...args) => {
                if (once) done(`${set} ${id}`);
                return then(...args);
            }, ...rest);
            // A driver sets its own in the page.
            if (/slidewright|inline|headless/.test(new Error().stack)) note(`${set} ${id}`);
            return id;
        };
        window[clear] = (id) => { done(`${set} ${id}`); end.call(window, id); };
    }
    const { BroadcastChannel: Channel } = window;
    let channels = 0;
    window.BroadcastChannel = class extends Channel {
        #name = `channel ${channels++}`;
        constructor(name) { super(name); note(this.#name); }
        close() { done(this.#name); super.close(); }
    };
    window.held = async () => (await navigator.locks.query()).held.length;
    window.remove_all = () => {
        const made = [...document.querySelectorAll('slide-wright')];
        for (const it of made) it.remove();
    };";

/// What is open is named, should it not become nothing.
async fn wait_nothing_open(page: &Page, before: &Value) {
    let same = "JSON.stringify([...open_ends].sort()) === args";
    let open = page.run("return [...open_ends]", Value::Null).await;
    page.wait_with(
        format!("nothing open any more; there was {open}"),
        same,
        json!(before.to_string()),
    )
    .await;
}

async fn wait_no_lock(page: &Page) {
    let ask = "window.free = null; held().then((it) => { window.free = it === 0 })";
    page.run(ask, Value::Null).await;
    page.wait("no lock held", "window.free").await;
}

#[tokio::test]
async fn no_listener_no_timer_no_call_and_no_name() {
    let here = [
        widget("presenton,run=form", "id=\"form\""),
        widget("presenton,duration=600000,run=long", "id=\"long\""),
        widget("chronicle,duration=300,questions=1", "id=\"asking\""),
        widget("presenton,duration=300,run=done", "id=\"done\""),
        widget("presenton,status=500,run=noticed", "id=\"noticed\""),
        widget("presenton,submit=500,run=doubt", "id=\"doubt\""),
    ];
    let sheet = Sheet::without_package("<div id=\"place\"></div>").early(WATCH);
    let page = Page::reuse(sheet).await;
    page.wait("the host", "Boolean(window.load)").await;
    page.run("window.load()", Value::Null).await;
    page.wait("the package", "window.loaded").await;
    let before = page.run("return [...open_ends].sort()", Value::Null).await;
    let fill = "document.querySelector('#place').innerHTML = args";
    for _ in 0..2 {
        page.run(fill, json!(here.concat())).await;
        page.widget("#form").ready().await;
        page.widget("#doubt").ready().await;
        page.run("window.begin()", Value::Null).await;
        for (id, state) in [
            ("long", "waiting"),
            ("asking", "asking"),
            ("done", "done"),
            ("doubt", "uncertain"),
        ] {
            page.widget(&format!("#{id}")).wait_state(state).await;
        }
        let form = page.widget("#form");
        form.fill("prompt", "Bees").await;
        let open = page.run("return open_ends.length", Value::Null).await;
        assert!(
            open.as_u64() > before.as_array().map(|it| it.len() as u64),
            "{open}"
        );
        page.run("window.remove_all()", Value::Null).await;
        wait_nothing_open(&page, &before).await;
        wait_no_lock(&page).await;
    }
    let added = page.run("return added()", Value::Null).await;
    assert_eq!(added, json!([]));
}

const JOBS: &str = "
    import('/pkg/dist/headless.js').then(async ({ preload, createJob }) => {
        await preload();
        window.before = [...open_ends].sort();
        window.jobs = ['presenton,duration=600000', 'presenton,duration=300', 'presenton,status=500'].map((it) =>
            createJob({ provider: 'presenton', endpoint: `/sim/${it}`, id: it }));
        for (const it of jobs) it.submit({ prompt: 'Bees' });
    });";

/// A job without a view that is closed, the same.
#[tokio::test]
async fn nor_of_a_job_without_a_view() {
    let sheet = Sheet::without_package("").early(JOBS).early(WATCH);
    let page = Page::reuse(sheet).await;
    page.wait(
        "jobs under way",
        "window.jobs?.map((it) => it.snapshot?.state).join() === 'waiting,done,waiting'",
    )
    .await;
    let open = page
        .run("return open_ends.length > before.length", Value::Null)
        .await;
    assert_eq!(open, json!(true));
    page.run("for (const it of jobs) it.close()", Value::Null)
        .await;
    let before = page.run("return before", Value::Null).await;
    wait_nothing_open(&page, &before).await;
    wait_no_lock(&page).await;
}
