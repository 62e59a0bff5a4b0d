//! Presenton's current Cloud, version 3 of its API.
//!
//! Written from the Cloud's published interface description of June 2026. The
//! task object is the one of version 1; paths and request fields differ, and
//! the two must not be mixed.

use super::presenton::{self, Contract, Edition, Route};
use super::{Call, Dialect, Purpose, segment_after};
use crate::Reply;
use crate::cors::Cors;
use crate::service::Service;

#[derive(Debug)]
pub(crate) struct PresentonV3;

const EDITION: Edition = Edition {
    contract: Contract::Cloud,
    version: 3,
};

impl Dialect for PresentonV3 {
    fn purpose(&self, call: &Call<'_>) -> Purpose {
        presenton::purpose(call, route(call.path))
    }

    fn answer(&self, call: &Call<'_>, service: &mut Service) -> Reply {
        presenton::answer(EDITION, route(call.path), call, service)
    }

    fn refusal(&self, code: u16, purpose: Purpose) -> Reply {
        presenton::refusal(code, purpose)
    }

    fn cors(&self) -> Cors {
        Cors::None
    }

    fn id_field(&self) -> &'static str {
        "id"
    }

    fn status_field(&self) -> &'static str {
        "status"
    }

    fn page_fields(&self) -> &'static [&'static str] {
        &["edit_path"]
    }
}

const SUBMIT: &str = "/api/v3/presentation/generate/async";

fn route(path: &str) -> Option<Route> {
    if let Some(id) = segment_after(path, "/api/v3/async-task/status/") {
        return Some(Route::Status(id));
    }
    Some(match path {
        SUBMIT => Route::Submit,
        "/api/v3/presentation/generate/async/" => Route::Slashed(SUBMIT),
        "/api/v3/presentation/export" => Route::Export,
        "/api/v3/files/upload" => Route::Upload,
        "/api/v3/standard-template/all" => Route::Templates,
        "/api/v3/smart-design/all" => Route::SmartDesigns,
        "/api/v3/theme/default" => Route::Themes { own: false },
        "/api/v3/theme/all" => Route::Themes { own: true },
        other => return Route::of_root(Contract::Cloud, other),
    })
}
