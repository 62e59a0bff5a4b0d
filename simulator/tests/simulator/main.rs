//! What the simulator promises: one claim a module, over one small harness.

mod harness;
#[cfg(feature = "server")]
mod wire;

mod a_job_ends_when_told;
mod a_network_may_want_a_sign_in_first;
mod a_redirect_leads_to_the_same_call;
mod a_repeated_key_makes_one_job;
mod a_restart_strands_a_task;
mod a_reused_connection_closes_once_a_key;
mod a_scenario_mistake_is_named;
mod a_service_restarts_when_told;
mod a_troubled_submit_may_make_its_job;
mod a_world_is_what_was_sent_and_when;
mod bad_requests_are_refused_in_the_servers_words;
mod calls_need_the_token;
mod chronicle_answers_as_its_page_shows;
mod chronicle_asks_and_waits;
mod chronicle_lists_templates_with_sections;
mod chronicle_refuses_in_its_envelope;
mod chronicle_takes_uploads;
mod cloud_answers_as_its_guide_shows;
mod contract_a_is_pending_until_done;
mod contract_b_completes_without_a_link;
mod contract_c_gives_counts_and_links;
mod cross_origin_headers_follow_the_contract;
mod decks_hold_the_topic_and_the_count;
mod decks_of_one_title_share_a_path;
mod duomi_answers_as_its_page_shows;
mod duomi_names_the_slide_at_fault;
mod duomi_slides_fail_one_by_one;
mod duomi_tables_run_over_pages;
mod duomi_templates_are_paged;
mod exports_make_another_file;
mod forms_are_read_as_browsers_write_them;
mod gamma_answers_as_documented;
mod gamma_refuses_with_message_and_code;
mod gamma_themes_come_by_cursor;
mod hostile_bait_is_everywhere;
mod hostile_names_of_files_climb_out;
mod hostile_text_is_served_as_text;
mod keys_travel_in_the_services_own_header;
mod lists_come_in_the_documented_shapes;
mod long_texts_are_served_whole;
mod memory_stays_bounded;
mod perceptis_answers_as_its_page_shows;
mod perceptis_links_live_shortly;
mod perceptis_refuses_in_its_envelope;
mod replies_agree_with_the_published_schema;
mod retry_after_may_be_anything;
mod scenarios_hold_for_every_service;
mod signed_links_end;
mod slidespeak_answers_as_documented;
mod slidespeak_gives_fresh_links;
mod stale_replies_repeat_what_was;
mod task_errors_come_inside_http_200;
mod the_log_tells_what_was_received;
mod too_many_calls_are_slowed;
mod troubles_are_as_named;
mod true_replies_may_have_a_wrong_type;
mod uploads_answer_opaque_values;
mod v3_speaks_on_its_own_paths;
mod worlds_are_isolated;

#[cfg(feature = "server")]
mod faults_reach_the_wire;
#[cfg(feature = "server")]
mod static_files_carry_their_types;
