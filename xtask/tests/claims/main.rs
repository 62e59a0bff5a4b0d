//! What the build tool promises, one claim a file.

mod a_budget_exceeded_fails_and_says_by_how_much;
mod a_call_of_a_dialect_stands_on_its_page;
mod a_changed_input_is_built_again;
mod a_generated_file_that_drifted_is_found;
mod a_glue_of_another_shape_is_refused;
mod a_macro_or_method_that_panics_is_found_outside_tests;
mod a_module_uses_only_floors_below;
mod a_name_that_only_the_definition_or_the_sources_know_is_found;
mod a_release_is_made_with_the_compiler_of_the_small_build;
mod a_row_of_the_fault_matrix_has_its_test;
mod a_symptom_is_quoted_as_it_is_said;
mod a_text_outside_the_catalogue_is_found;
mod an_entry_weighs_what_a_page_downloads_for_it;
mod bindings_of_another_version_are_refused;
mod examples_in_the_documentation_name_what_there_is;
mod functions_alike_stand_together;
mod no_link_of_the_documentation_leads_nowhere;
mod paths_and_package_hosts_of_a_machine_are_found;
mod results_become_the_tables_of_the_page;
mod the_book_holds_every_page_and_asks_no_other_host;
mod the_manifests_hold_the_whole_element;
mod unknown_words_on_the_command_line_are_refused;
mod web_crates_below_the_browser_floor_are_found;

use xtask::source::{Finding, SourceFile};

/// A source file that a test makes up.
fn source(path: &str, text: &str) -> SourceFile {
    SourceFile::parse(path, text).expect("the test's source is Rust")
}

/// The lines at which something was found.
fn lines(findings: &[Finding]) -> Vec<usize> {
    findings.iter().map(|finding| finding.line).collect()
}
