//! What holds for a Leptos app that uses the component: `examples/leptos`, as
//! `xtask::leptos` builds it.

mod a_leptos_app_makes_a_deck;
mod the_app_exports_none_of_our_functions;

use slidewright_e2e::{Page, server};

/// The example, in a browser.
async fn example() -> Page {
    let built = server::repository().join("target/leptos/index.html");
    assert!(
        built.is_file(),
        "the example is not built: cargo xtask test --only leptos"
    );
    let page = Page::blank().await;
    let address = format!("{}/leptos/index.html", page.server.origin());
    page.go_to(&address).await;
    page
}
