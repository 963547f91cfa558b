//! What the YAML scanner says, in our own sentences.

use granit_parser::ErrorKind;

use crate::change::Message;

/// The sentence for text that is not YAML at all.
pub(super) fn message(kind: &ErrorKind) -> Message {
    use ErrorKind as K;
    match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabInIndentation
        | K::TabAtBlockScalarStart
        | K::TabInPlainScalar => Message::new("yaml-tab"),
        K::RecursionLimitExceeded => Message::new("yaml-too-deep").with("limit", 32),
        K::DirectiveDisallowed => Message::new("yaml-directive"),
        K::UnclosedQuotedScalar | K::DocumentIndicatorInQuotedScalar => Message::new("yaml-unclosed-quote"),
        K::UnclosedFlowCollection { .. }
        | K::UnexpectedEofFlowSequence
        | K::UnexpectedEofFlowMapping
        | K::UnexpectedEofImplicitFlowMapping
        | K::ExpectedFlowMappingSeparator
        | K::ExpectedFlowSequenceSeparator
        | K::MisplacedFlowCollectionEnd
        | K::MismatchedFlowCollectionEnd { .. } => Message::new("yaml-unclosed-bracket"),
        K::MappingValueNotAllowed | K::InvalidColonPlacement | K::InvalidMappingValueWhitespace => {
            Message::new("yaml-colon")
        }
        K::SimpleKeyExpected | K::InvalidSimpleKey | K::ExpectedBlockMappingKey => {
            Message::new("yaml-colon-missing")
        }
        K::InvalidIndentation
        | K::InvalidBlockScalarIndent
        | K::InvalidQuotedScalarIndent
        | K::InvalidFlowScalarIndent
        | K::ExpectedBlockSequenceEntry
        | K::BlockSequenceEntryNotAllowed => Message::new("yaml-indentation"),
        K::UndeclaredTagHandle
        | K::InvalidTagTerminator
        | K::InvalidGlobalTagCharacter
        | K::UnclosedVerbatimTag
        | K::ExpectedTagBang
        | K::MissingTagUri => Message::new("yaml-tag"),
        K::MissingAnchorOrAliasName | K::UnknownAnchor => Message::new("yaml-anchor"),
        K::UnexpectedCharacter { character } => {
            Message::new("yaml-character").with("character", character.escape_debug())
        }
        K::CommentNotSeparated => Message::new("yaml-remark"),
        K::InvalidTrailingDoubleQuotedScalar | K::InvalidTrailingSingleQuotedScalar => {
            Message::new("yaml-after-quote")
        }
        K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape => Message::new("yaml-escape"),
        other => Message::new("yaml-syntax").with("detail", spaced(&format!("{other:?}"))),
    }
}

/// `ExpectedNodeContent` as `expected node content`.
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for character in name.chars().take(60) {
        if character.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(character.to_lowercase());
    }
    words
}
