//! Files on their way to the service, one after the other, before the request
//! that names them. What has arrived once is not sent again.

use super::snapshot::State;
use super::{Effect, Fault, Job, Purpose};
use crate::provider::{HttpReply, Refusal, Upload};
use crate::request::{Field, FieldProblem, FileRef, Problem};
use crate::text::is_named_place;

impl Job {
    /// Goes on with the next file, or with the request when all have arrived.
    pub(super) fn upload_next(&mut self) {
        let Some(request) = &mut self.request else {
            return;
        };
        let known = |handle: u32| self.uploaded.iter().find(|(of, _)| *of == handle);
        let next = request
            .files()
            .iter()
            .find(|file| known(file.handle).is_none());
        if let Some(file) = next.cloned() {
            self.target = None;
            self.asked_headers_again = false;
            let step = self.provider.upload(&file);
            return self.upload_step(&file, step);
        }
        let names = request.files().iter().filter_map(|file| known(file.handle));
        let names = names.map(|(_, name)| name.clone()).collect();
        request.note_uploaded(names);
        self.post();
    }

    fn upload_step(&mut self, file: &FileRef, step: Upload) {
        let purpose = Purpose::Upload(file.handle);
        match step {
            Upload::Read => {
                self.reading = Some(file.handle);
                self.want(Effect::ReadFile(file.handle));
            }
            Upload::Send(request) => self.send(purpose, request),
            Upload::SendTo(request, target) => {
                if self.may_send_to(&request.path) {
                    self.target = Some(target);
                    self.send(purpose, request);
                } else {
                    let name = file.name.clone();
                    self.refuse_file(Refusal::default(), Problem::NoPlaceForFile(name));
                }
            }
            Upload::Done(name) => {
                self.uploaded.push((file.handle, name));
                self.upload_next();
            }
            Upload::Impossible => self.not_uploaded(file, Refusal::default()),
        }
    }

    /// Only the endpoint's own origin and the hosts that the page names get
    /// files, whatever a reply says.
    fn may_send_to(&self, url: &str) -> bool {
        let endpoint = &self.settings.site.endpoint;
        // Never less protected than the calls themselves.
        let protected = url.starts_with("https:") || endpoint.starts_with("http:");
        protected && is_named_place(url, endpoint, &self.settings.file_hosts)
    }

    pub(super) fn upload_reply(&mut self, handle: u32, outcome: Result<HttpReply, Fault>) {
        let Some(file) = self.file(handle) else {
            return self.upload_next();
        };
        match outcome {
            Ok(reply) if reply.is_success() => {
                let target = self.target.take();
                let step = self.provider.uploaded(&file, &reply, target.as_ref());
                self.upload_step(&file, step);
            }
            Ok(reply) => {
                let refusal = Refusal::read(&reply, &*self.provider);
                // What a bucket says of a file is nothing about who asks.
                let refusal = match self.target {
                    None => refusal,
                    Some(_) => Refusal::default(),
                };
                self.not_uploaded(&file, refusal);
            }
            Err(_) => self.not_uploaded(&file, Refusal::default()),
        }
    }

    pub(super) fn file_read(&mut self, handle: u32, data: Option<String>) {
        if self.reading != Some(handle) {
            return;
        }
        self.reading = None;
        let Some(file) = self.file(handle) else {
            return;
        };
        match data {
            Some(data) => {
                let item = self.provider.inlined(&file, &data);
                self.upload_step(&file, Upload::Done(item));
            }
            None => self.not_uploaded(&file, Refusal::default()),
        }
    }

    /// Leaves a file out; where it was under way, the next one has its turn.
    pub(super) fn remove_file(&mut self, handle: u32) {
        self.uploaded.retain(|(of, _)| *of != handle);
        if let Some(wish) = &mut self.wish {
            wish.leave_out(handle);
        }
        let Some(request) = &mut self.request else {
            return;
        };
        request.leave_out(handle);
        let nothing_left = request.files().is_empty() && request.whole_prompt().is_empty();
        let reading = self.reading == Some(handle);
        let under_way = reading || self.is_flying(Purpose::Upload(handle));
        if self.state == State::Preparing && under_way {
            self.reading = None;
            self.drop_call();
            if nothing_left {
                self.refuse_fields(vec![FieldProblem {
                    field: Field::Prompt,
                    problem: Problem::Missing,
                }]);
            } else {
                self.upload_next();
            }
        }
    }

    fn file(&self, handle: u32) -> Option<FileRef> {
        let files = self.request.as_ref()?.files();
        files.iter().find(|file| file.handle == handle).cloned()
    }

    fn not_uploaded(&mut self, file: &FileRef, refusal: Refusal) {
        self.refuse_file(refusal, Problem::NotUploaded(file.name.clone()));
    }

    fn refuse_file(&mut self, mut refusal: Refusal, problem: Problem) {
        self.target = None;
        refusal.name.get_or_insert_with(|| "upload-failed".into());
        refusal.fields = vec![FieldProblem {
            field: Field::Files,
            problem,
        }];
        self.refuse(refusal);
    }
}
