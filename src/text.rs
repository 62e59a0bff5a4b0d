//! What a service sends is hostile text: here it becomes something that can be
//! shown. (Markup never runs anyway, since nothing in this crate writes HTML;
//! this is about what a reader sees.)

/// Longest text shown of one field of a reply, in characters.
pub const LONGEST: usize = 300;

/// Makes a service's words fit to show in one line: no control characters, no
/// bidirectional overrides that could turn the text around them, single spaces,
/// at most `longest` characters (an ellipsis stands for the rest).
pub fn clean(text: &str, longest: usize) -> String {
    let mut out = String::new();
    let mut count = 0_usize;
    let mut space = false;
    for letter in text.chars() {
        if is_unsafe(letter) {
            continue;
        }
        if letter.is_whitespace() || letter.is_control() {
            space = count > 0;
            continue;
        }
        if count.saturating_add(usize::from(space)) >= longest {
            out.push('…');
            return out;
        }
        if space {
            out.push(' ');
            space = false;
            count = count.saturating_add(1);
        }
        out.push(letter);
        count = count.saturating_add(1);
    }
    out
}

/// [`clean`], with markup taken out: error texts carry whole HTML pages.
pub fn clean_markup(text: &str, longest: usize) -> String {
    // Far more than is ever shown, and a bound on the work a reply can cause.
    let text = head(text, longest.saturating_mul(16));
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let opens = tag
            .chars()
            .next()
            .is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'));
        if !opens {
            out.push('<');
            rest = tag;
            continue;
        }
        out.push(' ');
        rest = match tag.split_once('>') {
            Some((name, after)) if is_raw_text(name) => behind_end_tag(after),
            Some((_, after)) => after,
            None => "",
        };
    }
    out.push_str(rest);
    clean(&out, longest)
}

/// Whether an element's content is no prose.
fn is_raw_text(tag: &str) -> bool {
    let name = tag.split_whitespace().next().unwrap_or("");
    name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style")
}

/// What follows the next end tag, whichever it is.
fn behind_end_tag(mut rest: &str) -> &str {
    while let Some((_, tag)) = rest.split_once('<') {
        rest = tag;
        if tag.starts_with('/') {
            return tag.split_once('>').map_or("", |(_, after)| after);
        }
    }
    ""
}

/// A whole number, in decimal digits and nothing else. (The standard library
/// brings a parser for each width; this one is all that the wasm needs.)
pub fn number(digits: &str) -> Option<u64> {
    if digits.is_empty() {
        return None;
    }
    digits.bytes().try_fold(0_u64, |number, byte| {
        let digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        number.checked_mul(10)?.checked_add(u64::from(digit))
    })
}

/// [`number`], where it fits.
pub fn small_number(digits: &str) -> Option<u32> {
    u32::try_from(number(digits)?).ok()
}

/// At most the first `longest` characters.
pub fn head(text: &str, longest: usize) -> &str {
    match text.char_indices().nth(longest) {
        Some((at, _)) => text.get(..at).unwrap_or(""),
        None => text,
    }
}

/// Characters that change how others are shown: bidirectional embeddings,
/// overrides and isolates, and the byte order mark.
fn is_unsafe(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Percent-encodes everything but the characters that RFC 3986 calls
/// unreserved, so that the result is one segment of a path, whatever was in it.
pub fn encode_segment(segment: &str) -> String {
    let mut out = String::new();
    for byte in segment.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.extend(hex(byte));
        }
    }
    out
}

/// A byte as two hexadecimal digits.
pub fn hex(byte: u8) -> [char; 2] {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let digit = |nibble: u8| char::from(DIGITS.get(usize::from(nibble)).copied().unwrap_or(b'0'));
    [digit(byte >> 4), digit(byte & 15)]
}

/// The scheme of an absolute address, and what follows its slashes. (By letters:
/// a search for a text brings 1.2 KB of tables and loops.)
pub fn split_scheme(url: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = url.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

/// What stands before and behind the last of an ASCII letter. (By bytes: the
/// standard library's search from behind is half a kilobyte.)
pub fn split_last(text: &str, letter: u8) -> Option<(&str, &str)> {
    let at = text.bytes().rposition(|byte| byte == letter)?;
    Some((text.get(..at)?, text.get(at.saturating_add(1)..)?))
}

/// A number's digits. (The standard library's way to them is five times as long,
/// with code of its own for each width.)
pub fn digits(number: impl Into<u64>) -> String {
    let mut rest: u64 = number.into();
    let mut digits = Vec::new();
    loop {
        let digit = u32::try_from(rest % 10).ok();
        digits.extend(digit.and_then(|digit| char::from_digit(digit, 10)));
        rest /= 10;
        if rest == 0 {
            return digits.iter().rev().collect();
        }
    }
}

/// A count's digits.
pub fn count_digits(count: usize) -> String {
    digits(u64::try_from(count).unwrap_or(u64::MAX))
}

/// Whether an address is at the endpoint's own origin, or at one of the hosts, or
/// origins, that a page names beside it.
pub fn is_named_place(url: &str, endpoint: &str, named: &[String]) -> bool {
    origin(url).is_some_and(|place| {
        let host = split_scheme(place).map_or("", |(_, host)| host);
        origin(endpoint) == Some(place) || named.iter().any(|name| name == host || name == place)
    })
}

/// The scheme and host of an absolute http(s) address.
pub fn origin(url: &str) -> Option<&str> {
    let (scheme, rest) = split_scheme(url)?;
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let host = rest.split(['/', '?', '#', '\\']).next()?;
    // What stands before an `@` is no host, and nothing we would write.
    let plain = web && !host.is_empty() && !host.contains('@');
    let length = scheme.len().saturating_add(3).saturating_add(host.len());
    url.get(..length).filter(|_| plain)
}
