//! Next renders the component on the server, with either of its bundlers, below a
//! path of its own and under a policy with a nonce; what the page gives as functions
//! arrives after that.

use slidewright_e2e::project::{Process, Project, copies};
use tokio::sync::Mutex;

use crate::frameworks_say_and_hear_all::says_and_hears;
use crate::table::{full, works};
use crate::visit::Visit;

const TABLE: &str = "next";

/// One build at a time: each writes to the same files beside its own folder.
static ALONE: Mutex<()> = Mutex::const_new(());

struct Next {
    project: Project,
    bundler: &'static str,
    row: String,
}

impl Next {
    async fn open(bundler: &'static str) -> Next {
        let project = Project::open("tests/matrix/next", None).await;
        let row = format!("Next {}, {bundler}", project.version("next"));
        Next {
            project,
            bundler,
            row,
        }
    }

    async fn development(&self) {
        let variables = [("DIST_DIR", ".next-dev")];
        let words = [
            "next",
            "dev",
            self.option(),
            "-H",
            "127.0.0.1",
            "-p",
            "PORT",
        ];
        let process = Process::start(&self.project, &words, &variables, "/").await;
        self.visit(&process, "", "dev")
            .await
            .downloads_it_once_at_most()
            .await;
    }

    /// Builds, for a path of its own or none, and starts what was built.
    async fn built(&self, base: &str, more: &[(&str, &str)], column: &str) {
        let folder = format!(".next-{}{}", self.bundler, base.replace('/', "-"));
        let variables = [("DIST_DIR", folder.as_str()), ("BASE_PATH", base)];
        if !self.project.path(&folder).exists() {
            self.project
                .run(&["next", "build", self.option()], &variables)
                .await;
        }
        let variables = [&variables, more].concat();
        let words = ["next", "start", "-H", "127.0.0.1", "-p", "PORT"];
        let first = if base.is_empty() { "/" } else { base };
        let process = Process::start(&self.project, &words, &variables, first).await;
        // What the server keeps for itself no page downloads.
        let found = copies(&self.project.path(&folder).join("static"));
        let visit = self.visit(&process, base, column).await;
        visit.downloads_as_built(found).await;
    }

    async fn visit(&self, process: &Process, base: &str, column: &str) -> Visit {
        let address = format!("{}{base}?endpoint=/nowhere", process.origin());
        let html = reqwest::get(address)
            .await
            .expect("a page")
            .text()
            .await
            .expect("HTML");
        assert!(
            html.contains("<slide-wright") && html.contains("endpoint=\"/nowhere\""),
            "not rendered on the server: {html}"
        );
        let path = format!("{base}?endpoint={{service}}");
        let path = if base.is_empty() {
            format!("/{path}")
        } else {
            path
        };
        let visit = Visit::dynamic(process, &path).await;
        says_and_hears(&visit).await;
        works(TABLE, &self.row, column);
        visit
    }

    fn option(&self) -> &'static str {
        match self.bundler {
            "webpack" => "--webpack",
            _ => "--turbopack",
        }
    }

    async fn works_in_every_way(&self) {
        self.built("", &[], "build").await;
        self.built("", &[("NONCE_CSP", "1")], "nonce policy").await;
        self.built("/base", &[], "`basePath`").await;
        self.development().await;
    }
}

#[tokio::test]
async fn with_turbopack() {
    if !full("Next with Turbopack: development, `basePath`, a policy with a nonce") {
        return;
    }
    let _alone = ALONE.lock().await;
    Next::open("Turbopack").await.works_in_every_way().await;
}

#[tokio::test]
async fn with_webpack() {
    if !full("Next with webpack") {
        return;
    }
    let _alone = ALONE.lock().await;
    Next::open("webpack").await.works_in_every_way().await;
}
