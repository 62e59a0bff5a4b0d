//! Claims about the core, each in the file named after it. Nothing here sleeps:
//! time is an argument.

#[path = "../fixtures/mod.rs"]
mod fixtures;
mod harness;

mod a_submit_with_a_key_is_repeated;
mod addresses_in_replies_are_resolved_and_encoded;
mod answers_that_fail_can_be_sent_again;
mod bad_drafts_are_refused_at_the_field;
mod described_services_are_asked_at_their_pace;
mod descriptors_say_what_is_wrong_with_them;
mod every_documented_example_is_read_right;
mod every_request_field_reaches_the_service;
mod fields_count_only_in_their_combination;
mod files_arrive_before_the_request;
mod files_go_only_where_the_page_allows;
mod hidden_tabs_and_sleep_change_the_pace;
mod hostile_texts_are_made_harmless;
mod invariants_hold_whatever_happens;
mod invariants_hold_with_questions_and_files;
mod mutated_replies_do_no_harm;
mod nobody_submits_but_the_visitor;
mod odd_replies_never_cost_the_rest;
mod only_web_links_survive;
mod outlines_are_read_without_loss;
mod outlines_become_what_each_service_takes;
mod presenton_transcripts_replay;
mod progress_never_runs_back;
mod questions_answered_elsewhere_are_noticed;
mod questions_are_answered_in_the_same_job;
mod questions_are_paced;
mod refusals_lead_back_to_the_form;
mod results_change_only_on_request;
mod the_deadline_counts_watching;
mod the_hosts_choices_take_the_services_names;
mod the_tree_is_the_same_for_all_decoders;
mod trouble_is_a_notice_not_an_end;
mod visitors_can_stop_and_watch_again;
