//! What a visitor sees: one state a file, over the elements of `dom` and the
//! texts of `messages`.

#[cfg(feature = "leptos")]
mod component;
mod dom;
mod earlier;
mod failed;
mod files;
mod form;
pub mod messages;
mod notice;
mod paused;
mod progress;
mod question;
mod refusal;
mod result;
mod slides;
mod slotted;
mod style;
mod uncertain;
mod widget;

#[cfg(feature = "leptos")]
pub use self::component::{Handle, Slidewright};
pub use self::widget::Widget;
