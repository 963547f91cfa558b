//! What the commands do: collect, judge, record, and everything around that.

mod approve;
mod baseline;
mod check;
mod collect;
mod collect_change;
mod declare;
mod execute;
mod found;
mod gate;
mod history;
mod in_force;
mod log_view;
mod ports;
mod put_back;
mod record;
mod references;
mod saying;
mod stop;

pub use approve::{Approving, Given, On, approve};
pub use baseline::{Baselined, baseline, signers};
pub use check::{Checked, Outlook, WorkFile, check, declaration_faults, outlook};
pub use collect::{Asked, Collected, collect};
pub use declare::{Declared, file_into_log, free_id};
pub use execute::{Finished, Finishing, Started, finish, start};
pub use gate::{Judged, gate, judge_now, judge_saved, record_outage};
pub use history::{Page, Row, Title, history, show};
pub use in_force::{CONFIG_PATH, InForce, Listing, choose_service, in_file};
pub use log_view::{LogView, grown, inspect, read_log};
pub use ports::{Actor, Ports};
pub use record::{Saying, write};
pub use stop::{FileFaults, Stop};
