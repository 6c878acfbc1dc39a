//! Pages and the pages they link to, put together as one model.
//!
//! Resolves type names to enumerations and structured types: by the linked page, by the values a
//! row lists, or not at all, and then says so. Reads no Markdown itself.
//!
//! How pages lead to one another is for whoever wrote them to say: pages that are being read stand
//! on a stack of our own, and each is read once.

use std::collections::{HashMap, HashSet};
use std::mem;
use std::rc::Rc;
use std::vec;

use serde_json::Value;

use super::claims::{Claims, Owner};
use super::lists::{EnumerationPage, Gathered, Taken};
use super::names::{self, Vocabulary};
use super::outcome::{DeriveError, Derived, Options, Unresolved, Warning};
use super::page::{Form, Page, PageKind, Property, PropertyType, Reference};
use super::{cell, keys, lists, reader};
use crate::model::{Edm, Life, Member, Model, StructuredType, TypeRef};

/// What a linked page turned out to be.
#[derive(Debug, Clone)]
enum Linked {
    Structured(usize),
    Enumeration {
        name: String,
        page: Rc<EnumerationPage>,
    },
    /// Not there, not followed, or not readable, and why.
    Nothing(String),
}

/// Where a row stands: the page's key, and whether it is the page to derive.
#[derive(Clone, Copy)]
struct Place<'a> {
    page: &'a str,
    form: Form,
    entry: bool,
}

/// Members of a model in which those of base types are repeated in each type; a resource of the
/// documentation has under a thousand.
const MAX_INHERITED: usize = 1 << 20;

/// A structured type whose page is being read.
struct Open {
    /// Key of the page.
    page: String,
    form: Form,
    entry: bool,
    /// Its index.
    at: usize,
    next: Next,
    /// The rows that are left, and whether they are navigation properties.
    rows: vec::IntoIter<(Property, bool)>,
    members: Vec<Member>,
}

/// What is to be read next of a page.
enum Next {
    /// The base type: its reference, and the page's own name for this type.
    Base(Reference, String),
    /// The base type was read, and is this one.
    Inherit(Reference, usize),
    Rows,
}

/// What a reference leads to.
enum Followed {
    Known(Linked),
    /// The page of a structured type, which is to be read first.
    Opened(Open),
}

pub(super) struct Builder<'a> {
    load: &'a dyn Fn(&str) -> Option<String>,
    options: &'a Options,
    linked: HashMap<String, Linked>,
    /// Whether there is a page of this key.
    pages: HashMap<String, bool>,
    claims: Claims,
    enumerations: Vec<Gathered>,
    /// Index of each by its name in the model.
    enumeration_of: HashMap<String, usize>,
    /// Of each structured type how many members it has from base types.
    inherited: Vec<usize>,
    all_inherited: usize,
    vocabulary: Vocabulary,
    derived: Derived,
}

impl<'a> Builder<'a> {
    pub(super) fn new(load: &'a dyn Fn(&str) -> Option<String>, options: &'a Options) -> Self {
        Self {
            load,
            options,
            linked: HashMap::new(),
            pages: HashMap::new(),
            claims: Claims::default(),
            enumerations: Vec::new(),
            enumeration_of: HashMap::new(),
            inherited: Vec::new(),
            all_inherited: 0,
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
        let mut page = reader::read(&markdown).map_err(|note| fail(note.line, note.message))?;
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
                self.resource_page(entry, &mut page);
                Ok(self.finish())
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
        let mut resource = reader::read(&markdown).map_err(|note| DeriveError {
            page: target.clone(),
            line: note.line,
            message: note.message,
        })?;
        if resource.kind != PageKind::Resource {
            return Err(fail(
                "the page has no table, and it links to no resource page",
            ));
        }
        self.resource_page(&target, &mut resource);
        self.subtypes(entry, page);
        Ok(self.finish())
    }

    fn finish(mut self) -> Derived {
        let enumerations = self.enumerations.into_iter().map(Gathered::finish);
        self.derived.model.enumerations.extend(enumerations);
        self.derived
    }

    fn enumeration_page(&mut self, page: &Page<'_>) {
        self.derived.model.qualified_name = format!("{}.{}", page.namespace, page.name);
        let enumeration = lists::enumeration(&page.name, &page.members, true);
        self.derived.model.enumerations.push(enumeration);
    }

    fn resource_page(&mut self, key: &str, page: &mut Page<'_>) {
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
        let first = self.open(place, page);
        self.read(first);
        self.subtypes(key, page);
    }

    /// Reads the pages of structured types, each one that is met before what is left of the page
    /// that it was met on.
    fn read(&mut self, first: Open) {
        let mut open = vec![first];
        while let Some(inner) = open.last_mut() {
            if let Some(met) = self.step(inner) {
                open.push(met);
            } else if let Some(Open { at, members, .. }) = open.pop() {
                self.derived.model.types[at].members = members;
            }
        }
    }

    /// Goes on with a page up to another one that is to be read first; `None` at its end.
    fn step(&mut self, open: &mut Open) -> Option<Open> {
        loop {
            let place = Place {
                page: &open.page,
                form: open.form,
                entry: open.entry,
            };
            match mem::replace(&mut open.next, Next::Rows) {
                Next::Base(base, name) => match self.follow(place, &base, &name) {
                    Followed::Known(linked) => {
                        self.inherit(place, open.rows.as_slice(), open.at, &base, &linked);
                    }
                    Followed::Opened(met) => {
                        open.next = Next::Inherit(base, met.at);
                        return Some(met);
                    }
                },
                Next::Inherit(base, of) => {
                    let linked = Linked::Structured(of);
                    self.inherit(place, open.rows.as_slice(), open.at, &base, &linked);
                }
                Next::Rows => {
                    let (row, navigation) = open.rows.next()?;
                    let (type_ref, met) = self.type_of(place, &row, navigation);
                    open.members.push(member(&row, type_ref, navigation));
                    if met.is_some() {
                        return met;
                    }
                }
            }
        }
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
        let claim = self.claims.claim(name, owner);
        if claim.renamed {
            let free = &claim.name;
            let message =
                format!("another type is also named `{name}`; this one is written as `{free}`");
            self.warn(place.page, line, message);
        }
        claim.name
    }

    /// Adds the type of a page; its index is taken before its members are followed, so that a
    /// type may refer to itself.
    fn open(&mut self, place: Place<'_>, page: &mut Page<'_>) -> Open {
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
        self.inherited.push(0);
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
        let next = match self.base(page) {
            Some(base) => Next::Base(base, page.name.clone()),
            None => Next::Rows,
        };
        let properties = mem::take(&mut page.properties).into_iter();
        let navigation = mem::take(&mut page.navigation).into_iter();
        let rows = properties.map(|row| (row, false));
        let rows: Vec<_> = rows.chain(navigation.map(|row| (row, true))).collect();
        Open {
            page: place.page.to_owned(),
            form: place.form,
            entry: place.entry,
            at,
            next,
            rows: rows.into_iter(),
            members: Vec::new(),
        }
    }

    /// A base type counts where its members are not repeated in the page's own table.
    fn base(&self, page: &mut Page<'_>) -> Option<Reference> {
        let repeated = page
            .properties
            .iter()
            .any(|row| row.inherited_from.is_some());
        if repeated || self.options.single_file || page.kind != PageKind::Resource {
            return None;
        }
        page.base.take()
    }

    /// Makes what a base type turned out to be that of the type `at`, whose rows are none read yet.
    fn inherit(
        &mut self,
        place: Place<'_>,
        rows: &[(Property, bool)],
        at: usize,
        base: &Reference,
        linked: &Linked,
    ) {
        let reason = match linked {
            Linked::Structured(of) if self.repeats(rows, *of) => return,
            Linked::Structured(of) => {
                let inherited = self.inherited[*of] + self.derived.model.types[*of].members.len();
                if self.all_inherited + inherited <= MAX_INHERITED {
                    self.all_inherited += inherited;
                    self.inherited[at] = inherited;
                    self.derived.model.types[at].base = Some(*of);
                    return;
                }
                "the types have too many members with those that they inherit"
            }
            Linked::Nothing(reason) => reason,
            Linked::Enumeration { .. } => "its page describes an enumeration",
        };
        self.unresolved(place, base.line, base.name.clone(), reason);
        self.derived.model.types[at].open = true;
    }

    fn repeats(&self, rows: &[(Property, bool)], base: usize) -> bool {
        let rows = rows.iter().filter(|(_, navigation)| !navigation);
        let names: HashSet<&str> = rows.map(|(row, _)| row.name.as_str()).collect();
        let mut members = self.derived.model.types[base].members.iter();
        members.all(|member| member.navigation || names.contains(member.name.as_str()))
    }

    fn unresolved(&mut self, place: Place<'_>, line: usize, name: String, reason: &str) {
        self.derived.unresolved.push(Unresolved {
            page: place.page.to_owned(),
            line,
            name,
            reason: reason.to_owned(),
        });
    }

    /// The type of a row, and the page of that type where it is yet to be read.
    fn type_of(
        &mut self,
        place: Place<'_>,
        row: &Property,
        navigation: bool,
    ) -> (TypeRef, Option<Open>) {
        let reference = match &row.of {
            PropertyType::Edm(edm) => return (TypeRef::Edm(*edm), None),
            PropertyType::Named(reference) => reference,
        };
        if navigation && !place.entry {
            return (TypeRef::Edm(Edm::Untyped), None);
        }
        let linked = match self.follow(place, reference, &row.name) {
            Followed::Known(linked) => linked,
            Followed::Opened(met) => return (TypeRef::Structured(met.at), Some(met)),
        };
        let type_ref = match linked {
            Linked::Structured(at) => TypeRef::Structured(at),
            Linked::Enumeration { name, page } => {
                let (members, difference) = lists::settle(row, &page);
                if let Some(difference) = difference {
                    self.warn(place.page, row.line, difference);
                }
                self.enumeration(place, row, &name, &members)
            }
            Linked::Nothing(_) if !row.listed.is_empty() => {
                let name = self.name_of(place, reference, &row.name, None);
                self.enumeration(place, row, &name, &Taken::Row(lists::inline(row)))
            }
            Linked::Nothing(reason) => {
                let name = self.name_of(place, reference, &row.name, None);
                self.unresolved(place, reference.line, name, &reason);
                TypeRef::Edm(Edm::Untyped)
            }
        };
        (type_ref, None)
    }

    /// Reads the page behind a reference, once.
    fn follow(&mut self, place: Place<'_>, reference: &Reference, property: &str) -> Followed {
        let nothing = |reason: &str| Followed::Known(Linked::Nothing(reason.to_owned()));
        if self.options.single_file {
            return nothing("links are not followed");
        }
        let Some(key) = self.target(place, reference) else {
            return nothing("its page does not exist");
        };
        if let Some(known) = self.linked.get(&key) {
            return Followed::Known(known.clone());
        }
        let followed = self.read_linked(place, &key, reference, property);
        let linked = match &followed {
            Followed::Known(linked) => linked.clone(),
            Followed::Opened(met) => Linked::Structured(met.at),
        };
        self.linked.insert(key, linked);
        followed
    }

    /// Key of the page: by its link; a bare name may have a page in the same family.
    fn target(&mut self, place: Place<'_>, reference: &Reference) -> Option<String> {
        if let Some(link) = &reference.page {
            return Some(keys::join(place.page, link));
        }
        let keys = keys::of_name(place.page, &reference.name);
        keys.into_iter().find(|key| self.exists(key))
    }

    fn exists(&mut self, key: &str) -> bool {
        if let Some(known) = self.pages.get(key) {
            return *known;
        }
        let exists = (self.load)(key).is_some();
        self.pages.insert(key.to_owned(), exists);
        exists
    }

    fn read_linked(
        &mut self,
        place: Place<'_>,
        key: &str,
        reference: &Reference,
        property: &str,
    ) -> Followed {
        let nothing = |reason: String| Followed::Known(Linked::Nothing(reason));
        let Some(markdown) = (self.load)(key) else {
            return nothing("its page does not exist".to_owned());
        };
        let mut page = match reader::read(&markdown) {
            Ok(page) => page,
            Err(note) => return nothing(format!("{key}:{}: {}", note.line, note.message)),
        };
        page.name = self.name_of(place, reference, property, Some(&page.name));
        let inner = Place {
            page: key,
            form: page.form,
            entry: false,
        };
        match page.kind {
            PageKind::Enumeration => Followed::Known(Linked::Enumeration {
                name: page.name,
                page: Rc::new(EnumerationPage::new(page.members)),
            }),
            PageKind::Resource => Followed::Opened(self.open(inner, &mut page)),
            _ => nothing("its page describes a request".to_owned()),
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
        members: &Taken,
    ) -> TypeRef {
        let page = match &row.of {
            PropertyType::Named(reference) => self.target(place, reference),
            PropertyType::Edm(_) => None,
        };
        let owner = Owner {
            enumeration: true,
            page,
        };
        let name = self.claim(place, row.line, name, owner);
        let values = self.options.enum_values;
        let Some(at) = self.enumeration_of.get(&name).copied() else {
            let at = self.enumerations.len();
            self.enumeration_of.insert(name.clone(), at);
            self.enumerations.push(Gathered::new(name, members, values));
            return TypeRef::Enumeration(at);
        };
        if self.enumerations[at].join(members) {
            let message = format!(
                "`{}` lists values of `{name}` that an earlier row lacks",
                row.name
            );
            self.warn(place.page, row.line, message);
        }
        TypeRef::Enumeration(at)
    }

    /// Objects in the page's samples that name a subtype: what its members are is not known here,
    /// so the declared type is taken as open.
    fn subtypes(&mut self, key: &str, page: &Page<'_>) {
        for sample in &page.samples {
            let mut search = Subtypes::of(&self.derived.model);
            if let Some(payload) = sample.payload() {
                search.search(0, &payload);
            }
            let found = search.found;
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

/// By name the members of a type that are structured: their places in it, and their types.
type StructuredMembers<'a> = HashMap<&'a str, Vec<(usize, usize)>>;

/// Objects that say to be of a subtype.
struct Subtypes<'a> {
    model: &'a Model,
    /// By type.
    within: HashMap<usize, StructuredMembers<'a>>,
    /// Declared types, and the names that objects give themselves.
    found: Vec<(usize, String)>,
}

impl<'a> Subtypes<'a> {
    fn of(model: &'a Model) -> Self {
        Self {
            model,
            within: HashMap::new(),
            found: Vec::new(),
        }
    }

    /// Looks in a value of the type `at`. Its nesting was bounded when it was read.
    fn search(&mut self, at: usize, value: &Value) {
        if let Value::Array(items) = value {
            for item in items {
                self.search(at, item);
            }
        }
        let Value::Object(object) = value else { return };
        let of = &self.model.types[at];
        if let Some(name) = object.get("@odata.type").and_then(Value::as_str) {
            let name = names::simple(name);
            if !name.eq_ignore_ascii_case(&of.name) {
                self.found.push((at, name.to_owned()));
            }
        }
        let model = self.model;
        let within = self
            .within
            .entry(at)
            .or_insert_with(|| structured_members(model, of));
        let members = object.iter().filter_map(|(name, value)| {
            let declared = within.get(name.as_str())?;
            Some(declared.iter().map(move |(place, to)| (*place, *to, value)))
        });
        let mut members: Vec<_> = members.flatten().collect();
        members.sort_by_key(|(place, ..)| *place);
        for (_, to, value) in members {
            self.search(to, value);
        }
    }
}

fn structured_members<'a>(model: &'a Model, of: &'a StructuredType) -> StructuredMembers<'a> {
    let mut within = StructuredMembers::new();
    for (place, member) in model.all_members(of).into_iter().enumerate() {
        if let TypeRef::Structured(to) = member.type_ref {
            let declared = within.entry(member.name.as_str()).or_default();
            declared.push((place, to));
        }
    }
    within
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
