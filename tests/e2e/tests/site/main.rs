//! The static demo, as `cargo xtask site` makes it: it needs a host of files and
//! nothing else, then not even that. One behaviour a file.

mod a_frame_is_set_up_by_its_address;
mod a_new_version_takes_over_whole;
mod a_page_past_its_worker_says_so;
mod a_stopped_worker_goes_on;
mod demo;
mod each_scenario_is_as_it_says;
mod each_service_makes_a_deck_without_a_network;
mod no_other_host_is_asked;
mod the_code_is_what_is_shown;
mod the_demo_bears_what_it_finds;
