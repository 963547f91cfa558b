//! Jobs that deploy already: what makes the gate stand before them.

use sekisho::change::Message;
use sekisho::usecases::Survey;

use crate::cli::output::Output;

/// The line that each job that was found lacks. Nothing of theirs is edited.
pub(super) fn tell(output: &Output, survey: &Survey) {
    for deploy in &survey.workflows.deploys {
        output.tell(
            &Message::new("init-deploy-ungated")
                .with("file", &deploy.file)
                .with("job", &deploy.job),
        );
    }
}
