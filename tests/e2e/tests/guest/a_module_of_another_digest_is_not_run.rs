//! A page that says what the module has to hash to runs that one, and no other.

use slidewright_e2e::{Page, Sheet};

use crate::loading::{assert_unavailable, watched};

const WIDGET: &str =
    "<slide-wright provider=\"presenton\" endpoint=\"/sim/presenton\"></slide-wright>";

/// A page that configures the digest of a file of the package's, and then has a widget.
fn of(file: &str) -> Sheet {
    let code = format!(
        "const file = await fetch('/pkg/dist/{file}');
        const digest = await crypto.subtle.digest('SHA-384', await file.arrayBuffer());
        const text = btoa(String.fromCharCode(...new Uint8Array(digest)));
        const {{ configure }} = await import('/pkg/dist/slidewright.js');
        configure({{ wasmIntegrity: `sha384-${{text}}` }});
        document.querySelector('#here').innerHTML = '{WIDGET}';"
    );
    Sheet::without_package("<div id=\"here\"></div>")
        .head(&format!("<script type=\"module\">{code}</script>"))
}

#[tokio::test]
async fn the_right_one_is() {
    let page = Page::reuse(of("slidewright.wasm")).await;
    page.ready().await;
    page.generate("Bees").await;
    page.wait_state("done").await;
}

#[tokio::test]
async fn another_is_not() {
    let page = Page::reuse(watched(of("headless.wasm"))).await;
    let message = "/pkg/dist/slidewright.wasm could not be fetched";
    assert_unavailable(&page, "failed", message).await;
}
