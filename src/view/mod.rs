//! What a visitor sees: one state a file, over the elements of `dom` and the
//! texts of `messages`.

#[cfg(feature = "leptos")]
mod component;
mod dom;
mod failed;
mod form;
pub mod messages;
mod notice;
mod paused;
mod progress;
mod refusal;
mod result;
mod slotted;
mod style;
mod uncertain;
mod widget;

#[cfg(feature = "leptos")]
pub use self::component::Slidewright;
pub use self::widget::Widget;
