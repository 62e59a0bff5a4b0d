//! A widget that lives as long as its page must not grow with every deck.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

const SCENARIO: &str = "presenton,duration=300";

/// Counts the page's intervals, and the listeners that are on something.
const COUNT: &str = "<script>
    const live = new Set();
    const begin = window.setInterval, end = window.clearInterval;
    window.setInterval = (...args) => { const id = begin(...args); live.add(id); return id; };
    window.clearInterval = (id) => { live.delete(id); end(id); };
    let listeners = 0;
    const add = EventTarget.prototype.addEventListener;
    const remove = EventTarget.prototype.removeEventListener;
    EventTarget.prototype.addEventListener = function (...args) { listeners += 1; return add.apply(this, args); };
    EventTarget.prototype.removeEventListener = function (...args) { listeners -= 1; return remove.apply(this, args); };
    window.counted = () => ({ intervals: live.size, listeners });
</script>";

async fn one_deck(page: &Page) -> Value {
    page.generate("Bees").await;
    page.wait_state("done").await;
    page.click("again").await;
    page.wait_state("drafting").await;
    page.wait("the form", "Boolean(one('submit'))").await;
    page.run("return counted()", Value::Null).await
}

#[tokio::test]
async fn after_many_decks_there_is_no_more_than_after_a_few() {
    let page = Page::open(Sheet::new(widget(SCENARIO, "")).head(COUNT)).await;
    page.ready().await;
    // The form lists the decks made before, up to five; then it is as full as
    // it gets.
    for _ in 0..5 {
        one_deck(&page).await;
    }
    let full = one_deck(&page).await;
    for _ in 0..2 {
        assert_eq!(one_deck(&page).await, full);
    }
    assert_eq!(full["intervals"], json!(0), "no clock ticks over a form");
}
