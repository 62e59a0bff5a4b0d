//! Ports of this machine, each given out once a run. Browsers that tests share keep what
//! they know by origin, so a port that came again would bring a former test's drafts and
//! workers along; and who is given a port for another program listens only later, when
//! nobody else may have it.

use std::collections::BTreeSet;
use std::net::TcpListener as Bound;
use std::sync::{Mutex, PoisonError};

use tokio::net::TcpListener;

static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());

/// Listens on a port that nobody was given before.
///
/// # Panics
///
/// Where there is none.
pub fn listener() -> TcpListener {
    let bound = bind();
    bound
        .set_nonblocking(true)
        .expect("a socket that does not block");
    TcpListener::from_std(bound).expect("a socket for this runtime")
}

/// A port that nobody listens on, and nobody else was or will be given.
///
/// # Panics
///
/// Where there is none.
pub fn free_port() -> u16 {
    port_of(&bind())
}

fn bind() -> Bound {
    let mut given = GIVEN.lock().unwrap_or_else(PoisonError::into_inner);
    // Held meanwhile, so that the system does not offer them again.
    let mut known = Vec::new();
    loop {
        let bound = Bound::bind("127.0.0.1:0").expect("a free port");
        if given.insert(port_of(&bound)) {
            return bound;
        }
        known.push(bound);
    }
}

fn port_of(bound: &Bound) -> u16 {
    bound.local_addr().expect("its address").port()
}
