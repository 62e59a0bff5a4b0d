//! The account's own lists: templates, themes, sections. They are asked for beside
//! the job, when a visitor turns to the part of the form that has their fields.

use super::{Inner, alive};
use crate::browser::fetch::{Call, send};
use crate::browser::options::Options;
use crate::browser::{host, page, spawn};
use crate::job::Settings;
use crate::provider::{HttpReply, HttpRequest, Provider};
use crate::request::{Choice, Entry, Field, Form, Kind, Offer, Place};
use crate::text::is_named_place;
use std::rc::Rc;
use web_sys::AbortController;

/// A list that takes longer is done without: in milliseconds.
const LIST_LIMIT: u32 = 30_000;

impl Inner {
    /// What the provider offers, with the account's own lists in it. Files that
    /// go to a place which a reply names are offered where the page names hosts
    /// for them, or says itself that its form has files.
    pub(super) fn offers(&self, provider: &dyn Provider, options: &Options) -> Vec<Offer> {
        let mut offers = provider.offers();
        let wishes = &options.wishes;
        let files_asked = wishes.fields.as_ref();
        let files_asked = files_asked.is_some_and(|fields| fields.contains(&Field::Files));
        if provider.uploads_elsewhere() && options.file_hosts.is_empty() && !files_asked {
            offers.retain(|offer| offer.field != Field::Files);
        }
        for (field, listed) in self.lists.borrow().iter() {
            let offer = offers.iter_mut().find(|offer| offer.field == *field);
            if let Some(Kind::Choice { values, .. } | Kind::Several { values }) =
                offer.map(|offer| &mut offer.kind)
            {
                for choice in listed {
                    let known = |of: &Choice| of.value == choice.value && of.of == choice.of;
                    if !values.iter().any(known) {
                        values.push(choice.clone());
                    }
                }
            }
        }
        offers
    }

    /// Puts the account's own lists into the form. Only the fields concerned
    /// follow: whoever types in another one is not disturbed.
    fn take_lists(&self, provider: &dyn Provider) {
        let options = self.options();
        let offers = self.offers(provider, &options);
        *self.form.borrow_mut() = Rc::new(Form::new(offers, &options.wishes));
        (self.changed)();
    }

    pub(super) fn want_lists(self: &Rc<Self>, place: Place) {
        let asked = self.engine.borrow().as_ref().map(|engine| {
            let settings = engine.settings.clone();
            (engine.provider.clone(), settings, engine.options.clone())
        });
        let Some((provider, settings, options)) = asked else {
            return;
        };
        if self.lists_asked.borrow().contains(&place) {
            return;
        }
        self.lists_asked.borrow_mut().push(place);
        let form = self.form();
        let mut wanted = provider.lists();
        wanted.retain(|(field, _)| {
            let shown = |entry: &Entry| entry.place == place && !entry.locked;
            // The host's own choices need the list only for their names.
            let own = options
                .wishes
                .choices
                .iter()
                .any(|(of, choices)| of == field && !choices.iter().any(Choice::is_nameless));
            form.entry_of(*field).is_some_and(shown) && !own
        });
        while let Some((_, path)) = wanted.first().cloned() {
            let (same, others) = wanted.into_iter().partition(|(_, its)| *its == path);
            wanted = others;
            self.want_list(&provider, &settings, &options, path, same);
        }
    }

    /// Fetches one list, for all fields that are in it. What cannot be had is
    /// done without.
    fn want_list(
        self: &Rc<Self>,
        provider: &Rc<dyn Provider>,
        settings: &Settings,
        options: &Rc<Options>,
        path: String,
        fields: Vec<(Field, String)>,
    ) {
        let Ok(controller) = AbortController::new() else {
            return;
        };
        self.list_calls.borrow_mut().push(controller.clone());
        let mut request = HttpRequest::get(path);
        if settings.same_origin {
            request.mark();
        }
        let weak = Rc::downgrade(self);
        let (provider, options) = (provider.clone(), options.clone());
        let endpoint = settings.site.endpoint.clone();
        spawn(Box::pin(async move {
            let signal = controller.signal();
            let limit = page::abort_after(LIST_LIMIT, &controller);
            let host_headers = host::headers(&options, "list", None, &signal).await;
            let gone = alive(&weak).is_none();
            let Ok(host_headers) = host_headers else {
                return;
            };
            if gone || signal.aborted() {
                return;
            }
            let reply = send(Call {
                endpoint: endpoint.clone(),
                request,
                host_headers,
                credentials: options.credentials,
                signal,
            })
            .await;
            let Some(inner) = alive(&weak) else {
                return;
            };
            drop(limit);
            let engine = inner.engine.borrow();
            let same = engine
                .as_ref()
                .map(|engine| Rc::ptr_eq(&engine.provider, &provider));
            drop(engine);
            let reply = reply.ok().filter(|_| same == Some(true));
            let Some(reply) = reply.filter(HttpReply::is_success) else {
                return;
            };
            for (field, _) in fields {
                let mut choices = provider.listed(field, &reply);
                for choice in &mut choices {
                    // A picture elsewhere would be a call to a host that the
                    // page has not named.
                    let hosts = &inner.options.borrow().file_hosts;
                    if !is_named_place(&choice.thumbnail, &endpoint, hosts) {
                        choice.thumbnail.clear();
                    }
                }
                inner.lists.borrow_mut().push((field, choices));
            }
            inner.take_lists(&*provider);
        }));
    }
}
