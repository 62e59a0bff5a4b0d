use serde_json::json;
use slidewright_simulator::{Request, World};

use crate::harness::*;

fn submit(world: &mut World, segment: &str) -> String {
    let request = Request::new("POST", &format!("/sim/{segment}{V1}"));
    let reply = world.handle(START, &request.json(r#"{"content": "Tea"}"#));
    id(&reply.json().expect("a task"))
}

#[test]
fn by_their_whole_first_segment() {
    let mut world = World::new();
    let one = submit(&mut world, "presenton,run=1");
    let two = submit(&mut world, "presenton,run=2");
    assert_ne!(one, two);
    let mut ask = |segment: &str, id: &str| {
        let target = format!("/sim/{segment}/api/v1/ppt/presentation/status/{id}");
        world.handle(START, &Request::new("GET", &target)).status
    };
    assert_eq!(ask("presenton,run=1", &one), 200);
    assert_eq!(ask("presenton,run=2", &one), 404);
    assert_eq!(ask("presenton", &two), 404);
}

#[test]
fn and_their_ids_are_the_same_on_every_run() {
    let ids = || {
        let mut world = World::new();
        [
            submit(&mut world, "presenton"),
            submit(&mut world, "presenton"),
        ]
    };
    assert_eq!(ids(), ids());
    assert_ne!(ids()[0], ids()[1]);
}

#[test]
fn a_log_holds_its_own_requests_only() {
    let mut world = World::new();
    submit(&mut world, "presenton,run=1");
    let log = world.handle(START, &Request::new("GET", "/sim/presenton,run=2/_log"));
    assert_eq!(log.json().expect("a log")["requests"], json!([]));
}
