# 期限付きの残務。
due-nothing = 残っている対応はありません。
due-waived = 免除した残務
due-waived-so-far = { $people }が免除に同意
due-waived-more = ほか{ $count }件: sekisho due --format json
due-waived-line = { $at } { $people }が免除: { $service } の{ $what }({ $owner })
due-waived-line-change = { $at } { $people }が免除: { $service } の { $change } の{ $what }({ $owner })
due-close = sekisho show { $change }
due-close-record = sekisho history
due-close-outcome = sekisho finish { $change } --outcome 結果
waive-done = { $person }さんが #{ $id } の免除に同意しました(記録{ $seq })。
waive-missing = まだ残っています。不足: { $people } のうち{ $count }人
act-obligation-waived = 残務の免除
error-due-unknown = { $id } という残務はありません。次の操作: sekisho due
error-waive-reason = 免除には{ $count }文字以上の理由が必要です(理由は履歴に残ります)。次の操作: --reason
error-waive-own = { $person } さんは #{ $id } の担当者か、その変更の実行者です。免除は、ほかの人の同意が必要です。次の操作: sekisho due
error-waive-no-right = { $person } さんは #{ $id } を免除できません。免除できる人: { $people }
error-waive-nobody = いま #{ $id } を免除できる人が足りません。{ $count }人必要ですが、当事者でなく在籍中の人は{ $able }人です。
