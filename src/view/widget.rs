//! One widget: its runner, what its views share, and the frame around them.

use super::dom::{El, el, live, part};
use super::messages::{self, Message};
use super::{failed, form, paused, progress, question, result, slotted, style, uncertain};
use crate::browser::{
    ConfigProblem, Host, Options, ProviderText, Runner, object, property, set_property, spawn,
    text_property,
};
use crate::job::{Event, Snapshot, State};
use crate::json::Json;
use js_sys::Function;
use reactive_graph::graph::Observer;
use reactive_graph::owner::Owner;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlElement, ShadowRoot};

/// A widget in its shadow root. Dropping it stops it and empties the root.
pub struct Widget {
    shared: Rc<Shared>,
    owner: Option<Owner>,
}

/// What all views of a widget have in common.
pub(super) struct Shared {
    host: HtmlElement,
    root: ShadowRoot,
    runner: OnceCell<Runner>,
    /// Something to be shown has changed.
    changed: ArcTrigger,
    voice: RefCell<Option<Element>>,
    on_state: Option<Function>,
    last_state: Cell<Option<State>>,
    last_screen: Cell<Option<Screen>>,
    more_open: Cell<bool>,
}

impl Widget {
    /// Shows a widget in `root`, the shadow root of `host`. `on_state` is told
    /// the name of each state.
    pub fn mount(
        host: HtmlElement,
        root: ShadowRoot,
        options: Options,
        on_state: Option<Function>,
    ) -> Widget {
        let shared = Rc::new(Shared {
            host: host.clone(),
            root: root.clone(),
            runner: OnceCell::new(),
            changed: ArcTrigger::new(),
            voice: RefCell::new(None),
            on_state,
            last_state: Cell::new(None),
            last_screen: Cell::new(None),
            more_open: Cell::new(false),
        });
        let changed = shared.changed.clone();
        let slots = host.clone();
        let runner = Runner::new(
            Host::new(&host),
            options,
            move || changed.notify(),
            move || slotted::values(&slots),
        );
        // Empty until here, so it cannot be taken.
        let _ = shared.runner.set(runner);
        style::adopt(&root);
        let owner = root_owner();
        let frame = owner.with(|| frame(&shared));
        root.set_text_content(None);
        let _ = root.append_child(frame.node());
        Widget {
            shared,
            owner: Some(owner),
        }
    }

    /// The widget can be used: says so to the host.
    pub fn ready(&self) {
        self.shared.run(Runner::ready);
    }

    /// Takes other options.
    pub fn configure(&self, options: Options) {
        self.shared.run(|runner| runner.configure(options));
    }

    /// A method of the element, by name. Unknown names change nothing.
    pub fn call(&self, method: &str, argument: &JsValue) -> JsValue {
        let shared = &self.shared;
        match method {
            "submit" if argument.is_object() => {
                let fields = crate::browser::from_js(argument).unwrap_or_else(Json::map);
                if shared.page_agrees() {
                    shared.run(|runner| runner.submit_with(&fields));
                }
            }
            "submit" => shared.submit(),
            _ => {
                let runner = shared.runner.get();
                return runner.map_or(JsValue::NULL, |runner| runner.call(method, argument));
            }
        }
        JsValue::UNDEFINED
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        if let Some(owner) = self.owner.take() {
            owner.unset_with_forced_cleanup();
        }
        self.shared.root.set_text_content(None);
    }
}

impl Shared {
    pub(super) fn host(&self) -> &HtmlElement {
        &self.host
    }

    /// What is to be shown; whoever reads it runs again when it changes.
    #[inline(never)]
    pub(super) fn shown(&self) -> Rc<Snapshot> {
        self.follow();
        self.runner.get().map(Runner::shown).unwrap_or_default()
    }

    /// What the page says; followed like [`shown`](Shared::shown).
    #[inline(never)]
    pub(super) fn options(&self) -> Rc<Options> {
        self.follow();
        self.runner.get().map(Runner::options).unwrap_or_default()
    }

    /// Where nobody can follow, as in a listener, a debug build of Leptos would warn
    /// of it, in the console of an app that has done nothing wrong.
    fn follow(&self) {
        if !cfg!(debug_assertions) || Observer::get().is_some() {
            self.changed.track();
        }
    }

    pub(super) fn run(&self, what: impl FnOnce(&Runner)) {
        if let Some(runner) = self.runner.get() {
            what(runner);
        }
    }

    pub(super) fn runner(&self) -> Option<&Runner> {
        self.runner.get()
    }

    pub(super) fn tell(&self, event: Event) {
        self.run(|runner| runner.handle(event));
    }

    /// Wants a deck from what is in the form.
    pub(super) fn submit(&self) {
        if self.page_agrees() {
            self.run(Runner::submit);
            self.show_complaints();
        }
    }

    /// Leads whoever pressed the button to the first field that is wrong.
    fn show_complaints(&self) {
        let shown = self.shown();
        let refused = shown
            .refusal
            .as_ref()
            .is_some_and(|refusal| !refusal.fields.is_empty());
        if refused && shown.state == State::Drafting && self.has_focus() {
            self.focus_soon(COMPLAINT);
        }
    }

    /// Whether the host's own controls are filled in as they must be.
    fn page_agrees(&self) -> bool {
        !self.options().disabled && slotted::are_valid(&self.host)
    }

    /// A text, as the host has it or as we do.
    pub(super) fn say(&self, message: Message) -> String {
        let (key, english) = message.parts();
        self.own_text(key).unwrap_or_else(|| english.into())
    }

    pub(super) fn say_with(&self, message: Message, values: &[(&str, &str)]) -> String {
        messages::fill(&self.say(message), values)
    }

    /// The host's text of a key, or ours, if there is any.
    pub(super) fn say_key(&self, key: &str) -> Option<String> {
        self.own_text(key)
            .or_else(|| messages::of_key(key).map(Into::into))
    }

    fn own_text(&self, key: &str) -> Option<String> {
        self.runner.get()?.message(key)
    }

    /// Says something once, politely, to those who listen to the page.
    pub(super) fn announce(&self, text: &str) {
        if let Some(voice) = self.voice.borrow().as_ref() {
            voice.set_text_content(Some(text));
        }
    }

    /// Whether the form's rarer fields are unfolded.
    pub(super) fn more_open(&self) -> bool {
        self.more_open.get()
    }

    pub(super) fn set_more_open(&self, open: bool) {
        self.more_open.set(open);
    }

    /// The first element of a selector.
    pub(super) fn find(&self, selector: &str) -> Option<Element> {
        self.root.query_selector(selector).ok().flatten()
    }

    /// Leads the focus from an element that is about to go, if it has it, to what
    /// takes its place.
    pub(super) fn lead_focus(&self, from: &str, to: &str) {
        if self.find(&[from, ":focus"].concat()).is_some() {
            self.focus_soon(to);
        }
    }

    /// Moves the focus, once the views have followed.
    pub(super) fn focus_soon(&self, selector: &str) {
        let (root, selector) = (self.root.clone(), selector.to_string());
        spawn(Box::pin(async move { focus(&root, &selector) }));
    }

    /// Whether the focus is inside the widget.
    pub(super) fn has_focus(&self) -> bool {
        self.root.active_element().is_some()
    }

    /// The service's own words, as far as the host wants them seen.
    pub(super) fn provider_words(&self, said: Option<&str>) -> Option<El> {
        let said = said?;
        match self.options().provider_text {
            ProviderText::Hide => None,
            ProviderText::Show => Some(part("p", "provider-text").text(said)),
            ProviderText::Details => Some(
                part("details", "details")
                    .child(part("summary", "details-summary").text(&self.say(messages::DETAILS)))
                    .child(part("p", "provider-text").text(said)),
            ),
        }
    }
}

/// Where something is wrong: a field, or what is said above the button.
const COMPLAINT: &str = "[aria-invalid=true], [part~=error]"; // not shown: a selector

/// Moves the focus without scrolling the page.
fn focus(root: &ShadowRoot, selector: &str) {
    let Some(element) = root.query_selector(selector).ok().flatten() else {
        return;
    };
    // What is folded away cannot take the focus.
    if let Some(fold) = element.closest("details").ok().flatten() {
        set_property(&fold, "open", &JsValue::TRUE);
    }
    let options = object(&[("preventScroll", &JsValue::TRUE)]);
    let element: HtmlElement = element.unchecked_into();
    let _ = element.focus_with_options(&options.unchecked_into());
}

/// A button that does something; every one also carries the part `button`.
pub(super) fn button(
    shared: &Rc<Shared>,
    names: &str,
    message: Message,
    then: impl Fn(&Rc<Shared>) + 'static,
) -> El {
    part("button", &["button ", names].concat())
        .attr("type", "button")
        .say(shared, message)
        .on(shared, "click", move |shared, _| then(shared))
}

/// The heading of a panel. It can take the focus, but not by Tab.
pub(super) fn heading() -> El {
    part("h2", "heading").attr("tabindex", "-1")
}

/// A panel with its heading.
pub(super) fn panel(shared: &Shared, title: Message) -> El {
    part("section", "panel").child(heading().say(shared, title))
}

/// An owner without a parent: a widget made while another one's code runs must
/// not end with it.
fn root_owner() -> Owner {
    let current = Owner::current();
    if let Some(current) = current.clone() {
        current.unset();
    }
    let owner = Owner::new();
    if let Some(current) = current {
        current.set();
    }
    owner
}

/// What is shown, as a number: where it changes, the view is built anew.
fn screen(shared: &Shared) -> Screen {
    let shown = shared.shown();
    let problem = shared.runner().and_then(Runner::problem);
    let at_work = !matches!(shown.state, State::Drafting);
    match shown.state {
        _ if problem == Some(ConfigProblem::Loading) && !at_work => Screen::Loading,
        _ if problem.is_some() && !at_work => Screen::NotSetUp,
        State::Drafting | State::Preparing => Screen::Form,
        State::Submitting | State::Waiting => Screen::Progress,
        State::Asking => Screen::Question,
        State::Uncertain => Screen::Uncertain,
        State::Done => Screen::Result,
        State::Failed => Screen::Failed,
        State::Stopped => Screen::Stopped,
        State::Overdue => Screen::Overdue,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Screen {
    Loading,
    NotSetUp,
    Form,
    Progress,
    Question,
    Uncertain,
    Result,
    Failed,
    Stopped,
    Overdue,
}

/// More than there are screens, and a power of two.
const SCREENS: u32 = 16;

fn frame(shared: &Rc<Shared>) -> El {
    let voice = el("div").class("voice").attr("role", "status");
    *shared.voice.borrow_mut() = Some(voice.node().clone());
    follow_state(shared);
    el("div")
        .class("frame")
        .live_attr(shared, "data-scheme", |shared| {
            shared.options().color_scheme.clone()
        })
        .child(el("slot").attr("name", "header"))
        .child(el("div").class("screen").region(
            shared,
            |shared| {
                let revision = shared.runner().map_or(0, Runner::revision);
                revision.wrapping_mul(SCREENS) | screen(shared) as u32
            },
            |shared| {
                keep_place(shared);
                Some(build(shared))
            },
        ))
        .child(el("slot").attr("name", "footer"))
        .child(voice)
}

/// Where the same screen is built anew, because the page has set something, who
/// was typing goes on typing.
fn keep_place(shared: &Rc<Shared>) {
    let screen = screen(shared);
    if shared.last_screen.replace(Some(screen)) != Some(screen) {
        return;
    }
    let Some(active) = shared.root.active_element() else {
        return;
    };
    let id = text_property(&active, "id");
    if id.is_empty() {
        return;
    }
    let selection = ["selectionStart", "selectionEnd"];
    let selected = selection.map(|end| property(&active, end));
    let root = shared.root.clone();
    spawn(Box::pin(async move {
        let selector = ["#", id.as_str()].concat();
        focus(&root, &selector);
        if let Some(active) = root.active_element() {
            for (end, place) in selection.iter().zip(selected) {
                if let Some(place) = place {
                    set_property(&active, end, &place);
                }
            }
        }
    }));
}

fn build(shared: &Rc<Shared>) -> El {
    match screen(shared) {
        Screen::Loading => part("p", "hint").say(shared, messages::LOADING),
        Screen::NotSetUp => not_set_up(shared),
        Screen::Form => form::view(shared),
        Screen::Progress => progress::view(shared),
        Screen::Question => question::view(shared),
        Screen::Uncertain => uncertain::view(shared),
        Screen::Result => result::view(shared),
        Screen::Failed => failed::view(shared),
        Screen::Stopped => paused::stopped(shared),
        Screen::Overdue => paused::overdue(shared),
    }
}

fn not_set_up(shared: &Rc<Shared>) -> El {
    // The page's developer sees this; the visitor is spared the attribute names.
    let problem = shared.runner().and_then(Runner::problem);
    part("section", "panel error")
        .child(heading().say(shared, messages::NOT_SET_UP))
        .child(el("p").say(shared, messages::NOT_SET_UP_TEXT))
        .maybe(problem.as_ref().map(developer_hint))
}

fn developer_hint(problem: &ConfigProblem) -> El {
    el("p").class("quiet").text(&problem.for_developers())
}

/// Focus and voice on a change of state: the focus moves only if it was inside,
/// since then its control has just vanished; the change is announced once.
fn follow_state(shared: &Rc<Shared>) {
    let shared = shared.clone();
    live(Box::new(move || {
        let state = shared.shown().state;
        let last = shared.last_state.replace(Some(state));
        if last == Some(state) {
            return;
        }
        if let Some(on_state) = &shared.on_state {
            let _ = on_state.call1(&JsValue::UNDEFINED, &state.name().into());
        }
        if let Some(last) = last {
            let had_focus = shared.has_focus();
            let weak = Rc::downgrade(&shared);
            // After the views have followed.
            spawn(Box::pin(async move {
                if let Some(shared) = weak.upgrade() {
                    arrive(&shared, last, state, had_focus);
                }
            }));
        }
    }));
}

fn arrive(shared: &Rc<Shared>, last: State, state: State, had_focus: bool) {
    let message = match state {
        State::Drafting | State::Preparing => None,
        State::Submitting => Some(messages::SENDING),
        State::Waiting if shared.shown().resuming => Some(messages::RESUMING),
        State::Waiting => Some(messages::WORKING),
        State::Asking => Some(messages::QUESTION),
        State::Uncertain => Some(messages::UNCERTAIN),
        State::Done if shared.shown().status.partial => Some(messages::DONE_PARTIAL),
        State::Done => Some(messages::DONE),
        State::Failed => Some(failed::title(&shared.shown())),
        State::Stopped => Some(messages::STOPPED),
        State::Overdue => Some(messages::OVERDUE),
    };
    let same_screen = matches!(
        (last, state),
        (State::Drafting, State::Preparing) | (State::Submitting, State::Waiting)
    );
    if had_focus && !same_screen && !shared.has_focus() {
        let target = match state {
            State::Drafting if shared.shown().refusal.is_some() => COMPLAINT,
            State::Drafting => "[part~=prompt]",
            State::Preparing => "[part~=submit]",
            State::Asking => "[part~=answer]",
            _ => "[part~=heading]",
        };
        focus(&shared.root, target);
    }
    // What the focus has just been moved to is read out anyway. What was said of
    // the state before is not true any more.
    let message = message.filter(|_| !shared.has_focus() || same_screen);
    shared.announce(
        &message
            .map(|message| shared.say(message))
            .unwrap_or_default(),
    );
}
