//! What holds of the packed tarball in projects of hosts: bundlers, frameworks,
//! servers, engines, examples. `docs/compatibility.md` has the last result of the
//! whole.

mod entries_keep_their_weight;
mod every_bundler_takes_it_as_it_is;
mod every_engine_takes_the_same_files;
mod examples_work_as_they_are;
mod files_are_served_as_they_are;
mod frameworks_say_and_hear_all;
mod next_takes_it_in_every_way;
mod servers_may_import_it;
mod table;
mod the_relay_runs_elsewhere;
mod visit;
