//! Things that JavaScript knows by number: a class would cost glue, and a number
//! outlives a restart of the module.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Some of one kind.
pub(crate) struct Numbered<T> {
    things: RefCell<Vec<(u32, Rc<T>)>>,
    last: Cell<u32>,
}

impl<T> Numbered<T> {
    /// None yet.
    pub(crate) const fn new() -> Self {
        Self {
            things: RefCell::new(Vec::new()),
            last: Cell::new(0),
        }
    }

    /// A number that nobody has; never 0.
    pub(crate) fn add(&self, thing: Rc<T>) -> u32 {
        let number = self.last.get().wrapping_add(1).max(1);
        self.last.set(number);
        self.things.borrow_mut().push((number, thing));
        number
    }

    /// Held while it is in use, so that a listener may end it meanwhile.
    pub(crate) fn find(&self, number: u32) -> Option<Rc<T>> {
        let things = self.things.borrow();
        let found = things.iter().find(|(of, _)| *of == number);
        found.map(|(_, thing)| thing.clone())
    }

    /// Forgets it. The caller has it still: its end may run code that asks for
    /// others.
    pub(crate) fn remove(&self, number: u32) -> Option<Rc<T>> {
        let found = self.find(number);
        self.things.borrow_mut().retain(|(of, _)| *of != number);
        found
    }
}
