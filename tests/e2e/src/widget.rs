//! A widget on a page: what a visitor does with it and sees of it.

use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use serde_json::{Value, json};
use thirtyfour::error::WebDriverErrorInner;
use thirtyfour::prelude::*;
use tokio::time::sleep;

use crate::browser::{At, Windows};
use crate::page::{LOOK, PATIENCE};

/// What every script can use: the widget, its parts, and what was recorded.
const PRELUDE: &str = "
    const el = document.querySelector(arguments[0]);
    const all = (part) => el?.shadowRoot ? [...el.shadowRoot.querySelectorAll(`[part~='${part}']`)] : [];
    const one = (part) => all(part)[0] ?? null;
    // An empty region is in the tree, and takes no place.
    const seen = (node) => Boolean(node) && node.checkVisibility()
        && [...node.getClientRects()].some((box) => box.width * box.height > 0);
    // The same box in two looks; the next who wants to know looks twice again.
    const still = (node) => {
        const box = JSON.stringify(node.getBoundingClientRect());
        const same = node.boxBefore === box;
        node.boxBefore = same ? null : box;
        return same;
    };
    const args = arguments[1];
";

/// A widget on a page: what a visitor does with it and sees of it.
pub struct Widget {
    pub(crate) windows: Arc<Windows>,
    pub(crate) window: WindowHandle,
    pub(crate) selector: String,
}

impl Widget {
    /// Runs the body of a function in the page. It can use `el` (the widget),
    /// `one(part)`, `all(part)`, `seen(node)`, `args` and `record`.
    ///
    /// # Panics
    ///
    /// Where it throws.
    pub async fn run(&self, code: &str, args: Value) -> Value {
        self.try_run(code, args)
            .await
            .unwrap_or_else(|error| panic!("{code}: {error}"))
    }

    /// The driver, acting on the widget's own window.
    pub(crate) async fn at(&self) -> At<'_> {
        let at = self.windows.at(&self.window).await;
        at.expect("the window of the widget")
    }

    async fn try_run(&self, code: &str, args: Value) -> WebDriverResult<Value> {
        Ok(self.execute(code, args).await?.json().clone())
    }

    async fn execute(&self, code: &str, args: Value) -> WebDriverResult<ScriptRet> {
        let script = [PRELUDE, code].concat();
        let args = vec![json!(self.selector), args];
        let at = self.windows.at(&self.window).await?;
        at.execute(script, args).await
    }

    /// Waits until an expression is true, and gives its value.
    ///
    /// # Panics
    ///
    /// Where it does not become true: with what was wanted and what there was.
    pub async fn wait(&self, what: impl Display, expression: &str) -> Value {
        self.wait_with(what, expression, Value::Null).await
    }

    /// [`wait`](Widget::wait), with something for `args`.
    ///
    /// # Panics
    ///
    /// Where it does not become true.
    pub async fn wait_with(&self, what: impl Display, expression: &str, args: Value) -> Value {
        let found = self.wait_for(what, expression, args).await;
        found.json().clone()
    }

    /// [`wait_with`](Widget::wait_with), for an element: what a second script would
    /// look for may be gone by then.
    async fn wait_element(&self, what: impl Display, expression: &str, args: Value) -> WebElement {
        let found = self.wait_for(what, expression, args).await;
        found.element().expect("an element")
    }

    async fn wait_for(&self, what: impl Display, expression: &str, args: Value) -> ScriptRet {
        let start = Instant::now();
        let code = format!("return {expression}");
        loop {
            // An exception is one way of not being so yet: a part is not there.
            let last = match self.execute(&code, args.clone()).await {
                Ok(found) => match found.json() {
                    value @ (Value::Null | Value::Bool(false)) => value.to_string(),
                    _ => return found,
                },
                Err(error) => error.to_string(),
            };
            if start.elapsed() > PATIENCE {
                let there = self.describe().await;
                panic!("never: {what} ({expression}, last {last}); there was {there}");
            }
            sleep(LOOK).await;
        }
    }

    /// What there is, for a test that did not find what it wanted.
    async fn describe(&self) -> String {
        let code = "return JSON.stringify({
            snapshot: el?.snapshot,
            job: window.job?.snapshot, // One without a view.
            told: window.told?.map((it) => it && [it.state, it.notice, it.percent]),
            shown: el?.shadowRoot?.querySelector('.frame')?.innerText,
            events: window.record?.events.slice(-5),
            console: window.record?.console,
        }, null, 1)";
        match self.try_run(code, Value::Null).await {
            Ok(said) => said.as_str().unwrap_or_default().to_owned(),
            Err(error) => error.to_string(),
        }
    }

    /// Waits until the widget can be used.
    pub async fn ready(&self) {
        self.wait("a widget that is ready", "Boolean(el?.snapshot)")
            .await;
    }

    /// The job's state now.
    pub async fn state(&self) -> String {
        text(self.run("return el.snapshot?.state", Value::Null).await)
    }

    /// Waits for a state of the job.
    pub async fn wait_state(&self, state: &str) {
        let what = format!("the state {state}");
        self.wait_with(what, "el.snapshot?.state === args", json!(state))
            .await;
    }

    /// The element itself.
    ///
    /// # Panics
    ///
    /// Where it is not on the page.
    pub async fn element(&self) -> WebElement {
        let at = self.at().await;
        let found = at.find(By::Css(&self.selector)).await;
        found.expect("the widget")
    }

    /// Waits until a part is there to be seen, and gives it.
    ///
    /// # Panics
    ///
    /// Where it is not.
    pub async fn part(&self, name: &str) -> WebElement {
        let first = "all(args).find(seen)";
        self.wait_element(format!("a part {name}"), first, json!(name))
            .await
    }

    /// Whether a part is there to be seen now.
    pub async fn sees(&self, part: &str) -> bool {
        let seen = self.run("return all(args).some(seen)", json!(part)).await;
        seen == json!(true)
    }

    /// The text of a part that is there to be seen.
    pub async fn text(&self, part: &str) -> String {
        self.wait_text_of(part, "innerText").await
    }

    /// All that can be read in the widget.
    pub async fn shown(&self) -> String {
        let code = "return el.shadowRoot.querySelector('.screen').innerText";
        text(self.run(code, Value::Null).await)
    }

    /// Waits until the widget shows a text.
    pub async fn wait_text(&self, wanted: &str) {
        let shown = "el.shadowRoot.querySelector('.screen').innerText.includes(args)";
        self.wait_with(format!("the text \"{wanted}\""), shown, json!(wanted))
            .await;
    }

    /// Starts to record what an expression over `root`, the widget's tree, says
    /// after each change of that tree.
    pub async fn trace(&self, name: &str, expression: &str) {
        let code = format!("record.trace(args, el, (root) => {expression})");
        self.run(&code, json!(name)).await;
    }

    /// The different values of a trace, in order.
    pub async fn traced(&self, name: &str) -> Vec<Value> {
        list(self.run("return record.traces[args]", json!(name)).await)
    }

    /// What is in a field of the form.
    pub async fn value(&self, part: &str) -> String {
        self.wait_text_of(part, "value").await
    }

    async fn wait_text_of(&self, part: &str, property: &str) -> String {
        let what = format!("a part {part}");
        let read = format!("all(args).find(seen)?.{property}");
        text(self.wait_with(what, &read, json!(part)).await)
    }

    /// Puts a text into a field of the form, by typing.
    pub async fn fill(&self, part: &str, text: &str) {
        self.until_done(format!("a part {part} that takes text"), async || {
            let field = self.part(part).await;
            let _at = self.at().await;
            field.clear().await?;
            field.send_keys(text).await
        })
        .await;
    }

    /// Chooses a value from a list, by typing the first word of its label: a
    /// driver's own way of choosing fires no events that a visitor's would.
    pub async fn choose(&self, part: &str, value: &str) {
        self.part(part).await;
        let label = "return [...one(args[0]).options].find((it) => it.value === args[1]).label.split(' ')[0]";
        let args = json!([part, value]);
        let label = text(self.run(label, args.clone()).await);
        self.until_done(format!("a part {part} to choose from"), async || {
            let list = self.part(part).await;
            let _at = self.at().await;
            list.send_keys(&label).await
        })
        .await;
        let chosen = "one(args[0]).value === args[1]";
        self.wait_with(format!("the choice {value}"), chosen, args)
            .await;
    }

    /// Clicks on a part, with the mouse, scrolling there if need be.
    pub async fn click(&self, part: &str) {
        self.click_first("all(args)", part).await;
    }

    /// Waits until an element within the widget is there to be seen, and gives it.
    ///
    /// # Panics
    ///
    /// Where it is not.
    pub async fn find(&self, selector: &str) -> WebElement {
        let first = "[...el.shadowRoot.querySelectorAll(args)].find(seen)";
        self.wait_element(selector, first, json!(selector)).await
    }

    /// Clicks on an element within the widget.
    pub async fn click_on(&self, selector: &str) {
        self.click_first("[...el.shadowRoot.querySelectorAll(args)]", selector)
            .await;
    }

    /// Clicks on the first of these that is there to be seen, once it stands still:
    /// where it is looked up and where it is hit are two moments.
    async fn click_first(&self, these: &str, name: &str) {
        let still = format!("{these}.filter(seen).slice(0, 1).find(still)");
        self.until_done(format!("{name} to click on"), async || {
            let what = format!("{name} that stands still");
            let found = self.wait_element(what, &still, json!(name)).await;
            let _at = self.at().await;
            found.click().await
        })
        .await;
    }

    /// Chooses files in the browser's own way.
    pub async fn choose_files(&self, files: &[PathBuf]) {
        let paths: Vec<_> = files.iter().map(|it| it.display().to_string()).collect();
        self.until_done("a part that takes files", async || {
            let input = self.part("file-input").await;
            let _at = self.at().await;
            input.send_keys(paths.join("\n")).await
        })
        .await;
    }

    /// Does something to an element, again from looking it up where it was not to be
    /// reached: what one command found, a page may have replaced, moved or covered by
    /// the next.
    async fn until_done(&self, what: impl Display, attempt: impl AsyncFn() -> WebDriverResult<()>) {
        let start = Instant::now();
        while let Err(error) = attempt().await {
            if !is_out_of_reach(&error) || start.elapsed() > PATIENCE {
                let there = self.describe().await;
                panic!("never: {what} ({error}); there was {there}");
            }
            sleep(LOOK).await;
        }
    }

    /// Brings a file of this name and text by an event: `drop` or `paste`.
    /// Whether the browser's own way of dealing with it was stopped.
    pub async fn bring_file(&self, event: &str, target: &str, name: &str) -> bool {
        let code = "const [event, target, name] = args;
            const data = new DataTransfer();
            data.items.add(new File(['what is in it'], name));
            const init = { bubbles: true, cancelable: true, composed: true };
            const made = event === 'paste'
                ? new ClipboardEvent(event, { ...init, clipboardData: data })
                : new DragEvent(event, { ...init, dataTransfer: data });
            return !one(target).dispatchEvent(made)";
        self.part(target).await;
        self.run(code, json!([event, target, name])).await == json!(true)
    }

    /// Types a topic and presses the button.
    pub async fn generate(&self, topic: &str) {
        self.fill("prompt", topic).await;
        self.click("submit").await;
    }
}

/// Whether a driver did nothing at all, since the element was not there to be acted on.
/// All of these are found out before the first event is dispatched, so whoever tries
/// again does nothing twice.
fn is_out_of_reach(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
    )
}

pub(crate) fn text(value: Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

pub(crate) fn list(value: Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

pub(crate) fn texts(value: Value) -> Vec<String> {
    list(value).into_iter().map(text).collect()
}
