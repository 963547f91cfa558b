//! A first workflow that asks the gate.

use crate::change::text::declaration::inline;
use crate::config::Language;

/// A GitHub workflow that checks pull requests, and asks the gate before a deploy of each of
/// `services` (`None`: the only one) from `branch`.
pub fn starter_workflow(language: Language, branch: &str, services: &[Option<&str>]) -> String {
    let (head, here, deploy) = match language {
        Language::En => (
            "# This file does not install sekisho: it has to be in the PATH of both runners.",
            "    # The change log is one file: this runner has to be the machine that keeps it, and\n    # the repository's variable SEKISHO_LOG names its path.",
            "        # Put the deploy into a job that needs this one, or in the next step.",
        ),
        Language::Ja => (
            "# このファイルは sekisho をインストールしません。どちらのランナーでも PATH を通しておいてください。",
            "    # 変更履歴は1つのファイルです。それを保管するマシンのランナーで動かし、\n    # リポジトリの変数 SEKISHO_LOG にパスを設定してください。",
            "        # 反映(デプロイ)は次のステップか、この job を needs に挙げた job に書きます。",
        ),
    };
    let mut text = format!(
        "{head}\nname: sekisho\non:\n  pull_request:\n  push: {{branches: [{}]}}\npermissions: {{contents: read}}\njobs:\n  check:\n    if: github.event_name == 'pull_request'\n    runs-on: ubuntu-latest\n    steps:\n{CHECKOUT}      - run: sekisho check\n  gate:\n    if: github.event_name == 'push'\n{here}\n    runs-on: self-hosted\n    environment: {{name: production, deployment: false}}\n    concurrency: {{group: production, cancel-in-progress: false, queue: max}}\n    env: {{SEKISHO_LOG: \"${{{{ vars.SEKISHO_LOG }}}}\"}}\n    steps:\n{CHECKOUT}",
        inline(branch)
    );
    for service in services {
        let service = service.map(|key| format!(" --service {key}")).unwrap_or_default();
        text.push_str(&format!(
            "      - run: sekisho gate --environment production{service} --head \"$GITHUB_SHA\" --log \"$SEKISHO_LOG\"\n"
        ));
    }
    text.push_str(deploy);
    text.push('\n');
    text
}

/// The whole history, and no token left behind.
const CHECKOUT: &str = "      - uses: actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683 # v4.2.2
        with: {fetch-depth: 0, persist-credentials: false}
";
