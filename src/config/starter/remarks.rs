//! What the remarks in the first `sekisho.yml` say.

use crate::config::{Language, SHIPPED_BLANK_NAME, SHIPPED_BLANK_NAME_JA};

/// Remarks and proposals of one language.
pub(super) struct Remarks {
    pub(super) code: &'static str,
    pub(super) blank_name: &'static str,
    pub(super) agency: &'static str,
    pub(super) client: &'static str,
    pub(super) people: &'static str,
    pub(super) approvers: &'static str,
    pub(super) blank: &'static str,
    pub(super) outside: &'static str,
    pub(super) services: &'static str,
    pub(super) database: &'static str,
    pub(super) templates: &'static str,
    pub(super) plan: &'static str,
    pub(super) decider: &'static str,
    pub(super) machines: &'static str,
    pub(super) signatures: &'static str,
    pub(super) route: &'static str,
    pub(super) anchor: &'static str,
    pub(super) ignore: &'static str,
    pub(super) criterion: &'static str,
    pub(super) step: &'static str,
    pub(super) windows: &'static str,
}

const JA: Remarks = Remarks {
    code: "ja",
    blank_name: SHIPPED_BLANK_NAME_JA,
    agency: "制作側",
    client: "発注側",
    people: "関係者。github はGitHubのアカウント名",
    approvers: "自分の変更は自分で承認できません",
    blank: "承認する人の氏名に書き換えてください",
    outside: "後日、変更を確認する社外の人",
    services: "どのサービスにも入らないパスは、すべてのサービスのものです",
    database: "データベース定義の変更。owners に人を書くと要注意箇所になります",
    templates: "ここだけの変更は標準変更。申請は不要で、承認だけで通ります",
    plan: "ほかの人がそのまま実行できる形で",
    decider: "切り戻し判断者",
    machines: "署名を認めるワークフロー(GitHubのトークンで署名します)",
    signatures: "署名のない操作も記録に数え、そのことを表示します",
    route: "緊急時に電話をかける順",
    anchor: "履歴のチェックポイントを控える場所(送信はまだ行いません)",
    ignore: "本番に反映しないもの。申請は不要です",
    criterion: "5xx > 1% が5分継続",
    step: "git revert --no-edit COMMIT(マージなら -m 1 を付ける)、git push、通常どおり反映",
    windows: "business_hours にすると、時間帯を書かない変更は営業時間内に限られます",
};

const EN: Remarks = Remarks {
    code: "en",
    blank_name: SHIPPED_BLANK_NAME,
    agency: "Agency",
    client: "Client",
    people: "everyone who plays a part; github is the account name",
    approvers: "nobody approves their own change",
    blank: "replace this by the person who approves",
    outside: "who looks at changes afterwards, from outside",
    services: "a path that no service names belongs to all of them",
    database: "schema changes; with owners they become sensitive",
    templates: "a change of these paths only is a standard one: no declaration, only an approval",
    plan: "so that somebody else can follow it",
    decider: "who decides to go back",
    machines: "the workflows that may sign, by tokens of GitHub",
    signatures: "acts without a signature count, and are shown as unsigned",
    route: "whom to call in an emergency, in this order",
    anchor: "where checkpoints of the log are kept; nothing is sent yet",
    ignore: "never deployed, so nobody declares it",
    criterion: "5xx > 1% for 5m",
    step: "git revert --no-edit COMMIT (of a merge: -m 1), git push, deploy as always",
    windows: "business_hours keeps changes without a window of their own to business hours",
};

/// The way back that every repository has, in words of `language`.
pub fn revert_step(language: Language) -> &'static str {
    Remarks::of(language).step
}

impl Remarks {
    pub(super) const fn of(language: Language) -> &'static Self {
        match language {
            Language::Ja => &JA,
            Language::En => &EN,
        }
    }
}
