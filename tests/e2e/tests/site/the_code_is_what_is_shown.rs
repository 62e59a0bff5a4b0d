//! The builder: what is chosen is on the widget at once, and in the code.

use serde_json::{Value, json};

use super::demo::Demo;

async fn code(demo: &Demo, id: &str) -> String {
    let code = "return document.getElementById(args).textContent";
    let text = demo.run(code, json!(id)).await;
    text.as_str().expect("a text").to_owned()
}

#[tokio::test]
async fn fields_and_look_are_in_it() {
    let demo = Demo::open().await;
    demo.choose_behind("perceptis", "normal").await;
    let set = "const input = document.querySelector(args[0]);
        if (input.type === 'checkbox') return input.click();
        input.value = args[1];
        input.dispatchEvent(new Event('input', { bubbles: true }))";
    for (input, value) in [
        ("[value=variant-count]", ""),
        ("#accent", "#aa3300"),
        ("#scheme", "dark"),
    ] {
        demo.run(set, json!([input, value])).await;
    }
    let embed = code(&demo, "embed").await;
    for part in [
        "provider=\"perceptis\"",
        "endpoint=\"/relay/perceptis\"",
        "fields=\"prompt outline output-type files template\"",
        "color-scheme=\"dark\"",
    ] {
        assert!(embed.contains(part), "{part} is not in {embed}");
    }
    assert!(
        code(&demo, "style")
            .await
            .contains("--slidewright-accent: #aa3300;")
    );
    demo.wait(
        "a dark widget",
        "el.shadowRoot.querySelector('[data-scheme=dark]')",
    )
    .await;
    let accent = "getComputedStyle(one('submit')).backgroundColor === 'rgb(170, 51, 0)'";
    demo.wait("its accent", accent).await;
}

/// A field that the form does not have would be one that the builder makes up.
#[tokio::test]
async fn each_field_is_one_that_the_service_has() {
    let demo = Demo::open().await;
    let services = "return [...document.getElementById('service').options].map((it) => it.value)";
    let services = demo.run(services, Value::Null).await;
    for service in services.as_array().expect("services") {
        let service = service.as_str().expect("a name");
        demo.choose_behind(service, "normal").await;
        let offered = "return [...document.querySelectorAll('[name=field]')].map((it) => it.value)";
        let offered = demo.run(offered, Value::Null).await;
        for field in offered.as_array().expect("fields") {
            // Alone: some are there only together with others, which are then not asked for.
            let conditional = [
                "sections",
                "slide-count",
                "language",
                "narrative-type",
                "rewrite-style",
                "variant-count",
                "files",
            ];
            let name = field.as_str().expect("a name");
            if ["chronicle", "perceptis"].contains(&service) && conditional.contains(&name) {
                continue;
            }
            demo.run("el.setAttribute('fields', args)", field.clone())
                .await;
            let part = if name == "files" { "file-input" } else { name };
            let there = "all(args).length > 0";
            demo.wait_with(format!("{service} with {name}"), there, json!(part))
                .await;
        }
    }
}
