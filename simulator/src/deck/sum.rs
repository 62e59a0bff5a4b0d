//! The check sum of zip archives and PNG files: CRC-32 of ISO 3309.

/// Of these bytes, one piece after the other.
///
/// Half a byte at a time: the usual tables cannot be packed, and what a service worker
/// runs is downloaded.
pub(super) fn sum(pieces: &[&[u8]]) -> u32 {
    let bytes = pieces.iter().copied().flatten();
    !bytes.fold(!0, |sum, byte| {
        let sum = sum ^ u32::from(*byte);
        let sum = (sum >> 4) ^ NIBBLES[(sum & 15) as usize];
        (sum >> 4) ^ NIBBLES[(sum & 15) as usize]
    })
}

/// The sums of all half bytes.
const NIBBLES: [u32; 16] = {
    let mut sums = [0; 16];
    let mut at = 0;
    while at < 16 {
        let mut sum = at as u32;
        let mut bit = 0;
        while bit < 4 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xEDB8_8320
            } else {
                sum >> 1
            };
            bit += 1;
        }
        sums[at] = sum;
        at += 1;
    }
    sums
};

#[test]
fn the_standards_own_example_comes_out() {
    assert_eq!(sum(&[b"1234", b"56789"]), 0xCBF4_3926);
}
