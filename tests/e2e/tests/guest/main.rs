//! What a page may expect of a guest: strict policies are kept, what is the page's is
//! left alone, and what cannot be had is said. In every engine, one behaviour a file.

mod a_frame_that_may_not_submit_forms_makes_decks;
mod a_framework_may_move_it;
mod a_job_without_a_view_comes_back;
mod a_job_without_a_view_tells_all;
mod a_module_of_another_digest_is_not_run;
mod a_module_that_cannot_be_loaded_is_said;
mod a_promise_of_another_frame_is_awaited;
mod a_second_copy_stands_back;
mod a_strict_policy_stops_nothing;
mod an_old_browser_is_served_or_told;
mod headless;
mod it_lives_in_what_opens_and_closes;
mod loading;
mod nothing_of_it_stays_behind;
mod styles_stay_on_their_side;
mod the_element_writes_nothing_on_itself;
mod the_module_is_found_where_it_is;
mod tour;
mod typing_in_it_is_nobody_elses_business;
mod what_is_asked_happens_now_or_never;
