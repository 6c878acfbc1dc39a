//! The pages of the Autopilot event, in every language and revision, against what is known of it.

use super::pages::{Pages, enumeration, expected, member};
use crate::library::SchemaOptions;
use crate::library::derive::{Derived, Options};

const EVENT: &str = "intune-troubleshooting-devicemanagementautopilotevent";

/// Corpora by the revision they show; the expectation has the same name.
const REVISIONS: [(&str, &[&str]); 4] = [
    ("2019-09", &["en-2019", "ru-sxs-2019", "ru-mt-2019"]),
    ("2020-03", &["en-2020"]),
    (
        "2021-01",
        &[
            "en-2021",
            "ru-sxs-2021",
            "zh-sxs-2021",
            "pt-sxs-2021",
            "ru-mt-2023",
        ],
    ),
    ("2024-08", &["en-2024"]),
];

fn api(verb: &str) -> String {
    format!("api-reference/beta/api/{EVENT}-{verb}.md")
}

fn resource() -> String {
    format!("api-reference/beta/resources/{EVENT}.md")
}

/// Members of the event, and the enumerations of these names.
fn facts(derived: &Derived, enumerations: &[&str]) -> Vec<String> {
    let model = &derived.model;
    let members = model
        .resource()
        .members
        .iter()
        .map(|one| member(model, one));
    let named = |name: &&str| model.enumerations.iter().find(|one| one.name == **name);
    let enumerations = enumerations.iter().filter_map(named).map(enumeration);
    members.chain(enumerations).collect()
}

/// The expectation's lines, those of navigation properties and the numbers only if wanted, and the
/// names of its enumerations.
fn wanted(facts: &str, navigation: bool, numbers: bool) -> (Vec<String>, Vec<&str>) {
    let lines = facts
        .lines()
        .filter(|line| navigation || !line.contains(" -> "));
    let lines = lines.map(|line| {
        let words = line.split(' ').map(|word| match word.split_once('=') {
            Some((name, _)) if !numbers => name,
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ")
    });
    let names = facts
        .lines()
        .filter_map(|line| line.strip_prefix("enum ")?.split(':').next());
    (lines.collect(), names.collect())
}

#[test]
fn every_page_has_the_members_of_its_revision() {
    let Some(pages) = Pages::open() else { return };
    for (revision, corpora) in REVISIONS {
        let facts_text = expected(&format!("autopilot/{revision}.txt"));
        for corpus in corpora {
            let (create, others) = if *corpus == "en-2024" {
                (vec![], vec![resource()])
            } else {
                let others = vec![resource(), api("get"), api("list")];
                (vec![api("create"), api("update")], others)
            };
            let numbers = !corpus.contains("mt") && *corpus != "en-2024";
            let cases = create.iter().map(|page| (page, false));
            for (page, navigation) in cases.chain(others.iter().map(|page| (page, true))) {
                let options = Options {
                    enum_values: true,
                    ..Options::default()
                };
                let derived = pages.derive(corpus, page, options).expect(page);
                let (lines, names) = wanted(&facts_text, navigation, numbers);
                assert_eq!(facts(&derived, &names), lines, "{corpus}/{page}");
                assert_eq!(
                    derived.model.qualified_name,
                    "microsoft.graph.deviceManagementAutopilotEvent"
                );
            }
        }
    }
}

#[test]
fn all_languages_of_a_revision_give_the_same_schema() {
    let Some(pages) = Pages::open() else { return };
    let verbs = ["create", "update", "get", "list"].map(api);
    for (_, corpora) in REVISIONS {
        for page in verbs.iter().chain([&resource()]) {
            for single_file in [false, true] {
                let options = Options {
                    single_file,
                    ..Options::default()
                };
                let schemas: Vec<String> = corpora
                    .iter()
                    .filter_map(|corpus| pages.derive(corpus, page, options).ok())
                    .map(|derived| {
                        format!("{:#}", derived.to_json_schema(&SchemaOptions::default()))
                    })
                    .collect();
                let [first, others @ ..] = schemas.as_slice() else {
                    continue;
                };
                for other in others {
                    assert_eq!(other, first, "{page}, single file: {single_file}");
                }
            }
        }
    }
}
