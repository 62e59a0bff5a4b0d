//! Several tabs of one page over one storage: what a tab keeps, drops and shares
//! reaches the others, as a page would have it.

use crate::harness::{HOUR, Visit};
use slidewright::job::{Effect, Event, Fault, Purpose, Record, Role, State};
use slidewright::provider::{HttpReply, JobId};

pub struct Tabs {
    pub tabs: Vec<Visit>,
    pub roles: Vec<Role>,
    /// The jobs that they were at, to notice a new one.
    at: Vec<Option<JobId>>,
    /// Which have been told that nobody sends what they wait for.
    told: Vec<bool>,
}

impl Tabs {
    /// One tab.
    pub fn of(visit: Visit) -> Tabs {
        let mut tabs = Tabs {
            at: vec![visit.shown().job],
            tabs: vec![visit],
            roles: vec![Role::Leading],
            told: vec![false],
        };
        tabs.settle();
        tabs
    }

    /// Opens one more, which takes up what is kept; tells which.
    pub fn open(&mut self) -> usize {
        let mut visit = self.tabs[0].opened_after(0);
        visit.now = self.tabs[0].now;
        visit.keys = 1_000 * (u32::try_from(self.tabs.len()).expect("a few"));
        self.tabs.push(visit);
        self.roles.push(Role::Leading);
        self.at.push(None);
        self.told.push(false);
        let tab = self.tabs.len() - 1;
        self.take_up(tab, None);
        tab
    }

    /// Loads a tab anew; a call of its own is lost.
    pub fn reload(&mut self, tab: usize) {
        let old = &self.tabs[tab];
        let current = old.shown().record;
        let mut visit = old.opened_after(0);
        visit.now = old.now;
        visit.keys = old.keys;
        visit.wish.clone_from(&old.wish);
        // What was sent stays sent.
        visit.sent.clone_from(&old.sent);
        visit.purposes.clone_from(&old.purposes);
        self.tabs[tab] = visit;
        self.at[tab] = None;
        self.take_up(tab, current.as_deref());
    }

    /// Without a lock yet, a page follows, until it knows better.
    fn take_up(&mut self, tab: usize, current: Option<&str>) {
        self.role(tab, Role::Following);
        let place = "deck";
        let found = slidewright::job::saved::to_take_up(&self.tabs[tab].kept, place, current);
        let sending = found
            .cloned()
            .is_some_and(|it| self.is_being_sent(tab, &it));
        self.on(tab, |visit| visit.take_up(current, sending, Vec::new()));
        self.settle();
    }

    /// Does something in a tab, and lets the others hear of it.
    pub fn on<T>(&mut self, tab: usize, what: impl FnOnce(&mut Visit) -> T) -> T {
        self.tabs[tab].locked = self.sent_by_others(tab);
        let out = what(&mut self.tabs[tab]);
        self.settle();
        out
    }

    pub fn event(&mut self, tab: usize, event: Event) {
        self.on(tab, |visit| visit.event(event));
    }

    pub fn reply(&mut self, tab: usize, reply: HttpReply) {
        self.on(tab, |visit| visit.reply(reply));
    }

    pub fn fault(&mut self, tab: usize, fault: Fault) {
        self.on(tab, |visit| visit.fault(fault));
    }

    pub fn role(&mut self, tab: usize, role: Role) {
        self.roles[tab] = role;
        self.event(tab, Event::Role(role));
    }

    /// A tab takes the lead; who had it is robbed.
    pub fn lead(&mut self, tab: usize) {
        let job = self.tabs[tab].shown().job;
        for other in self.others(tab) {
            if self.roles[other] == Role::Leading && self.tabs[other].shown().job == job {
                self.role(other, Role::Following);
            }
        }
        self.role(tab, Role::Leading);
    }

    /// Lets time pass in all of them.
    pub fn pass(&mut self, span: u64) {
        let end = self.tabs[0].now.steady + span;
        loop {
            let timers = self.tabs.iter().enumerate();
            let timers = timers.filter_map(|(tab, visit)| Some((visit.timer?, tab)));
            let Some((at, tab)) = timers.min().filter(|(at, _)| *at <= end) else {
                break;
            };
            self.step(at.saturating_sub(self.tabs[0].now.steady));
            self.tabs[tab].timer = None;
            self.event(tab, Event::Wake);
        }
        self.step(end - self.tabs[0].now.steady);
    }

    /// Until a tab asks; tells how long that took.
    pub fn until_poll(&mut self, tab: usize) -> u64 {
        let from = self.tabs[0].now.steady;
        while self.tabs[tab].flying.is_none() {
            let waited = self.tabs[0].now.steady - from;
            assert!(
                waited < HOUR,
                "tab {tab} asks no more: {:?}",
                self.state(tab)
            );
            self.pass(100);
        }
        self.tabs[0].now.steady - from
    }

    /// Moves the clocks without anything going off.
    pub fn step(&mut self, span: u64) {
        for visit in &mut self.tabs {
            visit.step(span);
        }
    }

    pub fn state(&self, tab: usize) -> State {
        self.tabs[tab].state()
    }

    /// How often the service was asked, and by how many submits, in all tabs.
    pub fn calls(&self, purpose: Purpose) -> usize {
        self.tabs.iter().map(|visit| visit.calls(purpose)).sum()
    }

    fn others(&self, tab: usize) -> impl Iterator<Item = usize> + use<> {
        (0..self.tabs.len()).filter(move |other| *other != tab)
    }

    fn sent_by_others(&self, tab: usize) -> Vec<String> {
        let sending = self.others(tab).map(|other| &self.tabs[other]);
        let sending = sending.filter(|visit| is_sending(visit));
        sending
            .filter_map(|visit| Some(visit.record()?.digest.clone()))
            .collect()
    }

    fn is_being_sent(&self, tab: usize, record: &Record) -> bool {
        record.job.is_none() && self.sent_by_others(tab).contains(&record.digest)
    }

    /// Carries around what there is to carry, until nobody has anything to say.
    pub fn settle(&mut self) {
        for turn in 0.. {
            assert!(turn < 1_000, "they talk for ever");
            let talking = self.tabs.iter().position(|it| !it.passed.is_empty());
            if let Some(from) = talking {
                let effect = self.tabs[from].passed.remove(0);
                self.carry(from, effect);
            } else if let Some(tab) = self.with_a_new_job() {
                // Whose job nobody watches yet, leads.
                let job = self.at[tab].clone();
                let taken = self
                    .others(tab)
                    .any(|it| self.at[it] == job && self.roles[it] == Role::Leading);
                let role = if taken {
                    Role::Following
                } else {
                    Role::Leading
                };
                self.role(tab, role);
            } else if let Some(tab) = self.left_alone() {
                self.told[tab] = true;
                self.event(tab, Event::Abandoned);
            } else {
                return;
            }
        }
    }

    /// Until whoever waits for a tab that is gone has given it up.
    pub fn give_up(&mut self) {
        self.pass(1_000);
    }

    fn carry(&mut self, from: usize, effect: Effect) {
        let job = self.tabs[from].shown().job;
        if effect == Effect::Lead {
            return self.lead(from);
        }
        for tab in self.others(from) {
            let visit = &mut self.tabs[tab];
            match &effect {
                Effect::Save(record) => {
                    visit.kept.retain(|kept| kept.key != record.key);
                    visit.kept.push(Record::clone(record));
                    visit.event(Event::Changed(record.clone()));
                }
                Effect::Drop(key) => {
                    visit.kept.retain(|kept| kept.key != *key);
                    visit.event(Event::Gone(key.clone()));
                }
                Effect::Share(reply) if visit.shown().job == job => {
                    visit.event(Event::Heard(reply.clone()));
                }
                _ => {}
            }
        }
    }

    fn with_a_new_job(&mut self) -> Option<usize> {
        let tabs = self.tabs.iter().map(|visit| visit.shown().job);
        let tab = tabs.zip(&self.at).position(|(now, then)| now != *then)?;
        self.at[tab] = self.tabs[tab].shown().job;
        self.at[tab].is_some().then_some(tab)
    }

    /// A tab that waits for another to send, where none does any more, and does not
    /// know it yet.
    fn left_alone(&mut self) -> Option<usize> {
        for tab in 0..self.tabs.len() {
            let visit = &self.tabs[tab];
            let waits = visit.shown().sent_elsewhere;
            let record = visit.record().filter(|_| waits);
            let alone = record.is_some_and(|record| !self.is_being_sent(tab, record));
            if alone && !self.told[tab] {
                return Some(tab);
            }
            self.told[tab] = alone;
        }
        None
    }
}

fn is_sending(visit: &Visit) -> bool {
    visit.state() == State::Submitting && !visit.shown().sent_elsewhere
}
