//! Texts that are small on the wire and huge once unpacked.

use std::io::{self, Write};

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

/// A gzip file of `before`, then `piece` so many times, then `after`.
///
/// The piece is packed once and repeated as it is, so that fifty megabytes cost
/// what one does. All is one member: browsers ignore any after the first.
///
/// # Errors
///
/// Where the packer fails, which writing to memory gives it no reason for.
pub(crate) fn gzip(before: &str, piece: &str, times: usize, after: &str) -> io::Result<Vec<u8>> {
    let packed = open_part(piece)?;
    let mut file = HEAD.to_vec();
    file.extend(open_part(before)?);
    for _ in 0..times {
        file.extend(&packed);
    }
    let mut last = encoder();
    last.write_all(after.as_bytes())?;
    file.extend(last.finish()?);

    let mut sum = sum_of(before);
    let of_piece = sum_of(piece);
    for _ in 0..times {
        sum.combine(&of_piece);
    }
    sum.combine(&sum_of(after));
    file.extend(sum.sum().to_le_bytes());
    file.extend(sum.amount().to_le_bytes());
    Ok(file)
}

/// No name, no time, no system.
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];

/// A part that others may follow: it ends on a whole byte.
fn open_part(text: &str) -> io::Result<Vec<u8>> {
    let mut encoder = encoder();
    encoder.write_all(text.as_bytes())?;
    encoder.flush()?;
    Ok(encoder.get_ref().clone())
}

fn encoder() -> DeflateEncoder<Vec<u8>> {
    DeflateEncoder::new(Vec::new(), Compression::best())
}

fn sum_of(text: &str) -> Crc {
    let mut sum = Crc::new();
    sum.update(text.as_bytes());
    sum
}
