# 鍵の失効と、ワークフローの鍵。
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
key-fetched = 鍵を{ $count }件登録しました(記録{ $seq }): { $names }。以後、この鍵で署名されたトークンが効力を持ちます。
key-fetched-nothing = 発行元が公開している鍵はすべて登録済みです。何も記録していません。
error-key-no-workflow = 変更履歴には、署名を認めるワークフローが登録されていません。次の操作: sekisho.yml に trust: {"{"}repository_id: 番号, workflows: [.github/workflows/deploy.yml@refs/heads/main]{"}"} を書き、関所を一度通す
error-key-issuer = { $issuer } から鍵を取得できません: { $detail }。何も通過していません。次の操作: 1分ほどおいて再実行し、このマシンから上記のアドレスに届くか確認する
