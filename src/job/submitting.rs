//! From the visitor's wish to an accepted job: the host's consent, the one place
//! from which a submit leaves, and what its reply, or none, comes to.

use super::snapshot::{Doubt, State};
use super::{Effect, Fault, Happening, HostAnswer, Job, Pacing, Purpose};
use crate::provider::{HttpReply, JobId, Millis, Refusal};
use crate::request::{Field, FieldProblem, GenerationRequest};
use crate::status::Status;
use std::rc::Rc;

/// So often a submit that got no answer is repeated by itself, where the service
/// takes a key that makes this harmless.
const REPEATS: u32 = 4;

impl Job {
    pub(super) fn submit(
        &mut self,
        request: Result<GenerationRequest, Vec<FieldProblem>>,
        key: String,
    ) {
        if !self.is_idle() {
            return;
        }
        self.forget_job();
        match request.and_then(|request| self.checked(request)) {
            Ok(request) => {
                self.key = key;
                self.wish = Some(request.clone());
                self.request = None;
                self.doubted = false;
                self.state = State::Preparing;
                self.want(Effect::AskHost(request));
            }
            Err(fields) => self.refuse_fields(fields),
        }
    }

    pub(super) fn checked(
        &self,
        request: GenerationRequest,
    ) -> Result<GenerationRequest, Vec<FieldProblem>> {
        let problems = self.provider.check(&request);
        if problems.is_empty() {
            Ok(request)
        } else {
            Err(problems)
        }
    }

    pub(super) fn host_answered(&mut self, answer: HostAnswer) {
        // It decides once.
        if self.state != State::Preparing || self.request.is_some() {
            return;
        }
        match answer {
            HostAnswer::Go(request) => match self.checked(*request) {
                Ok(mut request) => {
                    // Files that the visitor took back meanwhile.
                    if let Some(wish) = &self.wish {
                        request.keep_files_of(wish);
                    }
                    self.request = Some(request);
                    self.upload_next();
                }
                Err(fields) => self.refuse_fields(fields),
            },
            HostAnswer::Refused(refusal) => self.refuse(*refusal),
            HostAnswer::Cancelled => self.back_to_form(),
        }
    }

    /// Back to the form, with what is wrong; the draft is the view's and stays.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        self.back_to_form();
        self.stop_wanted = false;
        self.notice = None;
        // Nothing came of the request, so there is nothing to come back to; unless
        // an earlier attempt may have arrived.
        if !self.doubted {
            self.drop_record();
        }
        self.refusal = Some(Rc::new(refusal));
        self.tell(Happening::Error);
    }

    pub(super) fn refuse_fields(&mut self, fields: Vec<FieldProblem>) {
        self.refuse(Refusal {
            fields,
            ..Refusal::default()
        });
    }

    pub(super) fn edited(&mut self, field: Field) {
        if let Some(refusal) = &mut self.refusal
            && refusal.fields.iter().any(|problem| problem.field == field)
        {
            let refusal = Rc::make_mut(refusal);
            refusal.fields.retain(|problem| problem.field != field);
            let nothing_said =
                refusal.text.is_none() && refusal.title.is_none() && refusal.code == 0;
            if refusal.fields.is_empty() && nothing_said {
                self.refusal = None;
            }
        }
    }

    /// The one place from which a submit leaves.
    pub(super) fn post(&mut self) {
        let Some(request) = &self.request else { return };
        let request = self.provider.submit(request);
        self.note_intent(&request);
        self.doubt = None;
        self.state = State::Submitting;
        self.asked_headers_again = false;
        self.repeats = 0;
        self.pacing = Pacing::new(self.provider.pace());
        self.send(Purpose::Submit, request);
    }

    pub(super) fn submit_reply(&mut self, outcome: Result<HttpReply, Fault>) {
        let reply = match outcome {
            Ok(reply) => reply,
            Err(Fault::NotSent) if self.doubted => return self.doubt(Doubt::default()),
            Err(Fault::NotSent) => {
                return self.refuse(Refusal {
                    name: Some("headers-failed".into()),
                    ..Refusal::default()
                });
            }
            Err(_) => {
                let doubt = Doubt {
                    maybe_signed_out: !self.settings.same_origin,
                    ..Doubt::default()
                };
                return self.no_answer(doubt, None);
            }
        };
        if reply.is_success() {
            match self.provider.accepted(&reply, &self.settings.site) {
                Some(accepted) => self.accept(accepted.job, accepted.status),
                None => self.doubt(Doubt {
                    code: Some(reply.code),
                    said: crate::provider::first_words(&reply),
                    ..Doubt::default()
                }),
            }
        } else if reply.code == 408 || reply.code >= 500 {
            let doubt = Doubt {
                code: Some(reply.code),
                said: Refusal::read(&reply, &*self.provider).text,
                ..Doubt::default()
            };
            self.no_answer(doubt, self.wait_of(&reply));
        } else {
            let refusal = Refusal::read(&reply, &*self.provider);
            // What has nothing to do with the request says nothing about an
            // earlier attempt, which may have arrived.
            // A key that is taken (409) most likely is so because that one did.
            let of_caller = matches!(reply.code, 300..=399 | 401 | 403 | 407 | 409 | 428 | 429);
            if of_caller && self.doubted {
                self.doubt(Doubt {
                    code: Some(reply.code),
                    said: refusal.text,
                    ..Doubt::default()
                });
            } else {
                self.doubted = false;
                self.refuse(refusal);
            }
        }
    }

    /// Nobody knows whether the request arrived. Where the service takes a key
    /// that makes a repeat harmless, it is repeated; otherwise nobody but the
    /// visitor goes on.
    pub(super) fn no_answer(&mut self, doubt: Doubt, wait: Option<Millis>) {
        let harmless = self.provider.idempotency_header().is_some();
        self.doubted = true;
        if harmless && self.repeats < REPEATS && !self.stop_wanted {
            self.repeats = self.repeats.saturating_add(1);
            self.notice = Some(self.unreachable());
            self.pacing.failed(wait);
            self.schedule();
        } else {
            self.doubt(doubt);
        }
    }

    pub(super) fn doubt(&mut self, mut doubt: Doubt) {
        self.doubted = true;
        doubt.harmless = self.provider.idempotency_header().is_some();
        self.state = State::Uncertain;
        self.doubt = Some(doubt);
        self.notice = None;
        self.due = None;
        self.stop_wanted = false;
        self.tell(Happening::Error);
    }

    pub(super) fn accept(&mut self, job: JobId, status: Status) {
        self.lead_unless_alone();
        self.follow(job);
        self.note_job();
        self.tell(Happening::Accepted);
        if std::mem::take(&mut self.stop_wanted) && !status.stage.is_terminal() {
            self.show(status);
            self.stopped();
        } else {
            self.take(status);
            if self.is_watching() {
                self.wake_in(self.pacing.pace().first);
            }
        }
    }
}
