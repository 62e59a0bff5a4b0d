//! The HTML of a test's page.

use axum::http::{HeaderName, HeaderValue};

use crate::File;

/// Where the script is that records what a page hears and says. It is the page's
/// first, from its own origin, so that strict policies let it in.
pub(crate) const RECORDER: &str = "/harness/recorder.js";

/// Where the script is that shortens time limits.
pub(crate) const HURRY: &str = "/harness/hurry.js";

/// The tag of the recorder.
pub(crate) fn recorder() -> String {
    format!("<script src=\"{RECORDER}\"></script>")
}

/// A page: what is in its head beside the recorder and the package, its body, its
/// headers, the files beside it.
#[derive(Clone, Debug)]
pub struct Sheet {
    head: String,
    body: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    files: Vec<(String, File)>,
    nonce: Option<&'static str>,
}

impl Sheet {
    /// A page with this body, which loads the package.
    pub fn new(body: impl Into<String>) -> Sheet {
        let head = r#"<script type="module" src="/pkg/dist/slidewright.js"></script>"#;
        Sheet::without_package(body).head(head)
    }

    /// A page that does not load the package by itself.
    pub fn without_package(body: impl Into<String>) -> Sheet {
        Sheet {
            head: String::new(),
            body: body.into(),
            headers: Vec::new(),
            files: Vec::new(),
            nonce: None,
        }
    }

    /// More for the head, after what is there.
    #[must_use]
    pub fn head(mut self, html: &str) -> Sheet {
        self.head.push_str(html);
        self
    }

    /// Lets time limits of twenty seconds and more go off in a fifth of their time
    /// (`hurry.js`): nobody can wait for them. What is answered in time has to keep to
    /// them, too, on however slow a machine.
    #[must_use]
    pub fn hurried(mut self) -> Sheet {
        let script = format!("<script src=\"{HURRY}\"></script>");
        self.head.insert_str(0, &script);
        self
    }

    /// A classic script in the body, run once everything before it is there:
    /// the host page's own code, before the package's, which is deferred.
    #[must_use]
    pub fn script(mut self, code: &str) -> Sheet {
        self.body.push_str(&format!("<script>{code}</script>"));
        self
    }

    /// The page's own script before anything else of its head: from a file, so that
    /// strict policies let it in.
    #[must_use]
    pub fn early(mut self, code: &str) -> Sheet {
        let name = format!("early-{}.js", self.files.len());
        let script = format!("<script src=\"/file/{name}\"></script>");
        self.head.insert_str(0, &script);
        self.file(&name, File::script(code))
    }

    /// Puts a nonce on every script of the head, as a host does whose policy wants one.
    #[must_use]
    pub fn nonce(mut self, nonce: &'static str) -> Sheet {
        self.nonce = Some(nonce);
        self
    }

    /// A file at `/file/` and its name.
    #[must_use]
    pub fn file(mut self, name: &str, file: File) -> Sheet {
        self.files.push((name.to_owned(), file));
        self
    }

    /// A header on the page.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &'static str) -> Sheet {
        let name = HeaderName::from_static(name);
        self.headers.push((name, HeaderValue::from_static(value)));
        self
    }

    /// The whole document.
    pub fn html(&self) -> String {
        let mut head = [&recorder(), self.head.as_str()].concat();
        if let Some(nonce) = self.nonce {
            head = head.replace("<script ", &format!("<script nonce=\"{nonce}\" "));
        }
        format!(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>A host page</title>{head}</head><body>{}</body></html>",
            self.body
        )
    }

    /// The files beside it.
    pub(crate) fn files(&self) -> &[(String, File)] {
        &self.files
    }

    /// Its headers.
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.headers
    }
}

/// A widget for a scenario of the simulator, on the page's own server, with
/// these attributes more.
pub fn widget(scenario: &str, attributes: &str) -> String {
    let provider = scenario.split(',').next().unwrap_or_default();
    format!(
        "<slide-wright provider=\"{provider}\" endpoint=\"/sim/{scenario}\" {attributes}></slide-wright>"
    )
}

/// A widget whose provider is described, by an attribute, and speaks to a
/// scenario.
pub fn described(scenario: &str, attributes: &str) -> String {
    format!(
        "<slide-wright provider=\"custom\" endpoint=\"/sim/{scenario}\" {attributes}></slide-wright>"
    )
}
