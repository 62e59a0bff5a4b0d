//! What the service itself offers stands beside what is known, once each, in
//! whichever of its shapes the list comes.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, log, widget};

const PLAIN: &str = "presenton-v3,duration=300,run=plain";
const PAGED: &str = "presenton-v3,duration=300,run=paged";
const FIELDS: &str = "fields=\"prompt,template,deck-theme,smart-design\"";

/// A relay that asks for pages.
const RELAY: &str = "const plain = fetch;
    window.fetch = (request) => {
        const paged = request.url?.includes('run=paged') && request.url.endsWith('standard-template/all');
        return plain(paged ? new Request(`${request.url}?page=1&page_size=50`, request) : request);
    }";

#[tokio::test]
async fn the_accounts_own_lists_join_the_form() {
    let html = [
        widget(PLAIN, &format!("id=\"plain\" {FIELDS}")),
        widget(PAGED, &format!("id=\"paged\" {FIELDS}")),
    ];
    let page = Page::open(Sheet::new(html.concat()).script(RELAY)).await;
    for (id, scenario) in [("#plain", PLAIN), ("#paged", PAGED)] {
        let at = page.widget(id);
        at.ready().await;
        assert_eq!(page.log(scenario).await.requests(), &[] as &[Value]);
        assert!(
            !at.sees("smart-design").await,
            "nothing could be chosen yet"
        );
        at.fill("prompt", "Bees").await;
        at.part("smart-design").await;
        at.wait(
            "the account's own theme",
            "one('deck-theme').options.length === 7",
        )
        .await;
        let values = "return [...one(args).options].map((it) => it.value)";
        let templates = at.run(values, json!("template")).await;
        let wanted = json!([
            "",
            "neo-general",
            "neo-modern",
            "neo-standard",
            "neo-swift",
            "general",
            "modern",
            "standard",
            "swift",
        ]);
        assert_eq!(templates, wanted);
        let last = "return [...one('deck-theme').options].at(-1).label";
        assert_eq!(at.run(last, Value::Null).await, json!("house colours"));
        let log = page.log(scenario).await;
        assert_eq!(log.calls("GET", "/all").len(), 3, "{log:?}");
        let query = if id == "#paged" {
            "page=1&page_size=50"
        } else {
            ""
        };
        let asked = log.calls("GET", "/standard-template/all")[0];
        assert_eq!(asked["query"], json!(query));
        for list in log.calls("GET", "/all") {
            assert_eq!(list["headers"]["x-slidewright"], json!("1"));
        }
    }
    let paged = page.widget("#paged");
    paged.choose("deck-theme", "house-colours").await;
    paged.choose("smart-design", "harvest").await;
    paged.click("submit").await;
    paged.wait_state("done").await;
    let log = page.log(PAGED).await;
    let sent = log::body(log.calls("POST", "/generate/async")[0]);
    assert_eq!(sent["theme"], json!("house-colours"));
    assert_eq!(sent["smart_design"], json!("harvest"));
    assert_eq!(sent.get("standard_template"), None);
}

/// Frameworks hand a new function over with each rendering; it is the same account's.
#[tokio::test]
async fn and_stay_until_somebody_else_comes() {
    let page = Page::with_widget(PLAIN, FIELDS).await;
    let render = "el.headers = () => ({ 'x-page': 'rendered' });
        await new Promise((then) => setTimeout(then))";
    page.run(render, Value::Null).await;
    page.fill("prompt", "Bees").await;
    let own = "one('deck-theme').options.length === 7";
    page.wait("the account's own theme", own).await;
    let asked = page.log(PLAIN).await.calls("GET", "/all").len();
    page.run(render, Value::Null).await;
    let stays = page.run(&format!("return {own}"), Value::Null).await;
    assert_eq!(stays, json!(true));
    assert_eq!(page.log(PLAIN).await.calls("GET", "/all").len(), asked);
    page.run("el.userScope = 'somebody else'", Value::Null)
        .await;
    let again = |log: &slidewright_e2e::Log| log.calls("GET", "/all").len() == 2 * asked;
    page.wait_log("lists of somebody else", PLAIN, again).await;
}
