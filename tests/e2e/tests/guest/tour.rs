//! One page with a widget in every state that there is.

use serde_json::json;
use slidewright_e2e::{Page, Sheet, widget};

const OUTLINE: &str = "# Bees in cities\n\n# Why cities\n- They are warm\n\n# Numbers\n- Twelve";

/// The widgets: by id, a scenario and attributes.
const STOPS: [(&str, &str, &str); 16] = [
    ("form", "presenton,run=form", ""),
    ("files", "presenton,run=files", ""),
    ("outline", "presenton,run=outline", "fields=\"outline\""),
    ("refused", "presenton,run=refused", ""),
    ("preparing", "presenton,run=preparing", ""),
    ("submitting", "presenton,submit=hang,run=submitting", ""),
    ("uncertain", "presenton,submit=500,run=uncertain", ""),
    ("waiting", "presenton,duration=600000,run=waiting", ""),
    ("noticed", "presenton,status=429,run=noticed", ""),
    ("asking", "chronicle,duration=300,questions=2", ""),
    ("done", "presenton,duration=300,run=done", ""),
    ("saved", "presenton,duration=300,auth=right,run=saved", ""),
    (
        "partial",
        "duomi,duration=300,bad-slides=1",
        "template-slides=\"title=slide_a text=slide_b table=slide_c\"",
    ),
    ("failed", "presenton,duration=300,fail=renderer", ""),
    ("stopped", "presenton,duration=600000,run=stopped", ""),
    (
        "overdue",
        "presenton,duration=600000,run=overdue",
        "deadline-minutes=\"0.05\"",
    ),
];

/// The host's own part, and what needs no visitor.
const BEGIN: &str = "
    window.begin = (ids, outline) => {
        const at = (id) => document.getElementById(id);
        at('refused').beforeSubmit = () => ({
            message: 'Five decks are made.', action: { label: 'See plans', href: '/plans' },
        });
        at('preparing').beforeSubmit = () => new Promise(() => {});
        at('saved').headers = { Authorization: 'Bearer right' };
        const filled = ['form', 'files', 'outline', 'partial'];
        for (const id of ids) if (!filled.includes(id)) at(id).submit({ prompt: 'Bees' });
        at('partial').submit({ outline });
        at('outline').outline = outline;
    };";

/// Its body: those, and one that is not set up.
pub fn body() -> String {
    let stops = STOPS
        .map(|(id, scenario, attributes)| widget(scenario, &format!("id=\"{id}\" {attributes}")));
    [
        stops.concat(),
        "<slide-wright id=\"unset\"></slide-wright>".into(),
    ]
    .concat()
}

/// Opens it and leads each widget into its state; and then once more, by a reload.
pub async fn tour(sheet: Sheet) -> Page {
    let page = Page::reuse(sheet.early(BEGIN)).await;
    for (id, ..) in STOPS {
        page.widget(&format!("#{id}")).ready().await;
    }
    let ids = STOPS.map(|(id, ..)| id);
    page.run("window.begin(...args)", json!([ids, OUTLINE]))
        .await;

    // Before its time is over, too.
    page.widget("#submitting").wait_state("submitting").await;
    let form = page.widget("#form");
    form.click("more-summary").await;
    form.click("submit").await;
    form.part("field-error").await;
    let files = page.widget("#files");
    files.click("more-summary").await;
    files.bring_file("drop", "file", "notes.txt").await;
    files.wait_text("notes.txt").await;
    let outline = page.widget("#outline");
    outline.wait_text("Slides in the outline: 3").await;
    page.widget("#refused").wait_text("Five decks").await;
    page.widget("#unset").wait_text("isn't set up yet").await;
    page.widget("#noticed").part("notice").await;

    let asking = page.widget("#asking");
    asking.fill("answer", "We keep bees").await;
    asking.click("send").await;
    asking.wait_text("Who will see the deck?").await;
    let stopped = page.widget("#stopped");
    stopped.wait_state("waiting").await;
    stopped.click("stop").await;
    for state in [
        "preparing",
        "uncertain",
        "waiting",
        "asking",
        "done",
        "failed",
        "stopped",
        "overdue",
    ] {
        page.widget(&format!("#{state}")).wait_state(state).await;
    }
    let partial = page.widget("#partial");
    partial.wait_text("but not complete").await;
    partial.part("slide-strip").await;
    page.widget("#saved").click("download").await;
    page.wait_log(
        "the file saved",
        "presenton,duration=300,auth=right,run=saved",
        |log| !log.calls("GET", "/exports/").is_empty(),
    )
    .await;
    asking.fill("answer", "The city council").await;
    asking.click("send").await;
    asking.wait_state("done").await;
    let done = page.widget("#done");
    done.part("download").await;
    done.click("again").await;
    done.part("reopen").await;
    page
}

/// Loads it again, after which jobs are taken up and earlier decks listed.
pub async fn again(page: &Page) {
    page.reload().await;
    page.widget("#done").part("reopen").await;
    for (id, state) in [
        ("waiting", "waiting"),
        ("uncertain", "uncertain"),
        ("asking", "done"),
    ] {
        page.widget(&format!("#{id}")).wait_state(state).await;
    }
}

/// Nothing on the page went wrong beside what the widgets tell.
pub async fn is_unharmed(page: &Page) {
    for level in ["uncaught", "unhandled"] {
        assert_eq!(page.console(level).await, Vec::<String>::new());
    }
}
