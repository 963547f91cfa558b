//! What git already says about the change.

use sekisho::git::Here;

/// A title: the last commit's subject where it belongs to this change, else the branch's name in words.
pub(super) fn title(here: &Here, default_branch: Option<&str>) -> Option<String> {
    let on_default = here.branch.as_deref() == default_branch;
    // What is staged is not in the last commit yet, whose subject then speaks of something else.
    let subject = here.subject.clone().filter(|_| here.staged.is_empty());
    let branch = here.branch.as_deref().filter(|_| !on_default).map(words);
    let title = if on_default {
        subject.or(branch)
    } else {
        branch.filter(|_| !here.staged.is_empty()).or(subject)
    };
    title.map(|title| cut(&title)).filter(|title| !title.is_empty())
}

/// An issue's number in the branch's name or the subject: `#12`, `issue-12`, `12-tea`, `ABC-12`.
pub(super) fn reference(here: &Here) -> Option<String> {
    let subject = here.subject.as_deref().unwrap_or_default();
    let hash = subject
        .split(|c: char| c.is_whitespace() || "()[],.:;".contains(c))
        .find(|word| {
            word.strip_prefix('#')
                .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
        });
    if let Some(hash) = hash.filter(|_| here.staged.is_empty()) {
        return Some(hash.to_owned());
    }
    let name = here.branch.as_deref()?.rsplit('/').next()?;
    let mut parts = name.split(['-', '_']).peekable();
    while let Some(part) = parts.next() {
        let number =
            |text: &str| !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit());
        if number(part) {
            return Some(format!("#{part}"));
        }
        let project = part.len() >= 2 && part.bytes().all(|b| b.is_ascii_uppercase());
        if let Some(next) = parts.peek().filter(|next| project && number(next)) {
            return Some(format!("{part}-{next}"));
        }
    }
    None
}

/// `feature/12-lower_tea` → `lower tea`.
fn words(branch: &str) -> String {
    let name = branch.rsplit('/').next().unwrap_or(branch);
    let parts = name.split(['-', '_', ' ']).filter(|part| !part.is_empty());
    let parts = parts.skip_while(|part| part.bytes().all(|b| b.is_ascii_digit()));
    parts.collect::<Vec<_>>().join(" ")
}

/// A title may have 80 characters, on one line, without what a terminal obeys.
fn cut(text: &str) -> String {
    sekisho::report::harmless(text.trim()).chars().take(80).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn here(branch: &str, subject: &str, staged: &[&str]) -> Here {
        Here {
            branch: Some(branch.to_owned()),
            subject: Some(subject.to_owned()),
            staged: staged.iter().map(|path| (*path).to_owned()).collect(),
        }
    }

    #[test]
    fn title_and_reference_come_from_where_they_belong() {
        let main = Some("main");
        assert_eq!(
            title(&here("main", "Lower the price", &[]), main).as_deref(),
            Some("Lower the price")
        );
        assert_eq!(title(&here("main", "Something else", &["a"]), main), None);
        let branch = here("feature/12-lower_the-price", "Something else (#9)", &["a"]);
        assert_eq!(title(&branch, main).as_deref(), Some("lower the price"));
        assert_eq!(reference(&branch).as_deref(), Some("#12"));
        assert_eq!(
            reference(&here("main", "Fix it (#9)", &[])).as_deref(),
            Some("#9")
        );
        assert_eq!(
            reference(&here("SHOP-77-tea", "x", &[])).as_deref(),
            Some("SHOP-77")
        );
        assert_eq!(reference(&here("main", "x", &[])), None);
    }

    #[test]
    fn branch_whose_name_is_an_escape() {
        let title = title(&here("x/\u{1b}[31m-red", "x", &["a"]), Some("main"));
        assert!(title.is_some_and(|title| !title.contains('\u{1b}')));
    }
}
