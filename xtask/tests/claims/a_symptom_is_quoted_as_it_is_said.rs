use xtask::project::Project;
use xtask::symptoms::{unsaid, unsaid_in};

use crate::lines;

const SAID: &str = r#"GONE "gone" "We lost it" AT "at" "Slide {number} is \"late\"""#;

#[test]
fn the_page_quotes_what_is_said() {
    let project = Project::find().expect("the tests run in the working copy");
    assert_eq!(unsaid(&project).expect("the page can be read"), []);
}

#[test]
fn a_changed_text_is_found() {
    let page = "# Trouble\n\n## “We lost it”\n\n## “We have lost it”\n";
    assert_eq!(lines(&unsaid_in(page, SAID)), [5]);
}

#[test]
fn what_differs_each_time_is_left_out() {
    assert_eq!(unsaid_in("## “Slide … is \"late\"” is told\n", SAID), []);
    assert_eq!(lines(&unsaid_in("## “Slide … is early”\n", SAID)), [1]);
}

#[test]
fn headings_of_ours_quote_nothing() {
    assert_eq!(unsaid_in("## Failed to fetch\n", SAID), []);
}
