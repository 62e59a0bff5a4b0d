use xtask::calls::{unnamed, unnamed_in};
use xtask::project::Project;

#[test]
fn every_call_of_the_project_does() {
    let project = Project::find().expect("the tests run in the working copy");
    assert_eq!(unnamed(&project).expect("the pages can be read"), []);
}

#[test]
fn one_that_is_missing_is_named() {
    let source = r#"{ "path": "/api/v1/decks/{id}", "name": "/api/v1/decks", "to": "/title" }"#;
    let lacks = |page: &str| {
        let found = unnamed_in("it.json", source, "it.md", page);
        found.into_iter().map(|it| it.what).collect::<Vec<_>>()
    };
    assert_eq!(
        lacks("`GET /api/v1/decks/{id}`"),
        ["lacks the call `/api/v1/decks` of it.json"]
    );
    let none: [&str; 0] = [];
    assert_eq!(lacks("`GET /api/v1/decks/{id}` `POST /api/v1/decks`"), none);
}

#[test]
fn a_path_that_an_id_follows_is_named_with_it() {
    let source = r#"Presenton::V1 => "/api/v1/status/","#;
    assert_eq!(
        unnamed_in("it.rs", source, "it.md", "`GET /api/v1/status/{id}`"),
        []
    );
    assert_eq!(
        unnamed_in("it.rs", source, "it.md", "`GET /api/v1/status/`").len(),
        1
    );
}
