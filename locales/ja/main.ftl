# 画面に出す言葉。キーと変数はどの言語でも同じ(テストで照合)。

## 列挙・人・文章
list-separator = 、
list-of-phrases = 。
none = なし
nobody = なし
next = 次の操作:
title-none = (件名なし)
title-redacted = (本文は #{ $seq } で削除)
title-not-fetched = (本文は未取得)

## 時刻
time-moment = { $year }年{ $month }月{ $day }日({ $weekday }) { $clock } { $offset }
time-short = { $month }/{ $day } { $clock }
time-left = 残り{ $duration }
time-ago = { $duration }前
duration-seconds = { $n }秒
duration-minutes = { $n }分
duration-hours = { $n }時間
duration-days = { $n }日
duration-two = { $large }{ $small }
weekday-1 = 月
weekday-2 = 火
weekday-3 = 水
weekday-4 = 木
weekday-5 = 金
weekday-6 = 土
weekday-7 = 日
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12

## 決まった言葉
type-normal = 通常変更
type-standard = 標準変更(事前承認済み)
type-emergency = 緊急変更
risk-low = リスク低
risk-medium = リスク中
risk-high = リスク高
level-low = 低
level-medium = 中
level-high = 高
kind-code = コード
kind-config = 設定
kind-infrastructure = 基盤
kind-database = データベース
kind-data = データ
kind-content = コンテンツ
kind-pricing = 価格
kind-payment = 決済
kind-external_api = 外部API
kind-certificate = 証明書
kind-dns = DNS
kind-cdn = CDN
kind-waf = WAF
kind-access = 権限
kind-patch = パッチ
kind-job = 定期処理
kind-monitoring = 監視
strategy-redeploy = 直前の版を再反映
strategy-revert = 変更を取り消して反映
strategy-restore = バックアップから復元
strategy-disable = 機能を停止
strategy-failover = 待機系へ切り替え
strategy-forward_fix = 前方修正
strategy-none = 戻せない
outcome-none = 結果の記録なし
outcome-success = 成功
outcome-success_with_issues = 一部問題
outcome-rolled_back = 切り戻し
outcome-failed = 失敗
outcome-aborted = 中止
channel-signed = 署名あり
channel-review = GitHubでの確認
channel-attested = 代理記録
channel-unsigned = 署名なし
channel-unchecked = 署名は未検証
phase-draft = 下書き
phase-declared = 申請済み
phase-approved = 承認済み
phase-in_progress = 実行中
phase-executed = 実行済み
phase-closed = 完了
phase-rejected = 却下
phase-cancelled = 取り下げ
phase-expired = 期限切れ
effect-info = 情報
effect-warn = 注意
effect-oblige = 期限付きの残務
effect-deny = 差し止め
role-requester = 申請者
role-executor = 実行者
role-approver = 承認者
role-verifier = 確認者

## 期限付きの残務
obligation-outcome = 結果の記録
obligation-review = 実施後レビュー
obligation-retro_approval = 事後承認
obligation-confirmation = 代理記録の承認の本人確認
obligation-record = 全項目の記録
obligation-remediation = 是正
obligation-outside_review = 外部の確認
obligation-due = { $due }まで/{ $owner }: { $what }
obligation-due-change = { $due }まで/{ $owner }: { $change }の{ $what }
obligation-overdue = 期限超過({ $due }まで)/{ $owner }: { $what }
obligation-overdue-change = 期限超過({ $due }まで)/{ $owner }: { $change }の{ $what }
obligations-opened = 今回の判定で発生
obligations-standing = このサービスに残っている対応

## 承認
approval-none = 承認なし
approval-stale = 失効した承認
approval-signed = { $person }(この内容そのものを{ $at }に署名つきで承認)
approval-review = { $person }(この内容そのものを{ $at }に承認)
approval-review-other = { $person }({ $at }に承認)
approval-attested = { $person }({ $at }、{ $by }による代理記録)
approval-attested-unknown = { $person }({ $at }、代理記録)
approval-unsigned = { $person }({ $at }、署名なし)
approval-kind-approve = 承認
approval-kind-object = 異議
approval-kind-withdraw = 取り下げ

## 切り戻し計画
rollback = 切り戻し
rollback-plan = 切り戻し計画(ロールバック)
rollback-none = 切り戻し計画なし
rollback-about = 約{ $duration }
rollback-decides = { $person }が判断
rollback-decides-when = 「{ $criterion }」のとき{ $person }が判断
rollback-no-decider = 切り戻し判断者が決まっていません
rollback-strategy = 戻し方
rollback-to = 戻す先
rollback-to-last-state = 最後に通過した状態
rollback-decider = 切り戻し判断者
rollback-alternate = 不在のとき
rollback-duration = 切り戻し所要時間
rollback-decide-by = 切り戻し判断期限
rollback-tested = 最後に試した日
rollback-until = 戻せる期限
rollback-no-return = 後戻りできない時点
rollback-forward-fix = 前方修正
rollback-fixed-by = { $fix }(担当: { $person })
rollback-backup = バックアップ
rollback-backup-restored = { $backup }({ $day }に復元を確認)
rollback-data-correction = データ補正方針
rollback-criterion = 切り戻し判断基準
rollback-step = 手順{ $n }

## 判定
decision-pass = 通過
decision-pass-obligations = 通過(期限付きの残務あり)
decision-deny = 差し止め
decision-heading = { $word }: { $service } → { $environment }({ $at })
decision-no-changes = この範囲に申請済みの変更はありません(コミット{ $steps }件)。
decision-no-steps = 新しいコミットはありません。通過済みの状態をもう一度反映します。
decision-nothing-deployed = 申請が必要な変更はありません(コミット{ $steps }件。申請ファイル、対象外のパス、ほかのサービスだけの変更です)。
decision-nothing-run = まだ何も実行していません。
decision-window = 作業時間帯は{ $end }まで、開始は{ $latest }までに。
decision-holds-until = この通過は{ $until }まで有効です。
decision-record = 記録{ $seq }
decision-record-checkpoint = 記録{ $seq } · チェックポイント { $checkpoint }
decision-no-record = 変更履歴には記録していません。
decided-pass = 通過
decided-pass_with_obligations = 通過(期限付きの残務あり)
decided-deny = 差し止め
finding-field = 項目: { $field }
finding-satisfy = 不足: { $satisfy }
finding-to-do = 対応: { $satisfy }
finding-lowered = sekisho.yml で緩和、理由: { $reason }
if-it-goes-wrong = 問題が出たら
foot-record = 記録{ $seq }
foot-checkpoint = チェックポイント { $checkpoint }
foot-attested = 代理記録の承認: { $people }

## 変更履歴の出来事
act-log-created = 変更履歴の作成
act-log-closed = 変更履歴の終了
act-state-baselined = 最初の状態の確定
act-trust-signers = 署名者の変更
act-key-revoked = 鍵の失効
act-change-declared = 申請
act-change-approved = 承認
act-change-objected = 異議
act-change-withdrawn = 承認・異議の取り下げ
act-deploy-allowed = 通過
act-deploy-denied = 差し止め
act-deploy-started = 開始
act-deploy-finished = 終了
act-gate-unavailable = 判定できませんでした(通過ではありません)
act-exception-granted = 例外の許可
act-freeze-declared = 変更凍結の開始
act-freeze-lifted = 変更凍結の解除
act-emergency-declared = 緊急変更の申請
act-emergency-retro_approved = 事後承認
act-emergency-retro_rejected = 事後否認
act-review-closed = レビュー完了
act-blob-redacted = 本文の削除
act-anchor-made = 外部への控え

## 変更履歴
history-seq = #
history-at = 日時
history-by = 操作した人
history-act = 出来事
history-change = 変更番号
history-where = 対象
history-title = 件名
history-empty = 当てはまる記録はありません。
history-count = { $total }件中{ $shown }件

## 一つの変更
show-what = 内容
show-who = 担当
show-approvals = 承認
show-decisions = 関所の判定
show-executions = 実行
show-obligations = 残っている対応
show-records = 記録
show-type = 種別
show-kind = 作業の種類
show-risk = リスク
show-areas = 箇所
show-reason = 理由
show-phase = 状態
show-outcome = 結果
show-place = 申請の場所
show-recorded-by = 記録者 { $person }
show-evidence = メモ: { $text }
show-started = 開始 { $at }
show-finished = 終了 { $at }
show-deviation = 手順からの逸脱あり
show-deviation-of = 手順との違い: { $text }

## 変更履歴の検証
verify-sound = 異常なし: すべての記録が元の位置に、元のまま残っています。
verify-damaged = 異常あり: 変更履歴に{ $n }件の異常があります。
verify-origin = 変更履歴
verify-size = 記録の数
verify-head = 末尾のハッシュ
verify-root = ツリーのルートハッシュ
verify-signed = 署名あり
verify-unsigned = 署名なし
verify-damages = 異常
verify-notes = 補足
## ファイルの確認
sarif-yaml = 人が書くファイルは、決められた形で書かれている
sarif-reference = 変更申請が指すものは、すべて存在する
sarif-rules = 設定はルールに合っている
fault-write = 正しくは: { $suggestion }
fault-error = 誤り
fault-warning = 注意
check-summary = ファイル{ $files }件: 誤り{ $errors }件、注意{ $warnings }件
check-asks = 関所で求められるもの
check-deployment = 反映全体

## ルールのテスト
tests-ok = 合格
tests-failed = 不合格
tests-none = テストがありません
tests-coverage = 行の{ $percent }%
tests-summary = ルール{ $rules }件: 合格{ $passed }、不合格{ $failed }

## 1件の記録
record-heading = 記録{ $seq }  { $act }      { $at }
record-documents = 付属する文書
record-chain = 変更履歴での位置
record-person = 操作した人
record-by = 操作の名義
record-proof = 裏付け
record-bytes = { $count }バイト(保管あり)
record-number = 番号
record-place = { $seq }番(全{ $size }件、0から数える)
record-before = 直前のリーフ
record-leaf = この記録のリーフ
record-raw = 記録の原文は --format json、変更履歴全体の検証は sekisho verify
