//! Numbers of accounts: looked up where there is a token, or given by hand.

use sekisho::change::Message;
use sekisho::usecases::{Roster, Stop};

use super::people;
use crate::cli::args::InitArgs;
use crate::cli::output::Output;
use crate::wire::Wiring;

/// Whose account it is.
pub(super) struct Known {
    person: String,
    login: String,
    id: u64,
}

/// Every account that a flag names: `PERSON=LOGIN` is looked up, `PERSON=LOGIN:ID` is taken as it is.
pub(super) async fn known(wiring: &Wiring, output: &Output, args: &InitArgs) -> Result<Vec<Known>, Stop> {
    let mut all = Vec::new();
    for text in &args.github_login {
        let wrong = || {
            Stop::Request(
                Message::new("error-flag")
                    .with("flag", "--github-login")
                    .with("text", text),
            )
        };
        let (person, account) = text.split_once('=').ok_or_else(wrong)?;
        let (login, id) = match account.split_once(':') {
            Some((login, id)) => (login.trim(), Some(id.trim().parse().map_err(|_| wrong())?)),
            None => (account.trim(), None),
        };
        let login = login.trim_start_matches('@');
        if person.trim().is_empty() || !is_login(login) {
            return Err(wrong());
        }
        let known = Known {
            person: person.trim().to_owned(),
            login: login.to_owned(),
            id: match id {
                Some(id) => id,
                None => looked_up(wiring, login).await?,
            },
        };
        output.tell(
            &Message::new("init-account")
                .with("person", &known.person)
                .with("login", &known.login)
                .with("id", known.id.to_string()),
        );
        all.push(known);
    }
    Ok(all)
}

/// The number of the account that has this login now.
async fn looked_up(wiring: &Wiring, login: &str) -> Result<u64, Stop> {
    let said = |key: &str| Message::new(key).with("login", login);
    let ports = wiring.ports();
    let Some(forge) = ports.forge else {
        return Err(Stop::Request(said("error-login-token")));
    };
    let Some(account) = forge.account(login).await? else {
        return Err(Stop::Request(said("error-login-unknown")));
    };
    let id = account
        .id
        .ok_or_else(|| Stop::Request(said("error-login-unknown")))?;
    // An answer under another name is of somebody who may not be meant.
    if !account.login.eq_ignore_ascii_case(login) {
        let message = said("error-login-renamed").with("now", &account.login);
        return Err(Stop::Request(message.with("id", id.to_string())));
    }
    if !account.human {
        return Err(Stop::Request(said("error-login-machine")));
    }
    Ok(id)
}

/// Writes them to the people whom they belong to.
pub(super) fn write(known: &[Known], roster: &mut Roster) -> Result<(), Stop> {
    for account in known {
        let key = people::named(roster, &account.person, "--github-login").map_err(Stop::Request)?;
        if let Some(person) = roster.get_mut(&key) {
            person.github = Some(account.login.clone());
            person.github_id = Some(account.id);
        }
    }
    Ok(())
}

/// What GitHub lets accounts be called; `_` stands in those that a company manages.
fn is_login(login: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    (1..=60).contains(&login.len()) && login.chars().all(plain)
}
