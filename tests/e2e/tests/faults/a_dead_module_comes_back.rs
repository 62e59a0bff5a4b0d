//! Should the wasm ever trap, every widget on the page says so and comes back
//! with what it was at; and should it not stay alive, that is said, too.

use serde_json::{Value, json};
use slidewright_e2e::trap::{TRAP, trap};
use slidewright_e2e::{Sheet, Widget, widget};

use crate::row::{Row, TOPIC};

const LONG: &str = "presenton,duration=600000";

const RESTARTING: &str = "Something went wrong here. Starting again…";
const UNAVAILABLE: &str = "This form could not be loaded.";

async fn traps(row: &Row) {
    trap(row, "slidewright", "call").await;
}

/// Notes from now on whether this stands in a widget, whoever put it there: it stands
/// there for a second, which may be over before anybody looks.
async fn watch(at: &Widget, name: &str, text: &str) {
    let said = format!("root.querySelector('.frame').innerText.includes({text:?})");
    at.trace(name, &said).await;
}

/// Waits until it has stood there so many times.
async fn wait_said(at: &Widget, name: &str, times: usize) {
    let said = "record.traces[args[0]].filter((it) => it).length >= args[1]";
    at.wait_with(name, said, json!([name, times])).await;
}

/// The codes that the host was told, of one widget.
async fn codes(row: &Row, id: &str) -> Vec<Value> {
    let mut errors = row.events("error").await;
    errors.retain(|it| it["id"] == json!(id));
    errors
        .iter()
        .map(|it| it["detail"]["code"].clone())
        .collect()
}

async fn open(scenario: &str, attributes: &str) -> Row {
    let html = [
        widget(scenario, attributes),
        widget(
            "presenton,duration=300,run=other",
            &format!("id=\"other\" {attributes}"),
        ),
    ];
    let row = Row::with(scenario, Sheet::new(html.concat()).script(TRAP)).await;
    row.widget("#other").ready().await;
    row
}

async fn comes_back(attributes: &str) {
    let row = open(LONG, attributes).await;
    let other = row.widget("#other");
    other.fill("prompt", "Wasps").await;
    row.ask().await;
    row.wait_state("waiting").await;
    let job = row.run("return el.snapshot.jobId", Value::Null).await;
    let both: [(&Widget, &str); 2] = [(&row, "first"), (&other, "other")];
    for (at, name) in both {
        watch(at, name, RESTARTING).await;
    }
    traps(&row).await;
    for (at, name) in both {
        wait_said(at, name, 1).await;
    }
    row.ready().await;
    row.wait_state("waiting").await;
    assert_eq!(row.run("return el.snapshot.jobId", Value::Null).await, job);
    other.ready().await;
    assert_eq!(other.value("prompt").await, "Wasps");
    for id in ["", "other"] {
        assert_eq!(codes(&row, id).await, [json!("module-restarted")]);
    }
    // What the dead one had planned goes off meanwhile, and harms nobody.
    let asked = row.asked_at().await.len();
    row.wait_log("further questions", LONG, |log| {
        log.polls().len() > asked + 2
    })
    .await;
    let at = row.asked_at().await.split_off(asked);
    assert!(at.windows(2).all(|it| it[1] - it[0] > 1_500), "{at:?}");
    other.click("submit").await;
    other.wait_state("done").await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
    row.begun(1).await;
    let said = row.console("error").await;
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("the module stopped"), "{said:?}");
}

#[tokio::test]
async fn with_its_job() {
    comes_back("").await;
}

#[tokio::test]
async fn with_its_job_where_nothing_is_kept() {
    comes_back("resume=\"off\"").await;
}

#[tokio::test]
async fn with_its_question() {
    let row = open("chronicle,duration=300,questions=2", "").await;
    row.ask().await;
    row.wait_state("asking").await;
    row.fill("answer", "We keep bees").await;
    row.click("send").await;
    row.wait_text("Who will see the deck?").await;
    row.fill("answer", "The city council").await;
    watch(&row, "restarting", RESTARTING).await;
    traps(&row).await;
    wait_said(&row, "restarting", 1).await;
    row.ready().await;
    row.wait_text("Who will see the deck?").await;
    assert!(row.text("round").await.contains("We keep bees"));
    assert_eq!(row.value("answer").await, "The city council");
    row.click("send").await;
    row.ends_well().await;
    row.begun(1).await;
}

/// Nobody is left who could read the reply: it is in doubt, and the same wish.
#[tokio::test]
async fn with_a_request_on_its_way() {
    let scenario = "presenton,duration=300,submit=hang,submit-times=1,accept=1";
    let row = open(scenario, "").await;
    row.ask().await;
    row.wait_log("the request", scenario, |log| !log.submits().is_empty())
        .await;
    watch(&row, "restarting", RESTARTING).await;
    traps(&row).await;
    wait_said(&row, "restarting", 1).await;
    row.shows("uncertain", "We couldn't tell whether your request arrived")
        .await;
    row.sent(1, 1).await;
    row.click("retry").await;
    row.ends_well().await;
    row.sent(2, 1).await;
    row.begun(1).await;
}

/// Other tabs have a module of their own; theirs go on, and agree with it again.
#[tokio::test]
async fn beside_another_tab() {
    let row = open(LONG, "").await;
    row.ask().await;
    row.wait_state("waiting").await;
    let address = format!("{}/page/test", row.server.origin());
    let tab = row.open_tab(&address).await;
    tab.ready().await;
    tab.wait_state("waiting").await;
    traps(&row).await;
    row.ready().await;
    row.wait_state("waiting").await;
    assert_eq!(tab.state().await, "waiting");
    let asked = row.asked_at().await.len();
    row.wait_log("further questions", LONG, |log| {
        log.polls().len() > asked + 3
    })
    .await;
    // The first may come at once, where the lead has just changed.
    let at = row.asked_at().await.split_off(asked + 1);
    assert!(at.windows(2).all(|it| it[1] - it[0] > 1_500), "{at:?}");
    row.finish().await;
    row.ends_well().await;
    tab.wait_state("done").await;
    row.sent(1, 1).await;
}

/// An element that is removed meanwhile stays away, and one that comes is shown.
#[tokio::test]
async fn on_a_page_that_changes_meanwhile() {
    let row = open(LONG, "").await;
    row.fill("prompt", TOPIC).await;
    traps(&row).await;
    let change = "document.querySelector('#other').remove();
        const third = document.createElement('slide-wright');
        Object.assign(third, { id: 'third', provider: 'presenton', endpoint: '/sim/presenton,duration=300,run=third' });
        document.body.append(third)";
    row.run(change, Value::Null).await;
    row.ready().await;
    assert_eq!(row.value("prompt").await, TOPIC);
    let third = row.widget("#third");
    third.ready().await;
    third.generate("Ants").await;
    third.wait_state("done").await;
    row.is_unharmed().await;
}

/// A method called while the module is away waits for it.
#[tokio::test]
async fn and_does_what_it_was_asked_meanwhile() {
    let row = open("presenton,duration=300", "").await;
    traps(&row).await;
    row.run("el.submit({ prompt: args })", json!(TOPIC)).await;
    row.ends_well().await;
    row.sent(1, 1).await;
}

#[tokio::test]
async fn unless_it_stops_four_times_in_a_minute() {
    let row = open(LONG, "").await;
    row.ask().await;
    row.wait_state("waiting").await;
    watch(&row, "restarting", RESTARTING).await;
    for times in 1..=3 {
        traps(&row).await;
        wait_said(&row, "restarting", times).await;
        row.ready().await;
        row.wait_state("waiting").await;
    }
    traps(&row).await;
    let other = row.widget("#other");
    for (at, id) in [(&***row, ""), (&other, "other")] {
        let said = "el.shadowRoot.querySelector('slot[name=unavailable]')?.innerText.includes(args)
            || el.shadowRoot.textContent.includes(args)";
        at.wait_with("unavailable", said, json!(UNAVAILABLE)).await;
        let told = codes(&row, id).await;
        assert_eq!(told.last(), Some(&json!("module-unavailable")), "{told:?}");
        assert_eq!(told.len(), 4, "{told:?}");
    }
    // A restart would come after a second; this asks after ten.
    let ten = "window.later ??= setTimeout(() => { window.late = true; }, 10_000), window.late";
    row.wait("ten seconds", ten).await;
    assert_eq!(
        row.run("return el.snapshot", Value::Null).await,
        Value::Null
    );
    assert_eq!(codes(&row, "").await.len(), 4);
    // Whoever comes later is told, too.
    let late = "document.body.insertAdjacentHTML('beforeend', args)";
    row.run(late, json!(widget(LONG, "id=\"late\""))).await;
    let late = row.widget("#late");
    let said = "el.shadowRoot.textContent.includes(args)";
    late.wait_with("unavailable", said, json!(UNAVAILABLE))
        .await;
    assert_eq!(codes(&row, "late").await, vec![json!("module-unavailable")]);
    // The job is found when the page is loaded again.
    row.come_again().await;
    row.wait_state("waiting").await;
    row.finish().await;
    row.ends_well().await;
    row.sent(1, 1).await;
}
