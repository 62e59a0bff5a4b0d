//! What scripts may ask of a job by the name of a method: the element's, and those
//! of a job without a view.

use super::Runner;
use crate::browser::to_js;
use crate::job::Event;
use crate::provider::JobId;
use wasm_bindgen::JsValue;

impl Runner {
    /// A method by its name (design "The element"), but for `submit`, which goes by
    /// the form. Unknown names change nothing.
    pub fn call(&self, method: &str, argument: &JsValue) -> JsValue {
        match method {
            "watch" => {
                if let Some(job) = argument.as_string().as_deref().and_then(JobId::parse) {
                    self.handle(Event::Watch(job));
                }
            }
            "answer" => {
                if let Some(text) = argument.as_string() {
                    self.answer(&text);
                }
            }
            "stopWatching" => self.handle(Event::Stop),
            "retry" => self.retry(),
            "reset" => self.handle(Event::Reset),
            "refreshLinks" => self.handle(Event::RefreshLinks),
            "forget" => self.forget(),
            "snapshot" => return to_js(&self.snapshot()),
            _ => {}
        }
        JsValue::UNDEFINED
    }
}
