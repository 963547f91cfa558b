# GitHub Actions のジョブに表示する文
action-stopped = 判定できませんでした。何も通過していません
action-fallen = 通過は取り消されました
action-summary-cut = GitHubの表示上限を超えたため、途中までを表示しています。判定の全文は出力 report-path のファイルにあります。
action-input = 入力 { $input } に指定できるのは次のいずれかです: { $known }。次の操作: ワークフローの with: を直してください
action-no-text = 変数 { $variable } がUTF-8の文字列ではありません。次の操作: ワークフローで設定し直してください
action-on-pull-request = この実行は { $event } で始まっており、提案されたワークフロー自身に従って動きます。ここでは判定しません。次の操作: ここでは command: check、反映するブランチへの push では command: gate を使ってください
action-genesis = 固定した変更履歴と別の履歴です。最初の記録は { $found }、固定した値は { $pinned } です。待っても解消しません。どちらが誤りか確認してください。
action-other-repository = この変更履歴は { $origin } のもので、ジョブは { $repository } で動いています。リポジトリ名を変えた場合は、入力 genesis で履歴を固定してください(64文字の値は sekisho show 0 で表示されます)。
action-no-account = 実行を始めたアカウント(GITHUB_ACTOR、GITHUB_ACTOR_ID)をランナーから得られず、実施者を特定できません。次の操作: これらを設定する GitHub Actions のランナーで実行してください
action-run-again = { $first } さんが始めた実行を { $account } さんが再実行しました。GitHubがジョブに渡すアカウント番号は { $first } さんのものだけで、実施者を確実には特定できません。次の操作: { $account } さんが自分で新しい実行を始めてください(push または workflow_dispatch)
action-unknown-account =
    この実行を始めたアカウント { $account }(番号 { $id })は、通過した状態の sekisho.yml の誰にも対応していません。
    次の操作: 該当する人に次の行を加え、一度関所を通してください
          github: { $account }
          github_id: { $id }
action-inactive = 通過した状態の sekisho.yml では、{ $person }さんは在籍期間外です。次の操作: 別の人が実行を始めてください
action-renamed = sekisho.yml ではアカウント番号 { $id } は { $person }さん({ $login })のものですが、GitHubでの名前は { $account } です。どちらかが誤っています。次の操作: https://api.github.com/users/{ $account } と sekisho.yml を見比べ、sekisho.yml を直してください
action-key-of-other = 実行を始めたのは { $person }さんですが、ジョブの署名鍵は { $owner }さんのものです。他人の名前では操作できません。次の操作: { $owner }さんが実行を始めるか、{ $person }さんの鍵をシークレットに入れてください
action-needs-key =
    実行を始めたのは { $person }さんです。ここでの判定には署名が必要です。
    次の操作: ジョブの permissions に id-token: write を加えると、ワークフローが署名します(docs/action.ja.md)
          または、{ $person }さんのSSH鍵を環境のシークレットに入れ、入力 signing-key で渡してください
          署名なしの記録で足りる場合は、sekisho.yml に trust: {"{"}signatures: optional{"}"}
action-token-unreadable = GitHubが発行したこのジョブのトークンを読み取れません。何も通過していません。次の操作: ジョブを再実行する
action-token-nobody =
    このワークフローは署名できますが、承認済みの sekisho.yml ではどのワークフローの署名も認められていません。
    次の操作: 次の設定を加え、人の署名で関所を一度通してください
          trust:
            repository_id: { $repository }
            workflows: ["{ $workflow }"]
action-token-misfit =
    このジョブの署名は変更履歴で認められていません: { $claim ->
        [environment] 環境が { $found }
        [event] { $found } で始まった実行
        [issuer] トークンの発行元が { $found }
        [owner] リポジトリの所有者の番号が { $found }
        [ref] { $found } の実行
        [repository] リポジトリの番号が { $found }
       *[workflow] ワークフローが { $found }
    }。何も通過していません。
    次の操作: sekisho.yml の trust にあるワークフローをそのブランチで実行するか、trust を変更して関所を通してください
action-token-public =
    公開リポジトリのため、ブランチ上の変更履歴も公開されています。署名に使うトークンは、有効な間も誰でも読めることになります。sekisho専用のトークンですが、宛先(audience)を確認しないサービスがあれば受け入れてしまいます。
    次の操作: { $person }さんの鍵をシークレットに入れ、入力 signing-key で渡すか、変更履歴をデータベースに置いてください
          宛先を確認しないサービスを使っていない場合は、sekisho.yml に trust: {"{"}publish_tokens: true{"}"} を書き、関所を通してください
action-token-key = GitHubがこのジョブの署名に使う鍵({ $kid })が変更履歴に登録されていません。何も通過していません。次の操作: 鍵を持つ人が sekisho key fetch を一度実行してから、ジョブを再実行する
action-nothing-to-run = command: run には実行する内容が1つ必要です。次の操作: 入力 run に bash のスクリプトを書いてください
action-not-started = 反映(デプロイ)を開始できませんでした: { $detail }
action-other-commit = 判定の対象は { $head } ですが、チェックアウトされているのは { $here } です。このままでは通過したものと違うものが反映されます。次の操作: { $head } をチェックアウトしてください
action-not-put-back = { $change } の切り戻しが成功しなかったため、結果は記録していません。いま何が動いているかは履歴からは分かりません。次の操作: 戻せたら sekisho finish { $change } --outcome rolled_back
action-end-unrecorded = { $change } の結果({ $outcome })を記録できませんでした: { $detail } 次の操作: sekisho finish { $change } --outcome { $outcome }
action-finish-needs = command: finish には入力 change と outcome が必要です。次の操作: change には判定の出力 change-ids、outcome にはジョブの状態を渡してください
action-unwritable = { $file } に書き込めません: { $detail }

# 通過を伝える直前の再確認
recheck-objected = 記録{ $decision }の判定のあとに { $person }さんが異議を出しました(記録{ $seq })。この通過は無効です。次の操作: { $person }さんと話し、sekisho finish 変更番号 --outcome aborted のあと、もう一度判定してください
recheck-withdrawn = 記録{ $decision }の判定のあとに { $person }さんが承認を取り下げました(記録{ $seq })。この通過は無効です。次の操作: { $person }さんと話し、sekisho finish 変更番号 --outcome aborted のあと、もう一度判定してください
recheck-revoked = 記録{ $decision }の判定のあとに、{ $person }さんが承認に使った鍵が失効しました(記録{ $seq })。この通過は無効です。次の操作: { $person }さんが別の鍵で承認し(sekisho approve)、sekisho finish 変更番号 --outcome aborted のあと、もう一度判定してください
recheck-superseded = 記録{ $seq }のあとに、このサービスの別の判定がありました。この通過は無効です。次の操作: sekisho history -n 5
recheck-head-moved = { $head } の指すコミットが判定の途中で変わりました。次の操作: コミットを直接指定して、もう一度判定してください
recheck-not-on-branch = コミット { $commit } は、この実行のブランチにもうありません。ブランチが強制的に動かされたか、削除されています。この通過は無効です。次の操作: ブランチの現状を確認し、もう一度判定してください
recheck-review-gone = 判定のあとに、{ $pull } に対する{ $person }さんの承認がなくなりました(レビューの却下または取り下げ)。この通過は無効です。次の操作: { $person }さんと話し、もう一度判定してください
recheck-review-objected = 判定のあとに、{ $person }さんが { $pull } で異議を出しました。この通過は無効です。次の操作: { $person }さんと話し、もう一度判定してください
fallen-aborted = { $change } を中止として記録しました(記録{ $seq })。この通過では何も実行できません。直前に通過した状態に戻っています。
fallen-open = 既に実行が始まっている可能性があるため、記録{ $seq }の通過は履歴に残っています。次の操作: 何も実行していない場合は sekisho finish { $change } --outcome aborted

# GitHubに記した履歴の末尾
anchor-blind = GitHubに記した履歴の末尾を読み取れないため、履歴が切り詰められていても、ここでは気付けません。次の操作: ジョブの permissions: に { $permission } を追加してください
anchor-not-permitted = 履歴の末尾をGitHubに記せませんでした(トークンに権限がありません)。あとで履歴が切り詰められても、これでは気付けません。次の操作: ジョブの permissions: に { $permission } を追加してください
anchor-not-noted = 履歴の末尾をGitHubに記せませんでした: { $detail } 判定はそのまま有効です。
anchor-of-a-person = { $at } に { $by } がコミット { $commit } に記した内容({ $noted }件)と履歴({ $size }件)が一致しません(GitHubのステータス { $id })。証拠になるのは機械のアカウントが記したものだけです。次の操作: { $by } に確認し、別のクローンの履歴と見比べてください
anchor-disregarded = { $at } に { $by } がコミット { $commit } に記した内容({ $noted }件)と履歴({ $size }件)が一致しませんが、ワークフローまたはこのクローンの設定に従い、無視します(GitHubのステータス { $id })。

# 履歴のブランチへの書き込み方
append-not-permitted = このトークンではGitHubに履歴のブランチへ書き込ませることができないため、pushしました。次の操作: ジョブの permissions: に { $permission } を追加するか、このままでよければ git config sekisho.append push を設定してください
append-pushed = GitHubが履歴のブランチに書き込まなかったため、pushしました: { $detail }
append-other-bytes = GitHubが渡した内容と異なるバイト列を履歴のブランチに書き込みました。そのコミットは読み飛ばし、以後の記録はpushします。
error-append-setting = sekisho.append に指定できるのは push か api です("{ $text }" になっています)。次の操作: git config sekisho.append push

# プルリクエストへのコメント
comment-no-token = ジョブにトークンがないため、プルリクエストにコメントしていません。確認した内容はジョブのサマリーにあります。次の操作: 入力 github-token を既定のままにしてください
comment-not-permitted = トークンに権限がないため、プルリクエストにコメントしていません(フォークからのトークンには常にありません)。確認した内容はジョブのサマリーにあります。次の操作: ジョブの permissions: に pull-requests: write を追加するか、comment: false を指定してください
comment-not-written = プルリクエストにコメントできませんでした: { $detail } 確認した内容はジョブのサマリーにあります。
comment-cut = コメントの長さの上限を超えたため、途中までを表示しています。全文はジョブのサマリーにあります。
check-page = 関所で求められること
check-page-outlook = いまマージして反映した場合の判定:
check-page-advice = ここでは判定していません。関所はマージのあとに、最後に通過した状態のルールで判定します。
