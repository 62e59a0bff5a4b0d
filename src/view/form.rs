//! Drafting: the form.

use super::dom::{El, el, part};
use super::earlier;
use super::files;
use super::messages::{self, Message};
use super::refusal;
use super::widget::{Shared, button};
use crate::browser::{Runner, invoke, is_http, is_set, object, property, set_property};
use crate::browser::{construct_of, string_property, text_property};
use crate::job::{Event, State};
use crate::request::{Choice, Draft, Entry, Field, Form, Kind, Place, Problem};
use crate::text::{count_digits, digits};
use std::rc::Rc;

/// The counter appears when so many characters are left.
const COUNTER_FROM: usize = 500;

pub(super) fn view(shared: &Rc<Shared>) -> El {
    let form = shared.runner().map(Runner::form).unwrap_or_default();
    let field = |entry: &Entry| field(shared, entry);
    let main = form
        .entries
        .iter()
        .filter(|entry| entry.place == Place::Main);
    let more: Vec<El> = form
        .entries
        .iter()
        .filter(|entry| entry.place == Place::More)
        .map(field)
        .collect();
    // Files to be chosen again: that must be seen.
    let asks_for_files = shared.runner().and_then(Runner::file_problem).is_some();
    part("form", "form")
        // Our messages stand at the fields; the browser's bubbles cannot.
        .attr("novalidate", "")
        // It leads nowhere, whoever submits it.
        .attr("method", "dialog")
        // Who only looks at a page asks no service for anything.
        .on(shared, "focusin", |shared, _| {
            shared.run(|runner| runner.want_lists(Place::Main));
        })
        .on(shared, "paste", |shared, event| {
            if files::paste(shared, &event) {
                event.prevent_default();
            }
        })
        .child(
            el("div")
                .class("fields")
                .children(main.map(field).collect()),
        )
        .maybe((!more.is_empty()).then(|| {
            part("details", "more")
                .attr_if(shared.more_open() || asks_for_files, "open", "")
                .on(shared, "toggle", |shared, event| {
                    let open = event.target().is_some_and(|fold| is_set(&fold, "open"));
                    shared.set_more_open(open);
                    if open {
                        shared.run(|runner| runner.want_lists(Place::More));
                    }
                })
                .child(part("summary", "more-summary").say(shared, messages::MORE_OPTIONS))
                .child(el("div").class("fields").children(more))
        }))
        .child(el("slot").attr("name", "before-submit"))
        .child(refusal::view(shared))
        .child(submit_row(shared))
        .child(earlier::view(shared))
}

fn submit_row(shared: &Rc<Shared>) -> El {
    fn preparing(shared: &Shared) -> bool {
        shared.shown().state == State::Preparing
    }
    let cost = shared.say(messages::COST_NOTE);
    el("div")
        .class("row")
        .child(
            part("button", "button submit")
                .attr("type", "submit")
                // Enter in a field presses it, too. A frame that may not submit forms
                // has clicks all the same.
                .on(shared, "click", |shared, event| {
                    event.prevent_default();
                    shared.submit();
                })
                .live_text(shared, |shared| {
                    shared.say(if preparing(shared) {
                        messages::SUBMITTING
                    } else {
                        messages::SUBMIT
                    })
                })
                // Not `disabled` while busy: that would throw the focus away.
                .live_attr(shared, "aria-disabled", |shared| {
                    preparing(shared).then(|| "true".into())
                })
                .live_attr(shared, "disabled", |shared| {
                    shared.options().disabled.then(String::new)
                }),
        )
        .child(el("span").region(
            shared,
            |shared| u32::from(preparing(shared)),
            |shared| {
                // The page's own `beforeSubmit` may take for ever.
                preparing(shared).then(|| {
                    button(shared, "back quiet", messages::CANCEL, |shared| {
                        shared.tell(Event::Stop);
                    })
                })
            },
        ))
        .maybe((!cost.is_empty()).then(|| part("span", "hint").text(&cost)))
}

/// A field as it is now, and what has been typed; followed.
fn with_entry<T>(
    shared: &Shared,
    field: Field,
    what: impl FnOnce(&Form, &Entry, &Draft) -> Option<T>,
) -> Option<T> {
    shared.shown();
    let runner = shared.runner()?;
    let form = runner.form();
    what(&form, form.entry_of(field)?, &runner.draft())
}

fn class_of(entry: &Entry) -> &'static str {
    match entry.field {
        _ if entry.kind == Kind::Switch => "field switch",
        _ if has_pictures(&entry.kind) => "field wide",
        Field::Prompt | Field::Outline | Field::Files | Field::Sections | Field::Instructions => {
            "field wide"
        }
        _ => "field",
    }
}

/// A choice is built anew when the account's own list comes, and no other field
/// with it.
fn list_control(shared: &Rc<Shared>, field: Field, error_id: &str) -> El {
    let error_id = error_id.to_string();
    el("div").region(
        shared,
        move |shared| {
            let length = with_entry(shared, field, |_, entry, _| match &entry.kind {
                Kind::Choice { values, .. } | Kind::Several { values } => Some(values.len()),
                _ => None,
            });
            u32::try_from(length.unwrap_or(0)).unwrap_or(u32::MAX)
        },
        move |shared| {
            // A list with pictures is a group: its choice takes the focus.
            let name = field.name();
            shared.lead_focus(
                &["#", name].concat(),
                &["select#", name, ", #", name, " :checked"].concat(),
            );
            let form = shared.runner()?.form();
            Some(control(shared, form.entry_of(field)?, &error_id))
        },
    )
}

/// Nothing could be chosen: the service's own list is not there.
fn is_bare(entry: &Entry) -> bool {
    match &entry.kind {
        Kind::Choice { values, .. } | Kind::Several { values } => {
            values.is_empty() && entry.preset.is_empty()
        }
        _ => false,
    }
}

fn field(shared: &Rc<Shared>, entry: &Entry) -> El {
    let name = entry.field.name();
    let error_id = [name, "-error"].concat();
    let has_list = matches!(entry.kind, Kind::Choice { .. } | Kind::Several { .. });
    let control = if has_list {
        list_control(shared, entry.field, &error_id)
    } else {
        control(shared, entry, &error_id)
    };
    let label = part("label", "label")
        .attr("for", name)
        .attr("id", &[name, "-label"].concat())
        .say(shared, label_of(entry.field));
    let is_switch = entry.kind == Kind::Switch;
    let frame = part("div", "field").class(class_of(entry));
    let frame = if entry.when.is_empty() && !has_list {
        frame
    } else {
        let field = entry.field;
        frame
            .live_attr(shared, "hidden", move |shared| {
                with_entry(shared, field, |form, entry, draft| {
                    let shown = form.applies(entry, draft) && !is_bare(entry);
                    (!shown).then(String::new)
                })
            })
            .live_attr(shared, "class", move |shared| {
                with_entry(shared, field, |_, entry, _| Some(class_of(entry).into()))
            })
    };
    let frame = if is_switch {
        frame.child(control).child(label)
    } else {
        frame.child(label).child(control)
    };
    let hint = match entry.field {
        Field::Prompt => Some(messages::PROMPT_HINT),
        Field::Outline => Some(messages::OUTLINE_HINT),
        _ => None,
    };
    let hint = hint.map(|hint| {
        part("p", "hint")
            .attr("id", &[name, "-hint"].concat())
            .say(shared, hint)
    });
    frame
        .maybe(hint)
        .maybe((entry.field == Field::Outline).then(|| outline_count(shared)))
        .maybe(counter(shared, entry))
        .child(problem(shared, entry.field).attr("id", &error_id))
}

fn control(shared: &Rc<Shared>, entry: &Entry, error_id: &str) -> El {
    let name = entry.field.name();
    let draft = shared.runner().map(Runner::draft).unwrap_or_default();
    let typed = draft.value(entry.field).filter(|_| !entry.locked);
    let value = typed.unwrap_or(&entry.preset);
    let named = |tag: &str| {
        part(tag, &["input ", name].concat())
            .attr("id", name)
            .attr("name", name)
    };
    let control = match &entry.kind {
        Kind::Text { .. } => text_area(shared, named("textarea"), entry.field),
        Kind::Count { min, max } => named("input")
            .attr("type", "number")
            .attr("inputmode", "numeric")
            .attr("enterkeyhint", "done")
            .attr("min", &digits(*min))
            .attr("max", &digits(*max))
            .attr("step", "1"),
        Kind::Choice { values, .. } if has_pictures(&entry.kind) => {
            pictures(shared, named("div"), entry, values, value)
        }
        Kind::Choice { values, .. } => select(shared, named("select"), entry, values, value),
        Kind::Several { values } => return several(shared, named("div"), entry, values, value),
        Kind::Files(rules) => return files::field(shared, entry, rules),
        Kind::Switch => named("input").attr("type", "checkbox"),
    };
    if !has_pictures(&entry.kind) {
        set_value(&control, value);
    }
    let control = control
        .attr_if(entry.locked, locking_attribute(&entry.kind), "")
        .attr_if(entry.required, "aria-required", "true");
    let described = match entry.field {
        Field::Prompt | Field::Outline => [name, "-hint ", error_id].concat(),
        _ => error_id.to_string(),
    };
    let field = entry.field;
    control
        .attr("aria-describedby", &described)
        .live_attr(shared, "aria-invalid", move |shared| {
            complaint(shared, field).map(|_| "true".into())
        })
        .on(shared, "input", move |shared, event| {
            let value = value_of(&event);
            shared.run(|runner| runner.edit(field, &value));
        })
}

/// What makes a control read-only; only text has an attribute of that name.
fn locking_attribute(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text { .. } | Kind::Count { .. } => "readonly",
        _ => "disabled",
    }
}

fn text_area(shared: &Rc<Shared>, area: El, field: Field) -> El {
    let rows = match field {
        Field::Prompt => "4",
        Field::Outline => "6",
        _ => "2",
    };
    area.attr("rows", rows)
        .attr("enterkeyhint", "enter")
        .attr("autocapitalize", "sentences")
        .on_send_keys(shared, |shared| shared.submit())
}

fn select(shared: &Rc<Shared>, select: El, entry: &Entry, values: &[Choice], value: &str) -> El {
    let options = offered(shared, entry, values, value);
    let options = options.iter().map(|choice| {
        el("option")
            .attr("value", &choice.value)
            .text(&choice.label)
    });
    select.children(options.collect())
}

/// What can be chosen, each with its name: "automatic" first, unless there has
/// to be a value, then a preset that no list names, since the host's own.
fn offered(shared: &Shared, entry: &Entry, values: &[Choice], chosen: &str) -> Vec<Choice> {
    let named = |choice: &Choice| {
        let mut choice = choice.clone();
        if choice.label.is_empty() {
            choice.label = label_of_choice(shared, entry.field, &choice.value);
        }
        choice
    };
    let automatic = Choice {
        label: shared.say(messages::AUTOMATIC),
        ..Choice::default()
    };
    let format = !entry.preset.is_empty() && entry.field == Field::Format;
    let required = entry.required || format;
    let unlisted = !chosen.is_empty() && values.iter().all(|choice| choice.value != chosen);
    let mut offered = Vec::new();
    offered.extend((!required).then_some(automatic));
    offered.extend(unlisted.then(|| named(&Choice::known(chosen))));
    offered.extend(values.iter().map(named));
    offered
}

/// Several of a list: those of the chosen template.
fn several(shared: &Rc<Shared>, group: El, entry: &Entry, values: &[Choice], value: &str) -> El {
    let chosen = |draft: &str, of: &str| draft.split_whitespace().any(|known| known == of);
    let boxes = values.iter().map(|choice| {
        let field = entry.field;
        let own = choice.value.clone();
        let choice_here = choice.clone();
        part("label", "choice")
            .live_attr(shared, "hidden", move |shared| {
                with_entry(shared, field, |form, _, draft| {
                    let here = choice_here.is_of(form.value(draft, Field::Template));
                    (!here).then(String::new)
                })
            })
            .child(
                el("input")
                    .attr("type", "checkbox")
                    .attr_if(chosen(value, &choice.value), "checked", "")
                    .attr_if(entry.locked, "disabled", "")
                    .on(shared, "input", move |shared, event| {
                        let checked = event.target().is_some_and(|it| is_set(&it, "checked"));
                        shared.run(|runner| {
                            let draft = runner.draft();
                            let before = draft.value(field).unwrap_or("").split_whitespace();
                            let mut now: Vec<&str> = before.filter(|it| **it != own).collect();
                            if checked {
                                now.push(&own);
                            }
                            runner.edit(field, &now.join(" "));
                        });
                    }),
            )
            .child(el("span").text(&choice.label))
    });
    group
        .attr("role", "group")
        .attr("aria-labelledby", &[entry.field.name(), "-label"].concat())
        .class("cards")
        .children(boxes.collect())
}

/// How many slides the outline has come to.
fn outline_count(shared: &Rc<Shared>) -> El {
    part("p", "hint").live_text(shared, |shared| {
        let count = with_entry(shared, Field::Outline, |form, _, draft| {
            let slides = crate::outline::read(form.value(draft, Field::Outline));
            (!slides.is_empty()).then(|| count_digits(slides.len()))
        });
        let Some(count) = count else {
            return String::new();
        };
        shared.say_with(messages::OUTLINE_COUNT, &[("count", &count)])
    })
}

/// In units of 1000, as operating systems show them, with one digit behind the
/// point only where it tells something.
pub(super) fn size_text(shared: &Shared, bytes: u64) -> String {
    const KILOBYTE: u64 = 1_000;
    const MEGABYTE: u64 = 1_000_000;
    if bytes >= MEGABYTE {
        let tenths = bytes.checked_div(MEGABYTE / 10).unwrap_or(0);
        let mut size = digits(tenths.checked_div(10).unwrap_or(0));
        let digit = tenths.checked_rem(10).unwrap_or(0);
        if digit > 0 {
            size.push('.');
            size.push_str(&digits(digit));
        }
        shared.say_with(messages::SIZE_MB, &[("size", &size)])
    } else {
        let size = digits(bytes.div_ceil(KILOBYTE));
        shared.say_with(messages::SIZE_KB, &[("size", &size)])
    }
}

/// Whether the host gave pictures of what can be chosen.
fn has_pictures(kind: &Kind) -> bool {
    match kind {
        Kind::Choice { values, .. } => values.iter().any(|choice| !choice.thumbnail.is_empty()),
        _ => false,
    }
}

/// A choice by its pictures: one card a value.
fn pictures(shared: &Rc<Shared>, group: El, entry: &Entry, values: &[Choice], chosen: &str) -> El {
    let name = entry.field.name();
    let offered = offered(shared, entry, values, chosen);
    let cards = offered.iter().map(|choice| {
        let thumbnail = &choice.thumbnail;
        let picture = (!thumbnail.is_empty() && is_http(thumbnail)).then(|| {
            // The label beside it says all that there is to say.
            el("img")
                .attr("alt", "")
                .attr("loading", "lazy")
                .attr("src", thumbnail)
        });
        part("label", "choice")
            .child(
                el("input")
                    .attr("type", "radio")
                    .attr("name", name)
                    .attr("value", &choice.value)
                    .attr_if(choice.value == chosen, "checked", "")
                    .attr_if(entry.locked, "disabled", ""),
            )
            .maybe(picture)
            .child(el("span").text(&choice.label))
    });
    group
        .attr("role", "radiogroup")
        .attr("aria-labelledby", &[name, "-label"].concat())
        .class("cards")
        .children(cards.collect())
}

/// A value's name: from the catalogue; a language's from the browser, in the
/// page's own language; or the value itself, made readable.
fn label_of_choice(shared: &Shared, field: Field, value: &str) -> String {
    if let Some(label) = shared.say_key(&["choice.", value].concat()) {
        return label;
    }
    if field == Field::Language
        && let Some(name) = language_name(shared, value)
    {
        return name;
    }
    let space = |letter| {
        if matches!(letter, '-' | '_') {
            ' '
        } else {
            letter
        }
    };
    let mut words: String = value.chars().map(space).collect();
    if let Some(first) = words.get_mut(0..1) {
        first.make_ascii_uppercase();
    }
    words
}

/// The language that the page is written in.
pub(super) fn page_language(shared: &Shared) -> String {
    let closest = shared.host().closest("[lang]").ok().flatten();
    closest
        .and_then(|element| element.get_attribute("lang"))
        .filter(|lang| !lang.is_empty())
        .unwrap_or_else(|| "en".into())
}

fn language_name(shared: &Shared, tag: &str) -> Option<String> {
    let page = page_language(shared);
    let intl = property(&js_sys::global(), "Intl")?;
    let options = object(&[("type", &"language".into())]);
    let names = construct_of(&intl, "DisplayNames", &[page.into(), options])?;
    invoke(&names, "of", &[tag.into()])?.as_string()
}

/// How many characters are left, once it matters.
fn counter(shared: &Rc<Shared>, entry: &Entry) -> Option<El> {
    let Kind::Text { longest } = entry.kind else {
        return None;
    };
    let field = entry.field;
    Some(part("p", "hint counter").live_text(shared, move |shared| {
        let length = with_entry(shared, field, |form, _, draft| {
            Some(form.value(draft, field).chars().count())
        });
        let length = length.unwrap_or(0);
        let left = longest.saturating_sub(length);
        if length <= longest && left <= COUNTER_FROM {
            shared.say_with(messages::CHARACTERS_LEFT, &[("count", &count_digits(left))])
        } else {
            String::new()
        }
    }))
}

fn problem(shared: &Rc<Shared>, field: Field) -> El {
    part("p", "field-error")
        // Other fields are told of when the button is pressed, which leads there.
        .attr_if(field == Field::Files, "role", "alert")
        .live_text(shared, move |shared| {
            complaint(shared, field).unwrap_or_default()
        })
}

fn complaint(shared: &Shared, field: Field) -> Option<String> {
    let shown = shared.shown();
    if field == Field::Files
        && let Some(problem) = shared.runner().and_then(Runner::file_problem)
    {
        return Some(complaint_text(shared, &problem));
    }
    let refusal = shown.refusal.as_ref()?;
    let here = refusal
        .fields
        .iter()
        .filter(|problem| problem.field == field);
    let texts: Vec<_> = here
        .map(|problem| complaint_text(shared, &problem.problem))
        .collect();
    (!texts.is_empty()).then(|| texts.join(" "))
}

fn complaint_text(shared: &Shared, problem: &Problem) -> String {
    match problem {
        Problem::Missing => shared.say(messages::MISSING),
        Problem::TooLong { longest, over } => shared.say_with(
            messages::TOO_LONG,
            &[
                ("over", &count_digits(*over)),
                ("longest", &count_digits(*longest)),
            ],
        ),
        Problem::NotInRange { min, max } => shared.say_with(
            messages::NOT_IN_RANGE,
            &[("min", &digits(*min)), ("max", &digits(*max))],
        ),
        Problem::SlidesNotInRange { min, max } => shared.say_with(
            messages::SLIDES_NOT_IN_RANGE,
            &[("min", &digits(*min)), ("max", &digits(*max))],
        ),
        Problem::NotAChoice => shared.say(messages::NOT_A_CHOICE),
        Problem::FileType(name) => shared.say_with(messages::FILE_TYPE, &[("name", name)]),
        Problem::FileTooLarge { name, largest } => {
            let size = size_text(shared, *largest);
            shared.say_with(messages::FILE_TOO_LARGE, &[("name", name), ("size", &size)])
        }
        Problem::TooManyFiles(most) => {
            shared.say_with(messages::TOO_MANY_FILES, &[("most", &count_digits(*most))])
        }
        Problem::ChooseAgain(names) => shared.say_with(messages::CHOOSE_AGAIN, &[("names", names)]),
        Problem::NotUploaded(name) => shared.say_with(messages::NOT_UPLOADED, &[("name", name)]),
        Problem::NoPlaceForFile(name) => {
            shared.say_with(messages::NO_PLACE_FOR_FILE, &[("name", name)])
        }
        Problem::Said(said) => said.clone(),
        Problem::SaidOfSlide(number, said) => shared.say_with(
            messages::SLIDE_PROBLEM,
            &[("number", &digits(*number)), ("said", said)],
        ),
    }
}

fn label_of(field: Field) -> Message {
    match field {
        Field::Prompt => messages::PROMPT,
        Field::Outline => messages::OUTLINE,
        Field::Files => messages::FILES,
        Field::OutputType => messages::OUTPUT_TYPE,
        Field::VariantCount => messages::VARIANT_COUNT,
        Field::Sections => messages::SECTIONS,
        Field::NarrativeType => messages::NARRATIVE_TYPE,
        Field::RewriteStyle => messages::REWRITE_STYLE,
        Field::NonInteractive => messages::NON_INTERACTIVE,
        Field::KnowledgeBase => messages::KNOWLEDGE_BASE,
        // Never shown: it is the host's.
        Field::TemplateSlides => messages::TEMPLATE,
        Field::SlideCount => messages::SLIDE_COUNT,
        Field::Language => messages::LANGUAGE,
        Field::Tone => messages::TONE,
        Field::Template => messages::TEMPLATE,
        Field::DeckTheme => messages::DECK_THEME,
        Field::Format => messages::FORMAT,
        Field::Verbosity => messages::VERBOSITY,
        Field::Instructions => messages::INSTRUCTIONS,
        Field::ContentGeneration => messages::CONTENT_GENERATION,
        Field::ImageType => messages::IMAGE_TYPE,
        Field::SmartDesign => messages::SMART_DESIGN,
        Field::WebSearch => messages::WEB_SEARCH,
        Field::TableOfContents => messages::TABLE_OF_CONTENTS,
        Field::TitleSlide => messages::TITLE_SLIDE,
        Field::MarkdownEmphasis => messages::MARKDOWN_EMPHASIS,
    }
}

fn set_value(control: &El, value: &str) {
    let node = control.node();
    if string_property(node, "type").as_deref() == Some("checkbox") {
        set_property(node, "checked", &(value == "true").into());
    } else {
        set_property(node, "value", &value.into());
    }
}

fn value_of(event: &web_sys::Event) -> String {
    let Some(target) = event.target() else {
        return String::new();
    };
    if string_property(&target, "type").as_deref() == Some("checkbox") {
        return is_set(&target, "checked").to_string();
    }
    // What was typed is no number; an empty text would pass for "as usual".
    if property(&target, "validity").is_some_and(|validity| is_set(&validity, "badInput")) {
        return "?".into();
    }
    text_property(&target, "value")
}
