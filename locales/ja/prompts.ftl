# init と declare が見つけたもの・質問・注意の文言。

# 質問
ask-keys-one = ↑↓で移動、Enterで決定
ask-keys-some = スペースで選択、↑↓で移動、Enterで確定
ask-at-least = { $count }つ以上選んでください。
ask-something = 何か入力してください。
error-prompt-left = 途中で終了したため、何も書き込んでいません。
error-prompt = 端末で質問できません: { $detail }
error-flags-missing =
    端末がないため質問できません。不足({ $count }件): { $flags }
    次の操作: これらを付けて { $command } を実行してください(説明は { $command } --help)

# init: 見つけたもの
init-found = { $place }(既定のブランチ { $branch })を調べました。まだ何も変更していません。
init-found-people = { "  " }関係者            { $found }
init-found-owners = { "  " }コードの管理者    { $found }
init-found-areas = { "  " }要注意箇所候補  CODEOWNERS にパスごとの担当者がいます。その人の承認を必須にするには、sekisho.yml の areas: に次の行を加えてください。
init-found-deploys = { "  " }反映するジョブ    { $found }
init-found-keys = { "  " }SSH鍵             { $found }
init-found-services = { "  " }サービス          { $found }
init-found-database = { "  " }DB定義の変更      { $found }
init-found-deployed = { "  " }反映されるもの    { $found }

# init: 質問
like-solo = solo: 1人で運用し、社外の人が後から確認する
like-team = team: 少人数で互いの変更を承認する
like-agency = agency: 制作側の数人と、アカウントを持たない発注側の承認者
like-monorepo = monorepo: 1つのリポジトリに複数のサービスがある
like-audited = audited: 全員が署名し、高リスクの変更には2人の承認が要る
ask-like = どのような体制ですか
ask-executors = 変更の実行者は誰ですか
ask-approvers = 承認者は誰ですか
ask-approvers-why = 自分の変更は自分で承認できません。
ask-approver = ほかに承認する人は誰ですか(氏名 <メールアドレス>。空欄なら後でファイルに書きます)
ask-approver-why = 実行者が1人だけの場合、別の承認者が必要です。
ask-reviewer = 社外で変更を確認する人は誰ですか(氏名 <メールアドレス>)
ask-client = 発注側で承認する人は誰ですか(氏名 <メールアドレス>)
ask-person-why = 田中 彩 <tanaka@client.example> の形で。アカウントは不要です。
ask-public-key = { $person } のSSH公開鍵
ask-public-key-why = 鍵の行(ssh-ed25519 AAAA…)、または .pub ファイルのパス。
ask-route = 緊急時に誰へ電話をかけますか
ask-route-why = 1人が出られなくても済むように、2人以上。
ask-services = ここから反映するサービスはどれですか
ask-service = サービス名とパス(web=apps/web/**)
ask-service-why = 1つずつ入力し、終わったら空欄でEnter。
ask-rollback-strategy = どうやって切り戻しますか
ask-rollback-step = 切り戻しのコマンド
ask-rollback-step-why = ほかの人がそのまま実行できる形で。
ask-rollback-criterion = 切り戻し判断基準
ask-rollback-criterion-why = 数値を入れるか、見れば分かる事象で。
ask-rollback-criterion-proposal = 5xx > 1% が5分継続
ask-rollback-decider = 切り戻し判断者は誰ですか
ask-rollback-minutes = 切り戻しに何分かかりますか
ask-time-zone = タイムゾーン
ask-time-zone-why = 営業時間・期限・表示する時刻の基準です(Asia/Tokyo など)。
ask-ignore = 本番に反映しないものはどれですか
ask-ignore-why = ここだけの変更には申請が要りません。文章が商品のサイトでは選ばないでください。
error-init-person = 「{ $text }」という人は見つかりません({ $flag })。分かっている人: { $people }。新しい人は「氏名 <メールアドレス>」の形で書いてください。
error-init-rollback = 切り戻し計画には手順と判断基準が必要です。次の操作: --rollback-step コマンド --rollback-criterion 基準
error-public-key = 「{ $text }」はSSH公開鍵でも、そのファイルのパスでもありません。ssh-ed25519 AAAA… のような形です。

# init: 注意
init-account-ids = アカウント番号(github_id)はコミットのメールアドレスから取りました。コミットには任意のアドレスを書けるため、ファイルをコミットする前に本人のものか確かめてください。
init-signing = trust の行がある間は、署名のない操作も記録に数え、署名なしと表示します。全員の鍵がそろったら行を消してください。
init-template = { $paths } だけの変更には申請が要らず、承認だけで通ります(テンプレート { $template })。毎回申請したい場合は、その行を消してください。
init-account = { $person }: github: { $login }, github_id: { $id }
init-deploy-ungated =
    { $file } のジョブ { $job } は、判定を受けずに反映(デプロイ)しています。このファイルの jobs: の下に次の行を加え、ジョブ { $job } に「needs: gate」と書いてください:
          gate:
            uses: ./{ $gate }
            permissions: { "{" }{ $permissions }{ "}" }
init-deploys-gated = 反映(デプロイ)するジョブはすべて判定を受けています。プルリクエストの確認だけを作成しました。
init-workflow = { $path } を作成しました。各行の意味はファイル内に書いてあります。
init-workflow-deploy = 反映(デプロイ)するコマンドが見当たりません。{ $path } に書いてください。それまでジョブ deploy は失敗します。
init-workflow-copy =
    Action にはまだ公開名がないため、ワークフローは { $place } の写しを使います。次のコマンドで置き、一緒にコミットしてください:
          mkdir -p .github/actions/sekisho && git -C sekishoのソース archive HEAD | tar -x -C .github/actions/sekisho
init-workflow-hint = GitHubでは、sekisho init --workflow で、判定を受けて反映するワークフローとプルリクエストを確認するワークフローも作れます。
init-workflow-accounts = 関所がGitHubから受け取るのはアカウントですが、次の人のアカウントが分かりません: { $people }。氏名の下に github と github_id を書くか、ファイルを消して init --github-login 人=ログイン名 をもう一度実行してください。
init-workflow-doors = 続いて git push を実行します。抜け道(environment、ルールセット、コードオーナー)をふさぐまで、関所は誰も止められません。一覧は docs/action.ja.md にあります。
init-workflow-number = sekisho.yml にリポジトリの番号があれば、個人の鍵をシークレットに置かずに、ワークフローが自分で署名できます。作成したファイルを消し、トークン(GITHUB_TOKEN)を設定するか番号を付けて、もう一度実行してください: --repository-id $(gh api repos/{ $name } --jq .id)
init-workflow-key = environment にシークレット { $secret } を追加してください。反映を始める本人のSSH秘密鍵です。
error-init-action = 「{ $action }」は、コミットを固定した Action の指定ではありません。タグは動かせますが、コミットは動きません。所有者/名前@ に続けてコミットの40文字(0-9、a-f)を書いてください。
error-login-token =
    { $login } を調べられません。リモート origin のサーバー用のトークンがありません。次の操作: GITHUB_TOKEN を設定するか、
    https://api.github.com/users/{ $login } の "id"、または gh api users/{ $login } --jq .id で番号を確認し、--github-login 人={ $login }:番号 と書いてください。
error-login-unknown = { $login } というアカウントは、現在GitHubにありません。名前が変わった可能性があります。本人のページの名前を確認してください。
error-login-renamed = { $login } は現在 { $now }(番号 { $id })です。本人であることを確かめ、新しい名前で指定してください: --github-login 人={ $now }
error-login-machine = { $login } は人のアカウントではありません。承認と反映ができるのは人だけです。次の操作: 人のアカウントを --github-login 人=ログイン名 で指定する

# declare: 現状
declare-found = ブランチ { $branch }、コミット予定のファイル{ $count }件。
declare-risk = { $risk }と判断しました(理由: { $because })。
declare-open = { $path } に未記入の項目があります: { $fields }
declare-list-next = 次の操作: sekisho declare --from 名前
template-own = sekisho.yml の標準変更テンプレート({ $paths })
template-dependency-patch = 外部ソフトウェアの更新(反映による)
template-price-import = 手作業での価格取込(旧ファイルと注文の補正を含む)
template-release-rollback = 以前の版の再反映(切り戻せる申請済みの変更がない場合)
template-renew-certificate = TLS証明書の手作業での更新
risk-because-downtime = 停止時間
risk-because-irreversible = 元に戻せないデータ
risk-because-manual = 手作業
risk-because-paths = 変更するパス

# declare: 質問
ask-why-type = この種別の変更すべてに必要です。
ask-why-unstaged = ステージされたファイルがなく、リスクを判断できません。作業の種類から判断します。
declare-unstaged = ステージされたファイルがないため、リスクは低とみなしました。git add の後に sekisho check で確認してください。
ask-why-risk = { $risk }の変更のため伺います。
ask-why-hand = 手作業で実施するため伺います。
ask-why-kind = この種類の手作業に必要です。
ask-why-later = 空欄なら後でファイルに書きます。
ask-title-long = 件名は80文字までです(現在{ $count }文字)。
ask-placeholder = { $hint } [{ $field }]
ask-detail = 詳細: { $key }
ask-field-title = 変更の件名(1行)
ask-field-reason = 変更の理由
ask-field-references = 課題番号・URL・CVE
ask-field-kind = 作業の種類
ask-field-targets = 変更の対象
ask-field-roles-executor = 実行者は誰ですか
ask-field-roles-verifier = 確認者は誰ですか
ask-field-impact-functions = 影響する機能(「、」区切り)
ask-field-impact-security = セキュリティへの影響(none または説明)
ask-field-procedure = 変更手順の場所(パスまたはURL)
ask-field-plan = 予定差分のファイル
ask-field-tests = 事前に試したこと
ask-field-window-start = 作業時間帯の開始(2026-12-04T09:50)
ask-field-window-end = 作業時間帯の終了
ask-field-rollback = どの切り戻し計画を使いますか
ask-field-rollback-strategy = 切り戻し方法
ask-field-rollback-steps = 切り戻しのコマンド
ask-field-rollback-criteria = 切り戻し判断基準
ask-field-rollback-decider = 切り戻し判断者は誰ですか
ask-field-rollback-duration = 切り戻し所要時間(8m)
ask-field-verification-checks = 確認方法
ask-field-verification-done_when = 完了条件
error-unknown-template = テンプレート「{ $name }」はありません。使えるもの: { $known }。次の操作: sekisho declare --list-templates
error-declare-open = 履歴への登録後は書き足せません。未記入の項目: { $fields }。次の操作: オプションで指定するか、端末で回答してください
