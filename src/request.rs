//! What a visitor asks for, its limits, and its validation.
//!
//! Three shapes, in the order in which a request comes about: a [`Form`] is what
//! a page offers (the provider's [`Offer`]s, narrowed by the host), a [`Draft`]
//! is what has been typed into it, unchecked, and a [`GenerationRequest`] is a
//! draft that passed. Only the last can become an HTTP request.

use crate::json::Json;
use crate::text::{digits, small_number, split_last};

// One definition: variants, their order in a form, and their names.
macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $name:literal)*) => {
        /// Something a visitor, or the host page, can say about a deck.
        ///
        /// No provider takes all of them; each says which it does
        /// ([`Provider::offers`](crate::provider::Provider::offers)).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Field {
            $($(#[$doc])* $variant,)*
        }

        impl Field {
            /// All fields, in the order in which a form shows them.
            pub const ALL: &[Field] = &[$(Field::$variant,)*];

            /// The attribute of `<slide-wright>` that presets the field; in
            /// scripts the same name in camel case.
            pub const fn name(self) -> &'static str {
                match self {
                    $(Field::$variant => $name,)*
                }
            }
        }
    };
}

fields! {
    /// What the deck is about.
    Prompt "prompt"
    /// The deck's slides in Markdown: a heading begins one.
    Outline "outline"
    /// One slide or a whole deck.
    OutputType "output-type"
    /// How many versions of one slide.
    VariantCount "variant-count"
    /// How many slides.
    SlideCount "slide-count"
    /// Files to work from.
    Files "files"
    /// The kind of file.
    Format "format"
    /// The deck's language, as a BCP 47 tag.
    Language "language"
    /// How it speaks.
    Tone "tone"
    /// The design it is made in.
    Template "template"
    /// Which of a template's sections it has.
    Sections "sections"
    /// Colours and fonts, where they are apart from the template.
    DeckTheme "deck-theme"
    /// A design of the service that lays out each slide anew.
    SmartDesign "smart-design"
    /// How much text there is on a slide.
    Verbosity "verbosity"
    /// What becomes of text that the visitor brought along.
    ContentGeneration "content-generation"
    /// What kind of story it tells.
    NarrativeType "narrative-type"
    /// How freely the service rewrites the visitor's words.
    RewriteStyle "rewrite-style"
    /// Where pictures come from.
    ImageType "image-type"
    /// Further wishes, beside the topic.
    Instructions "instructions"
    /// Whether the service may look things up.
    WebSearch "web-search"
    /// Whether the service may use what its account has stored.
    KnowledgeBase "knowledge-base"
    /// Whether there is a table of contents.
    TableOfContents "table-of-contents"
    /// Whether there is a title slide.
    TitleSlide "title-slide"
    /// Whether important words are emphasised.
    MarkdownEmphasis "markdown-emphasis"
    /// Whether the service decides by itself what it would otherwise ask.
    NonInteractive "non-interactive"
    /// Which of a template's slides each kind of slide of the outline becomes:
    /// `title=id text=id table=id`. The host's business.
    TemplateSlides "template-slides"
}

impl Field {
    /// Whether it is a switch wherever it is offered, so that its attribute needs
    /// no value.
    pub fn is_switch(self) -> bool {
        matches!(
            self,
            Field::NonInteractive
                | Field::WebSearch
                | Field::KnowledgeBase
                | Field::TableOfContents
                | Field::TitleSlide
                | Field::MarkdownEmphasis
        )
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
        let named = |field: &&Field| field.name() == kebab;
        Field::ALL.iter().find(named).copied()
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
    /// Any number of several values, separated by spaces.
    Several {
        /// What can be chosen.
        values: Vec<Choice>,
    },
    /// `true` or `false`.
    Switch,
    /// Files, which no text can stand for.
    Files(FileRules),
}

/// What a service takes of files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileRules {
    /// The endings of their names, in lower case, separated by spaces. (Media
    /// types depend on what is installed on the visitor's machine.)
    pub endings: String,
    /// How many.
    pub most: usize,
    /// The largest, in bytes.
    pub largest: u64,
    /// Whether files alone are enough to work from, without a prompt.
    pub enough: bool,
}

impl FileRules {
    /// What is wrong with a file.
    pub fn problem(&self, file: &FileRef) -> Option<Problem> {
        let ending = split_last(&file.name, b'.').map_or("", |(_, ending)| ending);
        let mut endings = self.endings.split(' ');
        if !endings.any(|known| known.eq_ignore_ascii_case(ending)) {
            return Some(Problem::FileType(file.name.clone()));
        }
        (file.size > self.largest).then(|| Problem::FileTooLarge {
            name: file.name.clone(),
            largest: self.largest,
        })
    }
}

/// A file of the visitor's, by a handle: the core never sees what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileRef {
    /// Tells files apart.
    pub handle: u32,
    /// Its name.
    pub name: String,
    /// Its media type, as the browser has it; may be empty.
    pub media_type: String,
    /// In bytes.
    pub size: u64,
}

/// One value of a [`Kind::Choice`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the service is told.
    pub value: String,
    /// What the visitor reads; empty where the catalogue has a text for it.
    pub label: String,
    /// Address of a picture of it, where the host or the service gave one.
    pub thumbnail: String,
    /// The template that it belongs to, where it does.
    pub of: String,
    /// For a template: its slides, as [`Field::TemplateSlides`] has them.
    pub slides: String,
}

impl Choice {
    /// Whether it can be had with a template.
    pub fn is_of(&self, template: &str) -> bool {
        self.of.is_empty() || self.of == template
    }

    /// Whether it is called by its bare value.
    pub fn is_nameless(&self) -> bool {
        self.label == self.value
    }

    /// Gives it the name that the service has for its value, if it has none.
    fn take_name(&mut self, known: &[Choice]) {
        let same = known.iter().find(|choice| choice.value == self.value);
        if let Some(known) = same.filter(|_| self.is_nameless()) {
            self.label.clone_from(&known.label);
            if self.thumbnail.is_empty() {
                self.thumbnail.clone_from(&known.thumbnail);
            }
        }
    }

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
    pub preset: String,
    /// Whether something must be in it.
    pub required: bool,
    /// Only while these fields have these values; empty means nothing, `*`
    /// anything. Otherwise it is neither shown nor sent.
    pub when: Vec<(Field, String)>,
}

impl Offer {
    /// A field that is always there and may be empty.
    pub fn new(field: Field, kind: Kind, place: Place, preset: &str) -> Offer {
        Offer {
            field,
            kind,
            place,
            preset: preset.into(),
            required: field == Field::Prompt,
            when: Vec::new(),
        }
    }
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
    /// Whether something must be in it.
    pub required: bool,
    /// See [`Offer::when`].
    pub when: Vec<(Field, String)>,
}

impl Entry {
    /// Where the host names the slides of each template, and none for all, one
    /// has to be chosen: without it nobody knows what an outline becomes.
    fn want_slides(&mut self) {
        if let Kind::Choice { values, .. } = &self.kind
            && let Some(first) = values.iter().find(|choice| !choice.slides.is_empty())
        {
            self.required = true;
            if self.preset.is_empty() {
                self.preset = first.value.clone();
            }
        }
    }

    /// Whether the visitor decides about it.
    pub fn is_free(&self) -> bool {
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
        for field in order.iter().chain(Field::ALL) {
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
            required,
            when,
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
                *max = within(host.max_slide_count.unwrap_or(*max), lowest, *max);
                *min = within(host.min_slide_count.unwrap_or(lowest), lowest, *max);
            }
            Kind::Choice { values, .. } | Kind::Several { values } => {
                if let Some((_, choices)) = host.choices.iter().find(|(of, _)| *of == field) {
                    let known = std::mem::replace(values, choices.clone());
                    for choice in values {
                        choice.take_name(&known);
                    }
                }
            }
            _ => {}
        }
        let preset = match host.presets.iter().find(|(of, _)| *of == field) {
            Some((_, preset)) => preset.clone(),
            None => match &kind {
                // The usual count, moved into the host's bounds.
                Kind::Count { min, max } => match small_number(&preset) {
                    Some(count) => digits(within(count, *min, *max)),
                    None => preset,
                },
                _ => preset,
            },
        };
        let mut entry = Entry {
            field,
            kind,
            place,
            locked: host.locked.contains(&field),
            preset,
            required,
            when,
        };
        let usual = Field::TemplateSlides;
        if !host.presets.iter().any(|(of, _)| *of == usual) {
            entry.want_slides();
        }
        entry
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
            // What is hidden may come by the host's body instead.
            entry.required &= entry.place != Place::Hidden || entry.field == Field::Prompt;
            entry.place = Place::Main;
        }
        form
    }

    /// What stands in a field: what was typed, where the visitor decides about
    /// it, and the host's preset otherwise.
    pub fn value<'a>(&'a self, draft: &'a Draft, field: Field) -> &'a str {
        let Some(entry) = self.entry_of(field) else {
            return "";
        };
        let typed = draft.value(field).filter(|_| entry.is_free());
        typed.unwrap_or(&entry.preset).trim()
    }

    /// Whether a field means something beside what else is chosen.
    pub fn applies(&self, entry: &Entry, draft: &Draft) -> bool {
        entry.when.iter().all(|(field, wanted)| {
            let value = self.value(draft, *field);
            if wanted == "*" {
                !value.is_empty()
            } else {
                value == wanted
            }
        })
    }

    /// Checks a draft. Hidden and locked fields keep the host's preset, whatever
    /// the draft says; those that do not apply are left out. Errors: every field
    /// that has to be changed.
    pub fn check(&self, draft: &Draft) -> Result<GenerationRequest, Vec<FieldProblem>> {
        let mut problems = Vec::new();
        let mut values = Draft::default();
        for entry in &self.entries {
            if !self.applies(entry, draft) {
                continue;
            }
            let mut value = self.value(draft, entry.field);
            let here;
            if let Kind::Several { values: choices } = &entry.kind {
                here = self.of_this_template(choices, draft, value);
                value = &here;
            }
            let problem = match &entry.kind {
                Kind::Files(rules) if entry.is_free() => {
                    values.files.clone_from(&draft.files);
                    check_files(rules, &draft.files)
                }
                _ if value.is_empty() => self.lacks(entry, draft).then_some(Problem::Missing),
                _ => check_value(entry, value),
            };
            match problem {
                Some(problem) => problems.push(FieldProblem {
                    field: entry.field,
                    problem,
                }),
                None if value.is_empty() => {}
                None => values.set(entry.field, value),
            }
        }
        if problems.is_empty() {
            self.take_slides_of_template(&mut values);
            values.body.clone_from(&draft.body);
            Ok(GenerationRequest {
                values,
                rewritten: None,
                uploaded: Vec::new(),
            })
        } else {
            Err(problems)
        }
    }

    /// What was ticked, without what belongs to a template that is not chosen:
    /// that stays in the draft, for when it is.
    fn of_this_template(&self, choices: &[Choice], draft: &Draft, ticked: &str) -> String {
        let template = self.value(draft, Field::Template);
        let words = ticked.split_whitespace().filter(|word| {
            let mut known = choices
                .iter()
                .filter(|choice| choice.value == *word)
                .peekable();
            known.peek().is_none() || known.any(|choice| choice.is_of(template))
        });
        words.collect::<Vec<_>>().join(" ")
    }

    /// Whether an empty field has to be filled. The prompt need not be where
    /// there is something else to work from.
    fn lacks(&self, entry: &Entry, draft: &Draft) -> bool {
        if !entry.required {
            return false;
        }
        if entry.field == Field::Prompt {
            let files = self.entry_of(Field::Files).map(|entry| &entry.kind);
            let files_enough = matches!(files, Some(Kind::Files(rules)) if rules.enough);
            let files_serve = files_enough && !draft.files.is_empty();
            return !files_serve && self.value(draft, Field::Outline).is_empty();
        }
        // A host that hides the field brings its own in `body`.
        entry.place != Place::Hidden && draft.body.is_none()
    }

    /// Where the host said which slides the chosen template has, these count.
    fn take_slides_of_template(&self, values: &mut Draft) {
        let entry = self.entry_of(Field::Template);
        let (
            Some(Kind::Choice {
                values: choices, ..
            }),
            Some(chosen),
        ) = (
            entry.map(|entry| &entry.kind),
            values.value(Field::Template),
        )
        else {
            return;
        };
        let slides = choices
            .iter()
            .find(|choice| choice.value == chosen && !choice.slides.is_empty())
            .map(|choice| choice.slides.clone());
        if let Some(slides) = slides {
            values.set(Field::TemplateSlides, &slides);
        }
    }
}

/// Not `clamp`, which panics where the bounds contradict each other.
fn within(count: u32, min: u32, max: u32) -> u32 {
    count.max(min).min(max)
}

fn check_files(rules: &FileRules, files: &[FileRef]) -> Option<Problem> {
    if files.len() > rules.most {
        return Some(Problem::TooManyFiles(rules.most));
    }
    files.iter().find_map(|file| rules.problem(file))
}

fn check_value(entry: &Entry, value: &str) -> Option<Problem> {
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
        // What a list offers may not have been fetched yet; the service decides.
        Kind::Several { .. } | Kind::Files(_) => None,
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
    /// An outline of fewer or more slides than the service makes.
    SlidesNotInRange {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
    },
    /// No value that the service knows.
    NotAChoice,
    /// A file of a kind that the service does not take; its name.
    FileType(String),
    /// A file that is too large.
    FileTooLarge {
        /// Its name.
        name: String,
        /// The limit, in bytes.
        largest: u64,
    },
    /// More files than the service takes; how many it takes.
    TooManyFiles(usize),
    /// Files that were chosen before the page was loaded anew; their names.
    ChooseAgain(String),
    /// A file that did not arrive; its name.
    NotUploaded(String),
    /// A file that the page's settings allow nowhere to go; its name.
    NoPlaceForFile(String),
    /// What the service itself said about it, fit to show.
    Said(String),
    /// What it said about one slide of the outline, counted from 1.
    SaidOfSlide(u32, String),
}

/// What has been typed or set, unchecked: one text a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    values: Vec<(Field, String)>,
    /// The files to work from.
    pub files: Vec<FileRef>,
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

    /// Whether nothing has been put anywhere.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.files.is_empty()
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
}

/// A draft that passed [`Form::check`]: every value is one its provider takes.
#[derive(Clone, Debug, PartialEq)]
pub struct GenerationRequest {
    values: Draft,
    rewritten: Option<Json>,
    uploaded: Vec<Json>,
}

impl GenerationRequest {
    /// The topic.
    pub fn prompt(&self) -> &str {
        self.text(Field::Prompt).unwrap_or("")
    }

    /// The topic with the outline under it, for services that know only one text.
    pub fn whole_prompt(&self) -> String {
        match (self.prompt(), self.text(Field::Outline)) {
            (prompt, None) => prompt.into(),
            ("", Some(outline)) => outline.into(),
            (prompt, Some(outline)) => [prompt, "\n\n", outline].concat(),
        }
    }

    /// The files to work from.
    pub fn files(&self) -> &[FileRef] {
        &self.values.files
    }

    /// Leaves a file out, after all.
    pub fn leave_out(&mut self, handle: u32) {
        self.values.files.retain(|file| file.handle != handle);
    }

    /// Leaves out all files that another request has not.
    pub fn keep_files_of(&mut self, other: &GenerationRequest) {
        self.values
            .files
            .retain(|file| other.values.files.contains(file));
    }

    /// What the service calls the files, once they are with it.
    pub fn uploaded(&self) -> &[Json] {
        &self.uploaded
    }

    /// Notes what the service calls the files.
    pub fn note_uploaded(&mut self, uploaded: Vec<Json>) {
        self.uploaded = uploaded;
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
        self.values.body.as_ref()
    }

    /// Lays the host's members over those that are there. A `null` removes a
    /// member of the body ([`Json::merge`]).
    #[must_use]
    pub fn with_body(mut self, over: Option<Json>) -> GenerationRequest {
        if let Some(over) = over {
            self.values
                .body
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
    /// the last word. `files` points at the member for files: the host has not
    /// seen what they are called, since they went only after its consent.
    pub fn finish(&self, mut body: Json, files: &str) -> Json {
        if let Some(rewritten) = &self.rewritten {
            let mut rewritten = rewritten.clone();
            if !self.uploaded.is_empty() && rewritten.pointer(files).is_none() {
                rewritten.put_at(files, Json::List(self.uploaded.clone()));
            }
            return rewritten;
        }
        if let Some(over) = self.body() {
            body.merge(over);
        }
        body
    }

    /// The same as a draft, to be changed.
    pub fn to_draft(&self) -> Draft {
        self.values.clone()
    }
}
