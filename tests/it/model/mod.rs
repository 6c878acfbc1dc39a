//! The bundled table and what is published of it.

mod schemas;
