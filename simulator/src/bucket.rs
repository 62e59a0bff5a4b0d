//! Source files that callers put into the service's object store.

use std::collections::VecDeque;

/// Targets kept; older ones become unknown.
const TARGETS: usize = 64;
/// Bytes of files kept, all together.
const BYTES: usize = 64 * 1024 * 1024;

/// The object store of one base path.
#[derive(Debug, Default)]
pub(crate) struct Bucket {
    targets: VecDeque<Target>,
}

/// A place that was made for one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// Where the file lies, from the store's root, without a slash in front.
    pub(crate) path: String,
    /// What must be sent before the file, in this order.
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) media_type: String,
    /// The size that was declared.
    pub(crate) size: u64,
    /// The signed address it can be had from.
    pub(crate) download_url: String,
    /// The file itself, once it came.
    pub(crate) file: Option<Vec<u8>>,
}

impl Bucket {
    pub(crate) fn add(&mut self, target: Target) {
        if self.targets.len() == TARGETS {
            self.targets.pop_front();
        }
        self.targets.push_back(target);
    }

    pub(crate) fn target(&self, path: &str) -> Option<&Target> {
        self.targets.iter().find(|target| target.path == path)
    }

    /// The target whose file is had from this address.
    pub(crate) fn issued(&self, download_url: &str) -> Option<&Target> {
        let mut targets = self.targets.iter();
        targets.find(|target| target.download_url == download_url)
    }

    /// Keeps a file, and lets go of the oldest where there is no more room.
    pub(crate) fn fill(&mut self, path: &str, file: &[u8]) {
        if let Some(target) = self.targets.iter_mut().find(|it| it.path == path) {
            target.file = Some(file.to_vec());
        }
        while self.targets.len() > 1 && self.bytes() > BYTES {
            self.targets.pop_front();
        }
    }

    fn bytes(&self) -> usize {
        let files = self.targets.iter().flat_map(|target| &target.file);
        files.map(Vec::len).sum()
    }
}
