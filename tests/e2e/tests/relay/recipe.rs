//! A recipe, run by its server from a folder of its own.

use std::env;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use serde_json::Value;
use slidewright_e2e::Server;
use slidewright_e2e::ports::free_port;
use slidewright_e2e::project::Process;
use slidewright_e2e::server::{package, repository};
use tempfile::TempDir;
use tokio::process::Command;

/// The key that no page may see.
pub const KEY: &str = "sk-of-the-site-5f0c9a7e31";

/// Signs what the handler signs.
const SECRET: &str = "thirty-two characters at the very least";

/// Which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recipe {
    /// `relay.mjs`, by `node.mjs`.
    Node,
    /// `nginx.conf`.
    Nginx,
    /// `Caddyfile`.
    Caddy,
}

pub use Recipe::{Caddy, Nginx, Node};

/// Those of them whose servers this machine has: a variable that is empty says that it lacks
/// one, which the stage's report then names.
pub fn there(recipes: impl IntoIterator<Item = Recipe>) -> Vec<Recipe> {
    let lacks = |name| env::var_os(name).is_some_and(|it| it.is_empty());
    let mut recipes: Vec<_> = recipes.into_iter().collect();
    recipes.retain(|recipe| match recipe {
        Node => true,
        Nginx => !lacks("SLIDEWRIGHT_NGINX"),
        Caddy => !lacks("SLIDEWRIGHT_CADDY"),
    });
    recipes
}

impl Recipe {
    /// The lines before anything else of its file: what it says of itself.
    pub fn first_lines(self) -> String {
        let file = match self {
            Node => "relay.mjs",
            Nginx => "nginx.conf",
            Caddy => "Caddyfile",
        };
        let text = fs::read_to_string(folder().join(file)).expect(file);
        let lines = text.lines().take_while(|line| line.starts_with('#'));
        let lines: Vec<_> = lines
            .map(|line| line.trim_start_matches(['#', ' ']))
            .collect();
        lines.join(" ")
    }

    /// A scenario of the simulator that opens to the key alone.
    pub fn locked(self, scenario: &str) -> String {
        // It stands in the service's own links, where the handler would find the key.
        // Caddy cannot be given it encoded.
        let key = match self {
            Caddy => KEY.to_owned(),
            _ => KEY.replacen("sk", "%73k", 1),
        };
        format!("{scenario},auth={key}")
    }
}

/// Where users find the recipes.
pub fn folder() -> PathBuf {
    repository().join("examples/relay")
}

/// How a relay is to be set up beside the usual.
#[derive(Clone, Debug, Default)]
pub struct Setting {
    /// `RELAY_OPTIONS`, which the handler alone has.
    pub options: Option<Value>,
    /// The site's own server, such as `127.0.0.1:3000`, to be asked who is signed in.
    pub session: Option<String>,
    /// Whether the handler takes the site for one on TLS. Browsers trust this machine as if it
    /// were.
    pub secure: bool,
}

/// A recipe that runs. Dropping it ends its server, and removes its folder.
pub struct Relay {
    process: Process,
    folder: TempDir,
}

impl Relay {
    /// Starts one in front of a scenario, whose first word is the provider.
    ///
    /// # Panics
    ///
    /// Where its server does not start.
    pub async fn start(recipe: Recipe, service: &Server, scenario: &str) -> Relay {
        Relay::set_up(recipe, service, &[scenario], Setting::default()).await
    }

    /// Starts one in front of several.
    ///
    /// # Panics
    ///
    /// Where its server does not start.
    pub async fn set_up(
        recipe: Recipe,
        service: &Server,
        scenarios: &[&str],
        setting: Setting,
    ) -> Relay {
        Relay::before(recipe, &service.origin(), scenarios, setting).await
    }

    /// Starts one in front of any server, which is asked below `/sim/` and the scenario.
    ///
    /// # Panics
    ///
    /// Where its server does not start.
    pub async fn before(
        recipe: Recipe,
        service: &str,
        scenarios: &[&str],
        setting: Setting,
    ) -> Relay {
        let folder = tempfile::tempdir().expect("a folder");
        let site = folder.path().join("site");
        fs::create_dir_all(site.join("pkg")).expect("a folder for the site");
        symlink(package(), site.join("pkg/dist")).expect("the package in the site");
        fs::write(site.join("index.html"), page("presenton", "")).expect("a page");
        for described in ["gamma.json", "slidespeak.json"] {
            let file = repository().join("pkg/descriptors").join(described);
            symlink(file, site.join(described)).expect("a description in the site");
        }
        let port = free_port();
        let mut command = match recipe {
            Node => node(port, &setting),
            Nginx => nginx(&folder, port, service, scenarios[0], &setting),
            Caddy => caddy(&folder, port, service, scenarios[0], &setting),
        };
        if recipe == Node {
            command.env("RELAY_SITE", &site);
            for scenario in scenarios {
                let name = scenario.split(',').next().unwrap_or_default();
                let prefix = name.to_uppercase().replace('-', "_");
                let address = format!("{service}/sim/{scenario}");
                command.env(format!("{prefix}_URL"), address);
                command.env(format!("{prefix}_KEY"), KEY);
            }
        }
        let log = folder.path().join("server.log");
        let process = Process::run(command, port, log, "/").await;
        Relay { process, folder }
    }

    /// Where it is: `http://127.0.0.1:…`, without a slash at the end.
    pub fn origin(&self) -> &str {
        self.process.origin()
    }

    /// Puts a page with a widget into the site, and gives its address.
    ///
    /// # Panics
    ///
    /// Where it cannot be written.
    pub fn publish(&self, provider: &str, attributes: &str) -> String {
        let file = self
            .folder
            .path()
            .join("site")
            .join(format!("{provider}.html"));
        fs::write(file, page(provider, attributes)).expect("a page");
        format!("{}/{provider}.html", self.origin())
    }

    /// Puts a page of any kind into the site.
    ///
    /// # Panics
    ///
    /// Where it cannot be written.
    pub fn put(&self, name: &str, html: &str) {
        let file = self.folder.path().join("site").join(name);
        fs::write(file, html).expect(name);
    }
}

/// A page of the site: the package of its own origin, and a widget that asks the relay.
fn page(provider: &str, attributes: &str) -> String {
    format!(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A site</title>\
         <script type=\"module\" src=\"/pkg/dist/slidewright.js\"></script></head><body>\
         <slide-wright {} endpoint=\"/relay/{provider}\" {attributes}></slide-wright></body></html>",
        match provider {
            "gamma" | "slidespeak" =>
                format!("provider=\"custom\" descriptor=\"/{provider}.json\""),
            _ => format!("provider=\"{provider}\""),
        }
    )
}

fn program(variable: &str, usual: &str) -> Command {
    let named = env::var_os(variable).unwrap_or_else(|| usual.into());
    Command::new(named)
}

fn node(port: u16, setting: &Setting) -> Command {
    let mut command = program("SLIDEWRIGHT_NODE", "node");
    command
        .arg(folder().join("node.mjs"))
        .env("PORT", port.to_string())
        .env("RELAY_SECRET", SECRET);
    if setting.secure {
        let origins = format!("https://site.example http://127.0.0.1:{port}");
        command.env("RELAY_ORIGIN", origins);
    }
    if let Some(options) = &setting.options {
        command.env("RELAY_OPTIONS", options.to_string());
    }
    if let Some(session) = &setting.session {
        command
            .env("RELAY_AUTHORIZE", format!("http://{session}/session"))
            .env("RELAY_SIGN_IN", "/login");
    }
    command
}

/// nginx reads what differs from site to site from two files beside the recipe.
fn nginx(folder: &TempDir, port: u16, service: &str, scenario: &str, setting: &Setting) -> Command {
    let recipe = self::folder().join("nginx.conf");
    fs::copy(recipe, folder.path().join("nginx.conf")).expect("the recipe");
    let host = service.trim_start_matches("http://");
    let lines = [
        ("presenton_root", format!("{service}/sim/{scenario}")),
        ("presenton_host", host.to_owned()),
        ("presenton_key", format!("Bearer {KEY}")),
    ];
    let lines = lines.map(|(name, value)| format!("map \"\" ${name} {{ default \"{value}\"; }}\n"));
    write(folder, "nginx-service.conf", &lines.concat());
    let own = self::folder().join("nginx-site.conf");
    let own = fs::read_to_string(own).expect("the site's lines");
    write(folder, "nginx-site.conf", &site(&own, port, setting));
    let mut command = nginx_with(folder.path());
    // Its workers have to get into a folder that is root's alone.
    command.args(["-g", "daemon off; user root;"]);
    command
}

/// nginx, with the files in a folder.
pub fn nginx_with(folder: &Path) -> Command {
    let mut command = program("SLIDEWRIGHT_NGINX", "nginx");
    command.arg("-p").arg(folder);
    command.args(["-c", "nginx.conf", "-e", "stderr"]);
    command
}

/// The lines of the site as they are shipped, with its address; where it has sessions, with the
/// lines that its comment offers.
pub fn site(shipped: &str, port: u16, setting: &Setting) -> String {
    let listens = shipped.replace("127.0.0.1:8080", &format!("127.0.0.1:{port}"));
    assert_ne!(listens, shipped, "it listens elsewhere");
    let Some(server) = &setting.session else {
        return listens;
    };
    let offered: String = (shipped.lines())
        .filter_map(|line| line.strip_prefix("#     "))
        .map(|line| format!("{line}\n"))
        .collect();
    let asks = listens.replace("return 204;", &offered);
    assert_ne!(asks, listens, "it asks nobody already");
    let asked = asks.replace("127.0.0.1:3000", server);
    assert!(
        asked.contains("http://") && asked != asks,
        "nobody is asked"
    );
    asked
}

fn caddy(folder: &TempDir, port: u16, service: &str, scenario: &str, setting: &Setting) -> Command {
    let mut command = program("SLIDEWRIGHT_CADDY", "caddy");
    command
        .args(["run", "--adapter", "caddyfile", "--config"])
        .arg(self::folder().join("Caddyfile"))
        // Several run at once.
        .env("CADDY_ADMIN", "off")
        .env("HOME", folder.path())
        .env("XDG_DATA_HOME", folder.path())
        .env("XDG_CONFIG_HOME", folder.path())
        .env("SITE_ADDRESS", format!("http://127.0.0.1:{port}"))
        .env("SITE_ROOT", folder.path().join("site"))
        .env("PRESENTON_KEY", KEY)
        .env("PRESENTON_URL", service)
        .env("PRESENTON_PATH", format!("/sim/{scenario}"));
    if let Some(session) = &setting.session {
        command
            .env("RELAY_SESSION", "asked")
            .env("SESSION_SERVER", session);
    }
    command
}

fn write(folder: &TempDir, name: &str, text: &str) {
    fs::write(folder.path().join(name), text).expect(name);
}
