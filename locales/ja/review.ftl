# 実施後レビュー
review-title = { $change } の実施後レビュー
review-how = 見出しの下に記入してください。かっこ内の語はそのまま残します。記入後: sekisho review { $change } --from ファイル
review-closed-by = { $person }が{ $at }に完了(記録{ $seq })
review-done = { $change } の実施後レビューを完了しました(記録{ $seq })。{ $actions ->
    [0] 残る是正はありません。
   *[other] 是正{ $actions }件が残っています: sekisho due
 }
review-ask-happened = 何が、いつ起きましたか
review-ask-path = なぜ緊急変更だったのですか。通常の手順で間に合わせるには何が必要でしたか
review-ask-gate = 決めた流れどおりに関所を通りましたか。通らなかったものは何ですか
review-ask-way_back = 切り戻しは使える状態でしたか。必要になりましたか
review-ask-earlier = もっと早く気づく、または影響を抑えるには何ができましたか
review-ask-temporary = 暫定のものは何ですか。いつ撤去しますか
review-ask-elsewhere = 同じ弱点はほかにありますか
review-ask-told = 誰に何を連絡しましたか。連絡すべきだった人はいますか
review-ask-rules = 見直すべきテンプレート、手順、ルール、責任分界は何ですか
review-ask-actions = 何を、誰が、いつまでに是正しますか
review-action-form = 1行に1件: - 内容 | 担当 | 日付(例: - 更新を自動化する | hayashi | 2026-12-10)。なければ空のままにします
review-no-action = なし
review-empty = 一文で答えてください。「なし」も回答です。
error-review-action = 「{ $text }」は是正の形になっていません。次の操作: 内容 | 担当 | 日付
error-review-actions = 1回のレビューで記録できる是正は{ $most }件までです。次の操作: まとめてください
error-review-due = 「{ $what }」の期限 { $due } は、これから来る日付ではありません。次の操作: 2026-12-10 のような日付にしてください
error-review-empty = 記入用紙に何も書かれていません。次の操作: sekisho review 変更番号 --format markdown
error-review-form = 記入用紙の { $detail } は質問にない項目です。次の操作: sekisho review 変更番号 --format markdown
error-review-missing = { $change } のレビューに未回答があります: { $questions }。次の操作: 回答してください(「なし」も回答です)
error-review-never = { $change } は関所を通過していないため、振り返る対象がありません。次の操作: sekisho show { $change }
error-review-own = { $person } さんは { $change } の当事者です。レビューは、ほかの人が完了させてください。
error-review-owner = 「{ $what }」の担当 { $owner } は設定にいないか、すでに離れています。次の操作: people にある人を指定してください

# レビュー後の是正と、代理記録の承認
obligation-action = レビューで決めた是正
due-close-action = sekisho due --done { $id } --evidence 内容
act-action-done = 是正の完了
confirm-objected = { $person }さんは、{ $change } の代理記録の承認に異議があります(記録{ $seq })。{ $due }までに是正が必要です: sekisho due
error-nothing-to-confirm = この人が確認すべき代理記録の承認はありません。次の操作: sekisho due
error-due-confirmation = { $person } さんは #{ $id } の承認を代理で記録した人、実行者、または確認する本人({ $owner } さん)です。本人は sekisho approve 変更番号 で確認します。返信を証跡として登録できるのは、ほかの人です。
error-due-remediation = #{ $id } の是正が済んだと記録できるのは、否認した人か、ほかに事後承認できる人です({ $person } さんではありません)。次の操作: その人に sekisho due --done { $id } --evidence "メモ" を依頼する
error-due-not-theirs = { $person } さんは #{ $id } の担当でも当事者でもありません。担当: { $owner } さん
