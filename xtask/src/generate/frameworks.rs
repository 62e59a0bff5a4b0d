//! Typings for JSX and for templates: `pkg/typings`.
//!
//! They stand on the interfaces of `element.ts`; what is a framework's own is how it
//! names properties and listeners. In the package they lie beside `types.d.ts`'s
//! folder, hence the path of the import.

use super::definition::{Definition, Event, camel_case};
use super::typescript::quoted;
use super::{Generated, NOTE};

/// One file a framework.
pub fn files(definition: &Definition) -> [Generated; 5] {
    [
        ("pkg/typings/react.d.ts", react(definition)),
        ("pkg/typings/preact.d.ts", preact(definition)),
        ("pkg/typings/solid.d.ts", solid(definition)),
        ("pkg/typings/svelte.d.ts", svelte(definition)),
        ("pkg/typings/vue.d.ts", vue(definition)),
    ]
    .map(|(path, text)| Generated { path, text })
}

/// Version 18 writes attributes only; 19 sets properties where the element has them,
/// and listens to whatever follows `on`.
fn react(definition: &Definition) -> String {
    let tag = &definition.tag;
    let class = &definition.class;
    let listeners = listeners(&definition.events, |name| format!("on{name}"));
    format!(
        "{head}\
         import type * as React from 'react';\n\
         {imports}\n\
         /** Listeners. */\n\
         interface Listeners {{\n{listeners}}}\n\n\
         /** Since version 19 React sets properties and adds listeners. */\n\
         type Own = typeof React extends {{ useActionState: unknown }}\n  \
           ? SlidewrightProperties & Omit<SlidewrightAttributes, keyof SlidewrightProperties> & Listeners\n  \
           : SlidewrightAttributes;\n\n\
         /** What `<{tag}>` takes in JSX. */\n\
         export type SlideWrightElementProps = Own & {{ class?: string | undefined }} & React.DetailedHTMLProps<\n  \
           React.HTMLAttributes<{class}>,\n  {class}\n>;\n\n\
         {augmentation}",
        head = head("react", &format!("<{tag}> in JSX of React 18 and 19")),
        imports = all_types(class),
        augmentation = jsx("react", tag),
    )
}

/// A property where the element has one, an attribute otherwise.
fn preact(definition: &Definition) -> String {
    let tag = &definition.tag;
    let class = &definition.class;
    let listeners = listeners(&definition.events, |name| format!("on{name}"));
    format!(
        "{head}\
         import type {{ ClassAttributes, HTMLAttributes }} from 'preact';\n\
         {imports}\n\
         interface Listeners {{\n{listeners}}}\n\n\
         /** What `<{tag}>` takes in JSX. */\n\
         export type SlideWrightElementProps = SlidewrightProperties &\n  \
           Omit<SlidewrightAttributes, keyof SlidewrightProperties> &\n  \
           Listeners &\n  \
           HTMLAttributes<{class}> &\n  \
           ClassAttributes<{class}>;\n\n\
         {augmentation}",
        head = head("preact", &format!("<{tag}> in JSX of Preact 10 and 11")),
        imports = all_types(class),
        augmentation = jsx("preact", tag),
    )
}

/// `attr:` and `prop:` say which is meant; without them a dynamic value is set as a
/// property, by its name in camel case. `on:` adds a listener to the element itself.
fn solid(definition: &Definition) -> String {
    let tag = &definition.tag;
    let class = &definition.class;
    let listeners = definition.events.iter().map(|event| {
        format!(
            "  /** {} */\n  'on:{}'?:\n    | JSX.EventHandlerWithOptionsUnion<{class}, SlidewrightEvents['{}']>\n    | undefined;\n",
            event.about, event.name, event.name
        )
    });
    let listeners: String = listeners.collect();
    format!(
        "{head}\
         import type {{ JSX }} from 'solid-js';\n\
         {imports}\n\
         type Marked = {{\n  \
           [Name in keyof SlidewrightProperties as `prop:${{Name}}`]?: SlidewrightProperties[Name];\n}} & {{\n  \
           [Name in keyof SlidewrightAttributes as `attr:${{Name}}`]?: SlidewrightAttributes[Name];\n}};\n\n\
         interface Listeners {{\n{listeners}}}\n\n\
         /** What `<{tag}>` takes in JSX. */\n\
         export type SlideWrightElementProps = SlidewrightProperties &\n  \
           Omit<SlidewrightAttributes, keyof SlidewrightProperties> &\n  \
           Marked &\n  \
           Listeners &\n  \
           JSX.HTMLAttributes<{class}>;\n\n\
         {augmentation}",
        head = head("solid", &format!("<{tag}> in JSX of Solid 1")),
        imports = all_types(class),
        augmentation = jsx("solid-js", tag),
    )
}

/// A property where the element has a setter, an attribute otherwise; listeners as
/// `on…`, or as `on:…` in the older way.
fn svelte(definition: &Definition) -> String {
    let tag = &definition.tag;
    let class = &definition.class;
    let listeners = listeners(&definition.events, |name| format!("on{name}"));
    format!(
        "{head}\
         import type {{ HTMLAttributes }} from 'svelte/elements';\n\
         {imports}\n\
         interface Listeners {{\n{listeners}}}\n\n\
         /** The same listeners, as `on:slidewright-…`. */\n\
         type Directives = {{\n  \
           [Name in keyof SlidewrightEvents as `on:${{Name}}`]?: ((event: SlidewrightEvents[Name]) => void) | undefined;\n}};\n\n\
         /** What `<{tag}>` takes in a template. */\n\
         export type SlideWrightElementProps = SlidewrightProperties &\n  \
           Omit<SlidewrightAttributes, keyof SlidewrightProperties> &\n  \
           Listeners &\n  \
           Directives &\n  \
           HTMLAttributes<{class}>;\n\n\
         declare module 'svelte/elements' {{\n  \
           export interface SvelteHTMLElements {{\n    \
             '{tag}': SlideWrightElementProps;\n  }}\n}}\n",
        head = head("svelte", &format!("<{tag}> in templates of Svelte 5")),
        imports = all_types(class),
    )
}

/// `:slide-count` and `:slideCount` are one to the type checker; at run time the
/// second is set as a property.
fn vue(definition: &Definition) -> String {
    let tag = &definition.tag;
    let class = &definition.class;
    // `@slidewright-ready` in a template.
    let listeners = listeners(&definition.events, |name| camel_case(&format!("on-{name}")));
    format!(
        "{head}\
         import type {{ HTMLAttributes, PublicProps }} from 'vue';\n\
         {imports}\n\
         interface Listeners {{\n{listeners}}}\n\n\
         /** What `<{tag}>` takes in a template. */\n\
         export type SlideWrightElementProps = SlidewrightProperties & Listeners & HTMLAttributes & PublicProps;\n\n\
         /** `<{tag}>` as a component, which is how Vue's tools see elements. */\n\
         export interface SlideWrightComponent {{\n  \
           new (): {class} & {{ $props: SlideWrightElementProps }};\n}}\n\n\
         declare module 'vue' {{\n  \
           export interface GlobalComponents {{\n    \
             '{tag}': SlideWrightComponent;\n  }}\n}}\n",
        head = head("vue", &format!("<{tag}> in templates of Vue 3")),
        imports = imports(&[class, "SlidewrightEvents", "SlidewrightProperties"]),
    )
}

fn head(framework: &str, what: &str) -> String {
    format!(
        "// {NOTE}\n\
         //\n\
         // {what}. Import it once, anywhere in the project:\n\
         //\n\
         //     import type {{}} from 'slidewright/types/{framework}';\n\n"
    )
}

fn all_types(class: &str) -> String {
    let lists = [
        "SlidewrightAttributes",
        "SlidewrightEvents",
        "SlidewrightProperties",
    ];
    imports(&[&[class], &lists[..]].concat())
}

fn imports(names: &[&str]) -> String {
    format!(
        "import type {{\n  {},\n}} from '../types.js';\n",
        names.join(",\n  ")
    )
}

fn listeners(events: &[Event], key: impl Fn(&str) -> String) -> String {
    let lines = events.iter().map(|event| {
        format!(
            "  /** {} */\n  {}?: ((event: SlidewrightEvents['{}']) => void) | undefined;\n",
            event.about,
            quoted(&key(&event.name)),
            event.name
        )
    });
    lines.collect()
}

fn jsx(module: &str, tag: &str) -> String {
    format!(
        "declare module '{module}' {{\n  \
           namespace JSX {{\n    \
             interface IntrinsicElements {{\n      \
               '{tag}': SlideWrightElementProps;\n    }}\n  }}\n}}\n"
    )
}
