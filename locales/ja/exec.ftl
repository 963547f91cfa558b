# sekisho exec: 手作業をコマンドとして実行する。start と finish の証跡。
exec-runs = { $change } の実施を開始しました(記録{ $seq })。以下はコマンドの出力です。
exec-ended = { $change }: コマンドは終了コード{ $code }で終わりました(このまま返します)。結果は「{ $outcome }」として記録しました(記録{ $seq })。
exec-ended-waits = { $change }: コマンドは終了コード{ $code }で終わりました(このまま返します。結果は「{ $outcome }」)。変更履歴に接続できないため、署名して下書き{ $number }として保管しました。次の操作: sekisho log sync
exec-unrecorded = { $change }: コマンドは終了コード{ $code }で終わりました(このまま返します)。結果「{ $outcome }」を記録できませんでした: { $detail } 内容はこの場所に控えてあります。次の操作: sekisho finish { $change } --outcome { $word }
exec-left = { $change }: { $person } が { $begun } に { $host } で始めたコマンドが途中で切れています。どこまで進んだかは分からず、推定もしません。次の操作: 状態を確認してから sekisho finish { $change } --outcome 結果
exec-left-running = { $change }: { $person } が { $begun } に { $host } で始めたコマンドの実行中に sekisho が強制終了されました。プロセスグループ{ $leader }がまだ動いている可能性があります。次の操作: 終わるのを待つか止めて、状態を確認してから sekisho finish { $change } --outcome 結果
exec-left-ended = { $change }: { $person } が { $begun } に { $host } で始めたコマンドの終了が、変更履歴に入っていない可能性があります。次の操作: sekisho finish { $change } --outcome { $word }
exec-left-unreadable = 途中で切れたコマンドの控え { $file } を読めません。次の操作: sekisho due で終了していないものを確認し、片付いたらこのファイルを削除する
error-exec-which = 自分の緊急変更で続行中のものが1件に定まらないため、対象を決められません。次の操作: sekisho exec 変更番号 -- コマンド
error-exec-missing = { $program } は実行できるプログラムではありません。判定も記録もしていません。PATHのうち絶対パスでないフォルダーは探しません。次の操作: パスを付けて指定する
error-exec-start = コマンドを開始できませんでした: { $detail } 何も実行していません。次の操作: 原因を直す。中止と記録されたものには新しい変更申請が必要です
error-exec-journal = 何も実行していません。実行中の控えを .git/sekisho/running に書けません: { $detail }。次の操作: .git/sekisho の空き容量と所有者を確認する
error-exec-running = { $change } は開始の記録だけがあり、終了の記録がありません。実行中か、途中で切れています。何も実行していません。次の操作: sekisho finish { $change } --outcome 結果
error-exec-other-commit = { $change } が通過したのは { $commit } ですが、チェックアウトされているのは { $here } です。通過したものと違うものが実行されるため、何も実行していません。次の操作: git checkout { $commit }
error-exec-plan = このファイルは承認されたものではありません。チェックアウト中のコミットの申請にある予定差分・手順書のどちらとも内容が一致しません。何も実行していません。次の操作: git diff HEAD で確認し、承認済みのファイルを使うか、新しい内容をコミットして承認を受ける
error-exec-plan-unused = コマンドが { $file } を使っていません。承認されたものが実行されることにならないため、何も実行していません。次の操作: コマンドにファイル名を書く。スクリプトの中では $SEKISHO_PLAN を使う
error-keep-many = 記録に保管できるファイルは{ $count }個までです。次の操作: --keep を外す(ダイジェストだけなら個数の制限はありません)
