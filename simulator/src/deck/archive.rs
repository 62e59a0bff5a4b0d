//! Zip archives (PKWARE's APPNOTE), of which office files are made.

use super::sum::sum;

/// An archive in the making: its files as they are sent, and the list of them that
/// comes at the end.
///
/// Written here, as a package with a clock of its own, encryption and a reader weighs
/// more than the whole simulator. So two things are left out: sizes past 4 GB, and
/// packing: a deck is small, and what packs it would be as large again.
#[derive(Debug, Default)]
pub(super) struct Archive {
    files: Vec<u8>,
    list: Vec<u8>,
    count: u16,
}

/// Version 1.0 of the format.
const VERSION: u16 = 10;
/// Names are UTF-8.
const FLAGS: u16 = 1 << 11;
/// As it is.
const STORED: u16 = 0;
/// The first day that the format knows: equal decks are equal bytes, whenever made.
const TIME: u16 = 0;
const DATE: u16 = (1 << 5) | 1;

impl Archive {
    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, content: &[u8]) {
        // What is said of a file twice, before it and in the list.
        let mut said = Vec::new();
        for number in [VERSION, FLAGS, STORED, TIME, DATE] {
            said.extend(number.to_le_bytes());
        }
        for number in [sum(&[content]), size(content), size(content)] {
            said.extend(number.to_le_bytes());
        }
        let length = name.len() as u16;
        said.extend(length.to_le_bytes());
        said.extend(0_u16.to_le_bytes());

        let place = size(&self.files);
        self.files.extend(b"PK\x03\x04");
        self.files.extend(&said);
        self.files.extend(name.as_bytes());
        self.files.extend(content);

        self.list.extend(b"PK\x01\x02");
        self.list.extend(VERSION.to_le_bytes());
        self.list.extend(&said);
        // No comment, first disk, no attributes.
        self.list.extend([0; 10]);
        self.list.extend(place.to_le_bytes());
        self.list.extend(name.as_bytes());
        self.count += 1;
    }

    /// The archive's bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        let Archive {
            mut files,
            list,
            count,
        } = self;
        let place = size(&files);
        files.extend(&list);
        files.extend(b"PK\x05\x06");
        files.extend([0; 4]);
        for number in [count, count] {
            files.extend(number.to_le_bytes());
        }
        for number in [size(&list), place] {
            files.extend(number.to_le_bytes());
        }
        files.extend([0; 2]);
        files
    }
}

fn size(bytes: &[u8]) -> u32 {
    bytes.len() as u32
}
