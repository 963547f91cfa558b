# 変更履歴の検証で見つかるもの。{ $seq } は記録の番号。

damage-not-canonical = 記録{ $seq }が定められた書式になっていません({ $at }バイト目: { $rule })。
damage-not-a-record = 記録{ $seq }は記録の形になっていません({ $field } がないか、誤っています)。
damage-newer-format = 記録{ $seq }を読むには、より新しい版の sekisho が必要です。
damage-leaf-differs = 記録{ $seq }の内容が、封印したときと違います。
damage-chain-broken = 記録{ $seq }が直前の記録とつながりません。どちらかが書き換えられています。
damage-sequence-gap = 記録の欠落・重複・順序の入れ替わりがあります({ $expected }のはずの位置に{ $found })。
damage-no-genesis = 履歴が開設の記録から始まっていません。
damage-second-genesis = 記録{ $seq }が履歴をもう一度開設しています。
damage-after-the-end = 履歴を閉じた記録の後に、記録{ $seq }があります。
damage-closed-unsigned = 記録{ $seq }は履歴を閉じていますが、署名がありません。この後には何も追記できません。
damage-duplicate-id = 記録{ $seq }は以前の記録の繰り返しです({ $id })。
damage-foreign-origin = 記録{ $seq }は別の履歴のものです({ $expected } ではなく { $found })。
damage-time-backwards = 記録{ $seq }の封印時刻が直前の記録より前です({ $time })。
damage-time-too-far = 記録{ $seq }の申告時刻 { $claimed } と封印時刻 { $sealed } が離れすぎています。
damage-time-ahead = 記録{ $seq }の封印時刻 { $time } はまだ来ていません。それまで、後に何も記録できません。次の操作: この端末の時計が違っていれば合わせる。正しければ sekisho show { $seq } で内容を確かめ、それより前の写しに戻す(sekisho log import)
damage-seen-elsewhere = 記録{ $seq }: 記録者 { $by } が見ていた先頭{ $size }件は、この履歴と異なります。
damage-bad-signature = 記録{ $seq }: 署名がこの内容のものではありません({ $reason ->
        [signature-unreadable] { signature-unreadable }
        [signature-untouched] { signature-untouched }
       *[other] { signature-wrong }
    })。
damage-bad-token = 記録{ $seq }: 付属のトークンでは { $by } による記録と認められません({ $claim ->
        [act] ワークフローだけでは行えない操作
        [actor] 実行を始めたのは記録にある人のアカウントではない
        [audience] 別の内容のために発行されたもの
        [author] 記録者の名前が異なる
        [environment] 別の環境のジョブ
        [event] プルリクエストで始まった実行
        [form] RS256で署名されたトークンではない
        [issuer] 発行元が異なる
        [owner] リポジトリの所有者が異なる
        [ref] 別のブランチの実行
        [repository] 別のリポジトリのもの
        [time] 記録された時点で有効期間外
        [workflow] 認められていないワークフロー
       *[signature] 発行元の署名ではない
    })。
damage-key-not-the-issuers = 履歴にあるトークン検証用の鍵 { $kid } は、発行元が同じ名前で公開している鍵と異なります。誰かが独自の鍵を持ち込んでいます。次の操作: sekisho history で記録した人を確認する
damage-token-unpublished = 記録{ $seq }: 過去1日以内のトークンですが、発行元が公開していない鍵({ $kid })で作られています。誰かが独自の鍵を持ち込んでいます。次の操作: sekisho show { $seq }
damage-signature-missing = 記録{ $seq }は { $by } の記録とされていますが、署名がありません。
damage-unknown-key = 記録{ $seq }: 署名した鍵は、その時点で誰のものとしても登録されていません。
damage-not-the-signer = 記録{ $seq }は { $person } の操作とされていますが、署名した鍵は本人のものではありません。
damage-key-revoked = 記録{ $seq }: 署名した鍵{ $key }はそれより前に失効しています。
damage-branch-newer = { $branch } のコミット { $commit } にある記録{ $seq }は、この版では読めない形式です。これより後の記録も読めません。次の操作: 新しい版の sekisho で書いている人がいれば、こちらも更新する。いなければ、ブランチを書き換える権限のある人がこのコミットを外す: git fetch { $remote } { $name } && git push --force { $remote } { $commit }^:refs/heads/{ $name }
damage-branch-ahead = { $branch } のコミット { $commit } にある記録{ $seq }の記録時刻は { $time } ですが、この端末の時計は { $now } です。その時刻になるまで、後に何も記録できません。次の操作: この端末の時計を合わせる。時計が正しければ、ブランチを書き換える権限のある人がこのコミットを外す: git fetch { $remote } { $name } && git push --force { $remote } { $commit }^:refs/heads/{ $name }
damage-key-outside-days = 記録{ $seq }: { $person } の鍵は { $time } の時点で有効ではありません。
damage-signers-unreadable = 記録{ $seq }に含まれる署名者の一覧を読み取れません({ $reason })。
damage-signers-unsigned = 記録{ $seq }は署名者を変更していますが、署名がありません。
damage-blob-missing = 記録{ $seq }: 付属の文書がなく、削除の記録もありません({ $digest })。
damage-blob-altered = 記録{ $seq }: 付属の文書が書き換えられています({ $digest })。
damage-shortened = 履歴が{ $size }件で終わっています。前回ここで確認したときは{ $remembered }件でした。
damage-other-history = 別の履歴です。記録{ $seq }が、前回ここで確認したものと異なります(前回{ $remembered }件、現在{ $size }件)。
damage-shorter-than-noted = 末尾の記録が失われています。履歴は{ $size }件ですが、{ $at } に { $by } がコミット { $commit } に{ $noted }件と記しています(GitHubのステータス { $id })。履歴が巻き戻されたか、切り詰められています。次の操作: ブランチを元の位置に戻してください。最後のコミットは他の人のクローンとリポジトリのアクティビティに残っています。pushできる人は誤った内容を記すこともできます。履歴が完全だと確認できた場合は、ワークフローの disregard: にステータスの番号を書いてください(docs/github.ja.md)
damage-other-than-noted = 別の履歴です。{ $at } に { $by } がコミット { $commit } に{ $noted }件の履歴を記していますが(GitHubのステータス { $id })、この履歴の同じ位置には別の記録があります。次の操作: どちらが正しい履歴か確認してください。他の人のクローンには、それぞれが見た時点のブランチが残っています。pushできる人は誤った内容を記すこともできます。この履歴が正しいと確認できた場合は、ワークフローの disregard: にステータスの番号を書いてください(docs/github.ja.md)
damage-not-the-checkpoint = 別の履歴です。先頭の{ $size }件がチェックポイントのものと異なります。
damage-shorter-than-checkpoint = 履歴が{ $size }件で終わっています。チェックポイントの時点では{ $kept }件でした。
damage-more-than-checkpoint = 記録が{ $size }件ありますが、同梱のチェックポイントは{ $kept }件のものです。
damage-checkpoint-of-another = チェックポイントが別の履歴のものです({ $expected } ではなく { $found })。
damage-checkpoint-unreadable = チェックポイントを読み取れません({ $reason })。
damage-checkpoint-forged = チェックポイントに { $name } 名義の署名がありますが、その鍵によるものではありません。
damage-file-stray = { $file } は、どの記録からも参照されていない余分なファイルです。
damage-file-wrong = { $file } がないか、書き出した履歴のファイルとして正しくありません({ $reason })。
damage-signers-differ = allowed_signers の内容が、署名者に関する最後の記録の指すものと異なります。
damage-decision-differs = 記録{ $seq }: この判定は、同じルールで同じ資料から出る結果と一致しません({ $reason ->
        [no-case] 判定資料がない
        [case-unreadable] 判定資料を読み取れない
        [policy] ルールが、判定に使われたとされるものと異なる
        [rules-unusable] ルールを読み込めない
        [not-judged] 資料を判定できない
        [other-word] 関所の判定が異なる
        [other-body] 記録の内容が判定と異なる
       *[other-documents] 付属の文書が判定のものと異なる
    })。
damage-store = 履歴のファイルが壊れています: { $complaint }

note-bundle-unsigned = チェックポイントに署名がありません。末尾の記録を切り落としてチェックポイントを作り直していても、これだけではわかりません。次の操作: 控えを使って sekisho verify --bundle … --against "…"
note-replayed = 再判定: { $count }件のうち{ $same }件が、まったく同じ結果でした。
note-replay-other-engine = { $count }件は sekisho { $version } が別のルールで判定したものです(現在は { $own })。再判定にはその版が必要です。
note-replay-not-possible = 記録{ $seq }: 判定資料が削除されているため、再判定できません。
note-blob-redacted = 記録{ $seq }: 文章は記録{ $by }により削除済みです({ $digest })。
note-blob-redacted-but-present = 記録{ $seq }: 削除したと記録されている文章が残っています({ $digest })。
note-request-claimed = 記録{ $seq }: { $person }さんが文章を削除しました。{ $asked }さんの依頼によるというのは{ $person }さんの申告だけで、{ $asked }さんの署名はありません。次の操作: 疑わしいときは{ $asked }さんに確認する
note-signature-unchecked = 記録{ $seq }: ここでは検証できない種類の署名です。
note-signers-unsigned = 記録{ $seq }は署名なしで署名者を変更しています。
note-filed-late = 記録{ $seq }: 操作は{ $claimed }、記録は{ $sealed }です。変更履歴に接続できないときに行われたもので、記録された時刻から効力を持ちます。
note-key-revoked-since = 記録{ $seq }: 署名した鍵は、その後の記録{ $by }で失効しました。失効前の判定はそのままですが、以後の判定では数えません。
note-branch-foreign = { $branch } のコミット { $commit } は履歴に続く記録を加えていないため、読み飛ばしました。
note-branch-foreign-more = { $branch } には、ほかにも記録を加えていないコミットが{ $count }件あります。

signature-token-key-unknown = 記録{ $seq }: ランナーのトークンは一致していますが、その鍵 { $kid } を登録した、効力のある記録がありません。
signature-token-nobody = 記録{ $seq }: ワークフローの署名ですが、この履歴ではどのワークフローの署名も認められていません。
signature-kind-unknown = 記録{ $seq }: { $kind } 形式の署名はここでは検証できません。
signature-key-type-unknown = 記録{ $seq }: { $type } の鍵による署名はここでは検証できません。
signature-unreadable = 署名を読み取れない
signature-namespace = 別の用途の署名({ $namespace })
signature-untouched = セキュリティキーに触れずに作られた署名です
signature-wrong = 署名が一致しない

log-prepared = データベースに変更履歴の表を用意しました。
log-prepared-before = データベースの表は最新です。
log-prepare-next = 記録する利用者には sekisho_writer、閲覧だけの利用者には sekisho_reader、本文を削除する利用者には sekisho_redactor のロールが必要です。次の操作: GRANT sekisho_writer TO …
