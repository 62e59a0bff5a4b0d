//! A file that only the host's headers open: fetched with them, then saved.

use super::{Inner, Runner};
use crate::browser::fetch::Call;
use crate::browser::options::HostHeaders;
use crate::browser::save::save;
use crate::browser::{host, spawn};
use crate::job::Fault;
use crate::provider::HttpRequest;
use crate::status::Download;
use crate::text::origin;
use std::rc::Rc;
use web_sys::AbortController;

/// A file that is being fetched, to be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    /// Its address.
    pub url: String,
    /// How much is there, where that is known.
    pub percent: u8,
    /// Whether it came to nothing.
    pub failed: bool,
}

impl Runner {
    /// Whether a file can only be had with the headers that the host gives.
    pub fn needs_headers(&self, file: &Download) -> bool {
        let engine = self.0.engine.borrow();
        engine.as_ref().is_some_and(|engine| {
            let endpoint = origin(&engine.settings.site.endpoint);
            file.private
                && !matches!(engine.options.headers, HostHeaders::None)
                && endpoint.is_some()
                && origin(&file.url) == endpoint
        })
    }

    /// Fetches a file with the host's headers, and has it saved.
    pub fn save(&self, url: &str) {
        self.0.save(url);
    }

    /// Stops fetching it.
    pub fn stop_saving(&self) {
        self.0.end_saving(None);
    }

    /// The file that is being fetched, or came to nothing.
    pub fn saving(&self) -> Option<Saving> {
        self.0.saving.borrow().clone()
    }
}

impl Inner {
    fn save(self: &Rc<Self>, url: &str) {
        let options = self
            .engine
            .borrow()
            .as_ref()
            .map(|engine| engine.options.clone());
        let (Some(options), Ok(controller)) = (options, AbortController::new()) else {
            return;
        };
        self.end_saving(Some(Saving {
            url: url.into(),
            percent: 0,
            failed: false,
        }));
        *self.saving_stop.borrow_mut() = Some(controller.clone());
        let job = self.job();
        let weak = Rc::downgrade(self);
        let url = url.to_string();
        spawn(Box::pin(async move {
            let signal = controller.signal();
            let headers = host::headers(&options, "download", job.as_ref(), &signal).await;
            let progress = weak.clone();
            let on_progress = move |percent| {
                if let Some(inner) = progress.upgrade() {
                    if let Some(saving) = inner.saving.borrow_mut().as_mut() {
                        saving.percent = percent;
                    }
                    (inner.changed)();
                }
            };
            let outcome = match headers {
                Err(()) => Err(Fault::NotSent),
                Ok(host_headers) => {
                    let call = Call {
                        endpoint: String::new(),
                        request: HttpRequest::get(url.clone()),
                        host_headers,
                        credentials: options.credentials,
                        signal: signal.clone(),
                    };
                    save(call, controller.clone(), on_progress).await
                }
            };
            let Some(inner) = weak.upgrade() else { return };
            // Stopped by the visitor, or for another file.
            let current = inner.saving_stop.borrow().as_ref() == Some(&controller);
            if current {
                let failed = outcome.is_err();
                inner.end_saving(failed.then_some(Saving {
                    url,
                    percent: 0,
                    failed,
                }));
            }
        }));
    }

    pub(super) fn end_saving(&self, next: Option<Saving>) {
        let stop = self.saving_stop.borrow_mut().take();
        *self.saving.borrow_mut() = next;
        if let Some(stop) = stop {
            stop.abort();
        }
        (self.changed)();
    }
}
