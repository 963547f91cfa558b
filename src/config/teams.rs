//! GitHub teams among those who may do something: only a forge can tell who is in them.

use std::collections::BTreeMap;

use super::{Authority, Config, Group, Person};
use crate::change::PersonKey;

impl Config {
    /// The groups that are teams, with the team's name, `organisation/team`.
    pub fn teams(&self) -> BTreeMap<&str, &str> {
        self.groups
            .iter()
            .filter_map(|(name, group)| match group {
                Group::Team(team) => Some((name.as_str(), team.as_str())),
                Group::People(_) => None,
            })
            .collect()
    }

    /// Puts the people with these accounts (number and login) in the place of the team that
    /// `group` names.
    pub fn fill_team(&mut self, group: &str, accounts: &[(Option<u64>, String)]) {
        let in_team = |person: &Person| accounts.iter().any(|(id, login)| is_account(person, *id, login));
        let members = self.people.iter().filter(|(_, person)| in_team(person));
        let members: Vec<PersonKey> = members.map(|(key, _)| key.clone()).collect();
        let place = |people: &mut Vec<PersonKey>| fill(people, group, &members);
        let authority = |authority: &mut Authority| authority.by_risk.values_mut().for_each(place);
        place(&mut self.executors);
        place(&mut self.emergency_route);
        place(&mut self.emergency.declarers);
        place(&mut self.approval.outside_reviewers);
        authority(&mut self.approvers);
        for service in self.services.values_mut() {
            service.executors.iter_mut().for_each(place);
            service.approvers.iter_mut().for_each(authority);
        }
        for area in self.areas.values_mut() {
            place(&mut area.owners);
            area.executors.iter_mut().for_each(place);
            area.approvers.iter_mut().for_each(authority);
        }
        self.groups.insert(group.to_owned(), Group::People(members));
    }

    /// The first team among `people` of which nobody knows who is in it.
    pub fn unread_team<'c>(&'c self, people: &[PersonKey]) -> Option<&'c str> {
        people
            .iter()
            .find_map(|name| match self.groups.get(name.as_str()) {
                Some(Group::Team(team)) => Some(team.as_str()),
                _ => None,
            })
    }

    /// The person that an account belongs to: by its number, or by its login where the
    /// configuration knows no number of that person.
    pub fn person_of_account(&self, id: Option<u64>, login: &str) -> Option<&PersonKey> {
        let by_number = |person: &Person| person.github_id.is_some() && person.github_id == id;
        let numbered = self.people.iter().find(|(_, person)| by_number(person));
        let found = numbered.or_else(|| {
            self.people
                .iter()
                .find(|(_, person)| is_account(person, id, login))
        });
        found.map(|(key, _)| key)
    }
}

fn is_account(person: &Person, id: Option<u64>, login: &str) -> bool {
    match person.github_id {
        Some(known) => Some(known) == id,
        None => person
            .github
            .as_deref()
            .is_some_and(|known| known.eq_ignore_ascii_case(login)),
    }
}

/// Replaces `group` by `members`, each once.
fn fill(people: &mut Vec<PersonKey>, group: &str, members: &[PersonKey]) {
    let Some(place) = people.iter().position(|person| person.as_str() == group) else {
        return;
    };
    people.remove(place);
    let known = people.clone();
    let new = members.iter().filter(|member| !known.contains(member)).cloned();
    people.splice(place..place, new);
}
