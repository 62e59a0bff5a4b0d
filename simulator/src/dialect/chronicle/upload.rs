//! Source files: a place for one, and the bucket that takes and gives it.
//!
//! The documents name the reply's parts and the order of a form, but neither
//! the fields nor what the bucket says; both are those of a common object
//! store.

use super::{bad_request, error};
use crate::bucket::Target;
use crate::dialect::{Call, body, signed};
use crate::json::{Value, json};
use crate::multipart::{self, Part};
use crate::service::Service;
use crate::{Reply, digest};

const LARGEST: u64 = 50 * 1024 * 1024;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;

const TYPES: [&str; 9] = [
    "txt", "md", "pdf", "pptx", "jpg", "jpeg", "png", "gif", "webp",
];

/// Neither the HTTP code of the reply nor that of `FILE_UPLOAD_ERROR` is
/// documented.
pub(super) fn make_target(call: &Call<'_>, service: &mut Service) -> Reply {
    let (extension, media_type, size) = match declared(call) {
        Ok(declared) => declared,
        Err(refusal) => return refusal,
    };
    let name = service.fresh_hex(12);
    let path = format!("uploads/{name}.{extension}");
    let root = bucket_root(call, service.scenario().other_bucket);
    let expires_ms = call.now_ms.saturating_add(7 * DAY_MS);
    let target = Target {
        fields: vec![
            ("key", path.clone()),
            ("Content-Type", media_type.clone()),
            ("policy", digest::hex(&[&path, &media_type, "policy"], 48)),
            ("signature", digest::hex(&[&path, "signature"], 32)),
        ],
        download_url: signed::link(call, &root, &format!("/_bucket/{path}"), expires_ms),
        media_type,
        size,
        file: None,
        path,
    };
    let fields = target.fields.iter();
    let fields = fields.map(|(name, value)| json!({"name": name, "value": value}));
    let reply = json!({
        "url": format!("{root}/_bucket"),
        "fields": fields.collect::<Vec<Value>>(),
        "path": target.path,
        "download_url": target.download_url,
    });
    service.bucket_mut().add(target);
    Reply::of_json(200, &reply)
}

/// Extension, media type and size of the file to come. Kinds are documented
/// as extensions, so the name decides.
fn declared(call: &Call<'_>) -> Result<(String, String, u64), Reply> {
    let read = body::read(call.request, |fields| {
        let size = "declared_file_size";
        fields.needs(size);
        (
            fields.words("file_name").unwrap_or_default(),
            fields.words("content_type").unwrap_or_default(),
            fields.count(size, 1, i64::MAX),
        )
    });
    let (name, media_type, size) = read.map_err(|faults| bad_request(&body::lines(&faults)))?;
    let size = size.ok_or_else(|| bad_request("declared_file_size is required"))? as u64;
    let extension = name.rsplit_once('.').map(|(_, it)| it.to_ascii_lowercase());
    let Some(extension) = extension.filter(|it| TYPES.contains(&it.as_str())) else {
        let text = format!("Unsupported file type. Supported: {}", TYPES.join(", "));
        return Err(error(400, "FILE_UPLOAD_ERROR", &text));
    };
    if size > LARGEST {
        let text = "File size exceeds the limit of 50 MB";
        return Err(error(400, "FILE_UPLOAD_ERROR", text));
    }
    Ok((extension, media_type, size))
}

/// The service's own root, or where the bucket is to be another origin, the
/// same by the other name of this machine. A host without one keeps its name.
fn bucket_root(call: &Call<'_>, other: bool) -> String {
    let root = call.root();
    let Some(rest) = root.strip_prefix("http://").filter(|_| other) else {
        return root;
    };
    let end = rest.find([':', '/']).unwrap_or(rest.len());
    let (host, rest) = rest.split_at(end);
    let host = match host {
        "127.0.0.1" => "localhost",
        "localhost" => "127.0.0.1",
        host => host,
    };
    format!("http://{host}{rest}")
}

/// The form with the file. 204 where it is kept.
pub(super) fn take(call: &Call<'_>, service: &mut Service) -> Reply {
    if service.scenario().bucket_fail {
        return signed::refusal(403, "AccessDenied", "Access Denied");
    }
    if call.request.first("authorization").is_some() {
        let text = "Only one auth mechanism allowed";
        return signed::refusal(400, "InvalidArgument", text);
    }
    let content_type = call.request.first("content-type").unwrap_or_default();
    let Some(parts) = multipart::parts(content_type, &call.request.body) else {
        let text = "The body of your POST request is not well-formed multipart/form-data.";
        return signed::refusal(400, "MalformedPOSTRequest", text);
    };
    let key = parts.iter().find(|part| part.name == "key");
    let key = key.map(|part| String::from_utf8_lossy(part.body).into_owned());
    let target = key.and_then(|key| service.bucket().target(&key));
    let Some(target) = target else {
        return signed::refusal(403, "AccessDenied", "Access Denied");
    };
    match accepted(target, &parts) {
        Ok(file) => {
            let path = target.path.clone();
            service.bucket_mut().fill(&path, file);
            Reply::empty(204)
        }
        Err(refusal) => refusal,
    }
}

/// The file of a form that has the target's fields in their order, then the
/// file, and nothing behind it.
fn accepted<'a>(target: &Target, parts: &[Part<'a>]) -> Result<&'a [u8], Reply> {
    let Some((file, fields)) = parts.split_last() else {
        return Err(signed::refusal(400, "MalformedPOSTRequest", "No parts"));
    };
    if file.name != "file" || file.file.is_none() {
        let text = "POST requires a file, and it must be the last part.";
        return Err(signed::refusal(400, "InvalidArgument", text));
    }
    let sent = fields.iter().map(|part| (part.name.as_str(), part.body));
    let wanted = target.fields.iter();
    let wanted = wanted.map(|(name, value)| (*name, value.as_bytes()));
    if !sent.eq(wanted) {
        let text = "Invalid according to Policy: the fields are not those that were given";
        return Err(signed::refusal(403, "AccessDenied", text));
    }
    let size = file.body.len() as u64;
    if size > target.size {
        let text = "Your proposed upload exceeds the declared size";
        return Err(signed::refusal(400, "EntityTooLarge", text));
    }
    if size < target.size {
        let text = "Your proposed upload is smaller than the declared size";
        return Err(signed::refusal(400, "EntityTooSmall", text));
    }
    Ok(file.body)
}

pub(super) fn give(path: &str, call: &Call<'_>, service: &Service) -> Reply {
    if let Err(refusal) = signed::check(call) {
        return refusal;
    }
    let target = service.bucket().target(path);
    match target.and_then(|it| it.file.clone().map(|file| (file, &it.media_type))) {
        // Never as a page: the file and its type are the caller's.
        Some((file, media_type)) => Reply::of(200, media_type, file)
            .with("content-disposition", "attachment")
            .with("x-content-type-options", "nosniff"),
        None => signed::nothing_there(),
    }
}
