//! Where a reply speaks to people, whichever service it is.

use crate::json::Value;

/// Fields whose text is meant to be read. What stands in other fields is for
/// programs: ids, codes, addresses, words of a fixed list.
const FIELDS: [&str; 13] = [
    "category",
    "company_name",
    "current_step",
    "description",
    "detail",
    "error",
    "filename",
    "label",
    "message",
    "msg",
    "name",
    "task_result",
    "title",
];

/// Changes every such text, those of lists included.
pub(crate) fn each(value: &mut Value, change: &mut dyn FnMut(&mut String)) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                match value {
                    Value::String(text) if FIELDS.contains(&name) => change(text),
                    Value::Array(items) if FIELDS.contains(&name) => {
                        items.iter_mut().for_each(|item| match item {
                            Value::String(text) => change(text),
                            item => each(item, change),
                        });
                    }
                    value => each(value, change),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| each(item, change)),
        _ => {}
    }
}
