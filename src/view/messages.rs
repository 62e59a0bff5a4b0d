//! Every text of ours that a visitor can see or hear, in one place.
//!
//! A host changes any of them by the key, with the property `messages` or the
//! attribute of that name. Words in braces are filled in.

/// A text of the catalogue, by its place in it.
#[derive(Clone, Copy, Debug)]
pub struct Message(usize);

// One text for all, a line each: a table of pointers costs more than the search.
macro_rules! catalogue {
    ($($name:ident $key:literal $english:literal)*) => {
        const CATALOGUE: &str = concat!($($key, "\t", $english, "\n"),*);
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Place { $($name),* }
        $(
            // A choice is found by its key alone.
            #[allow(dead_code)]
            pub(super) const $name: Message = Message(Place::$name as usize);
        )*
    };
}

catalogue! {
    // The form.
    PROMPT "prompt" "What should the deck be about?"
    PROMPT_HINT "promptHint" "A topic, a few points, or a whole text to work from."
    OUTLINE "outline" "Outline"
    OUTLINE_HINT "outlineHint" "Begin each slide with a line like “# Title”. Points begin with “-”, the cells of a table stand between “|”."
    OUTLINE_COUNT "outlineCount" "Slides in the outline: {count}"
    FILES "files" "Files to work from"
    FILES_HINT "filesHint" "Choose, drop or paste up to {most} files of at most {size}: {endings}."
    UPLOADING "uploading" "Sending: {percent} %"
    REMOVE "remove" "Remove"
    REMOVE_FILE "removeFile" "Remove {name}"
    OUTPUT_TYPE "outputType" "What to make"
    VARIANT_COUNT "variantCount" "Versions"
    SECTIONS "sections" "Sections"
    NARRATIVE_TYPE "narrativeType" "Kind of story"
    REWRITE_STYLE "rewriteStyle" "Rewriting"
    NON_INTERACTIVE "nonInteractive" "Don't ask me anything in between"
    KNOWLEDGE_BASE "knowledgeBase" "Use the account's own knowledge"
    SLIDE_COUNT "slideCount" "Slides"
    FORMAT "format" "File format"
    LANGUAGE "language" "Language"
    TONE "tone" "Tone"
    TEMPLATE "template" "Template"
    DECK_THEME "deckTheme" "Theme"
    SMART_DESIGN "smartDesign" "Design"
    VERBOSITY "verbosity" "Amount of text"
    CONTENT_GENERATION "contentGeneration" "Your text"
    IMAGE_TYPE "imageType" "Pictures"
    INSTRUCTIONS "instructions" "Further wishes"
    WEB_SEARCH "webSearch" "Search the web for facts"
    TABLE_OF_CONTENTS "tableOfContents" "Add a table of contents"
    TITLE_SLIDE "titleSlide" "Add a title slide"
    MARKDOWN_EMPHASIS "markdownEmphasis" "Emphasise important words"
    MORE_OPTIONS "moreOptions" "More options"
    AUTOMATIC "automatic" "Automatic"
    SUBMIT "submit" "Generate"
    SUBMITTING "submitting" "One moment…"
    COST_NOTE "costNote" ""
    CHARACTERS_LEFT "charactersLeft" "{count} characters left"
    LOADING "loading" "Loading…"

    // Choices, by value.
    CHOICE_DEFAULT "choice.default" "Standard"
    CHOICE_CASUAL "choice.casual" "Casual"
    CHOICE_PROFESSIONAL "choice.professional" "Professional"
    CHOICE_FUNNY "choice.funny" "Funny"
    CHOICE_EDUCATIONAL "choice.educational" "Educational"
    CHOICE_SALES_PITCH "choice.sales_pitch" "Sales pitch"
    CHOICE_CONCISE "choice.concise" "Concise"
    CHOICE_STANDARD "choice.standard" "Standard"
    CHOICE_TEXT_HEAVY "choice.text-heavy" "Detailed"
    CHOICE_PRESERVE "choice.preserve" "Keep as it is"
    CHOICE_ENHANCE "choice.enhance" "Enrich"
    CHOICE_CONDENSE "choice.condense" "Shorten"
    CHOICE_STOCK "choice.stock" "Photographs"
    CHOICE_AI_GENERATED "choice.ai-generated" "Generated"
    CHOICE_GENERAL "choice.general" "General"
    CHOICE_MODERN "choice.modern" "Modern"
    CHOICE_SWIFT "choice.swift" "Swift"
    CHOICE_SINGLE "choice.single_slide" "One slide"
    CHOICE_DECK "choice.deck" "A deck"
    CHOICE_PPTX "choice.pptx" "PowerPoint"
    CHOICE_PDF "choice.pdf" "PDF"
    CHOICE_PNG "choice.png" "PNG"

    // What is wrong with a field.
    MISSING "problem.missing" "Please describe what the deck should be about."
    TOO_LONG "problem.tooLong" "This is {over} characters too long. At most {longest} fit."
    NOT_IN_RANGE "problem.notInRange" "Please choose a whole number from {min} to {max}."
    SLIDES_NOT_IN_RANGE "problem.slidesNotInRange" "The outline must have from {min} to {max} slides."
    NOT_A_CHOICE "problem.notAChoice" "Please choose one of the values offered."
    FILE_TYPE "problem.fileType" "The service does not take files like “{name}”."
    FILE_TOO_LARGE "problem.fileTooLarge" "“{name}” is too large. A file may have at most {size}."
    TOO_MANY_FILES "problem.tooManyFiles" "At most {most} files can be sent."
    CHOOSE_AGAIN "problem.chooseAgain" "The page was loaded anew, and browsers forget files then. Please choose again: {names}"
    NOT_UPLOADED "problem.notUploaded" "“{name}” could not be sent. Please try again, or remove it."
    NO_PLACE_FOR_FILE "problem.noPlaceForFile" "This page does not allow “{name}” to be sent where the service wants it. Please remove it, and tell the page's owner."
    SLIDE_PROBLEM "problem.slide" "Slide {number}: {said}"
    CHECK_FIELDS "problem.checkFields" "Something needs to be changed first."
    HIDDEN_FIELD "problem.hiddenField" "This page asks for something the service cannot do. Please tell its owner."

    // Why a request was not taken.
    REFUSED "refused" "The service didn't accept this request. Nothing was started."
    REFUSED_SIGNED_OUT "refused.signedOut" "The service didn't accept this page's sign-in. Please sign in again, or tell the page's owner. Nothing was started."
    REFUSED_NOT_ALLOWED "refused.notAllowed" "You are not allowed to make decks here. Nothing was started."
    REFUSED_ACCOUNT "refused.account" "The account behind this page can't make another deck right now. Nothing was started."
    REFUSED_NOT_FOUND "refused.notFound" "The service isn't where this page expects it. Please tell the page's owner. Nothing was started."
    REFUSED_TOO_LARGE "refused.tooLarge" "This is more than the service takes at once. Please shorten it."
    REFUSED_TOO_MANY "refused.tooMany" "There are too many requests at the moment. Please wait a little and try again. Nothing was started."
    REFUSED_IDEMPOTENCY "refused.idempotency_conflict" "The service has had another request under the same mark, and took neither for this one. Please press the button again. Nothing was started."
    REFUSED_AMBIGUOUS "refused.ambiguous_template_name" "Several templates have this name. Please give the whole name, or none. Nothing was started."
    REFUSED_TEMPLATE "refused.template_not_found" "The service doesn't know this template. Please choose another, or none. Nothing was started."
    REFUSED_CREDITS "refused.insufficient_credits" "The account behind this page has no credits left. Nothing was started."
    REFUSED_SENT_ELSEWHERE "refused.sent-elsewhere" "The same request was sent from another tab, or another part of this page. Please look there."
    REFUSED_BY_PAGE "refused.byPage" "This page could not prepare the request. Nothing was sent. Please try again."

    // Earlier visits.
    EARLIER "earlier" "Made here before"
    EARLIER_READY "earlier.ready" "Open the deck of {time}"
    EARLIER_OPEN "earlier.open" "Check on the deck of {time}"
    FORGET "forget" "Remove from this device"
    RESUMING "resuming" "Looking for your deck…"
    UNSAVED "unsaved" "Please keep this page open: this browser doesn't let us remember your deck."

    // On its way, and at work.
    SENDING "sending" "Sending your request…"
    SENDING_AGAIN "sendingAgain" "There was no answer. We'll send your request again; the service makes one deck of it, however often it is sent."
    STOPPING "stopping" "We'll stop as soon as the request has arrived."
    QUEUED "queued" "Waiting for the service to begin"
    WORKING "working" "Making your deck"
    WAIT_HINT "waitHint" "This can take some minutes."
    PHASE_STORYLINE "phase.storyline" "Planning the story"
    PHASE_SLIDES "phase.slides" "Making the slides"
    SLIDES_DONE "slidesDone" "{done} of {total} slides"
    PERCENT "percent" "{percent} %"
    ELAPSED "elapsed" "Time so far"
    STOP "stop" "Stop checking"

    // Questions.
    QUESTION "question" "A question before we go on"
    QUESTION_UNSAID "question.unsaid" "The service needs more information, but didn't say which. Tell it more about what you want."
    SEND "send" "Send answer"
    ANSWER_NOT_TAKEN "answer.notTaken" "Your answer wasn't taken. Please try again, or put it differently."
    ANSWER_NO_REPLY "answer.noReply" "We couldn't tell whether your answer arrived. We're looking; if the question stays, please send it again."
    ANSWERED_ELSEWHERE "answer.elsewhere" "(answered elsewhere)"

    // Connection trouble.
    OFFLINE "notice.offline" "You appear to be offline. We'll go on as soon as you are back."
    UNREACHABLE "notice.unreachable" "We can't reach the service just now. We'll keep checking."
    SLOW_DOWN "notice.slowDown" "The service is busy. We'll check less often."
    SIGNED_OUT "notice.signedOut" "The service doesn't recognise this page's sign-in any more. Your deck may still be in progress. We'll keep checking."
    UNREADABLE "notice.unreadable" "Something else answered in place of the service. We'll keep checking."

    // Uncertain.
    UNCERTAIN "uncertain" "We couldn't tell whether your request arrived"
    UNCERTAIN_TEXT "uncertain.text" "It may already be in progress. Sending it again could make a second deck."
    UNCERTAIN_SIGNED_OUT "uncertain.signedOut" "Or you may not be signed in."
    UNCERTAIN_HARMLESS "uncertain.harmless" "Sending it again is safe: the service makes one deck of it, however often it is sent."
    UNCERTAIN_INTERRUPTED "uncertain.interrupted" "The page was left before an answer came."
    UNCERTAIN_NOT_HERE "uncertain.notHere" "What you asked for isn't known here any more."
    SEND_AGAIN "sendAgain" "Send again"
    BACK "back" "Back"
    CANCEL "cancel" "Cancel"

    // Done.
    DONE "done" "Your deck is ready"
    DONE_NO_LINK "done.noLink" "The service made the deck but gave no link to it. You will find it in your account with the service, or ask the owner of this page."
    DONE_PARTIAL "done.partial" "Your deck is ready, but not complete"
    DONE_PARTIAL_TEXT "done.partialText" "Some slides could not be made. The file holds the others."
    SLIDE_FAILED "slideFailed" "Slide {number} is missing"
    DOWNLOAD "download" "Download {format}"
    DOWNLOAD_VARIANT "download.variant" "Version {variant}: download {format}"
    DOWNLOAD_PLAIN "download.plain" "Download"
    OPEN_EDIT "open.edit" "Open in the editor"
    OPEN_VIEW "open.view" "View the deck"
    NEW_TAB "newTab" "(opens in a new tab)"
    OPEN_PRIVATE "open.private" "You may have to sign in to the service to see it."
    LIFE "life" "Can be downloaded for another {minutes} min"
    LIFE_OVER "life.over" "This link is too old to use."
    LIFE_FINAL "life.final" "The link's time is over, and the service gives no other. Please make the deck again."
    REFRESH "refresh" "Get a fresh link"
    EXPORT "export" "Also as {format}"
    EXPORT_FAILED "export.failed" "We couldn't get the deck in this format. It may have been made all the same; please try again in a moment."
    SAVING "saving" "Downloading: {percent} %"
    SAVING_UNKNOWN "saving.unknown" "Downloading…"
    SAVE_FAILED "save.failed" "The file could not be downloaded. Please try again."
    SAVE_HINT "save.hint" "If nothing is saved, open this page in your own browser: those inside other apps often cannot save files."
    REFRESH_FAILED "done.refreshFailed" "We couldn't get fresh links just now. Please try again in a moment."
    AGAIN "again" "Make another deck"
    SIZE_KB "size.kb" "{size} KB"
    SIZE_MB "size.mb" "{size} MB"

    // Failed.
    FAILED "failed" "Your deck could not be made"
    FAILED_TASK "failed.task" "The service ran into a problem. Trying again makes a new request; often that helps."
    FAILED_UNKNOWN "failed.jobUnknown" "The service doesn't know this deck any more. It may have been restarted, or the deck removed."
    FAILED_REFUSED "failed.statusRefused" "The service won't tell us how your deck is doing."
    FAILED_UNREADABLE "failed.unreadable" "Something answers that is not the service we expected. Your deck may still be made."
    LOST_SIGHT "failed.lostSight" "We lost sight of your deck"
    RETRY "retry" "Try again"
    CHANGE "change" "Change the request"
    CHECK_AGAIN "checkAgain" "Check again"
    DETAILS "details" "Details"

    // Stopped and overdue.
    STOPPED "stopped" "We've stopped checking"
    STOPPED_TEXT "stopped.text" "Your deck may still be made."
    WATCH_AGAIN "watchAgain" "Check again"
    OVERDUE "overdue" "This is taking longer than usual"
    OVERDUE_TEXT "overdue.text" "Your deck may still be made. We've stopped checking for now."
    KEEP_WAITING "keepWaiting" "Keep waiting"
    START_OVER "startOver" "Start another deck"

    // The page is not set up.
    NOT_SET_UP "notSetUp" "This form isn't set up yet"
    NOT_SET_UP_TEXT "notSetUp.text" "Nothing can be generated here until the page's owner completes it. Details are in the browser's console."
}

/// All keys and texts, for reference tables and checks.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    CATALOGUE
        .split('\n')
        .filter_map(|line| line.split_once('\t'))
}

/// The text of a key.
pub(super) fn of_key(key: &str) -> Option<&'static str> {
    all().find_map(|(known, english)| (known == key).then_some(english))
}

/// The text of a key, as a message.
pub(super) fn named(key: &str) -> Option<Message> {
    all().position(|(known, _)| known == key).map(Message)
}

impl Message {
    /// The key, by which hosts replace it, and the text.
    #[inline(never)]
    pub(super) fn parts(self) -> (&'static str, &'static str) {
        all().nth(self.0).unwrap_or_default()
    }
}

/// A text with `{name}` filled in.
pub(super) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut pieces = text.split('{');
    let mut out = pieces.next().unwrap_or_default().to_string();
    for piece in pieces {
        let (name, rest) = piece.split_once('}').unwrap_or(("", piece));
        let value = values.iter().find(|(known, _)| *known == name);
        out.push_str(value.map_or(name, |(_, value)| value));
        out.push_str(rest);
    }
    out
}
