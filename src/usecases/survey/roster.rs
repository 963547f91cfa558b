//! The people of a repository: one entry for each human being, whatever addresses they commit with.

use crate::config::StarterPerson;

/// People with keys of their own, in the order in which they were added.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Roster {
    /// The people.
    pub people: Vec<StarterPerson>,
}

/// The longest name.
const LONGEST: usize = 100;

/// GitHub's addresses that hide the real one.
const HIDDEN: &str = "@users.noreply.github.com";

impl Roster {
    /// Adds somebody, or what is new about somebody who is there: the same account, address or name
    /// is the same person, unless two account numbers differ. Gives the key.
    pub fn add(&mut self, name: &str, address: Option<&str>) -> String {
        let email = address.map(str::to_lowercase).filter(|email| is_address(email));
        let (login, id) = email.as_deref().map(account).unwrap_or_default();
        let name = clean(name);
        let name = if name.is_empty() {
            email.clone().unwrap_or_else(|| "?".to_owned())
        } else {
            name
        };
        let same = |person: &&mut StarterPerson| {
            let other_account = person.github_id.is_some() && id.is_some() && person.github_id != id;
            let account = login.is_some() && person.github == login;
            let address = email.as_ref().is_some_and(|email| person.emails.contains(email));
            !other_account && (account || address || person.name.to_lowercase() == name.to_lowercase())
        };
        if let Some(person) = self.people.iter_mut().find(same) {
            person.github = person.github.take().or(login);
            person.github_id = person.github_id.or(id);
            if let Some(email) = email.filter(|email| !person.emails.contains(email)) {
                person.emails.push(email);
            }
            return person.key.clone();
        }
        let key = self.free_key(&name, email.as_deref());
        self.people.push(StarterPerson {
            key: key.clone(),
            name,
            emails: email.into_iter().collect(),
            github: login,
            github_id: id,
            ..StarterPerson::default()
        });
        key
    }

    /// The key of the person who is called so: by key, login, address or name.
    pub fn find(&self, word: &str) -> Option<&str> {
        let word = word.trim().trim_start_matches('@').to_lowercase();
        let is = |person: &&StarterPerson| {
            person.key.to_lowercase() == word
                || person
                    .github
                    .as_deref()
                    .is_some_and(|login| login.to_lowercase() == word)
                || person.emails.contains(&word)
                || person.name.to_lowercase() == word
        };
        self.people.iter().find(is).map(|person| person.key.as_str())
    }

    /// The person with `key`.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut StarterPerson> {
        self.people.iter_mut().find(|person| person.key == key)
    }

    /// The person with `key`.
    pub fn get(&self, key: &str) -> Option<&StarterPerson> {
        self.people.iter().find(|person| person.key == key)
    }

    /// A short key after the address or the name: `sato`, `sato2`, …
    fn free_key(&self, name: &str, email: Option<&str>) -> String {
        let slug = |text: &str| -> String {
            text.chars()
                .map(|c| c.to_ascii_lowercase())
                .skip_while(|c| !c.is_ascii_alphabetic())
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                .take(20)
                .collect()
        };
        let local = email
            .and_then(|email| email.split('@').next())
            .unwrap_or_default();
        let local = local.split_once('+').map_or(local, |(_, login)| login);
        let base = [slug(local), slug(name), "person".to_owned()]
            .into_iter()
            .find(|slug| !slug.is_empty())
            .unwrap_or_default();
        let taken = |key: &str| self.people.iter().any(|person| person.key == key);
        if !taken(&base) {
            return base;
        }
        (2..)
            .map(|n| format!("{base}{n}"))
            .find(|key| !taken(key))
            .unwrap_or(base)
    }
}

/// `Name <address>` in its parts.
pub fn name_and_address(text: &str) -> (String, Option<String>) {
    match text.split_once('<') {
        Some((name, address)) => {
            let address = address.trim_end_matches(['>', ' ']).trim().to_owned();
            let name = name.trim();
            let name = if name.is_empty() { &address } else { name };
            (name.to_owned(), Some(address.clone()))
        }
        None if text.contains('@') => (text.trim().to_owned(), Some(text.trim().to_owned())),
        None => (text.trim().to_owned(), None),
    }
}

/// Login and number of an address that GitHub gives to those who hide theirs; older ones have no
/// number.
fn account(email: &str) -> (Option<String>, Option<u64>) {
    let Some(local) = email.strip_suffix(HIDDEN) else {
        return (None, None);
    };
    let (id, login) = match local.split_once('+') {
        Some((id, login)) => (id.parse().ok(), login),
        None => (None, local),
    };
    let fits = !login.is_empty()
        && login.len() <= 39
        && login
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if fits {
        (Some(login.to_owned()), id)
    } else {
        (None, None)
    }
}

/// Whether the configuration takes it as an address.
fn is_address(text: &str) -> bool {
    text.len() <= 254
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
        && text
            .split_once('@')
            .is_some_and(|(local, host)| !local.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// A name on one line, without what a terminal obeys or hides.
fn clean(name: &str) -> String {
    let shown = |c: char| {
        !c.is_control()
            && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
    };
    let name: String = name
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| shown(*c))
        .collect();
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_with_three_addresses_is_one_person() {
        let mut roster = Roster::default();
        assert_eq!(roster.add("Sato Yu", Some("sato@shop.example")), "sato");
        assert_eq!(
            roster.add("sato  yu", Some("771204+sato-y@users.noreply.github.com")),
            "sato"
        );
        assert_eq!(
            roster.add("Sato (work)", Some("771204+SATO-Y@users.noreply.github.com")),
            "sato"
        );
        assert_eq!(roster.people.len(), 1);
        assert_eq!(roster.people[0].github.as_deref(), Some("sato-y"));
        assert_eq!(roster.people[0].github_id, Some(771_204));
    }

    #[test]
    fn two_accounts_with_one_name_stay_two_people() {
        let mut roster = Roster::default();
        roster.add("Sato", Some("1+sato@users.noreply.github.com"));
        assert_eq!(
            roster.add("Sato", Some("2+sato-evil@users.noreply.github.com")),
            "sato2"
        );
    }

    #[test]
    fn name_with_escapes_quotes_and_line_ends() {
        let mut roster = Roster::default();
        roster.add("A\u{1b}[31m\"B'\n: {x}\u{202e}", Some("not an address"));
        assert_eq!(roster.people[0].name, "A [31m\"B' : {x}");
        assert!(roster.people[0].emails.is_empty());
        assert_eq!(roster.people[0].key, "a");
    }

    #[test]
    fn a_person_is_found_by_whatever_names_them() {
        let mut roster = Roster::default();
        roster.add("佐藤 優", Some("7+sato-y@users.noreply.github.com"));
        for word in ["sato", "@Sato-Y", "佐藤 優", "7+sato-y@users.noreply.github.com"] {
            assert_eq!(roster.find(word), Some("sato"), "{word}");
        }
        assert_eq!(roster.find("hayashi"), None);
    }
}
