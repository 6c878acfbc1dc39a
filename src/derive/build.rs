//! Pages and the pages they link to, put together as one model.
//!
//! Resolves type names to enumerations and structured types: by the linked page, by the values a
//! row lists, or not at all, and then says so. Reads no Markdown itself.

use std::collections::HashMap;

use serde_json::Value;

use super::names::{self, Vocabulary};
use super::outcome::{DeriveError, Derived, Options, Unresolved, Warning};
use super::page::{Form, Listed, Page, PageKind, Property, PropertyType, Reference};
use super::{cell, keys, lists, reader};
use crate::model::{Edm, Life, Member, Model, StructuredType, TypeRef};

/// What a linked page turned out to be.
#[derive(Debug, Clone)]
enum Linked {
    Structured(usize),
    Enumeration {
        name: String,
        members: Vec<Listed>,
    },
    /// Not there, not followed, or not readable, and why.
    Nothing(String),
}

/// What bears a name: two types of one name from different pages are two types.
#[derive(Debug, PartialEq, Eq)]
struct Owner {
    enumeration: bool,
    /// Key of its page where it has one.
    page: Option<String>,
}

impl Owner {
    fn is(&self, other: &Self) -> bool {
        let somewhere_else = self.page.is_some() && other.page.is_some() && self.page != other.page;
        self.enumeration == other.enumeration && !somewhere_else
    }
}

/// Where a row stands: the page's key, and whether it is the page to derive.
#[derive(Clone, Copy)]
struct Place<'a> {
    page: &'a str,
    form: Form,
    entry: bool,
}

pub(super) struct Builder<'a> {
    load: &'a dyn Fn(&str) -> Option<String>,
    options: &'a Options,
    linked: HashMap<String, Linked>,
    /// Names of the model, and what they stand for.
    names: HashMap<String, Owner>,
    vocabulary: Vocabulary,
    derived: Derived,
}

impl<'a> Builder<'a> {
    pub(super) fn new(load: &'a dyn Fn(&str) -> Option<String>, options: &'a Options) -> Self {
        Self {
            load,
            options,
            linked: HashMap::new(),
            names: HashMap::new(),
            vocabulary: Vocabulary::default(),
            derived: Derived::default(),
        }
    }

    /// Derives the model of a page.
    pub(super) fn derive(mut self, entry: &str) -> Result<Derived, DeriveError> {
        let fail = |line, message: String| DeriveError {
            page: entry.to_owned(),
            line,
            message,
        };
        let markdown =
            (self.load)(entry).ok_or_else(|| fail(1, "the page cannot be read".to_owned()))?;
        let page = reader::read(&markdown).map_err(|note| fail(note.line, note.message))?;
        match page.kind {
            PageKind::Delete => Err(fail(1, "a delete request has no payload".to_owned())),
            PageKind::Function => Err(fail(
                1,
                "a function takes its parameters in the URL; it has no payload".to_owned(),
            )),
            PageKind::Get | PageKind::List => self.behind(entry, &page),
            PageKind::Create | PageKind::Update if page.properties.is_empty() => {
                self.behind(entry, &page)
            }
            PageKind::Enumeration => {
                self.enumeration_page(&page);
                Ok(self.derived)
            }
            PageKind::Action if page.properties.is_empty() => {
                Err(fail(1, "the action has no table of parameters".to_owned()))
            }
            PageKind::Create | PageKind::Update | PageKind::Action | PageKind::Resource => {
                self.resource_page(entry, &page);
                Ok(self.derived)
            }
        }
    }

    /// A page without a table: what it takes or returns has a page of its own.
    fn behind(mut self, entry: &str, page: &Page<'_>) -> Result<Derived, DeriveError> {
        let fail = |message: &str| DeriveError {
            page: entry.to_owned(),
            line: page.resource.as_ref().map_or(1, |link| link.line),
            message: message.to_owned(),
        };
        let link = page.resource.as_ref().and_then(|link| link.page.as_deref());
        let link = link.ok_or_else(|| {
            fail("the page has no table of properties and links to no resource page")
        })?;
        if self.options.single_file {
            return Err(fail(
                "the page has no table of properties, and links are not followed",
            ));
        }
        let target = keys::join(entry, link);
        let markdown = (self.load)(&target).ok_or_else(|| {
            fail("the page has no table of properties, and the resource page cannot be read")
        })?;
        let resource = reader::read(&markdown).map_err(|note| DeriveError {
            page: target.clone(),
            line: note.line,
            message: note.message,
        })?;
        if resource.kind != PageKind::Resource {
            return Err(fail(
                "the page has no table, and it links to no resource page",
            ));
        }
        self.resource_page(&target, &resource);
        self.subtypes(entry, page);
        Ok(self.derived)
    }

    fn enumeration_page(&mut self, page: &Page<'_>) {
        self.derived.model.qualified_name = format!("{}.{}", page.namespace, page.name);
        let enumeration = lists::enumeration(&page.name, &page.members, true);
        self.derived.model.enumerations.push(enumeration);
    }

    fn resource_page(&mut self, key: &str, page: &Page<'_>) {
        self.derived.model.qualified_name = format!("{}.{}", page.namespace, page.name);
        self.vocabulary = Vocabulary::of(page);
        let place = Place {
            page: key,
            form: page.form,
            entry: true,
        };
        // A type may refer to itself: from its own page, or from that of a request.
        let own = match &page.resource {
            Some(Reference {
                page: Some(link), ..
            }) if page.kind != PageKind::Resource
                && page.name.eq_ignore_ascii_case(cell::tail(link)) =>
            {
                keys::join(key, link)
            }
            _ => key.to_owned(),
        };
        self.linked.insert(own, Linked::Structured(0));
        self.structured(place, page);
        self.subtypes(key, page);
    }

    fn warn(&mut self, page: &str, line: usize, message: impl Into<String>) {
        self.derived.warnings.push(Warning {
            page: page.to_owned(),
            line,
            message: message.into(),
        });
    }

    /// The name under which a type stands in the model: its own, or a numbered one where another
    /// type has that.
    fn claim(&mut self, place: Place<'_>, line: usize, name: &str, owner: Owner) -> String {
        let mut free = name.to_owned();
        let mut number = 1;
        while self.names.get(&free).is_some_and(|other| !other.is(&owner)) {
            number += 1;
            free = format!("{name}_{number}");
        }
        if !self.names.contains_key(&free) {
            if number > 1 {
                self.warn(
                    place.page,
                    line,
                    format!("another type is also named `{name}`; this one is written as `{free}`"),
                );
            }
            self.names.insert(free.clone(), owner);
        }
        free
    }

    /// Adds the type of a page; its index is taken before its members are followed, so that a
    /// type may refer to itself.
    fn structured(&mut self, place: Place<'_>, page: &Page<'_>) -> usize {
        let owner = Owner {
            enumeration: false,
            page: Some(place.page.to_owned()),
        };
        let name = self.claim(place, 1, &page.name, owner);
        let at = self.derived.model.types.len();
        self.derived.model.types.push(StructuredType {
            name,
            open: page.open,
            ..StructuredType::default()
        });
        for note in &page.notes {
            self.warn(place.page, note.line, note.message.clone());
        }
        for row in &page.lost {
            let reason = "a machine-translated relationship whose original name is not on the page";
            self.unresolved(place, row.line, row.name.clone(), reason);
        }
        if page.properties.is_empty() && page.navigation.is_empty() {
            self.warn(
                place.page,
                1,
                format!(
                    "`{}` has no properties, so it is abstract or empty; treated as open",
                    page.name
                ),
            );
            self.derived.model.types[at].open = true;
        }
        self.base(place, page, at);
        let mut members = Vec::new();
        for (rows, navigation) in [(&page.properties, false), (&page.navigation, true)] {
            for row in rows {
                let type_ref = self.type_of(place, row, navigation);
                members.push(member(row, type_ref, navigation));
            }
        }
        self.derived.model.types[at].members = members;
        at
    }

    /// A base type counts where its members are not repeated in the page's own table.
    fn base(&mut self, place: Place<'_>, page: &Page<'_>, at: usize) {
        let Some(base) = &page.base else { return };
        let repeated = page
            .properties
            .iter()
            .any(|row| row.inherited_from.is_some());
        if repeated || self.options.single_file || page.kind != PageKind::Resource {
            return;
        }
        match self.follow(place, base, &page.name) {
            Linked::Structured(of) if self.repeats(page, of) => {}
            Linked::Structured(of) => {
                self.derived.model.types[at].base = Some(of);
            }
            linked => {
                let reason = match &linked {
                    Linked::Nothing(reason) => reason,
                    _ => "its page describes an enumeration",
                };
                self.unresolved(place, base.line, base.name.clone(), reason);
                self.derived.model.types[at].open = true;
            }
        }
    }

    fn repeats(&self, page: &Page<'_>, base: usize) -> bool {
        let base = &self.derived.model.types[base];
        let has = |name: &str| page.properties.iter().any(|row| row.name == name);
        base.members
            .iter()
            .all(|member| member.navigation || has(&member.name))
    }

    fn unresolved(&mut self, place: Place<'_>, line: usize, name: String, reason: &str) {
        self.derived.unresolved.push(Unresolved {
            page: place.page.to_owned(),
            line,
            name,
            reason: reason.to_owned(),
        });
    }

    fn type_of(&mut self, place: Place<'_>, row: &Property, navigation: bool) -> TypeRef {
        let reference = match &row.of {
            PropertyType::Edm(edm) => return TypeRef::Edm(*edm),
            PropertyType::Named(reference) => reference,
        };
        if navigation && !place.entry {
            return TypeRef::Edm(Edm::Untyped);
        }
        match self.follow(place, reference, &row.name) {
            Linked::Structured(at) => TypeRef::Structured(at),
            Linked::Enumeration { name, members } => {
                let (members, difference) = lists::settle(row, &members);
                if let Some(difference) = difference {
                    self.warn(place.page, row.line, difference);
                }
                self.enumeration(place, row, &name, &members)
            }
            Linked::Nothing(_) if !row.listed.is_empty() => {
                let name = self.name_of(place, reference, &row.name, None);
                let members = lists::inline(row);
                self.enumeration(place, row, &name, &members)
            }
            Linked::Nothing(reason) => {
                let name = self.name_of(place, reference, &row.name, None);
                self.unresolved(place, reference.line, name, &reason);
                TypeRef::Edm(Edm::Untyped)
            }
        }
    }

    /// Reads the page behind a reference, once.
    fn follow(&mut self, place: Place<'_>, reference: &Reference, property: &str) -> Linked {
        if self.options.single_file {
            return Linked::Nothing("links are not followed".to_owned());
        }
        let Some(key) = self.target(place, reference) else {
            return Linked::Nothing("its page does not exist".to_owned());
        };
        if let Some(known) = self.linked.get(&key) {
            return known.clone();
        }
        let linked = self.read_linked(place, &key, reference, property);
        self.linked.insert(key, linked.clone());
        linked
    }

    /// Key of the page: by its link; a bare name may have a page in the same family.
    fn target(&self, place: Place<'_>, reference: &Reference) -> Option<String> {
        if let Some(link) = &reference.page {
            return Some(keys::join(place.page, link));
        }
        let mut keys = keys::of_name(place.page, &reference.name).into_iter();
        keys.find(|key| (self.load)(key).is_some())
    }

    fn read_linked(
        &mut self,
        place: Place<'_>,
        key: &str,
        reference: &Reference,
        property: &str,
    ) -> Linked {
        let Some(markdown) = (self.load)(key) else {
            return Linked::Nothing("its page does not exist".to_owned());
        };
        let mut page = match reader::read(&markdown) {
            Ok(page) => page,
            Err(note) => {
                return Linked::Nothing(format!("{key}:{}: {}", note.line, note.message));
            }
        };
        page.name = self.name_of(place, reference, property, Some(&page.name));
        let inner = Place {
            page: key,
            form: page.form,
            entry: false,
        };
        match page.kind {
            PageKind::Enumeration => Linked::Enumeration {
                name: page.name,
                members: page.members,
            },
            PageKind::Resource => {
                let next = self.derived.model.types.len();
                self.linked.insert(key.to_owned(), Linked::Structured(next));
                Linked::Structured(self.structured(inner, &page))
            }
            _ => Linked::Nothing("its page describes a request".to_owned()),
        }
    }

    /// The type's name as JSON spells it: the file name tells it in lower case, the cell, the
    /// property or the linked page tell its capitals.
    fn name_of(
        &mut self,
        place: Place<'_>,
        reference: &Reference,
        property: &str,
        own: Option<&str>,
    ) -> String {
        let Some(page) = &reference.page else {
            return names::type_name(&reference.name);
        };
        let tail = cell::tail(page);
        let own = own.filter(|own| *own != tail);
        let mut candidates = names::words(&reference.name).chain(own).chain([property]);
        let spelt = candidates.find(|name| name.eq_ignore_ascii_case(tail));
        if let Some(name) = spelt {
            return names::type_name(name);
        }
        if place.form != Form::Translated && cell::is_name(&reference.name) {
            self.warn(
                place.page,
                reference.line,
                format!(
                    "the type is shown as `{}`, but its link leads to `{tail}`",
                    reference.name
                ),
            );
            return reference.name.clone();
        }
        let spelt = self.vocabulary.spell(tail);
        let name = spelt.as_deref().unwrap_or(tail);
        self.warn(
            place.page,
            reference.line,
            format!(
                "the type is shown as `{}`, but its link leads to `{tail}`; `{name}` is used",
                reference.name
            ),
        );
        name.to_owned()
    }

    /// Adds an enumeration, or joins its members to the one of that name.
    fn enumeration(
        &mut self,
        place: Place<'_>,
        row: &Property,
        name: &str,
        members: &[Listed],
    ) -> TypeRef {
        let page = match &row.of {
            PropertyType::Named(reference) => self.target(place, reference),
            PropertyType::Edm(_) => None,
        };
        let owner = Owner {
            enumeration: true,
            page,
        };
        let name = &self.claim(place, row.line, name, owner);
        let new = lists::enumeration(name, members, self.options.enum_values);
        let known = &mut self.derived.model.enumerations;
        let Some(at) = known.iter().position(|one| one.name == *name) else {
            known.push(new);
            return TypeRef::Enumeration(known.len() - 1);
        };
        if lists::join(&mut known[at].members, new.members) {
            self.warn(
                place.page,
                row.line,
                format!(
                    "`{}` lists values of `{name}` that an earlier row lacks",
                    row.name
                ),
            );
        }
        TypeRef::Enumeration(at)
    }

    /// Objects in the page's samples that name a subtype: what its members are is not known here,
    /// so the declared type is taken as open.
    fn subtypes(&mut self, key: &str, page: &Page<'_>) {
        for sample in &page.samples {
            let mut found = Vec::new();
            if let Some(payload) = sample.payload() {
                subtypes(&self.derived.model, 0, &payload, &mut found);
            }
            for (declared, name) in found {
                let of = &mut self.derived.model.types[declared];
                if of.open {
                    continue;
                }
                of.open = true;
                let reason = format!("a subtype of `{}`, whose page is not followed", of.name);
                self.derived.unresolved.push(Unresolved {
                    page: key.to_owned(),
                    line: sample.line,
                    name,
                    reason,
                });
            }
        }
    }
}

fn subtypes(model: &Model, at: usize, value: &Value, found: &mut Vec<(usize, String)>) {
    if let Value::Array(items) = value {
        for item in items {
            subtypes(model, at, item, found);
        }
    }
    let Value::Object(object) = value else { return };
    let of = &model.types[at];
    if let Some(name) = object.get("@odata.type").and_then(Value::as_str) {
        let name = names::simple(name);
        if !name.eq_ignore_ascii_case(&of.name) {
            found.push((at, name.to_owned()));
        }
    }
    for member in model.all_members(of) {
        if let (TypeRef::Structured(to), Some(value)) = (member.type_ref, object.get(&member.name))
        {
            subtypes(model, to, value, found);
        }
    }
}

/// Documentation says of hardly any property whether it may be null, so that null is taken as
/// legal unless it says no.
fn member(row: &Property, type_ref: TypeRef, navigation: bool) -> Member {
    Member {
        name: row.name.clone(),
        type_ref,
        collection: row.collection,
        nullable: !row.not_nullable,
        navigation,
        role: None,
        life: Life::default(),
        title: names::title(&row.name).into(),
        description: "".into(),
    }
}

#[cfg(test)]
mod tests;
