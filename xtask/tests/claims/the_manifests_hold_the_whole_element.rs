use std::collections::BTreeSet;

use serde_json::Value;
use xtask::generate::definition::Definition;
use xtask::generate::{html_data, manifest};
use xtask::project::Project;

fn definition() -> Definition {
    let project = Project::find().expect("the tests run in the working copy");
    Definition::read(&project).expect("the definition is sound")
}

fn json(file: xtask::Outcome<xtask::generate::Generated>) -> Value {
    let text = file.expect("the file can be written").text;
    serde_json::from_str(&text).expect("it is JSON")
}

fn element() -> Value {
    let mut manifest = json(manifest::file(&definition()));
    manifest["modules"][0]["declarations"][0].take()
}

/// The names of a list; each entry has to say what it is.
fn names(list: &Value) -> BTreeSet<&str> {
    let list = list.as_array().expect("it is a list");
    let named = list.iter().map(|entry| {
        let about = entry["description"].as_str();
        assert!(about.is_some_and(|about| !about.is_empty()), "{entry}");
        entry["name"].as_str().expect("it has a name")
    });
    named.collect()
}

fn all<'a>(names: impl IntoIterator<Item = &'a String>) -> BTreeSet<&'a str> {
    names.into_iter().map(String::as_str).collect()
}

#[test]
fn tools_find_the_element_by_its_tag() {
    let manifest = json(manifest::file(&definition()));
    assert_eq!(manifest["schemaVersion"], "2.1.0");
    let module = &manifest["modules"][0];
    assert_eq!(module["kind"], "javascript-module");
    assert_eq!(module["path"], "dist/slidewright.js");
    let declaration = &module["declarations"][0];
    assert_eq!(declaration["kind"], "class");
    assert_eq!(declaration["customElement"], true);
    assert_eq!(declaration["tagName"], "slide-wright");
    let exports = module["exports"].as_array().expect("it has exports");
    let defines = exports
        .iter()
        .find(|export| export["kind"] == "custom-element-definition")
        .expect("it defines an element");
    assert_eq!(defines["name"], declaration["tagName"]);
    assert_eq!(defines["declaration"]["name"], declaration["name"]);
    assert_eq!(defines["declaration"]["module"], module["path"]);
}

#[test]
fn all_that_is_defined_is_listed() {
    let (definition, element) = (definition(), element());
    let attributes = all(definition.attributes.iter().map(|it| &it.name));
    assert_eq!(names(&element["attributes"]), attributes);
    assert_eq!(
        names(&element["events"]),
        all(definition.events.iter().map(|it| &it.name))
    );
    assert_eq!(
        names(&element["slots"]),
        all(definition.slots.iter().map(|it| &it.name))
    );
    let css = definition.css_properties.iter().map(|it| &it.name);
    assert_eq!(names(&element["cssProperties"]), all(css));
    assert_eq!(
        names(&element["cssStates"]),
        all(definition.states.iter().map(|it| &it.name))
    );
    let parts = definition.parts.iter().map(|it| &it.name);
    let parts = all(parts.chain(definition.field_parts().map(|it| &it.name)));
    assert_eq!(names(&element["cssParts"]), parts);
    assert!(parts.contains("slide-count") && !parts.contains("template-slides"));
}

#[test]
fn each_attribute_is_tied_to_a_property() {
    let element = element();
    let members = element["members"].as_array().expect("it has members");
    for attribute in element["attributes"].as_array().expect("it has attributes") {
        let property = members
            .iter()
            .find(|member| member["name"] == attribute["fieldName"])
            .expect("there is a property");
        assert_eq!(property["kind"], "field", "{property}");
        assert_eq!(property["attribute"], attribute["name"]);
        assert!(property["type"]["text"].is_string(), "{property}");
    }
    let kind = |name: &str| {
        let member = members.iter().find(|member| member["name"] == name);
        member.expect(name)["kind"].clone()
    };
    assert_eq!(kind("slideCount"), "field");
    assert_eq!(kind("headers"), "field");
    assert_eq!(kind("submit"), "method");
    let submit = members.iter().find(|member| member["name"] == "submit");
    let parameter = &submit.expect("there is one")["parameters"][0];
    assert_eq!(parameter["name"], "request");
    assert_eq!(parameter["optional"], true);
    assert_eq!(parameter["type"]["text"], "GenerationRequest");
}

#[test]
fn the_editor_knows_each_attribute_and_its_values() {
    let data = json(html_data::file(&definition()));
    let tag = &data["tags"][0];
    assert_eq!(tag["name"], "slide-wright");
    let attributes = tag["attributes"].as_array().expect("it has attributes");
    let listed: BTreeSet<_> = attributes
        .iter()
        .filter_map(|it| it["name"].as_str())
        .collect();
    assert_eq!(
        listed,
        all(definition().attributes.iter().map(|it| &it.name))
    );
    let resume = attributes.iter().find(|it| it["name"] == "resume");
    let values = &resume.expect("there is one")["values"];
    let values: Vec<_> = values.as_array().expect("it has values").iter().collect();
    assert_eq!(values.len(), 3, "{values:?}");
    let disabled = attributes.iter().find(|it| it["name"] == "disabled");
    assert_eq!(disabled.expect("there is one")["valueSet"], "v");
}
