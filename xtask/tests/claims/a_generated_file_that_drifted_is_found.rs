use xtask::generate::definition::Definition;
use xtask::generate::{self, readme};
use xtask::project::{self, Project};

fn here() -> Project {
    Project::find().expect("the tests run in the working copy")
}

#[test]
fn what_is_committed_is_what_would_be_written() {
    let project = here();
    let files = generate::files(&project).expect("the definition is sound");
    let stale = generate::stale(&project, files);
    let stale: Vec<_> = stale.iter().map(|file| file.path).collect();
    assert_eq!(stale, Vec::<&str>::new());
}

#[test]
fn one_changed_word_is_enough() {
    let project = here();
    let count = generate::files(&project)
        .expect("the definition is sound")
        .len();
    for changed in 0..count {
        let mut files = generate::files(&project).expect("the definition is sound");
        let path = files[changed].path;
        files[changed].text.push('x');
        let stale = generate::stale(&project, files);
        let stale: Vec<_> = stale.iter().map(|file| file.path).collect();
        assert_eq!(stale, [path]);
    }
}

#[test]
fn a_page_without_its_marker_is_refused() {
    let project = here();
    let definition = Definition::read(&project).expect("the definition is sound");
    for path in readme::PATHS {
        let page = project::read_text(&project.path(path)).expect("there is such a page");
        for missing in ["<!-- generated: events -->\n", "<!-- end -->"] {
            let page = page.replace(missing, "");
            let failure = readme::file(&definition, path, &page).expect_err(missing);
            assert!(failure.to_string().contains(path), "{failure}");
        }
    }
}

#[test]
fn every_generated_file_says_where_it_comes_from() {
    for file in generate::files(&here()).expect("the definition is sound") {
        let first: String = file.text.lines().take(2).collect();
        let says_so = first.contains(generate::NOTE) || readme::PATHS.contains(&file.path);
        assert!(says_so, "{} begins with {first}", file.path);
    }
}

#[test]
fn a_definition_that_says_a_thing_twice_is_refused() {
    let twice = "
        tag = 'x-y'
        class = 'XY'
        about = ''
        [[attribute]]
        name = 'slide-count'
        group = 'field'
        about = ''
        [[property]]
        name = 'slideCount'
        type = 'number'
        about = ''
    ";
    let failure = Definition::parse(twice).expect_err("both are one member");
    assert!(
        failure.to_string().contains("`slideCount` twice"),
        "{failure}"
    );
}
