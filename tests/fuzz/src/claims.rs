//! What holds of everything that was made of a service's words, whatever these
//! were.

use slidewright::provider::{Accepted, HttpRequest, JobId, Refusal};
use slidewright::request::{Choice, Problem};
use slidewright::status::{Download, Link, Site, SlideState, Stage, Status};
use slidewright::text::{LONGEST, origin};

/// A status can be shown, and every link in it followed.
pub fn of_status(status: &Status, site: &Site) {
    let progress = status.progress;
    assert!(progress.percent.is_none_or(|percent| percent <= 100));
    if let (Some(done), Some(total)) = (progress.slides_done, progress.slides_total) {
        assert!(done <= total, "{done} of {total} slides");
    }
    assert!(progress.slides_total.is_none_or(|total| total <= 100_000));
    line(&status.step, 120);
    line(&status.phase, 120);
    if let Some(question) = &status.question {
        assert!(question.chars().count() <= 4000, "a long question");
        let lines: Vec<_> = question.split('\n').collect();
        assert!(lines.len() <= 40, "a question of many lines");
        for said in lines {
            fit_to_show(said);
        }
    }
    assert!(!status.partial || status.stage == Stage::Done);
    assert!(status.slides.len() <= 500, "many slides");
    for slide in &status.slides {
        assert!(slide.number >= 1, "slide 0");
        line(&slide.error, LONGEST);
        assert!(slide.error.is_none() || slide.state == SlideState::Failed);
    }
    assert!(status.downloads.len() <= 50, "many downloads");
    for file in &status.downloads {
        of_download(file, site);
    }
    for Link { url, .. } in &status.links {
        leads_to_the_web(url, site);
    }
    let done = status.stage == Stage::Done;
    assert!(done || status.downloads.is_empty() && status.links.is_empty());
    if let Stage::Failed(error) = &status.stage {
        line(&error.text, LONGEST);
    }
}

/// A file can be offered.
pub fn of_download(file: &Download, site: &Site) {
    leads_to_the_web(&file.url, site);
    let short = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    assert!(
        file.format.len() <= 8 && file.format.bytes().all(short),
        "a format of {:?}",
        file.format
    );
    assert!(file.size.is_none_or(|size| size <= 1_000_000_000_000));
    assert!(file.life.is_none_or(|life| life <= 30 * 86_400));
}

/// A job can be named, and asked about.
pub fn of_accepted(accepted: &Accepted, poll: &HttpRequest, site: &Site) {
    let id = accepted.job.as_str();
    assert!(!id.is_empty() && id.len() <= 256, "an id of {}", id.len());
    assert_eq!(JobId::parse(id).as_ref(), Some(&accepted.job));
    stays_at_the_endpoint(poll);
    of_status(&accepted.status, site);
}

/// A refusal can be shown, and names nothing that a host could not log.
pub fn of_refusal(refusal: &Refusal) {
    line(&refusal.text, LONGEST);
    line(&refusal.title, LONGEST);
    assert!(refusal.from_host || refusal.title.is_none() && refusal.action.is_none());
    if let Some(name) = &refusal.name {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte);
        assert!((1..=64).contains(&name.len()) && name.bytes().all(plain));
    }
    if let Some(action) = &refusal.action {
        line(&Some(action.label.clone()), LONGEST);
        let href = &action.href;
        assert!(!href.chars().any(char::is_control) && !href.is_empty());
        // Whatever stands before the first colon is no scheme, or a web one.
        let scheme: String = href.chars().take_while(|letter| *letter != ':').collect();
        let named = scheme.len() < href.len() && !scheme.contains(['/', '?', '#']);
        assert!(!named || is_web_scheme(&scheme), "a link to {href:?}");
    }
    assert!(refusal.fields.len() <= 100, "many complaints");
    for problem in &refusal.fields {
        match &problem.problem {
            Problem::Said(said) | Problem::SaidOfSlide(_, said) => {
                line(&Some(said.clone()), LONGEST);
            }
            other => panic!("a complaint that nobody made: {other:?}"),
        }
    }
}

/// A list can be chosen from.
pub fn of_choices(choices: &[Choice]) {
    assert!(choices.len() <= 500, "many choices");
    for choice in choices {
        let label = Some(choice.label.clone()).filter(|label| !label.is_empty());
        line(&label, 120);
    }
}

/// A request that carries the host's headers goes where it was meant to go.
pub fn stays_at_the_endpoint(request: &HttpRequest) {
    let path = request.path.as_str();
    assert!(path.starts_with('/'), "a path of {path:?}");
    assert!(
        !path.starts_with("//") && !path.contains('\\'),
        "another host: {path:?}"
    );
    assert!(path.bytes().all(|byte| byte.is_ascii_graphic()), "{path:?}");
}

/// No segment that a reply filled in leads out of the path around it.
pub fn does_not_climb(request: &HttpRequest) {
    let path = request.path.split(['?', '#']).next().unwrap_or("");
    let climbs = |segment: &str| matches!(segment, "." | "..");
    assert!(!path.split('/').any(climbs), "it climbs: {path:?}");
}

/// One line that can be shown, where there is one.
fn line(text: &Option<String>, longest: usize) {
    if let Some(text) = text {
        assert!(!text.is_empty(), "an empty text");
        // The ellipsis is one more.
        assert!(text.chars().count() <= longest + 1, "a long text");
        fit_to_show(text);
    }
}

fn fit_to_show(text: &str) {
    assert!(
        !text.chars().any(char::is_control),
        "control characters in {text:?}"
    );
    let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    assert!(!text.contains(turns), "{text:?} turns the text around it");
    assert_eq!(text, text.trim(), "space around a text");
}

/// http(s), or on the site that a page named.
fn leads_to_the_web(url: &str, site: &Site) {
    assert!(!url.chars().any(char::is_control), "{url:?}");
    let scheme = url.split_once("://").map_or("", |(scheme, _)| scheme);
    if is_web_scheme(scheme) {
        return;
    }
    let base = site.links_base.as_ref().unwrap_or(&site.endpoint);
    assert_eq!(origin(base), None, "{url:?} is not at {base:?}");
    assert!(
        url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\"),
        "{url:?} leads elsewhere"
    );
}

fn is_web_scheme(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}
