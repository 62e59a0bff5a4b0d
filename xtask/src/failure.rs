//! Why a command stopped, as the line that the person at the terminal reads.

use std::fmt::{self, Display, Formatter};

/// What every step of a command returns.
pub type Outcome<T = ()> = Result<T, Failure>;

/// What happened and what to do about it, in words for the terminal.
///
/// Deliberately no error tree: nobody downstream decides by the kind of a
/// failure, they only read it.
#[derive(Debug, PartialEq, Eq)]
pub struct Failure(String);

impl Failure {
    /// A failure that reads as `message`: what happened, then what to do.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Turns a library's error into a [`Failure`] that says what was being done.
pub trait Context<T> {
    /// `doing` completes the sentence "cannot …".
    fn or_cannot(self, doing: impl Display) -> Outcome<T>;
}

impl<T, E: Display> Context<T> for Result<T, E> {
    fn or_cannot(self, doing: impl Display) -> Outcome<T> {
        self.map_err(|error| Failure(format!("cannot {doing}: {error:#}")))
    }
}
