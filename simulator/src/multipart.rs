//! Just enough `multipart/form-data` to see which files came.

/// One part of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part<'a> {
    pub(crate) name: String,
    /// The file's name; none for a plain field.
    pub(crate) file: Option<String>,
    pub(crate) body: &'a [u8],
}

/// The parts of a form, or nothing where the body is no well-formed one.
pub(crate) fn parts<'a>(content_type: &str, body: &'a [u8]) -> Option<Vec<Part<'a>>> {
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let boundary = parameter(parameters, "boundary")?;
    let fence = format!("--{boundary}").into_bytes();
    let mut rest = &body[find(body, &fence)? + fence.len()..];
    let mut parts = Vec::new();
    loop {
        if rest.starts_with(b"--") {
            return Some(parts);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&rest[..head_end]);
        let disposition = head.lines().find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-disposition")
                .then_some(value)
        })?;
        let after_head = &rest[head_end + 4..];
        let mut closing = b"\r\n".to_vec();
        closing.extend_from_slice(&fence);
        let end = find(after_head, &closing)?;
        parts.push(Part {
            name: parameter(disposition, "name")?,
            file: parameter(disposition, "filename"),
            body: &after_head[..end],
        });
        rest = &after_head[end + closing.len()..];
    }
}

/// The value of a parameter. Browsers leave a `;` in a quoted file name as it
/// is, and write a quote as `%22`, which stays.
fn parameter(text: &str, name: &str) -> Option<String> {
    let mut quoted = false;
    let mut pieces = text.split(|it| {
        quoted ^= it == '"';
        it == ';' && !quoted
    });
    pieces.find_map(|piece| {
        let (key, value) = piece.trim().split_once('=')?;
        key.eq_ignore_ascii_case(name)
            .then(|| value.trim().trim_matches('"').to_owned())
    })
}

fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack
        .windows(needle.len())
        .position(|window| window == needle)
}
