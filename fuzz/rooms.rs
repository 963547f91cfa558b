//! The rooms that read what strangers write, without the rest of the house.

#[path = "../src/change/mod.rs"]
pub mod change;
#[path = "../src/config/mod.rs"]
pub mod config;
#[path = "../src/ledger/mod.rs"]
pub mod ledger;
