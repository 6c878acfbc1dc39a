//! Enumeration members in other words: translated, or of another writer's vocabulary.
//!
//! Owns the words. They come from the translated documentation of Graph and from consumers' test
//! data; the members they stand for are named in the order of preference, because each enumeration
//! has its own word for a failure.

/// Why a text is another word for a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Machine translation of the documentation, or a localised portal.
    Translation,
    /// English, but not this enumeration's word.
    Synonym,
}

struct Words {
    /// The members that the words say, each in the enumeration that has it.
    members: &'static [&'static str],
    /// What comes nearest in enumerations that have none of them.
    others: &'static [&'static str],
    synonyms: &'static [&'static str],
    /// In lower case.
    translations: &'static [&'static str],
}

/// Synonyms are written as [`fold`] leaves them.
const WORDS: [Words; 15] = [
    Words {
        members: &["success"],
        others: &["compliant", "installed", "enrolled"],
        synonyms: &[
            "succeeded",
            "successful",
            "completed",
            "complete",
            "finished",
            "ok",
            "passed",
        ],
        translations: &[
            "успех",
            "успешно",
            "выполнено",
            "erfolgreich",
            "erfolg",
            "sucesso",
            "éxito",
            "correcto",
            "succès",
            "réussite",
            "成功",
        ],
    },
    Words {
        members: &["failure", "failed"],
        others: &["error"],
        synonyms: &[
            "failure",
            "failed",
            "fail",
            "error",
            "faulted",
            "unsuccessful",
        ],
        translations: &[
            "сбой",
            "сбой при",
            "сбоев",
            "не удалось",
            "ошибка",
            "versagen",
            "fehler",
            "fehlgeschlagen",
            "falha",
            "erro",
            "error",
            "fracaso",
            "échec",
            "失败",
            "失敗",
            "错误",
            "エラー",
        ],
    },
    Words {
        members: &["inProgress"],
        others: &[],
        synonyms: &[
            "running",
            "pending",
            "started",
            "ongoing",
            "deploying",
            "enrolling",
        ],
        translations: &[
            "выполняется",
            "в процессе",
            "in bearbeitung",
            "em andamento",
            "en curso",
            "en cours",
            "正在进行",
            "进行中",
            "進行中",
        ],
    },
    Words {
        members: &["successWithTimeout"],
        others: &[],
        synonyms: &["timeout", "timedout"],
        translations: &[],
    },
    Words {
        members: &["successOnRetry"],
        others: &[],
        synonyms: &["retried", "successafterretry"],
        translations: &[],
    },
    Words {
        members: &["notAttempted"],
        others: &["notContacted"],
        synonyms: &["notstarted", "skipped", "notrun", "notapplicable", "none"],
        translations: &["не выполнялось", "nicht versucht", "não tentado", "未尝试"],
    },
    Words {
        members: &["disabled"],
        others: &[],
        synonyms: &["off", "deactivated", "notenabled", "notconfigured"],
        translations: &[
            "отключено",
            "выключено",
            "deaktiviert",
            "desabilitado",
            "desabilitadas",
            "desativado",
            "deshabilitado",
            "désactivé",
            "已禁用",
            "無効",
        ],
    },
    Words {
        members: &["unknown"],
        others: &[],
        synonyms: &["undefined", "unspecified"],
        translations: &[
            "неизвестно",
            "unbekannt",
            "desconhecido",
            "desconocido",
            "inconnu",
            "未知",
            "不明",
        ],
    },
    Words {
        members: &["enrolled"],
        others: &[],
        synonyms: &["registered", "joined"],
        translations: &[
            "зачислены",
            "зарегистрированный",
            "зарегистрированных",
            "зарегистрировано",
            "registriert",
            "inscrito",
            "registrado",
            "inscrit",
            "已注册",
            "登録済み",
        ],
    },
    Words {
        members: &["blocked"],
        others: &[],
        synonyms: &["locked", "denied"],
        translations: &[
            "заблокирован",
            "заблокировано",
            "заблокированных",
            "gesperrt",
            "blockiert",
            "bloqueado",
            "bloqué",
            "已阻止",
            "ブロック",
        ],
    },
    Words {
        members: &["application"],
        others: &[],
        synonyms: &["app", "win32app"],
        translations: &[
            "приложение",
            "anwendung",
            "aplicação",
            "aplicativo",
            "aplicación",
            "应用程序",
        ],
    },
    Words {
        members: &["compliant"],
        others: &[],
        synonyms: &[],
        translations: &[
            "совместимый",
            "совместимо",
            "konform",
            "compatível",
            "compatible",
            "合格",
            "符合",
        ],
    },
    Words {
        members: &["notCompliant"],
        others: &[],
        synonyms: &["noncompliant"],
        translations: &[
            "не соответствует",
            "nicht konform",
            "incompatível",
            "不合格",
            "不符合",
        ],
    },
    Words {
        members: &["installed"],
        others: &[],
        synonyms: &[],
        translations: &[
            "установлено",
            "installiert",
            "instalado",
            "instalação",
            "installé",
            "已安装",
        ],
    },
    Words {
        members: &["notInstalled"],
        others: &[],
        synonyms: &[],
        translations: &[
            "не установлено",
            "nicht installiert",
            "não instalado",
            "未安装",
        ],
    },
];

/// A member that a text is another word for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Another<'a> {
    pub(crate) name: &'a str,
    pub(crate) origin: Origin,
    /// It says just that, and nothing that only comes near.
    pub(crate) certain: bool,
}

/// The member that `text` is another word for.
#[must_use]
pub(crate) fn member<'a>(text: &str, members: &[&'a str]) -> Option<Another<'a>> {
    let folded = fold(text);
    let lower = text.trim().to_lowercase();
    WORDS.iter().find_map(|words| {
        let origin = if words.synonyms.contains(&&*folded) {
            Origin::Synonym
        } else if words.translations.contains(&&*lower) {
            Origin::Translation
        } else {
            return None;
        };
        let first_of = |wanted: &[&str]| {
            let mut wanted = wanted.iter();
            wanted.find_map(|wanted| members.iter().copied().find(|member| member == wanted))
        };
        let said = first_of(words.members);
        Some(Another {
            name: said.or_else(|| first_of(words.others))?,
            origin,
            certain: said.is_some() && origin == Origin::Translation,
        })
    })
}

/// Whether a text is one of these words, whatever it stands for.
#[must_use]
pub(crate) fn is_known(text: &str) -> bool {
    let (folded, lower) = (fold(text), text.trim().to_lowercase());
    WORDS
        .iter()
        .any(|words| words.synonyms.contains(&&*folded) || words.translations.contains(&&*lower))
}

/// Lower case, without what parts words.
fn fold(text: &str) -> String {
    let letters = text.chars().filter(|c| !matches!(c, ' ' | '-' | '_'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_name_each_member_of_one_enumeration() {
        let model = crate::model::table::autopilot_event();
        let known = |name: &&str| {
            let mut members = model.enumerations.iter().flat_map(|one| &one.members);
            members.any(|member| member.name == **name)
        };
        for words in &WORDS {
            let mut all = words.members.iter().chain(words.others);
            assert!(all.all(known), "{:?}", words.members);
            for word in words.synonyms {
                assert_eq!(*word, fold(word));
            }
            for word in words.translations {
                assert_eq!(*word, word.to_lowercase());
            }
        }
    }

    #[test]
    fn the_word_of_the_enumeration_is_found() {
        let deployment = ["success", "failure", "disabled", "notAttempted"];
        let enrollment = ["enrolled", "failed", "blocked"];
        for (text, members, expected) in [
            (
                "сбой",
                &deployment[..],
                Some(("failure", Origin::Translation)),
            ),
            (
                "Сбой при",
                &enrollment[..],
                Some(("failed", Origin::Translation)),
            ),
            (
                "отключено",
                &deployment[..],
                Some(("disabled", Origin::Translation)),
            ),
            (
                "Erfolgreich",
                &deployment[..],
                Some(("success", Origin::Translation)),
            ),
            (
                "failed",
                &deployment[..],
                Some(("failure", Origin::Synonym)),
            ),
            (
                "Not Started",
                &deployment[..],
                Some(("notAttempted", Origin::Synonym)),
            ),
            (
                "Зачислены",
                &enrollment[..],
                Some(("enrolled", Origin::Translation)),
            ),
            ("отключено", &enrollment[..], None),
            ("banana", &deployment[..], None),
        ] {
            let found = member(text, members).map(|found| (found.name, found.origin));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_only_comes_near_is_not_certain() {
        let certain = |text: &str, known: &str| member(text, &[known]).map(|found| found.certain);
        for (text, known, expected) in [
            ("сбой", "failure", true),
            ("fehlgeschlagen", "failed", true),
            ("erfolgreich", "success", true),
            ("deaktiviert", "disabled", true),
            // A translation of another word.
            ("erfolgreich", "enrolled", false),
            ("сбой", "error", false),
            ("nicht versucht", "notContacted", false),
            // A word of another writer.
            ("failed", "failure", false),
            ("completed", "success", false),
        ] {
            assert_eq!(certain(text, known), Some(expected), "{text} {known}");
        }
    }
}
