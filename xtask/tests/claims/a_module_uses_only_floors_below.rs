use xtask::floors::upward;

use crate::{lines, source};

#[test]
fn below_beside_and_within_are_allowed() {
    let file = source(
        "src/provider/presenton.rs",
        "use super::refusal::line;
        use crate::json::Json;
        use crate::{request::GenerationRequest, status::{Site, Status}};
        use crate::provider::JobId;
        pub(crate) fn a() -> crate::status::Status { todo() }",
    );
    assert_eq!(upward(&file), []);
}

#[test]
fn above_is_found_in_every_way_of_writing_it() {
    let file = source(
        "src/provider/presenton.rs",
        "use crate::job::Job;
        use crate::{json::Json,
            status::{Site, Status},
            view::Form};
        use super::super::browser::fetch;
        fn a() { crate::element::mount(); }
        mod inner {
            use super::super::super::job::Job;
        }",
    );
    assert_eq!(lines(&upward(&file)), [1, 4, 5, 6, 8]);
}

#[test]
fn super_leaves_a_top_module_at_once() {
    let file = source(
        "src/job/mod.rs",
        "use super::view::Form;\nmod a { use super::pacing; }",
    );
    assert_eq!(lines(&upward(&file)), [1]);
}

#[test]
fn a_module_without_a_floor_is_found() {
    let found = upward(&source("src/attic.rs", ""));
    assert!(found[0].what.contains("`attic` has no floor"), "{found:?}");
    let found = upward(&source("src/job/mod.rs", "use crate::*;\nuse crate::Job;"));
    assert_eq!(lines(&found), [1, 2]);
}

#[test]
fn the_front_door_leads_everywhere() {
    assert_eq!(
        upward(&source("src/lib.rs", "pub use crate::element::mount;")),
        []
    );
}
