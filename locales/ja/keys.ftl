# 鍵の失効。
key-revoked = 記録{ $seq }以降、鍵{ $key }({ $person }さん)の署名は効力を持ちません。この鍵による承認のうち、{ $since ->
    [named] { $at }以降の、
   *[ever] { "" }
}まだ判定に使われていないものは数えません。済んだ判定はそのままです。次の操作: sekisho.yml からもこの鍵を外し、これから通す変更は別の鍵で承認し直す
key-revoke-asked = 記録しました(記録{ $seq })。鍵{ $key }は{ $person }さんのものです。あと{ $missing }人が同じ操作をすると失効します。次の操作: 別の人が同じコマンドを実行する
error-revoke-reason = 理由が短すぎます({ $count }文字以上)。次の操作: --reason に、鍵に何が起きたかを文で書く
error-revoke-since = 「{ $text }」は現在より前の日時として読めません。次の操作: --since 2026-12-04T18:00(いつからか分からないときは --since なしで)
error-revoke-done = 鍵{ $key }は記録{ $seq }で失効済みです。それより前から他人の手にあった場合を除き、必要な操作はありません。次の操作: sekisho show { $seq }、または --since でより早い日時を指定する
error-revoke-unknown = この変更履歴の署名者に鍵{ $key }はありません。次の操作: 次のいずれかを指定する: { $keys }
error-revoke-last = 鍵{ $key }を失効させると、この変更履歴に署名できる人がいなくなります。次の操作: 先に別の鍵を関所を通して登録する
