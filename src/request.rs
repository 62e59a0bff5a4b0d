//! What a visitor asks for, its limits, and its validation.
//!
//! Three shapes, in the order in which a request comes about: a [`Form`] is what
//! a page offers (the provider's [`Offer`]s, narrowed by the host), a [`Draft`]
//! is what has been typed into it, unchecked, and a [`GenerationRequest`] is a
//! draft that passed. Only the last can become an HTTP request.

use crate::json::Json;
use crate::text::small_number;

/// Something a visitor, or the host page, can say about a deck.
///
/// No provider takes all of them; each says which it does
/// ([`Provider::offers`](crate::provider::Provider::offers)).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// What the deck is about.
    Prompt,
    /// How many slides.
    SlideCount,
    /// The deck's language, as a BCP 47 tag.
    Language,
    /// How it speaks.
    Tone,
    /// The design it is made in.
    Template,
    /// Colours and fonts, where they are apart from the template.
    DeckTheme,
    /// The kind of file.
    Format,
    /// How much text there is on a slide.
    Verbosity,
    /// Further wishes, beside the topic.
    Instructions,
    /// What becomes of text that the visitor brought along.
    ContentGeneration,
    /// Where pictures come from.
    ImageType,
    /// A design of the service that lays out each slide anew.
    SmartDesign,
    /// Whether the service may look things up.
    WebSearch,
    /// Whether there is a table of contents.
    TableOfContents,
    /// Whether there is a title slide.
    TitleSlide,
    /// Whether important words are emphasised.
    MarkdownEmphasis,
}

impl Field {
    /// All fields, in the order in which a form shows them.
    pub const ALL: [Field; 16] = [
        Field::Prompt,
        Field::SlideCount,
        Field::Format,
        Field::Language,
        Field::Tone,
        Field::Template,
        Field::DeckTheme,
        Field::SmartDesign,
        Field::Verbosity,
        Field::ContentGeneration,
        Field::ImageType,
        Field::Instructions,
        Field::WebSearch,
        Field::TableOfContents,
        Field::TitleSlide,
        Field::MarkdownEmphasis,
    ];

    /// The attribute of `<slide-wright>` that presets the field; in scripts the
    /// same name in camel case.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Prompt => "prompt",
            Field::SlideCount => "slide-count",
            Field::Language => "language",
            Field::Tone => "tone",
            Field::Template => "template",
            Field::DeckTheme => "deck-theme",
            Field::Format => "format",
            Field::Verbosity => "verbosity",
            Field::Instructions => "instructions",
            Field::ContentGeneration => "content-generation",
            Field::ImageType => "image-type",
            Field::SmartDesign => "smart-design",
            Field::WebSearch => "web-search",
            Field::TableOfContents => "table-of-contents",
            Field::TitleSlide => "title-slide",
            Field::MarkdownEmphasis => "markdown-emphasis",
        }
    }

    /// The field of a [`name`](Field::name), in kebab or in camel case.
    pub fn named(name: &str) -> Option<Field> {
        let mut kebab = String::new();
        for letter in name.trim().chars() {
            if letter.is_ascii_uppercase() {
                kebab.push('-');
            }
            kebab.push(letter.to_ascii_lowercase());
        }
        Field::ALL.into_iter().find(|field| field.name() == kebab)
    }
}

/// What kind of answer a field takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Free text of at most `longest` characters.
    Text {
        /// In characters.
        longest: usize,
    },
    /// A whole number within both bounds.
    Count {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// One of several values. The empty value leaves the choice to the service.
    Choice {
        /// What can be chosen.
        values: Vec<Choice>,
        /// Whether the service also knows values that are not listed (ids of an
        /// account's own templates, any language).
        open: bool,
    },
    /// `true` or `false`.
    Switch,
}

/// One value of a [`Kind::Choice`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the service is told.
    pub value: String,
    /// What the visitor reads; empty where the catalogue has a text for it.
    pub label: String,
    /// Address of a picture of it, where the host gave one.
    pub thumbnail: String,
}

impl Choice {
    /// A value named by the catalogue.
    pub fn known(value: &str) -> Choice {
        Choice {
            value: value.into(),
            ..Choice::default()
        }
    }
}

/// Where a form shows a field unless the host says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At once.
    Main,
    /// Under "More options".
    More,
    /// Nowhere; its preset is still sent.
    Hidden,
}

/// A field that a provider takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The field.
    pub field: Field,
    /// What it takes.
    pub kind: Kind,
    /// Where it usually stands.
    pub place: Place,
    /// What stands in it at first.
    pub preset: &'static str,
}

/// What the host page says about the form: the attributes of design "The
/// element", and the property `choices`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct HostWishes {
    /// Attribute `fields`: those shown, in order. `None`: as the provider has it.
    pub fields: Option<Vec<Field>>,
    /// Attribute `locked`: shown, but not to be changed.
    pub locked: Vec<Field>,
    /// One attribute a field: what stands in it at first.
    pub presets: Vec<(Field, String)>,
    /// Attribute `min-slide-count`.
    pub min_slide_count: Option<u32>,
    /// Attribute `max-slide-count`.
    pub max_slide_count: Option<u32>,
    /// Property `choices`: these instead of the provider's.
    pub choices: Vec<(Field, Vec<Choice>)>,
}

/// One field of a [`Form`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The field.
    pub field: Field,
    /// What it takes, within the host's limits.
    pub kind: Kind,
    /// Where it stands.
    pub place: Place,
    /// Whether it is shown read-only.
    pub locked: bool,
    /// What stands in it at first.
    pub preset: String,
}

impl Entry {
    /// Whether the visitor decides about it.
    fn is_free(&self) -> bool {
        !self.locked && self.place != Place::Hidden
    }
}

/// What a page offers: a provider's fields within the host's wishes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// In the order in which they are shown.
    pub entries: Vec<Entry>,
}

impl Form {
    /// Narrows what a provider takes to what the host wants shown. Fields the
    /// provider does not take are left out, whatever the host asks for.
    pub fn new(mut offers: Vec<Offer>, host: &HostWishes) -> Form {
        let mut entries = Vec::new();
        let order = host.fields.as_deref().unwrap_or(&[]);
        for field in order.iter().chain(&Field::ALL) {
            if let Some(at) = offers.iter().position(|offer| offer.field == *field) {
                entries.push(Form::entry(offers.remove(at), host));
            }
        }
        Form { entries }
    }

    fn entry(offer: Offer, host: &HostWishes) -> Entry {
        let Offer {
            field,
            mut kind,
            mut place,
            preset,
        } = offer;
        if let Some(fields) = &host.fields {
            place = if fields.contains(&field) {
                Place::Main
            } else {
                Place::Hidden
            };
        }
        match &mut kind {
            Kind::Count { min, max } if field == Field::SlideCount => {
                let lowest = *min;
                *max = host.max_slide_count.unwrap_or(*max).clamp(lowest, *max);
                *min = host.min_slide_count.unwrap_or(lowest).clamp(lowest, *max);
            }
            Kind::Choice { values, .. } => {
                if let Some((_, choices)) = host.choices.iter().find(|(of, _)| *of == field) {
                    values.clone_from(choices);
                }
            }
            _ => {}
        }
        let preset = match host.presets.iter().find(|(of, _)| *of == field) {
            Some((_, preset)) => preset.clone(),
            None => match &kind {
                // The usual count, moved into the host's bounds.
                Kind::Count { min, max } => preset.parse::<u32>().map_or_else(
                    |_| preset.into(),
                    |count| count.clamp(*min, *max).to_string(),
                ),
                _ => preset.into(),
            },
        };
        Entry {
            field,
            kind,
            place,
            locked: host.locked.contains(&field),
            preset,
        }
    }

    /// The form's entry of a field.
    pub fn entry_of(&self, field: Field) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.field == field)
    }

    /// The same form with every field free, for the host's own script.
    #[must_use]
    pub fn unlocked(&self) -> Form {
        let mut form = self.clone();
        for entry in &mut form.entries {
            entry.locked = false;
            entry.place = Place::Main;
        }
        form
    }

    /// Checks a draft. Hidden and locked fields keep the host's preset, whatever
    /// the draft says. Errors: every field that has to be changed.
    pub fn check(&self, draft: &Draft) -> Result<GenerationRequest, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut values = Draft::default();
        for entry in &self.entries {
            let typed = draft.value(entry.field).filter(|_| entry.is_free());
            let value = typed.unwrap_or(&entry.preset).trim();
            match check_value(entry, value) {
                None if value.is_empty() => {}
                None => values.set(entry.field, value),
                Some(problem) => problems.push(FieldProblem {
                    field: entry.field,
                    problem,
                }),
            }
        }
        if problems.is_empty() {
            Ok(GenerationRequest {
                values,
                body: draft.body.clone(),
                rewritten: None,
            })
        } else {
            Err(problems)
        }
    }
}

fn check_value(entry: &Entry, value: &str) -> Option<Problem> {
    if value.is_empty() {
        return (entry.field == Field::Prompt).then_some(Problem::Missing);
    }
    match &entry.kind {
        Kind::Text { longest } => {
            let length = value.chars().count();
            let over = length.saturating_sub(*longest);
            (over > 0).then_some(Problem::TooLong {
                longest: *longest,
                over,
            })
        }
        Kind::Count { min, max } => match small_number(value) {
            Some(count) if (*min..=*max).contains(&count) => None,
            _ => Some(Problem::NotInRange {
                min: *min,
                max: *max,
            }),
        },
        // A host's preset is believed even where the list does not name it.
        Kind::Choice { values, open } => {
            let known =
                *open || value == entry.preset || values.iter().any(|choice| choice.value == value);
            (!known).then_some(Problem::NotAChoice)
        }
        Kind::Switch => (!matches!(value, "true" | "false")).then_some(Problem::NotAChoice),
    }
}

/// What is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// Where.
    pub field: Field,
    /// What.
    pub problem: Problem,
}

/// What can be wrong with a field's value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Nothing is there, and something must be.
    Missing,
    /// More text than the service takes.
    TooLong {
        /// The limit, in characters.
        longest: usize,
        /// By how many characters it is exceeded.
        over: usize,
    },
    /// Not a whole number within the bounds.
    NotInRange {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// No value that the service knows.
    NotAChoice,
    /// What the service itself said about it, fit to show.
    Said(String),
}

/// What has been typed or set, unchecked: one text a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    values: Vec<(Field, String)>,
    /// The host's property `body`: members laid over the request's body.
    pub body: Option<Json>,
}

impl Draft {
    /// The text in a field, if anything was put there.
    pub fn value(&self, field: Field) -> Option<&str> {
        self.values
            .iter()
            .find_map(|(of, value)| (*of == field).then_some(value.as_str()))
    }

    /// Puts a text into a field, in place of what was there.
    pub fn set(&mut self, field: Field, value: &str) {
        self.values.retain(|(of, _)| *of != field);
        self.values.push((field, value.into()));
    }

    /// [`set`](Draft::set), as a builder.
    #[must_use]
    pub fn with(mut self, field: Field, value: &str) -> Draft {
        self.set(field, value);
        self
    }

    /// All fields that have something in them.
    pub fn values(&self) -> impl Iterator<Item = (Field, &str)> {
        self.values
            .iter()
            .map(|(field, value)| (*field, value.as_str()))
    }
}

/// A draft that passed [`Form::check`]: every value is one its provider takes.
#[derive(Clone, Debug, PartialEq)]
pub struct GenerationRequest {
    values: Draft,
    body: Option<Json>,
    rewritten: Option<Json>,
}

impl GenerationRequest {
    /// The topic.
    pub fn prompt(&self) -> &str {
        self.text(Field::Prompt).unwrap_or("")
    }

    /// A field's value, where one was chosen.
    pub fn text(&self, field: Field) -> Option<&str> {
        self.values.value(field)
    }

    /// A count.
    pub fn count(&self, field: Field) -> Option<u32> {
        small_number(self.text(field)?)
    }

    /// A switch.
    pub fn switch(&self, field: Field) -> Option<bool> {
        Some(self.text(field)? == "true")
    }

    /// Members that the host lays over the body.
    pub fn body(&self) -> Option<&Json> {
        self.body.as_ref()
    }

    /// Lays the host's members over those that are there. A `null` removes a
    /// member of the body ([`Json::merge`]).
    #[must_use]
    pub fn with_body(mut self, over: Option<Json>) -> GenerationRequest {
        if let Some(over) = over {
            self.body
                .get_or_insert_with(Json::map)
                .merge_keeping_nulls(&over);
        }
        self
    }

    /// Lets a whole body of the host's own take the provider's place.
    #[must_use]
    pub fn rewritten(mut self, body: Json) -> GenerationRequest {
        self.rewritten = Some(body);
        self
    }

    /// What is sent where a provider's dialect would send `body`: the host has
    /// the last word.
    pub fn finish(&self, mut body: Json) -> Json {
        if let Some(rewritten) = &self.rewritten {
            return rewritten.clone();
        }
        if let Some(over) = &self.body {
            body.merge(over);
        }
        body
    }

    /// The same as a draft, to be changed.
    pub fn to_draft(&self) -> Draft {
        Draft {
            body: self.body.clone(),
            ..self.values.clone()
        }
    }
}
