//! Done: the deck.

use super::dom::{El, el, part};
use super::messages::{self, Message};
use super::widget::{Shared, button, panel};
use crate::browser::Runner;
use crate::job::Event;
use crate::status::{Download, Link, LinkKind, Status};
use std::rc::Rc;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    let shown = shared.shown();
    let status = &shown.status;
    let nothing = status.downloads.is_empty() && status.links.is_empty();
    panel(shared, messages::DONE)
        .maybe(nothing.then(|| el("p").say(shared, messages::DONE_NO_LINK)))
        .child(links(shared))
        .child(
            part("p", "notice")
                .attr("role", "status")
                .live_text(shared, |shared| {
                    let failed = shared.shown().notice.is_some();
                    let said = failed.then(|| shared.say(messages::REFRESH_FAILED));
                    said.unwrap_or_default()
                }),
        )
        .child(el("slot").attr("name", "result-actions"))
        .child(el("div").class("row").child(button(
            shared,
            "again quiet",
            messages::AGAIN,
            |shared| {
                shared.tell(Event::Reset);
            },
        )))
}

/// Renewed links take the place of the old ones, to be tapped: a download that
/// started by itself, late, would be a blocked pop-up.
fn links(shared: &Rc<Shared>) -> El {
    part("div", "downloads").region(
        shared,
        |shared| fingerprint(&shared.shown().status),
        |shared| {
            let shown = shared.shown();
            let files = shown.status.downloads.iter();
            let pages = shown.status.links.iter();
            let row = el("div")
                .class("row")
                .children(files.map(|file| download(shared, file)).collect())
                .children(pages.map(|page| link(shared, page)).collect());
            Some(row)
        },
    )
}

/// Changes when any address does.
fn fingerprint(status: &Status) -> u32 {
    let files = status.downloads.iter().map(|file| file.url.as_str());
    let pages = status.links.iter().map(|page| page.url.as_str());
    files
        .chain(pages)
        .flat_map(str::bytes)
        .fold(2_166_136_261, |hash: u32, byte| {
            // FNV-1a.
            (hash ^ u32::from(byte)).wrapping_mul(16_777_619)
        })
}

fn download(shared: &Rc<Shared>, file: &Download) -> El {
    let label = if file.format.is_empty() {
        shared.say(messages::DOWNLOAD_PLAIN)
    } else {
        let format = file.format.to_ascii_uppercase();
        shared.say_with(messages::DOWNLOAD, &[("format", &format)])
    };
    let format = file.format.clone();
    // No `download` attribute: it is ignored across origins and bypasses service
    // workers. What a browser shows instead of saving must not replace the page.
    let shows_in_browser = file.format != "pptx";
    part("a", "button download")
        .attr("href", &file.url)
        .attr_if(shows_in_browser, "target", "_blank")
        .attr("rel", "noopener")
        .text(&label)
        .maybe(
            file.size
                .map(|size| part("small", "size").text(&size_text(shared, size))),
        )
        .on(shared, "click", move |shared, event| {
            let go_on = shared
                .runner()
                .is_none_or(|runner| Runner::download_pressed(runner, &format));
            if !go_on {
                event.prevent_default();
            }
        })
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

/// In units of 1000, as operating systems show them, with one digit behind the
/// point only where it tells something.
fn size_text(shared: &Shared, bytes: u64) -> String {
    const KILOBYTE: u64 = 1_000;
    const MEGABYTE: u64 = 1_000_000;
    if bytes >= MEGABYTE {
        let tenths = bytes.checked_div(MEGABYTE / 10).unwrap_or(0);
        let whole = tenths.checked_div(10).unwrap_or(0).to_string();
        let digit = tenths.checked_rem(10).unwrap_or(0).to_string();
        let size = [&whole, ".", &digit].concat();
        shared.say_with(messages::SIZE_MB, &[("size", &size)])
    } else {
        let size = bytes.div_ceil(KILOBYTE).to_string();
        shared.say_with(messages::SIZE_KB, &[("size", &size)])
    }
}
