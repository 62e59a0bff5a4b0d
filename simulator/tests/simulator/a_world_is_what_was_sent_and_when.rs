//! A service worker forgets all but the calls that change something, with their times.

use serde_json::Value;
use slidewright_simulator::{Request, World};

const START: u64 = 1_800_000_000_000;
const BASE: &str = "/sim/perceptis,duration=1000";

fn submit(topic: &str) -> Request {
    let body = format!(r#"{{"prompt": "{topic}", "output_type": "deck"}}"#);
    Request::new("POST", &format!("{BASE}/api/v1/generate")).json(&body)
}

fn id(world: &mut World, now_ms: u64, request: &Request) -> String {
    let reply = world.handle(now_ms, request).json().expect("JSON");
    let id = reply["job_id"].as_str();
    id.unwrap_or_else(|| panic!("no job: {reply}")).to_owned()
}

fn status(world: &mut World, now_ms: u64, id: &str) -> Value {
    let request = Request {
        site: "https://demo.test/some/path".to_owned(),
        ..Request::new("GET", &format!("{BASE}/api/v1/status/{id}"))
    };
    world.handle(now_ms, &request).json().expect("JSON")
}

#[test]
fn a_replay_makes_the_same_jobs_without_the_calls_between() {
    let mut first = World::new();
    let tea = id(&mut first, START, &submit("Tea"));
    status(&mut first, START + 500, &tea);
    let bees = id(&mut first, START + 700, &submit("Bees"));
    let told = status(&mut first, START + 5000, &bees);

    let mut replayed = World::new();
    replayed.handle(START, &submit("Tea"));
    replayed.handle(START + 700, &submit("Bees"));
    assert_eq!(status(&mut replayed, START + 5000, &bees), told);
}

#[test]
fn a_job_keeps_its_id_when_those_before_it_are_forgotten() {
    let mut first = World::new();
    let tea = id(&mut first, START, &submit("Tea"));
    let bees = id(&mut first, START + 700, &submit("Bees"));
    assert_ne!(tea, bees);

    let mut later = World::new();
    assert_eq!(id(&mut later, START + 700, &submit("Bees")), bees);
    // And nobody else gets one that was given before.
    assert_ne!(id(&mut later, START + 900, &submit("Tea")), tea);
}

#[test]
fn addresses_begin_where_the_caller_found_it() {
    let mut world = World::new();
    let job = id(&mut world, START, &submit("Tea"));
    let told = status(&mut world, START + 5000, &job).to_string();
    assert!(
        told.contains(&format!("https://demo.test/some/path{BASE}/")),
        "{told}"
    );
}
