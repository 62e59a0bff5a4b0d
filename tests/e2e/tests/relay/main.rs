//! The recipes of `examples/relay`, each run by the server that it is for, with the very
//! files that users copy: a widget makes its deck through them, and whoever is no page of
//! the site's, or wants more than it allows, is refused. What a recipe cannot keep stands in
//! its first lines, and here. One behaviour a file, in Chromium.

mod a_flood_is_slowed_down;
mod a_forged_call_is_refused;
mod a_frame_of_another_site_keeps_its_session;
mod a_key_is_one_request;
mod a_session_owns_what_it_asked_for;
mod a_visitor_may_have_to_sign_in;
mod a_widget_makes_its_deck_through_it;
mod an_answer_brings_only_itself;
mod call;
mod files_and_exports_go_on;
mod nginx_reads_its_files;
mod only_what_is_allowed_goes_on;
mod recipe;
mod the_handler_takes_what_a_site_brings;
mod what_a_service_says_is_passed_on;
