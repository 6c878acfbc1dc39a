//! The linter for a page: text goes in, a report comes out, both through the memory of the module.
//!
//! Owns the calls between the page and the library, and nothing else: what is found and how it is
//! said, the library decides. A call takes numbers and returns how long its answer is; the page reads
//! the answer, JSON text, at [`answer`]. Nothing is asked of the browser, not even the time.

use std::cell::RefCell;
use std::time::{Duration, SystemTime};

use autopilot_lint::{Format, Linter, Mode, Resource, Rule, Session, lint, rules};
use serde_json::{Value, json};

/// An event to begin with.
const WELCOME: &str = include_str!("../../../fixtures/invalid/order/ends-before-start.json");

#[derive(Default)]
struct State {
    /// What the page wrote: a text, and behind it the options as JSON.
    input: Vec<u8>,
    answer: String,
    /// The options of the last call, and what checks by them.
    session: Option<(Value, Session)>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

/// Makes room for so many bytes, and gives the address to write them at.
#[expect(unsafe_code, reason = "the page calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn input(bytes: usize) -> *const u8 {
    STATE.with_borrow_mut(|state| {
        state.input = vec![0; bytes];
        state.input.as_ptr()
    })
}

/// The address of the last answer.
#[expect(unsafe_code, reason = "the page calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn answer() -> *const u8 {
    STATE.with_borrow(|state| state.answer.as_ptr())
}

/// Answers with what there is to choose from. Gives the length of the answer in bytes.
#[expect(unsafe_code, reason = "the page calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn choices() -> usize {
    STATE.with_borrow_mut(|state| {
        state.answer = all_choices().to_string();
        state.answer.len()
    })
}

/// Answers with the report on the first `text` bytes of the input. Gives the length of the answer in
/// bytes.
#[expect(unsafe_code, reason = "the page calls it by its name")]
#[unsafe(no_mangle)]
pub extern "C" fn check(text: usize) -> usize {
    STATE.with_borrow_mut(|state| {
        state.answer = state.check(text).unwrap_or_else(|why| refused(&why));
        state.answer.len()
    })
}

/// Where the schema engine gets its random numbers: nowhere. They make hash tables withstand whoever
/// chooses the keys, which is the reader of the page.
///
/// # Safety
/// `bytes` points to `length` bytes that may be written.
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the interface of getrandom")]
#[unsafe(no_mangle)]
unsafe extern "Rust" fn __getrandom_v03_custom(
    bytes: *mut u8,
    length: usize,
) -> Result<(), getrandom::Error> {
    // SAFETY: by the contract of this function; any byte is a valid `u8`.
    unsafe { bytes.write_bytes(0x5a, length) };
    Ok(())
}

impl State {
    fn check(&mut self, text: usize) -> Result<String, String> {
        let (text, options) = self.input.split_at(text.min(self.input.len()));
        let options: Value = serde_json::from_slice(options).map_err(|error| error.to_string())?;
        let session = match &mut self.session {
            Some((of, session)) if *of == options => session,
            other => {
                let session = linter(&options)?.session();
                &mut other.insert((options.clone(), session)).1
            }
        };
        let file = options["file"].as_str().unwrap_or_default();
        let lines = match options["lines"].as_bool() {
            Some(lines) => lines,
            None => lint::looks_like_lines(text),
        };
        let report = if lines {
            session.check_lines(file, text)
        } else {
            session.check(file, text)
        };
        Ok(report.render(Format::JSON))
    }
}

/// A linter by the options of the page; those it leaves out are as configured.
fn linter(options: &Value) -> Result<Linter, String> {
    let mut builder = Linter::builder();
    if let Some(seconds) = options["now"].as_u64() {
        builder = builder.now(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds));
    }
    if let Some(config) = options["config"].as_str() {
        builder = builder.config(config);
    }
    if let Some(revision) = options["revision"].as_str() {
        builder = builder.revision(revision);
    }
    if let Some(mode) = options["mode"].as_str().and_then(Mode::from_name) {
        builder = builder.mode(mode);
    }
    builder.build().map_err(|error| error.to_string())
}

fn refused(message: &str) -> String {
    json!({ "refused": message }).to_string()
}

fn all_choices() -> Value {
    let event = Resource::autopilot_event();
    json!({
        "revisions": lint::revision_names(event.revisions()).collect::<Vec<_>>(),
        "modes": Mode::ALL.map(|(_, name)| name),
        "welcome": WELCOME,
        "examples": rules().iter().filter_map(|rule| example(rule)).collect::<Vec<_>>(),
    })
}

/// The first bad example of a rule that is text, and the options under which it gives a finding.
fn example(rule: &Rule) -> Option<Value> {
    let mut bad = rule.bad.iter();
    let (example, text) =
        bad.find_map(|example| Some((example, String::from_utf8(example.text()).ok()?)))?;
    let turned_on = format!("severity = {{ {} = \"warning\" }}\n", rule.name);
    Some(json!({
        "rule": rule.name,
        "category": rule.category,
        "text": text,
        "mode": example.mode.name(),
        "revision": example.revision,
        "config": rule.default.is_none().then_some(turned_on),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the page gets for a text and options.
    fn answered(text: &str, options: &Value) -> Value {
        let mut state = State {
            input: format!("{text}{options}").into_bytes(),
            ..State::default()
        };
        let answer = state.check(text.len());
        serde_json::from_str(&answer.unwrap_or_else(|why| refused(&why))).expect("JSON")
    }

    fn rules_of(answer: &Value) -> Vec<&str> {
        let found = answer["diagnostics"].as_array().expect("findings").iter();
        found.filter_map(|found| found["rule"].as_str()).collect()
    }

    #[test]
    fn every_example_gives_a_finding_of_its_rule() {
        let choices = all_choices();
        let examples = choices["examples"].as_array().expect("examples");
        // All but that of bytes that are no text.
        assert!(examples.len() + 1 >= rules().len(), "{}", examples.len());
        for example in examples {
            let mut options = example.clone();
            options["lines"] = false.into();
            options["now"] = 1_790_000_000.into();
            let answer = answered(example["text"].as_str().expect("a text"), &options);
            let rule = example["rule"].as_str().expect("a name");
            assert!(rules_of(&answer).contains(&rule), "{rule}: {answer}");
        }
    }

    #[test]
    fn lines_are_recognised_and_options_followed() {
        let lines = "{\"targetedAppCount\": -1}\n{\"targetedAppCount\": -1}\n";
        let answer = answered(lines, &json!({ "config": "fail-level = 'info'" }));
        assert_eq!(rules_of(&answer), ["negative-count", "negative-count"]);
        let answer = answered(lines, &json!({ "lines": false }));
        assert!(rules_of(&answer).contains(&"json-syntax"), "{answer}");
        let answer = answered("{}", &json!({ "mode": "create" }));
        assert!(rules_of(&answer).contains(&"missing-member"), "{answer}");
    }

    #[test]
    fn what_cannot_be_done_is_said() {
        let answer = answered("{}", &json!({ "config": "revision = 3" }));
        assert!(answer["refused"].is_string(), "{answer}");
    }
}
