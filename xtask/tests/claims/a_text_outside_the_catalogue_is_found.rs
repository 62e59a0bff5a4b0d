use xtask::texts::stray;

use crate::{lines, source};

#[test]
fn a_literal_with_two_words_is_found() {
    let file = source(
        "src/view/form.rs",
        "fn a() {
            button().child(\"Send again\");
            let b = format!(\"{n} slides\");
            let c = r#\"Wait, please\"#;
            let d = \"Sent. Waiting\";
        }",
    );
    assert_eq!(lines(&stray(&file)), [2, 3, 4, 5]);
}

#[test]
fn names_for_the_page_are_no_texts() {
    let file = source(
        "src/view/form.rs",
        "/// A button that says \"Send again\".
        fn a() {
            view! { <button part=\"button submit\" class=\"a b\"/> };
            button().attr(\"part\", \"button submit\").class(\"a b\");
            let c = \"application/json\";
            let d = \", \";
        }
        #[cfg(test)]
        mod tests { fn a() { let x = \"Two words\"; } }",
    );
    assert_eq!(stray(&file), []);
}

#[test]
fn a_list_of_parts_is_no_text_but_a_sentence_with_one_is() {
    let file = source(
        "src/view/form.rs",
        "fn a() {
            button(\"submit quiet\");
            button(\"Submit now\");
            button(\"link, please\");
            button(\"to submit\");
        }",
    );
    assert_eq!(lines(&stray(&file)), [3, 4, 5]);
}

#[test]
fn a_marker_with_a_reason_lets_it_pass() {
    let file = source(
        "src/browser/log.rs",
        "fn a() {
            warn(\"no endpoint\"); // not shown: console
            // not shown: console
            warn(\"no provider\");
            let a = 1;
            warn(\"no marker\");
        }",
    );
    assert_eq!(lines(&stray(&file)), [6]);
}

#[test]
fn the_catalogue_itself_is_where_texts_belong() {
    assert_eq!(
        stray(&source(
            "src/view/messages.rs",
            "const A: &str = \"Send again\";"
        )),
        []
    );
}
