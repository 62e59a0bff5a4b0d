//! After the deck is made: fresh links, other formats. Nothing here is asked but
//! by the visitor or the host.

use super::snapshot::{Notice, State};
use super::{Fault, Happening, Job, Purpose};
use crate::provider::{HttpReply, Millis, Refusal};
use std::rc::Rc;

/// A link that is about to end is taken for one that has: a tap takes time.
const MARGIN: Millis = 5_000;

/// For how long a link of that stated life, in seconds, is better used.
pub fn good_for(life: u64) -> Millis {
    life.saturating_mul(1000).saturating_sub(MARGIN)
}

impl Job {
    pub(super) fn refresh_links(&mut self) {
        let Some(job) = &self.job else { return };
        if self.state == State::Done && self.in_flight.is_none() {
            let request = self.provider.refresh(job, &self.status);
            self.asked_headers_again = false;
            self.send(Purpose::Refresh, request);
        }
    }

    pub(super) fn refresh_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        let Some(job) = &self.job else { return };
        let site = &self.settings.site;
        let fresh = outcome.ok().filter(HttpReply::is_success);
        let fresh =
            fresh.and_then(|reply| self.provider.refreshed(&reply, job, &self.status, site));
        let Some(mut status) = fresh else {
            self.notice = Some(Notice::Unreachable);
            return;
        };
        let known = &self.status.downloads;
        // Other formats were made apart; the status does not speak of them.
        if !self.provider.exports().is_empty() {
            let there = status.downloads.clone();
            let apart = known.iter();
            let apart = apart.filter(|file| there.iter().all(|it| it.format != file.format));
            status.downloads.extend(apart.cloned());
        }
        let none_left = status.downloads.is_empty() && !known.is_empty();
        let urls = |downloads: &[crate::status::Download]| -> Vec<String> {
            downloads.iter().map(|file| file.url.clone()).collect()
        };
        // A reply vouches for its links, unless it gives once more the very ones
        // whose stated life is over.
        let age = self.linked.age(self.now);
        let over = known
            .iter()
            .any(|file| file.life.is_some_and(|life| good_for(life) <= age));
        if none_left || over && urls(&status.downloads) == urls(known) {
            self.notice = Some(Notice::SameLinks);
            return;
        }
        self.notice = None;
        self.linked = self.now;
        self.show(status);
        self.tell(Happening::Status);
    }

    pub(super) fn export(&mut self, format: &str) {
        let Some(deck) = &self.status.deck else {
            return;
        };
        if self.state != State::Done || self.in_flight.is_some() {
            return;
        }
        let offered = self
            .provider
            .exports()
            .split(' ')
            .any(|known| known == format);
        let request = self.provider.export(deck, format);
        if let Some(request) = request.filter(|_| offered) {
            self.exporting = format.into();
            self.notice = None;
            self.asked_headers_again = false;
            self.send(Purpose::Export, request);
        }
    }

    pub(super) fn export_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        let Some(job) = &self.job else { return };
        let reply = outcome.ok();
        let made = reply
            .as_ref()
            .filter(|reply| reply.is_success())
            .and_then(|reply| self.provider.exported(reply, job, &self.settings.site));
        match made {
            Some(mut download) => {
                self.notice = None;
                if download.format.is_empty() {
                    download.format.clone_from(&self.exporting);
                }
                let downloads = &mut Rc::make_mut(&mut self.status).downloads;
                downloads.retain(|known| known.format != download.format);
                downloads.push(download);
                self.tell(Happening::Status);
            }
            None => {
                let said = reply.and_then(|reply| Refusal::read(&reply, &*self.provider).text);
                self.notice = Some(Notice::NotExported(said));
            }
        }
    }
}
