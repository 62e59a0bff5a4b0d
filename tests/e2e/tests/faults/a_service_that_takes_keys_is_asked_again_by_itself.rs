//! Where a service makes one job of one key, a request that got no answer is
//! repeated without anybody's help. Elsewhere only the visitor goes on.

use serde_json::{Value, json};
use slidewright_e2e::{Page, Sheet, widget};

const BUSY: &str = "perceptis,duration=300,submit=503,submit-times=2,accept=1";
const DROPPED: &str = "perceptis,duration=300,submit=drop,submit-times=2,accept=1";
const WITHOUT: &str = "presenton,duration=300,submit=503,submit-times=2,accept=1";

#[tokio::test]
async fn a_service_that_takes_keys_is_asked_again_by_itself() {
    let all = [("busy", BUSY), ("dropped", DROPPED), ("without", WITHOUT)];
    let html = all.map(|(id, scenario)| widget(scenario, &format!("id=\"{id}\"")));
    let page = Page::reuse(Sheet::new(html.concat())).await;
    let [busy, dropped, without] = all.map(|(id, _)| page.widget(&format!("#{id}")));
    for at in [&busy, &dropped, &without] {
        at.ready().await;
    }
    let notice = "root.querySelector('[part~=notice]')?.textContent";
    page.trace("busy", notice).await;
    for at in [&busy, &dropped, &without] {
        at.generate("Bees").await;
    }
    for (at, scenario) in [(&busy, BUSY), (&dropped, DROPPED)] {
        at.wait_state("done").await;
        let log = page.log(scenario).await;
        assert_eq!((log.keys().len(), log.jobs()), (1, 1), "{log:?}");
        let submits = log.calls("POST", "/generate");
        assert_eq!(submits.len(), 3, "{log:?}");
        assert!(submits.iter().all(|it| it["body"] == submits[0]["body"]));
        at.part("download").await;
    }
    let said = page.traced("busy").await;
    let told = |it: &Value| {
        it.as_str()
            .is_some_and(|it| it.contains("We'll send your request again"))
    };
    assert!(said.iter().any(told), "{said:?}");
    let errors = page.events("error").await;
    let of: Vec<_> = errors.iter().map(|it| &it["id"]).collect();
    assert_eq!(of, [&json!("without")]);

    // All the while the other one has waited.
    assert_eq!(without.state().await, "uncertain");
    assert_eq!(page.log(WITHOUT).await.submits().len(), 1);
    let harmless = "return el.shadowRoot.querySelector('.screen').innerText.includes('is safe')";
    assert_eq!(without.run(harmless, Value::Null).await, json!(false));
    without.wait_text("could make a second deck").await;
}
