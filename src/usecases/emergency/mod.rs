//! The way through the gate when something is broken: declared, asked about, carried out inside
//! limits, and looked at afterwards.

mod acts;
mod answers;
mod calls;
mod complete;
mod declare;
mod facts;
mod owed;
mod retro;
mod spooled;
mod stated;

pub use acts::{Calling, Extending, acknowledge, call, carried_out, end, extend, tell};
pub use calls::{Call, Situation, situation};
pub use complete::{complete, incomplete};
pub use declare::{Declaring, abandon, declare_emergency, preview, waits_for_calls};
pub(super) use facts::{emergency_facts, is_open};
pub(super) use owed::{emergency_owed, owed};
pub use retro::{LookedBack, Looking, looks_back, retro};
pub use spooled::with_spooled;
