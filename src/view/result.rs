//! Done: the deck.

use super::dom::{self, El, el, keep, part};
use super::earlier;
use super::form::size_text;
use super::messages::{self, Message};
use super::slides;
use super::widget::{Shared, button, panel};
use crate::browser::{Runner, now};
use crate::job::{Event, Notice, Snapshot, good_for};
use crate::status::{Download, Link, LinkKind};
use crate::text::digits;
use gloo_timers::callback::Interval;
use reactive_graph::signal::ArcTrigger;
use reactive_graph::traits::{Notify, Track};
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    let shown = shared.shown();
    let status = &shown.status;
    let nothing = status.downloads.is_empty() && status.links.is_empty();
    let title = if status.partial {
        messages::DONE_PARTIAL
    } else {
        messages::DONE
    };
    panel(shared, title)
        .maybe((!status.slides.is_empty()).then(|| slides::strip(shared)))
        .maybe(
            status
                .partial
                .then(|| el("p").say(shared, messages::DONE_PARTIAL_TEXT)),
        )
        .maybe(slides::failures(shared))
        .maybe(nothing.then(|| el("p").say(shared, messages::DONE_NO_LINK)))
        .child(links(shared))
        .maybe(
            (status.links.iter().any(|link| link.private))
                .then(|| part("p", "hint").say(shared, messages::OPEN_PRIVATE)),
        )
        .child(
            part("p", "notice")
                .attr("role", "status")
                .live_text(shared, trouble),
        )
        .child(el("slot").attr("name", "result-actions"))
        .child(
            el("div")
                .class("row")
                .children(exports(shared))
                .child(button(shared, "again quiet", messages::AGAIN, |shared| {
                    shared.tell(Event::Reset);
                }))
                .maybe(shown.record.is_some().then(|| earlier::forget(shared))),
        )
}

fn trouble(shared: &Shared) -> String {
    let shown = shared.shown();
    let saving = shared.runner().and_then(Runner::saving);
    let message = match &shown.notice {
        _ if saving.is_some_and(|saving| saving.failed) => messages::SAVE_FAILED,
        None => return String::new(),
        Some(Notice::SameLinks) => messages::LIFE_FINAL,
        Some(Notice::NotExported(_)) => messages::EXPORT_FAILED,
        Some(_) => messages::REFRESH_FAILED,
    };
    shared.say(message)
}

/// The formats that the deck can also be had in. Asked for by a tap alone: it
/// may cost something.
fn exports(shared: &Rc<Shared>) -> Vec<El> {
    let shown = shared.shown();
    let formats = shown.exports.split(' ').filter(|format| !format.is_empty());
    let buttons = formats.map(|format| {
        let name = shared.say_key(&["choice.", format].concat());
        let name = name.unwrap_or_else(|| format.to_ascii_uppercase());
        let label = shared.say_with(messages::EXPORT, &[("format", &name)]);
        button(shared, "export quiet", messages::EXPORT, move |shared| {
            shared.tell(Event::Export(format.into()));
        })
        .text(&label)
        .live_attr(shared, "aria-disabled", |shared| {
            shared.shown().refreshing.then(|| "true".into())
        })
        // One that is there already needs no button.
        .live_attr(shared, "hidden", move |shared| {
            let shown = shared.shown();
            let there = shown
                .status
                .downloads
                .iter()
                .any(|file| file.format == format);
            (there || shown.status.deck.is_none()).then(String::new)
        })
    });
    buttons.collect()
}

/// Renewed links take the place of the old ones, to be tapped: a download that
/// started by itself, late, would be a blocked pop-up.
fn links(shared: &Rc<Shared>) -> El {
    let tick = ArcTrigger::new();
    let ticking = tick.clone();
    let shown = shared.shown();
    let ages = shown.link_age.is_some()
        || shown
            .status
            .downloads
            .iter()
            .any(|file| file.life.is_some());
    if ages {
        keep(Box::new(Interval::new(5_000, move || ticking.notify())));
    }
    let follow = tick.clone();
    part("div", "downloads").region(
        shared,
        move |shared| {
            follow.track();
            fingerprint(&shared.shown())
        },
        move |shared| {
            let shown = shared.shown();
            // Whoever asked for a fresh link is led to it; its button goes.
            shared.lead_focus("[part~=refresh]", "[part~=download]");
            // The newest stands last.
            let newest = ".downloads .row:last-of-type [part~=download]"; // not shown: a selector
            shared.lead_focus("[part~=export]", newest);
            let files = shown.status.downloads.iter();
            let pages = shown.status.links.iter();
            let files = files.map(|file| download(shared, &shown, file, &tick));
            Some(
                el("div")
                    .class("downloads")
                    .children(files.collect())
                    .children(pages.map(|page| link(shared, page)).collect()),
            )
        },
    )
}

/// For how long a link is still good, as far as that is known; nothing left where
/// it is better renewed first.
fn left(shown: &Snapshot, file: &Download) -> Option<u64> {
    let age = shown.linked.age(now());
    let life = match file.life {
        Some(seconds) => good_for(seconds),
        None => shown.link_age?,
    };
    Some(life.saturating_sub(age))
}

/// Changes when any address does, or comes to its end.
fn fingerprint(shown: &Snapshot) -> u32 {
    // A link whose time is over is shown in another way.
    let file = |file: &Download| {
        let over = left(shown, file) == Some(0);
        let mark = if over { "0" } else { "1" };
        [file.url.as_str(), mark].concat()
    };
    let files = shown.status.downloads.iter().map(file);
    let pages = shown.status.links.iter().map(|page| page.url.clone());
    dom::fingerprint(files.chain(pages).flat_map(String::into_bytes))
}

fn download(shared: &Rc<Shared>, shown: &Snapshot, file: &Download, tick: &ArcTrigger) -> El {
    let row = el("div").class("row");
    if left(shown, file) == Some(0) {
        return row
            .child(refresh(shared))
            .child(part("span", "hint").say(shared, messages::LIFE_OVER));
    }
    let private = shared
        .runner()
        .is_some_and(|runner| runner.needs_headers(file));
    let row = if private {
        save(shared, row, file)
    } else {
        row.child(anchor(shared, file))
    };
    row.maybe(file.life.map(|_| countdown(shared, file, tick)))
}

/// Renewing comes first, and then a fresh link to tap.
fn refresh(shared: &Rc<Shared>) -> El {
    button(shared, "refresh", messages::REFRESH, |shared| {
        shared.tell(Event::RefreshLinks);
    })
    .live_attr(shared, "aria-disabled", |shared| {
        shared.shown().refreshing.then(|| "true".into())
    })
}

fn countdown(shared: &Rc<Shared>, file: &Download, tick: &ArcTrigger) -> El {
    let (file, tick) = (file.clone(), tick.clone());
    // Every minute is not news.
    part("span", "hint expiry").live_text(shared, move |shared| {
        tick.track();
        let left = left(&shared.shown(), &file).unwrap_or(0);
        let minutes = digits(left.div_ceil(60_000));
        shared.say_with(messages::LIFE, &[("minutes", &minutes)])
    })
}

fn label(shared: &Shared, file: &Download) -> String {
    let format = file.format.to_ascii_uppercase();
    // One alone of its kind needs no number; several without one get it by place.
    let shown = shared.shown();
    let alike = shown.status.downloads.iter();
    let alike: Vec<_> = alike.filter(|other| other.format == file.format).collect();
    let place = alike.iter().position(|other| other.url == file.url);
    let place = place.and_then(|place| u32::try_from(place.saturating_add(1)).ok());
    let number = file.variant.or(place).filter(|_| alike.len() > 1);
    match number.map(digits) {
        Some(variant) => shared.say_with(
            messages::DOWNLOAD_VARIANT,
            &[("variant", &variant), ("format", &format)],
        ),
        None if format.is_empty() => shared.say(messages::DOWNLOAD_PLAIN),
        None => shared.say_with(messages::DOWNLOAD, &[("format", &format)]),
    }
}

fn size(shared: &Shared, file: &Download) -> Option<El> {
    let size = file.size?;
    Some(part("small", "size").text(&size_text(shared, size)))
}

/// Tells the host; false where it does the rest itself.
fn pressed(shared: &Shared, format: &str) -> bool {
    let runner = shared.runner();
    runner.is_none_or(|runner| runner.download_pressed(format))
}

fn anchor(shared: &Rc<Shared>, file: &Download) -> El {
    let format = file.format.clone();
    // No `download` attribute: it is ignored across origins and bypasses service
    // workers. What a browser shows instead of saving must not replace the page.
    // The same goes for what a service says in place of a file whose time is over.
    let ages = file.life.is_some() || shared.shown().link_age.is_some();
    let shows_in_browser = ages || file.format != "pptx";
    part("a", "button download")
        .attr("href", &file.url)
        .attr_if(shows_in_browser, "target", "_blank")
        .attr("rel", "noopener")
        .text(&label(shared, file))
        .maybe(size(shared, file))
        .on(shared, "click", move |shared, event| {
            if !pressed(shared, &format) {
                event.prevent_default();
            }
        })
}

/// A file behind the host's headers: fetched with them, then saved.
fn save(shared: &Rc<Shared>, row: El, file: &Download) -> El {
    fn share(shared: &Shared, url: &str) -> Option<u8> {
        shared.shown();
        let saving = shared.runner()?.saving()?;
        (saving.url == url && !saving.failed).then_some(saving.percent)
    }
    let (url, format) = (file.url.clone(), file.format.clone());
    let (bar, busy, text) = (file.url.clone(), file.url.clone(), file.url.clone());
    row.child(
        part("button", "button download")
            .attr("type", "button")
            .text(&label(shared, file))
            .maybe(size(shared, file))
            .live_attr(shared, "aria-disabled", move |shared| {
                share(shared, &busy).map(|_| "true".into())
            })
            .on(shared, "click", move |shared, _| {
                if share(shared, &url).is_none() && pressed(shared, &format) {
                    shared.run(|runner| runner.save(&url));
                }
            }),
    )
    .child(el("div").class("saving").region(
        shared,
        move |shared| u32::from(share(shared, &bar).is_some()),
        {
            let url = file.url.clone();
            move |shared| {
                if share(shared, &url).is_none() {
                    shared.lead_focus("[part~=stop]", "button[part~=download]");
                    return None;
                }
                let url = url.clone();
                let bar = el("div")
                    .class("bar")
                    .live_style(shared, "--done", move |shared| {
                        let mut width = digits(share(shared, &url).unwrap_or(0));
                        width.push('%');
                        width
                    });
                let cancel = button(shared, "stop quiet", messages::CANCEL, |shared| {
                    shared.run(Runner::stop_saving);
                });
                // The words beside it say the same.
                let progress = part("div", "progress")
                    .attr("aria-hidden", "true")
                    .child(bar);
                Some(el("div").child(progress).child(cancel))
            }
        },
    ))
    .child(
        part("p", "hint").live_text(shared, move |shared| match share(shared, &text) {
            None => shared.say(messages::SAVE_HINT),
            Some(0) => shared.say(messages::SAVING_UNKNOWN),
            Some(percent) => shared.say_with(messages::SAVING, &[("percent", &digits(percent))]),
        }),
    )
}

fn link(shared: &Rc<Shared>, page: &Link) -> El {
    let label: Message = match page.kind {
        LinkKind::Edit => messages::OPEN_EDIT,
        LinkKind::View => messages::OPEN_VIEW,
    };
    part("a", "link")
        .attr("href", &page.url)
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .say(shared, label)
        .child(
            el("span")
                .class("voice")
                .text(&[" ", &shared.say(messages::NEW_TAB)].concat()),
        )
}
