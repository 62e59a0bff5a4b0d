//! Replies that come out of order.

use std::collections::VecDeque;

use crate::Reply;

/// Addresses remembered; the one known longest goes first.
const KEPT: usize = 256;

/// What was true at the last calls of each address.
#[derive(Debug, Default)]
pub(crate) struct Stale {
    addresses: VecDeque<Address>,
}

#[derive(Debug)]
struct Address {
    path: String,
    calls: u64,
    /// The last two, the older first.
    truths: VecDeque<Reply>,
}

impl Stale {
    /// Takes in what is true now, and gives what to tell: on every second call
    /// from the fourth on what was true two calls ago, else the truth.
    pub(crate) fn told(&mut self, path: &str, truth: Reply) -> Reply {
        let address = self.address(path);
        address.calls += 1;
        address.truths.push_back(truth.clone());
        let past = match address.truths.len() {
            3 => address.truths.pop_front(),
            _ => None,
        };
        past.filter(|_| address.calls.is_multiple_of(2))
            .unwrap_or(truth)
    }

    fn address(&mut self, path: &str) -> &mut Address {
        let known = self.addresses.iter().position(|it| it.path == path);
        let index = known.unwrap_or_else(|| {
            if self.addresses.len() == KEPT {
                self.addresses.pop_front();
            }
            self.addresses.push_back(Address {
                path: path.to_owned(),
                calls: 0,
                truths: VecDeque::new(),
            });
            self.addresses.len() - 1
        });
        &mut self.addresses[index]
    }
}
