//! Who belongs to a team.

use super::forge::GitHub;
use super::reading::{MOST_PAGES, escaped, read, unknown};
use super::shapes::RestUser;
use crate::ports::{Account, ForgeError};

const MEMBERS: &str =
    "organization members: read (an App's or a person's token; the workflow's own never has it)";

impl GitHub {
    /// The accounts of a team, `organisation/team`.
    pub(super) async fn members(&self, name: &str) -> Result<Vec<Account>, ForgeError> {
        let (organisation, team) = name.split_once('/').ok_or_else(unknown)?;
        let what = format!("team {name}");
        let mut path = format!(
            "/orgs/{}/teams/{}/members?per_page=100",
            escaped(organisation),
            escaped(team)
        );
        let mut members = Vec::new();
        for _ in 0..MOST_PAGES {
            // "No such team" is also what a token hears that may not know.
            let got =
                self.client()?
                    .get(&path, &what, MEMBERS)
                    .await?
                    .ok_or_else(|| ForgeError::Forbidden {
                        what: what.clone(),
                        permission: MEMBERS.to_owned(),
                    })?;
            members.extend(read::<Vec<RestUser>>(&got.body)?.iter().map(RestUser::account));
            match got.next {
                Some(next) => path = next,
                None => return Ok(members),
            }
        }
        Err(ForgeError::Answer(format!("{what}: members without an end")))
    }
}
