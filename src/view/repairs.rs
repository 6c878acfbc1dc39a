//! Repairs of members: another name, or none of it.
//!
//! Owns their edits and what they are called. Must not know why one is made.

use crate::diagnostic::{Applicability, Edit, Fix};
use crate::json::{self, Member, Node};
use crate::text::words::{Kind, ours, quoted, words};

/// Gives a member the name that it should have.
pub(crate) fn renaming(applicability: Applicability, name: Node<'_>, right: &str) -> Fix {
    let message = words!("rename it to `{}`", ours(right));
    Fix::new(applicability, message, [rename(name, right)])
}

/// The edit that writes a name of the model or the program.
pub(crate) fn rename(name: Node<'_>, right: &str) -> Edit {
    Edit::replace(name.span(), json::string_token(right))
}

/// Takes a member out. `shown` says that its name identifies nobody.
pub(crate) fn removing(member: Member<'_>, shown: bool) -> Fix {
    let name = member.name_text();
    let name = quoted(&name).kind(Kind::Name).shown_if(shown);
    let edit = Edit::delete(member.removal());
    Fix::not_safe(words!("remove {}", name), [edit])
}
