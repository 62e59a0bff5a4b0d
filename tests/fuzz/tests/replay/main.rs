//! The fuzz targets over inputs that are known, without an engine.

mod the_corpus_does_no_harm;
mod what_was_found_stays_mended;

use slidewright_fuzz::Target;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Whether a target takes an input without a panic.
fn takes(target: &Target, input: &[u8]) -> bool {
    catch_unwind(AssertUnwindSafe(|| (target.run)(input))).is_ok()
}
