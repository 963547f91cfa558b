//! What the remarks in the first workflows say.

use crate::config::Language;

/// Remarks of one language. Those at the top of a file are whole lines.
pub(super) struct Words {
    pub(super) own: &'static str,
    pub(super) called: &'static str,
    pub(super) check: &'static str,
    pub(super) copied: &'static str,
    pub(super) pinned: &'static str,
    pub(super) limits: &'static str,
    pub(super) queue: &'static str,
    pub(super) no_queue: &'static str,
    pub(super) no_deployment: &'static str,
    pub(super) reasons: &'static [&'static str; 6],
    pub(super) asks_again: &'static str,
    pub(super) your_command: &'static str,
    pub(super) no_command: &'static str,
    pub(super) keys: &'static str,
    pub(super) check_contents: &'static str,
    pub(super) check_reviews: &'static str,
}

const EN: Words = Words {
    own: "# Asks the gate about every push, then deploys. Written by `sekisho init`; yours to edit.
#
",
    called: "# Asks the gate. Called by the workflow that deploys, in a job that its deploy needs:
#   gate:
#     uses: ./.github/workflows/sekisho.yml
#     permissions: {contents: write, pull-requests: read, actions: read, deployments: read, id-token: write, statuses: write}
# and as the last step of the deploy's own job, so that its end is recorded (docs/action.md):
#   - if: always() && needs.gate.outputs.change-ids != ''
#     uses: (as below)
#     with: {command: finish, change: \"${{ needs.gate.outputs.change-ids }}\", outcome: \"${{ job.status }}\"}
#
",
    check: "# Says in a pull request what the gate is going to ask for. Written by `sekisho init`; yours to edit.
# It decides nothing: a pull request runs the workflow that it brings along.
#
",
    copied: "# The Action has no published name yet: what runs is the copy in this repository. Put it there once, from
# the sources that this sekisho was built from, and commit it together with this file:
#   mkdir -p .github/actions/sekisho
#   git -C PATH/TO/sekisho archive HEAD | tar -x -C .github/actions/sekisho
# Each job builds it with the runner's Rust, which takes some minutes. Once there is a name, the lines
# `uses:` become OWNER/NAME@ and the 40 characters of a commit that you have read.
#
",
    pinned: "# The 40 characters behind @ are the commit of the Action that runs; read it before you change them.
#
",
    limits: "# A workflow stops only what goes through it. The credential for production belongs into the environment
# that is named below, limited to the branch that is deployed (docs/action.md).
",
    queue: "one after the other, and none of those that wait is dropped",
    no_queue: "this server may drop a deployment that waits when a newer one comes; where it knows `queue: max`, add it",
    no_deployment: "its secrets and its branch rule, without showing a deployment that nobody made",
    reasons: &[
        "appends to the change log, the branch sekisho-log",
        "who reviewed what",
        "who let this run into the environment",
        "what GitHub takes for deployed",
        "the run says itself which run it is",
        "the log's state, noted on the deployed commit",
    ],
    asks_again: "asks once more, records the start, deploys, records the end",
    your_command: "Put the command that deploys here.",
    no_command: "No command that deploys is named yet, in .github/workflows/sekisho.yml.",
    keys: "the key of whoever started the run; its secret belongs into the environment",
    check_contents: "the files that are checked",
    check_reviews: "who reviewed what, and a comment on what is missing",
};

const JA: Words = Words {
    own: "# push のたびに判定を受け、通過したら反映(デプロイ)します。`sekisho init` が作成しました。自由に書き換えてください。
#
",
    called: "# 判定を受けます。反映するワークフローから呼び出し、反映する job の needs に挙げてください:
#   gate:
#     uses: ./.github/workflows/sekisho.yml
#     permissions: {contents: write, pull-requests: read, actions: read, deployments: read, id-token: write, statuses: write}
# 反映する job の最後に次のステップを置くと、結果も記録されます(docs/action.ja.md):
#   - if: always() && needs.gate.outputs.change-ids != ''
#     uses: (下と同じもの)
#     with: {command: finish, change: \"${{ needs.gate.outputs.change-ids }}\", outcome: \"${{ job.status }}\"}
#
",
    check: "# 判定で求められることを、プルリクエストで前もって知らせます。`sekisho init` が作成しました。自由に書き換えてください。
# ここでは何も決まりません。プルリクエストでは、提案されたワークフロー自身が動くためです。
#
",
    copied: "# Action にはまだ公開名がないため、このリポジトリ内の写しを使います。sekisho をビルドしたソースから1回だけ
# 写し、このファイルと一緒にコミットしてください:
#   mkdir -p .github/actions/sekisho
#   git -C sekishoのソース archive HEAD | tar -x -C .github/actions/sekisho
# ジョブごとにランナーの Rust でビルドするため、数分かかります。公開されたら、`uses:` の行を
# OWNER/NAME@(内容を確認したコミットの40文字)に書き換えてください。
#
",
    pinned: "# @ の後ろの40文字が、実際に動く Action のコミットです。書き換える前に内容を確認してください。
#
",
    limits: "# ワークフローで止められるのは、ここを通る反映だけです。本番の認証情報は、反映するブランチからしか使えない
# ように制限した environment(下で指定しているもの)に置いてください(docs/action.ja.md)。
",
    queue: "反映は1つずつ。待っている反映は捨てない",
    no_queue: "このサーバーでは、待っている反映が新しい反映に押し出されることがあります。`queue: max` に対応していれば加えてください",
    no_deployment: "environment のシークレットとブランチの制限を使い、していない反映は表示しない",
    reasons: &[
        "変更履歴(ブランチ sekisho-log)への追記",
        "誰が何をレビューしたか",
        "誰がこの実行を environment に通したか",
        "GitHub が反映済みとしているもの",
        "どの実行かを実行自身が示す",
        "反映するコミットに履歴の状態を控える",
    ],
    asks_again: "もう一度判定を確かめ、開始を記録し、反映し、結果を記録する",
    your_command: "反映するコマンドに書き換えてください。",
    no_command: "反映するコマンドがまだ書かれていません(.github/workflows/sekisho.yml)。",
    keys: "実行を始めた人の鍵。シークレットは environment に置いてください",
    check_contents: "確認するファイル",
    check_reviews: "誰が何をレビューしたか、足りないもののコメント",
};

impl Words {
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &JA,
            Language::En => &EN,
        }
    }
}
