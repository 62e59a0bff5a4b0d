//! A host that draws its own is told each state, and can do all that the element's
//! visitor can.

use serde_json::{Value, json};

use crate::headless::{is_unharmed, open, states, wait_state};

#[tokio::test]
async fn from_the_request_to_the_deck() {
    let scenario = "chronicle,duration=300,questions=1";
    let page = open(&format!("begin('{scenario}').submit({{ prompt: 'Bees' }})")).await;
    wait_state(&page, "asking").await;
    let question = page.run("return job.snapshot.question", Value::Null).await;
    assert!(
        question
            .as_str()
            .is_some_and(|it| it.starts_with("What does your company do?"))
    );
    page.run("job.answer('We keep bees')", Value::Null).await;
    wait_state(&page, "done").await;
    page.wait("the end told", "told.at(-1).state === 'done'")
        .await;
    let told = states(&page).await;
    let order = ["nothing", "submitting", "waiting", "asking", "done"];
    let mut at = told.iter();
    for state in order {
        assert!(at.any(|it| it == state), "{state} in {told:?}");
    }
    let end = page.run("return told.at(-1)", Value::Null).await;
    assert_eq!(end["rounds"][0]["answer"], json!("We keep bees"));
    assert!(
        end["links"][0]["url"]
            .as_str()
            .is_some_and(|it| it.contains("/document/"))
    );
    let log = page.log(scenario).await;
    assert_eq!((log.jobs(), log.keys().len()), (1, 1), "{log:?}");
    is_unharmed(&page).await;
}

#[tokio::test]
async fn what_is_wrong_with_a_request() {
    let page =
        open("begin('presenton,duration=300').submit({ prompt: '', slideCount: 900 })").await;
    page.wait("a refusal", "Boolean(job.snapshot?.refusal)")
        .await;
    let refusal = page.run("return job.snapshot.refusal", Value::Null).await;
    let fields = refusal["fields"].as_array().cloned().unwrap_or_default();
    let wrong = |name: &str| fields.iter().find(|it| it["field"] == json!(name));
    assert_eq!(
        wrong("prompt").expect("the topic")["problem"],
        json!("missing")
    );
    let count = wrong("slide-count").expect("the count");
    assert_eq!(count["problem"], json!("not-in-range"), "{count}");
    assert!(count["max"].is_number(), "{count}");
    let log = page.log("presenton,duration=300").await;
    assert_eq!(log.requests().len(), 0, "{log:?}");
    page.run("job.submit({ prompt: 'Bees', slideCount: 3 })", Value::Null)
        .await;
    wait_state(&page, "done").await;
    assert_eq!(
        page.run("return job.snapshot.refusal ?? null", Value::Null)
            .await,
        Value::Null
    );
    is_unharmed(&page).await;
}

#[tokio::test]
async fn a_doubt_and_the_same_wish_once_more() {
    let scenario = "presenton,duration=300,submit=500,submit-times=1";
    let page = open(&format!("begin('{scenario}').submit({{ prompt: 'Bees' }})")).await;
    wait_state(&page, "uncertain").await;
    let can = page.run("return job.snapshot.canRetry", Value::Null).await;
    assert_eq!(can, json!(true));
    page.run("job.sendAgain()", Value::Null).await;
    wait_state(&page, "done").await;
    let log = page.log(scenario).await;
    assert_eq!((log.submits().len(), log.keys().len()), (2, 1), "{log:?}");
    let errors = page.run("return errors", Value::Null).await;
    assert_eq!(errors.as_array().map(Vec::len), Some(1), "{errors}");
    assert_eq!(errors[0]["charged"], json!("unknown"));
}

#[tokio::test]
async fn stopping_and_waiting_on() {
    let scenario = "presenton,duration=600000";
    let page = open(&format!("begin('{scenario}').submit({{ prompt: 'Bees' }})")).await;
    wait_state(&page, "waiting").await;
    page.run("job.stop()", Value::Null).await;
    wait_state(&page, "stopped").await;
    page.run("job.keepWaiting()", Value::Null).await;
    page.finish(scenario).await;
    wait_state(&page, "done").await;
    assert_eq!(page.log(scenario).await.submits().len(), 1);
    is_unharmed(&page).await;
}

#[tokio::test]
async fn whose_headers_are_asked_for() {
    let scenario = "presenton,duration=300,auth=right";
    let then = format!(
        "window.asked = [];
        begin('{scenario}', {{
            headers: async ({{ purpose, jobId }}) => {{
                asked.push([purpose, Boolean(jobId)]);
                return {{ Authorization: 'Bearer right' }};
            }},
            beforeSubmit: async (request) => ({{ ...request, prompt: `${{request.prompt}} and wasps` }}),
        }}).submit({{ prompt: 'Bees' }})"
    );
    let page = open(&then).await;
    wait_state(&page, "done").await;
    let asked = page.run("return asked", Value::Null).await;
    assert_eq!(asked[0], json!(["submit", false]));
    assert_eq!(asked[1], json!(["status", true]));
    let log = page.log(scenario).await;
    assert_eq!(log.last_body()["content"], json!("Bees and wasps"));
    is_unharmed(&page).await;
}

/// One subscriber's mistake is told to the page, and costs the others nothing.
#[tokio::test]
async fn to_each_who_listens() {
    // It is told at once, and may throw at once: that is its caller's.
    let then = "begin('presenton,duration=300');
        let calls = 0;
        job.subscribe(() => { if (calls++) throw new Error('a mistake of the page'); });
        window.second = [];
        const end = job.subscribe((snapshot) => { second.push(snapshot); if (second.length === 2) end(); });
        window.third = [];
        job.subscribe((snapshot) => third.push(snapshot));
        job.submit({ prompt: 'Bees' });";
    let page = open(then).await;
    wait_state(&page, "done").await;
    page.wait(
        "the end told",
        "third.at(-1)?.state === 'done' && told.at(-1)?.state === 'done'",
    )
    .await;
    let second = page.run("return second.length", Value::Null).await;
    assert_eq!(second, json!(2), "it listens no more");
    let uncaught = page.console("uncaught").await;
    assert!(uncaught.len() > 1, "{uncaught:?}");
    for said in uncaught {
        assert!(said.contains("a mistake of the page"), "{said}");
    }
    assert_eq!(page.console("error").await, Vec::<String>::new());
}

/// What was closed asks for nothing any more, and does nothing.
#[tokio::test]
async fn until_it_is_closed() {
    let scenario = "presenton,duration=600000";
    let page = open(&format!("begin('{scenario}').submit({{ prompt: 'Bees' }})")).await;
    wait_state(&page, "waiting").await;
    page.run("job.close(); window.count = told.length", Value::Null)
        .await;
    let asked = page.log(scenario).await.polls().len();
    // Another job's polls show that time has passed.
    let other = "presenton,duration=600000,run=other";
    page.run("window.first = job; window.kept = told; begin(args, { id: 'other' }).submit({ prompt: 'Ants' })", json!(other))
        .await;
    page.wait_log("polls of another", other, |log| log.polls().len() > 2)
        .await;
    let now = page.log(scenario).await.polls().len();
    assert!(now <= asked + 1, "{asked} questions, then {now}");
    let told = page.run("return kept.length === count", Value::Null).await;
    assert_eq!(told, json!(true));
    page.run("first.submit({ prompt: 'Wasps' })", Value::Null)
        .await;
    let warned = page.console("warn").await;
    assert_eq!(warned.len(), 1, "{warned:?}");
    assert!(
        warned[0].contains("submit() comes after close()"),
        "{warned:?}"
    );
    assert_eq!(page.log(scenario).await.submits().len(), 1);
}
