//! Headers, keys, bodies and signed links are kept nowhere; topics and answers
//! only for their tab, and only until they have served.

use serde_json::{Value, json};
use slidewright_e2e::{Sheet, widget};

use crate::kept::dump;
use crate::row::{Row, TOPIC};

async fn lasting(row: &Row) -> String {
    let all = row.run("return JSON.stringify({ ...localStorage })", Value::Null);
    all.await.as_str().expect("a text").to_owned()
}

async fn holds_none_of(row: &Row, words: &[&str]) {
    let all = dump(row).await;
    assert!(all.contains("slidewright/1/"), "{all}");
    for word in words {
        assert!(!all.contains(word), "{word} in {all}");
    }
}

#[tokio::test]
async fn headers_and_bodies() {
    let scenario = "presenton,duration=600000";
    let host = "const el = document.querySelector('slide-wright');
        el.headers = () => ({ Authorization: 'Bearer open-sesame', 'X-Tenant': 'tenant-77' });
        el.body = { instructions: 'between-us' };";
    let row = Row::with(scenario, Sheet::new(widget(scenario, "")).script(host)).await;
    let secrets = [
        "open-sesame",
        "Bearer",
        "uthorization",
        "tenant-77",
        "between-us",
    ];
    row.ask().await;
    row.wait_state("waiting").await;
    let log = row.log(scenario).await;
    assert_eq!(log.submits()[0]["headers"]["x-tenant"], json!("tenant-77"));
    assert_eq!(log.last_body()["instructions"], json!("between-us"));
    holds_none_of(&row, &secrets).await;
    assert!(!lasting(&row).await.contains(TOPIC));
    row.finish().await;
    row.ends_well().await;
    holds_none_of(&row, &secrets).await;
    holds_none_of(&row, &[TOPIC]).await;
}

/// Neither an address nor what makes it one that lets in.
#[tokio::test]
async fn signed_links() {
    let row = Row::open("perceptis,duration=300").await;
    row.ask().await;
    row.ends_well().await;
    let links = "return all('download').map((it) => it.href)";
    let links = row.run(links, Value::Null).await;
    let links: Vec<&str> = links
        .as_array()
        .expect("links")
        .iter()
        .filter_map(Value::as_str)
        .collect();
    assert!(!links.is_empty());
    for link in links {
        let (path, query) = link.split_once('?').expect("a signed link");
        let file = path.rsplit('/').next().expect("a name of a file");
        let values = query
            .split('&')
            .filter_map(|it| Some(it.split_once('=')?.1));
        // A number of seconds may stand anywhere.
        let mut words: Vec<&str> = values.filter(|it| it.len() > 8).collect();
        assert!(!words.is_empty(), "{query}");
        words.extend([link, query, file, TOPIC]);
        holds_none_of(&row, &words).await;
    }
    row.click("again").await;
    row.part("earlier-item").await;
    holds_none_of(&row, &["sig", "download", ".pptx"]).await;
}

#[tokio::test]
async fn questions_and_answers() {
    let row = Row::open("chronicle,duration=300,questions=1").await;
    row.ask().await;
    row.wait_state("asking").await;
    row.fill("answer", "We keep bees").await;
    let kept = lasting(&row).await;
    for word in [TOPIC, "We keep bees", "What does your company do"] {
        assert!(!kept.contains(word), "{word} in {kept}");
    }
    row.click("send").await;
    row.ends_well().await;
    holds_none_of(&row, &[TOPIC, "We keep bees", "What does your company do"]).await;
}
