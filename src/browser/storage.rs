//! What a widget keeps in the browser (design "What is stored where"): a record a
//! wish, without a word of anybody, for a day at most; and, for as long as the tab
//! lives, what was being typed. Headers, keys, links and files are kept nowhere.
//!
//! One item a record, so that two tabs which write at once cannot lose one
//! another's. Every name holds the endpoint and the host's `user-scope`.

use super::options::{Options, Resume};
use super::page::window;
use super::value::{document, property, string_property};
use crate::job::Record;
use crate::json::Json;
use crate::provider::Millis;
use crate::text::{encode_segment, split_last};
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// All that is ours; with the version of the format.
const ROOT: &str = "slidewright/1/";

/// What stands behind the scope of a record, before its key.
const JOB: &str = "/job";

/// Nothing is kept for longer: a day.
pub(super) const LONGEST_LIFE: Millis = 86_400_000;

/// Where one widget keeps what it keeps.
pub(super) struct Store {
    /// For records: a browser's storage, or a plain object of the page.
    records: Option<JsValue>,
    /// For what is typed.
    session: Option<JsValue>,
    /// Endpoint and user: what must never be seen under another one.
    pub(super) scope: String,
    /// The scope, and the provider.
    prefix: String,
    place: String,
    life: Millis,
    /// Whether it outlives the page.
    pub(super) outlives_page: bool,
    /// Whether other tabs find it, too.
    pub(super) spans_tabs: bool,
}

impl Store {
    pub(super) fn open(options: &Options, provider: &str, endpoint: &str, place: &str) -> Store {
        // Reading the property alone may throw, where storage is not allowed.
        let of_window = |name| window().and_then(|window| property(&window, name));
        let (records, session) = match options.resume {
            Resume::Local => (of_window("localStorage"), of_window("sessionStorage")),
            Resume::Session => (of_window("sessionStorage"), of_window("sessionStorage")),
            Resume::Off => (options.memory.clone(), options.memory.clone()),
        };
        let user = encode_segment(&options.user_scope);
        let scope = [ROOT, &encode_segment(endpoint), "/", &user, "/"].concat();
        Store {
            records,
            session,
            prefix: [&scope, provider].concat(),
            scope,
            place: place.into(),
            life: options.resume_life(),
            outlives_page: options.resume != Resume::Off,
            spans_tabs: options.resume == Resume::Local,
        }
    }

    /// A name for locks and the like that only what concerns this service and this
    /// user has.
    pub(super) fn name(&self, kind: &str, what: &str) -> String {
        [&self.prefix, kind, what].concat()
    }

    /// The records of this service and user. What cannot be believed any more is
    /// removed, whosever it was.
    pub(super) fn records(&self, wall: Millis) -> Vec<Record> {
        let Some(storage) = &self.records else {
            return Vec::new();
        };
        let mut records = Vec::new();
        for name in keys(storage) {
            let parts = split_last(&name, b'/');
            let parts = parts.and_then(|(kind, key)| Some((kind.strip_suffix(JOB)?, key)));
            let Some((prefix, key)) = parts else {
                continue;
            };
            let mine = prefix == self.prefix;
            if !name.starts_with(ROOT) {
                continue;
            }
            let life = if mine { self.life } else { LONGEST_LIFE };
            let json = item(storage, &name);
            let record = json.and_then(|json| Record::read(&json, wall, life));
            match record.filter(|record| record.key == key) {
                Some(record) if mine => records.push(record),
                Some(_) => {}
                None => remove(storage, &name),
            }
        }
        records
    }

    /// The record of a key, if it is there and can be believed.
    pub(super) fn record(&self, key: &str, wall: Millis) -> Option<Record> {
        let json = item(self.records.as_ref()?, &self.name_of(key))?;
        Record::read(&json, wall, self.life).filter(|record| record.key == key)
    }

    /// False where the browser does not take it.
    pub(super) fn save(&self, record: &Record) -> bool {
        let storage = self.records.as_ref();
        storage.is_some_and(|to| put(to, &self.name_of(&record.key), &record.to_json()))
    }

    pub(super) fn remove(&self, key: &str) {
        if let Some(storage) = &self.records {
            remove(storage, &self.name_of(key));
        }
    }

    fn name_of(&self, key: &str) -> String {
        [&self.prefix, JOB, "/", key].concat()
    }

    /// What was being typed in this tab.
    pub(super) fn draft(&self) -> Json {
        let json = self.session.as_ref();
        let json = json.and_then(|storage| item(storage, &self.draft_name()));
        json.unwrap_or(Json::Null)
    }

    pub(super) fn save_draft(&self, draft: &Json) {
        if let Some(storage) = &self.session {
            put(storage, &self.draft_name(), draft);
        }
    }

    pub(super) fn drop_draft(&self) {
        if let Some(storage) = &self.session {
            remove(storage, &self.draft_name());
        }
    }

    fn draft_name(&self) -> String {
        [&self.prefix, "/draft/", &self.place].concat()
    }

    /// Removes all that is kept of this user at this endpoint.
    pub(super) fn forget(&self) {
        for storage in [&self.records, &self.session].into_iter().flatten() {
            for name in keys(storage) {
                if name.starts_with(&self.scope) {
                    remove(storage, &name);
                }
            }
        }
    }
}

// A browser's storage has its items as properties, and so has a plain object: one
// way for both.

fn keys(storage: &JsValue) -> Vec<String> {
    let keys = Object::keys(storage.unchecked_ref::<Object>());
    keys.iter().filter_map(|name| name.as_string()).collect()
}

fn item(storage: &JsValue, name: &str) -> Option<Json> {
    super::parse(&string_property(storage, name)?)
}

fn put(storage: &JsValue, name: &str, json: &Json) -> bool {
    let Some(text) = document(json) else {
        return false;
    };
    // It throws where storage is full.
    Reflect::set(storage, &name.into(), &text.into()) == Ok(true)
}

fn remove(storage: &JsValue, name: &str) {
    let _ = Reflect::delete_property(storage.unchecked_ref::<Object>(), &name.into());
}
