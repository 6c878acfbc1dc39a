//! The examples of every rule in every layout: fixed as they declare, and nothing else touched.

use std::iter::zip;
use std::ops::Range;

use super::fixed;
use crate::library::{Applicability, Category, Example, Linter, Mode, docs, rules};
use crate::support::document::{Document, Wrap};
use crate::support::event::Maker;
use crate::support::json::{Json, Layout, Members, read, spots};

/// A text as tokens, with the blanks before each; a byte order mark is one of the blanks.
fn pieces(text: &str) -> Vec<(&str, &str)> {
    let mut ends: Vec<Range<usize>> = Vec::new();
    for spot in spots(text) {
        ends.extend(spot.name);
        let token = &text[spot.value.clone()];
        if !token.starts_with(['{', '[']) {
            ends.push(spot.value);
        }
    }
    let within = |at: usize| ends.iter().find(|token| token.start == at);
    let (mut pieces, mut blanks, mut at) = (Vec::new(), 0, 0);
    while let Some(c) = text[at..].chars().next() {
        if let Some(token) = within(at) {
            pieces.push((&text[blanks..at], &text[token.clone()]));
            at = token.end;
            blanks = at;
        } else if "{}[]:,".contains(c) {
            pieces.push((&text[blanks..at], &text[at..=at]));
            at += 1;
            blanks = at;
        } else {
            at += c.len_utf8();
        }
    }
    pieces.push((&text[blanks..], ""));
    pieces
}

/// How many pieces of each text stand between those that both begin with and those that both end
/// with, where they are equal in number only those that differ.
fn changed(one: &str, other: &str) -> (usize, usize) {
    let (one, other) = (pieces(one), pieces(other));
    if one.len() == other.len() {
        let differ = zip(&one, &other)
            .filter(|(one, other)| one != other)
            .count();
        return (differ, differ);
    }
    let before = zip(&one, &other).take_while(|(one, other)| one == other);
    let before = before.count();
    let (one, other) = (&one[before..], &other[before..]);
    let after = zip(one.iter().rev(), other.iter().rev());
    let after = after.take_while(|(one, other)| one == other).count();
    (one.len() - after, other.len() - after)
}

/// A document in which one event is what an example says.
fn document(members: Members, maker: &mut Maker) -> (Document, usize) {
    let mut document = Document::any(maker, 3);
    // What the example says of its own envelope must stay the whole.
    let at = maker.random.below(document.events.len());
    document.events[at] = members;
    (document, at)
}

/// Whether a bad example is one event as JSON, and what it is fixed to.
fn event(example: &Example) -> Option<(Members, Json, Applicability)> {
    let (applicability, expected) = example.fixed?;
    let text = String::from_utf8(example.text()).ok()?;
    serde_json::from_str::<serde_json::Value>(&text).ok()?;
    let expected = str::from_utf8(expected).expect("the fixed text is UTF-8");
    match read(&text) {
        Json::Object(members) if members.iter().all(|(name, _)| name != "value") => {
            Some((members, read(expected), applicability))
        }
        _ => None,
    }
}

#[test]
fn examples_are_fixed_in_every_layout_and_the_rest_stays() {
    const ROUNDS: usize = 12;
    let mut tried = 0;
    for (seed, rule) in (1..).zip(rules::ALL) {
        // Syntax is of whole texts.
        if rule.category == Category::Syntax && rule.name != "duplicate-member" {
            continue;
        }
        for example in rule.bad {
            let Some((members, expected, applicability)) = event(example) else {
                continue;
            };
            let options = docs::options(rule, example);
            let linter = Linter::new(&options).expect("the example's revision exists");
            let mut maker = Maker::new(seed << 8, linter.revision(), Mode::Any);
            let one_line = Layout::COMPACT;
            let mut compact = |tree: &Json| one_line.write(tree, &mut maker.random);
            let most = changed(
                &compact(&Json::Object(members.clone())),
                &compact(&expected),
            );
            for round in 0..ROUNDS {
                let (mut document, at) = document(members.clone(), &mut maker);
                if round == 0 {
                    document.wrap = Wrap::Object;
                    document.events = vec![members.clone()];
                }
                // In other modes the other events may lack something; rules that are off may find
                // something in them.
                if example.mode != Mode::Any || rule.default.is_none() {
                    document.events = vec![members.clone()];
                }
                let at = at.min(document.events.len() - 1);
                let text = document.write(&mut maker.random);
                let (after, mended) = fixed(text.as_bytes(), applicability, &linter);
                let after = String::from_utf8(after).expect("UTF-8");
                let shown = format!("{}\n{text}\n{after}", rule.name);
                assert!(mended.iter().any(|found| found.rule == *rule), "{shown}");
                let mut whole = read(&text);
                *at_pointer(&mut whole, &document.pointer(at)) = expected.clone();
                assert_eq!(read(&after), whole, "{shown}");
                let differ = changed(&text, &after);
                // Where something was taken out, the blanks before what follows go with it.
                let blanks = usize::from(most.0 != most.1);
                let fits = differ.0 <= most.0 + blanks && differ.1 <= most.1 + blanks;
                assert!(fits, "{differ:?} pieces, not {most:?}: {shown}");
                tried += 1;
            }
        }
    }
    assert!(tried >= 30 * ROUNDS, "{tried}");
}

fn at_pointer<'a>(tree: &'a mut Json, pointer: &str) -> &'a mut Json {
    let mut at = tree;
    for step in pointer.split('/').skip(1) {
        at = match at {
            Json::Object(members) => {
                let member = members.iter_mut().find(|(name, _)| name == step);
                &mut member.expect("the member").1
            }
            Json::Array(elements) => &mut elements[step.parse::<usize>().expect("an index")],
            Json::Token(_) | Json::Text(_) => panic!("{pointer} leads nowhere"),
        };
    }
    at
}
