# 判定の理由、仮の判定、設定値の出どころ。

## 判定の理由
why-heading-recorded = 判定の理由  記録{ $seq }({ $word }): { $service } → { $environment }      { $at }
why-heading-would = 判定の理由  { $word }: { $service } → { $environment }      { $at }
why-same = 記録に残した判定資料を同じルールでもう一度判定し、同じ結果になりました。
why-differs =
    注意: 同じルールで判定し直した結果が、記録{ $seq }と違います。有効なのは記録のほうです。
    このプログラムが表示どおりの版でないか、記録が関所の作ったものでないおそれがあります。次の操作: sekisho verify
why-other-rules =
    記録{ $seq }は別のルール(sekisho { $theirs })で判定されました。有効なのは当時の指摘です。
    その下は、同じ判定資料に対する現在のルール(sekisho { $ours })の答えです。記録は変わりません。
why-not-recorded = 理由を調べただけで、判定も記録もしていません。
why-recorded = 記録にある指摘
why-stopped = 差し止めの理由
why-owed = 通過後に必要な対応
why-warned = 警告
why-noted = 参考
why-held = 満たしているルール
why-not-applicable = 該当しなかったルール
why-off = sekisho.yml で無効にしたルール
why-not-asked = この種類の変更では判定しないルール
why-kept = プログラム自体が守るルール(指摘なし)
why-all = 各ルールが確認した値は --format json で表示されます。1つだけ見るには sekisho check --explain ルール番号
why-looked = 見た値
why-set = 設定値
why-effect = 効果
why-none = (なし)
why-absent = (値がありません)
why-entries = { $count }件(--format json に全体)
why-more = ほか{ $count }件
from-shipped = 標準の値
from-profile = プロファイル { $profile } の値

## 設定値の出どころ
key-unset = (未設定)
key-wins = { $value }  ← 有効
key-loses = { $value }  (上書きされています)
key-silent = 指定なし
source-declaration = 変更申請
source-template = 標準変更テンプレート
source-plan = 切り戻し計画
source-area = 箇所
source-service = サービス
source-top_level = 設定ファイル
source-derived = 自動で決まる値
source-profile = プロファイル
source-shipped = 標準の値

## ルール
rule-why = 理由: { $sentence }
rule-satisfy = 満たすには: { $sentence }
rule-effect = 満たさないとき
rule-here = このリポジトリ
rule-as-shipped = 標準のまま
rule-off = 無効
rule-examples = テストにある例
rule-holds = 満たす
rule-fails = 満たさない
rule-not-applicable = 該当しない
rule-kept-by = ルールの所在
rule-engine = プログラム自体(ルールのファイルはなく、無効にできません)
rule-obligation = 期限付きの残務(出来事に応じて始まり、終わります)
rule-controls = 証跡として関係する統制
rules-code = ルール
rules-name = 名前
rules-normal = 通常変更
rules-standard = 標準変更
rules-emergency = 緊急変更
rules-here = このリポジトリ
cell-template = テンプレートで判定
cell-never = -
cell-stop = 判定しない(通過なし)

## 仮の判定
decision-would-pass = 通過の見込み
check-outlook-at = 今の状態のまま { $at } に HEAD を反映する場合、関所の判定は次のとおりです(記録はしていません):
what-if-heading = 仮の判定: 保存した判定資料を判定し直しました。正式な判定ではありません。
what-if-saved = 何も記録していないため、通過にはなりません(終了コードは0になりません)。反映するとき: sekisho gate
what-if-other-rules = 注意: この判定資料は、今回とは別のルールのもとで保存されたものです。

## ルールのテスト
tests-not-covered = 未実行の行: { $lines }
tests-below = テストで実行された行が、求められた{ $least }%に届きません。
tests-look = 次の操作: { $file } を直し、sekisho policy test

## 指定の誤り
error-show-near = 変更にもルールにも記録にも見当たりません: { $what }。{ $near } ではありませんか。ルールの一覧: sekisho policy list
error-explain-near = ルールにも設定項目にも見当たりません: { $what }。{ $near } ではありませんか。
error-explain-unknown = ルールにも設定項目にも見当たりません: { $what }。ルールの一覧: sekisho policy list。設定項目は approval.quorum.high のように書きます
error-at-time = 「{ $text }」は日時として読めません。2026-12-04T09:50({ $zone })または 2026-12-04T09:50+09:00 のように書いてください
error-at-past = { $at } は最後の記録({ $last })より前です。いまの変更履歴の内容は、その時点ではまだ分かっていませんでした。実際の判定: sekisho history、続けて sekisho show --why 記録番号
error-why-what = 「{ $what }」は変更番号でも記録番号でもありません。ルールの現在の判定: sekisho check --explain ルール
error-why-no-decision = 記録{ $seq }は関所の判定ではありません。判定の一覧: sekisho history
error-why-never-asked = { $change } はまだ判定されていません。判定の見込み: sekisho check
error-man-dir = { $folder } に書き込めませんでした: { $detail }

## 判定できないとき
error-why-gone = 記録{ $seq }の判定資料が、手元の変更履歴にありません。
error-why-redacted = 記録{ $seq }の判定資料は、記録{ $by }で削除されています。
error-why-unreadable = 記録{ $seq }の判定資料は sekisho { $version } の形式で、この版では読めません({ $detail })。記録の内容: sekisho show { $seq }

## ヘルプの見出し
help-usage = 使い方
help-commands = コマンド
help-arguments = 引数
help-options = オプション
help-group-work = 実施
help-group-look = 確認
help-group-tools = その他
help-more = すべてのコマンド: sekisho --help --all。コマンドごとの説明: sekisho コマンド --help。実演: sekisho demo
help-choices = [いずれか: { $value }]
help-default = [既定: { $value }]
help-variable = [環境変数 { $value } でも可]
help-exit-codes =
    終了コード:
      0  通過、または完了
      1  差し止め、または検査で指摘あり
      2  指定の誤り
      3  判定できませんでした(通過ではありません)
      4  変更履歴が検証できません(通過ではありません)
      5  保存した判定資料は通過の見込み(gate --dossier。通過ではありません)

## マニュアル
man-name = 名前
man-synopsis = 書式
man-description = 説明
man-options = オプション
man-commands = コマンド
man-exit = 終了コード
man-version = 版
man-done = マニュアル{ $count }ページを { $folder } に作成しました(英語 man1/、日本語 ja/man1/)。

## 読み取れないコマンド行
usage-error = エラー: { $sentence }
usage-no-value = { $flag } に値がありません。
usage-value = 「{ $value }」は { $flag } の値として使えません。
usage-unknown-flag = { $flag } というオプションはありません。
usage-extra-word = 「{ $word }」は余分です。
usage-unknown-command = 「{ $command }」というコマンドはありません。
usage-missing-command = { $command } の後にコマンドが必要です: { $known }
usage-missing = 次の指定が足りません: { $flags }
usage-conflict = { $flag } と { $other } は同時に使えません。
usage-twice = { $flag } が2回以上指定されています。
usage-alone = { $flag } はほかの指定と同時に使えません。
usage-count = { $flag } の値の数が合いません。
usage-not-text = UTF-8として読めない引数があります。
usage-other = コマンド行を読み取れません。
usage-choices = 使える値: { $choices }
usage-range = { $range } の範囲で指定してください。
usage-number = 整数で指定してください。
usage-detail = { $detail }
usage-near = { $near } ではありませんか。
usage-more = 詳しくは: --help
