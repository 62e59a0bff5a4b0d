//! Claims about the core, each in the file named after it. Nothing here sleeps:
//! time is an argument.

#[path = "../fixtures/mod.rs"]
mod fixtures;
mod harness;

mod addresses_in_replies_are_resolved_and_encoded;
mod bad_drafts_are_refused_at_the_field;
mod every_documented_example_is_read_right;
mod every_request_field_reaches_the_service;
mod hidden_tabs_and_sleep_change_the_pace;
mod hostile_texts_are_made_harmless;
mod invariants_hold_whatever_happens;
mod nobody_submits_but_the_visitor;
mod odd_replies_never_cost_the_rest;
mod presenton_transcripts_replay;
mod questions_are_paced;
mod refusals_lead_back_to_the_form;
mod the_deadline_counts_watching;
mod the_tree_is_the_same_for_all_decoders;
mod trouble_is_a_notice_not_an_end;
mod visitors_can_stop_and_watch_again;
