//! Rules on several payloads and on what encloses them.

pub mod not_an_event;
