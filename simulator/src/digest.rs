//! Ids that look random and are not.

/// `digits` hexadecimal digits that depend on the parts alone.
///
/// FNV-1a, salted once per 16 digits: spread out enough for ids in a
/// simulator, and no dependency.
pub(crate) fn hex(parts: &[&str], digits: usize) -> String {
    let mut text = String::with_capacity(digits + 16);
    let mut salt: u64 = 0;
    while text.len() < digits {
        text.push_str(&format!("{:016x}", hash(parts, salt)));
        salt += 1;
    }
    text.truncate(digits);
    text
}

/// An id in the form of a version 4 UUID.
pub(crate) fn uuid(parts: &[&str]) -> String {
    let hex = hex(parts, 32);
    format!(
        "{}-{}-4{}-8{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[13..16],
        &hex[17..20],
        &hex[20..]
    )
}

fn hash(parts: &[&str], salt: u64) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let bytes = salt.to_le_bytes();
    let salted = bytes.iter().copied();
    // A byte that UTF-8 never holds keeps ("ab", "c") apart from ("a", "bc").
    let spelled = parts.iter().flat_map(|part| part.bytes().chain([0xff]));
    for byte in salted.chain(spelled) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    // FNV leaves the high bits of short inputs alike; mix them once more.
    hash ^= hash >> 32;
    hash = hash.wrapping_mul(0xd6e8_feb8_6659_fd93);
    hash ^ (hash >> 32)
}
