### ルールの文言。CODE: ルールを一文で。CODE_why: なぜあるのか。CODE_satisfy: どうすれば満たせるか。CODE_…: 指摘の文。

## DEC: 申請

DEC-01 = 反映するすべてのコミットが、申請された変更に対応している。
DEC-01_why = 未申請の変更には実行者も承認者も戻し方もなく、翌朝には誰も覚えていないからです。
DEC-01_satisfy = 変更申請を作成し(sekisho declare)、変更と同じコミットに入れるか、そのコミットの末尾に Change: CHG-… と変更番号を書いてください。
DEC-01_undeclared = コミット { $commit }({ $path })に対応する申請がありません。
DEC-01_declared_later = コミット { $commit }({ $path })には申請が入っていません。{ $change } の申請は後のコミット { $later } にあり、申請が及ぶのは同じコミットの変更だけです。
DEC-01_declared_later_satisfy = { $change } の変更であれば、2つを1つのコミットにまとめてください。push する前なら git reset --soft { $commit }~ && git commit、専用のブランチなら git merge --no-ff で1つにまとまります。
DEC-01_ambiguous = コミット { $commit }({ $path })が複数の変更を指しています。末尾に Change: CHG-… を1つだけ書いてください。
DEC-01_ambiguous_satisfy = どの変更かをコミットに書くか(git commit --amend --trailer "Change: CHG-…")、コミットに入れる申請を1つだけにしてください。
DEC-01_missing = コミット { $commit } が指す { $change } の申請が見つかりません。
DEC-01_missing_satisfy = コミットに書いた番号を直すか(git commit --amend)、変更申請を作成して(sekisho declare)同じコミットに入れてください。
DEC-01_declared_twice = コミット { $commit } が指す { $change } の申請ファイルが複数あります。承認を受けた1つだけを残してください。
DEC-01_unreadable = コミット { $commit } が指す { $change } の申請を読み取れません。
DEC-01_closed = コミット { $commit } が指す { $change } は、すでに完了・中止・切り戻しのいずれかになっています。
DEC-01_elsewhere = コミット { $commit } が指す { $change } は、別のサービスか環境の申請です。
DEC-01_objected_since = { $change } には通過のあとで異議または承認の取り下げがあり、実施した記録がありません。このまま反映すると一緒に本番へ出ます。
DEC-01_objected_since_satisfy = 本人が改めて承認する(sekisho approve { $change })か、異議を取り下げます(sekisho object { $change } --withdraw)。実施済みなら sekisho finish { $change } --outcome success、実施しないなら sekisho finish { $change } --outcome aborted を実行します。
DEC-01_older_than_authorised = コミット { $commit } は最後に通過した状態より古いものです。戻す場合は、切り戻す変更の番号を指定してください。
DEC-01_older_than_authorised_satisfy = sekisho gate --rollback-of CHG-… と指定するか、より新しいコミットを反映してください。
DEC-01_diverged = 通過したコミットが { $commit } の第一親の系列にないため、間の変更を特定できません。
DEC-01_diverged_satisfy = 反映するブランチの側へマージしてください(逆向きのマージでは特定できません)。git switch 反映するブランチ && git merge --no-ff 相手 のあと、sekisho gate を実行します。
DEC-01_way_out = 書き換えられないブランチにすでに入っているコミットは、別のブランチで作り直します。上にコミットを重ねても(取り消しのコミットでも)解消しません。
DEC-01_way_out_satisfy = git switch -c again { $authorised } のあと、残したい内容(git cherry-pick -n コミット)を変更申請と同じコミットに入れて承認を受け、git merge -s ours 元のブランチ を実行して push してください。取りやめる場合は、何も持ち込まずに merge してください。
DEC-01_more = 申請のないコミットが、ほかに{ $count }件あります。
DEC-01_several = この反映には変更が{ $count }件含まれています。このリポジトリでは1件ずつ反映します。
DEC-01_failed = 反映するコミットが申請済みであることを確認できませんでした。

DEC-02 = 種別・反映方法・リスクに応じた項目が申請に書かれている。
DEC-02_why = 承認する人、実行する人、切り戻す人が、同じ情報を事前に必要とするからです。
DEC-02_satisfy = 上に示した項目を申請に記入してください(例: procedure: docs/runbooks/….md、window: {"{"}start: …, end: …{"}"})。
DEC-02_missing = { $field } がありません({ $type ->
    [normal] 通常変更
    [standard] 標準変更
    [emergency] 緊急変更
   *[other] { $type }
    }・リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では必須です)。

DEC-03 = 仮置きの値が残っていない。
DEC-03_why = 「未定」への承認は、何に対する承認にもなってしまうからです。
DEC-03_satisfy = 実際の内容を書いてください。必須でない項目なら、項目ごと消してかまいません。
DEC-03_placeholder = { $field } が仮置きのままです。
DEC-03_failed = 仮置きの値がないことを確認できませんでした。

DEC-04 = 役割には、登録済みで在籍中の個人が書かれている。
DEC-04_why = 共有アカウントや退職者は責任を負えず、夜間に呼び出すこともできないからです。
DEC-04_satisfy = sekisho.yml の people に登録された、現在在籍中の人を書いてください。
DEC-04_nobody = { $person } は、登録済みで在籍中の人ではありません。

DEC-05 = 変更は、実施する前に申請されている。
DEC-05_why = 後から書かれた申請は起きたことの説明にすぎず、誰にも止める機会がなかったことになるからです。
DEC-05_satisfy = 作業を始める前に申請してください。すでに実施したものは、障害として、またはそれを残す(あるいは戻す)新しい変更として、ありのままに申請してください。
DEC-05_late = この変更が変更履歴に初めて現れたのは、作業の{ $hours }時間後です。
DEC-05_too_late = この緊急変更が変更履歴に初めて現れたのは作業の{ $hours }時間後で、emergency.late_limit の期限を過ぎています。
DEC-05_failed = 実施前に申請されたことを確認できませんでした。

DEC-06 = 理由が文で書かれ、参照先をたどることができる。
DEC-06_why = 夜中に、あるいは一年後に、戻してよいかどうかを教えてくれるのは理由だけだからです。
DEC-06_satisfy = なぜ変更するのかを文で書き、課題番号、URL、パス、日付の分かる連絡のいずれかを参照先にしてください。
DEC-06_short = 理由が{ $chars }文字しかありません。{ $least }文字以上で書いてください。
DEC-06_vague = 参照先「{ $reference }」からは何もたどれません。
DEC-06_failed = 理由と参照先が十分であることを確認できませんでした。

DEC-07 = 種別が変更の内容に合っている。
DEC-07_why = 何が求められるかは種別で決まります。種別を誤ると確認が足りなくなったり、予定された変更が緊急変更として扱われたりするからです。
DEC-07_satisfy = type を実際の内容に合わせるか、別の種別の項目を消してください。
DEC-07_emergency_block = 緊急事由が書かれていますが、種別は{ $type ->
    [normal] 通常変更
    [standard] 標準変更
   *[other] { $type }
    }です。
DEC-07_template = 緊急変更にテンプレートは指定できません。テンプレートを使えるのは、標準変更と通常変更です。
DEC-07_planned = 作業の予定が、いま申請した緊急変更の有効期限より後です。待てる作業なので、通常変更として申請してください。
DEC-07_failed = 種別が内容に合っていることを確認できませんでした。

DEC-08 = 変更番号と種別は途中で変わらない。
DEC-08_why = 承認・記録・切り戻しは変更番号で結び付いています。別の変更にすり替わると、どれも追えなくなります。
DEC-08_satisfy = ファイル名を変更番号に合わせ、食い違う id と type をファイルから消してください。
DEC-08_differs = { $field } が一方では { $says }、もう一方では { $is } です。

DEC-09 = 結果の確認方法が書かれ、十分な時間観察する。
DEC-09_why = 変更が終わるのはコマンドが終わったときではなく、動いていることを誰かが見たときだからです。
DEC-09_satisfy = verification.checks に確認方法を1つ以上書き、verification.observe_for は消すか、十分な長さにしてください。
DEC-09_checks = うまくいったかどうかを確かめる方法が書かれていません。
DEC-09_short = 観察時間が{ $minutes }分です。リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では{ $least }分以上必要です。
DEC-09_failed = 結果が確認されることを確かめられませんでした。

DEC-10 = 連携先が書かれ、窓口と稼働状況の確認先が分かる。
DEC-10_why = 障害のとき最初に問われるのは「うちか、先方か」です。その場で電話番号を探している余裕はないからです。
DEC-10_satisfy = impact.vendors に連携先を書き、sekisho.yml の vendors に窓口(contact)と稼働状況のページ(status_url)を登録してください。
DEC-10_missing = 種類 { $kind } の変更は社外の連携先に依存しますが、連携先が書かれていません。
DEC-10_unknown = { $key } は sekisho.yml の vendors に登録されていません。
DEC-10_contact = vendors.{ $key } に窓口(contact)がありません。
DEC-10_status_page = vendors.{ $key } に稼働状況のページ(status_url)がありません。
DEC-10_failed = 連携先に連絡できることを確認できませんでした。

## ROL: 役割

ROL-01 = 実行者が1名に決まっている。
ROL-01_why = 2人に任せると、どちらもやらないか、両方がやってしまうからです。
ROL-01_satisfy = このサービスの変更を実行できる人を1名、roles.executor に書いてください。
ROL-01_missing = 実行者が書かれていません。
ROL-01_not_allowed = { $person } さんは、このサービスの変更を実行できる人に含まれていません。
ROL-01_failed = 実行者が、実行を認められた1名であることを確認できませんでした。

ROL-02 = 承認者は、実行者・申請者・作成者のいずれとも別の人である。
ROL-02_why = 自分の誤りほど見えにくいものはありません。二人目の目は、二人目の人でなければ意味がないからです。
ROL-02_satisfy = 申請・作成・実行のいずれにも関わっていない人の承認が必要です。関わった人が自分で承認した場合は、本人が取り下げてください(sekisho approve 変更番号 --withdraw)。
ROL-02_executor = 承認した { $person } さんは、この変更の実行者でもあります。
ROL-02_requester = 承認した { $person } さんは、この変更の申請者でもあります。
ROL-02_author = 承認した { $person } さんは、この変更の作成者でもあります。
ROL-02_unknown_author = 作成者 { $address } が people の誰にも当たらないため、承認者本人でないと言い切れません。該当する人にこのアドレスを追加してください。
ROL-02_unknown_author_satisfy = アドレスの追加は sekisho.yml だけの変更として先に通過させてください。通過した時点から有効になります。
ROL-02_unprovable = { $role ->
    [executor] 実行者
    [requester] 申請者
   *[other] { $role }
    }が書かれていないため、承認者が別の人であると言い切れません。
ROL-02_failed = 承認者が独立していることを確認できませんでした。

ROL-03 = 変更のどの部分も、そこに承認権限を持つ人が承認している。
ROL-03_why = 文章を判断できる人に、サーバーで起きることまで承認してもらうわけにはいかないからです。
ROL-03_satisfy = 各部分について承認権限を持つ人の承認をそれぞれ受けるか、変更を分けてください。
ROL-03_area = { $area } に承認権限を持つ人が、該当部分をまだ承認していません。
ROL-03_elsewhere = どの箇所にも属さない部分を、承認権限を持つ人がまだ承認していません。承認できる人: { $people }
ROL-03_nobody = どの箇所にも属さない部分がありますが、このリスクで承認できる人が sekisho.yml にいません。
ROL-03_failed = 承認者がすべての部分に承認権限を持つことを確認できませんでした。

ROL-04 = リスクの高い作業には、もう一人が立ち会う。
ROL-04_why = 作業している本人は、自分の入力ミスに気づきにくいからです。
ROL-04_satisfy = 実行者とは別の人を roles.verifier に書いてください。
ROL-04_missing = リスク{ $risk ->
    [medium] 中
    [high] 高
   *[other] { $risk }
    }の作業ですが、確認者が書かれていません。
ROL-04_executor = { $person } さんが実行者と確認者を兼ねています。
ROL-04_failed = もう一人が立ち会うことを確認できませんでした。

ROL-05 = 申請された実行者が実行している。
ROL-05_why = 承認はその人が実行する前提で出され、承認者が別の人かどうかもその人を基準に確かめているからです。
ROL-05_satisfy = 申請された実行者が実行するか、実行者を書き換えて、あらためて承認を受けてください。
ROL-05_differs = 申請された実行者は { $person } さんですが、{ $actor } さんが実行しようとしています。
ROL-05_failed = 実行者が申請どおりであることを確認できませんでした。

ROL-06 = 一人で行う変更は時間を置き、後から外部の人が確認する。
ROL-06_why = 二人目がいないとき、自分の見落としを補えるのは時間と後からの確認だけだからです。
ROL-06_satisfy = 待ち時間が過ぎるのを待つか、外部の確認者から先に承認を受けてください(sekisho approve)。通過した後は、確認者が同じ変更を承認すると外部の確認が完了します。
ROL-06_cooling_off = まだ承認がないため待機中です(待機時間{ $of }分、残り{ $minutes }分)。
ROL-06_nobody_outside = 後から確認できる人が approval.outside_reviewers にいません。在籍中で、この変更に関わっていない人が必要です。
ROL-06_share = 過去30日の変更のうち{ $percent }%が、誰の承認もなく通過しています(上限{ $most }%)。
ROL-06_failed = 一人で行う変更の補完統制を確認できませんでした。

ROL-07 = 機械の承認は承認に数えない。
ROL-07_why = 機械は指示されたとおりに動きます。変更を通したい人の指示にも従ってしまうからです。
ROL-07_satisfy = 人による承認が必要です。

ROL-08 = 操作した人は、その日に在籍していた。
ROL-08_why = アカウントや鍵は契約より長く残ります。着任前や退職後の操作には、誰も責任を負えないからです。
ROL-08_satisfy = 在籍中の人が承認し、在籍中の人が実行してください。在籍期間が誤っている場合は people の from と until を直してください。
ROL-08_approver = { $person } さんは { $day } に承認していますが、その日は在籍していませんでした。
ROL-08_actor = 実行しようとしている { $person } さんは、現在({ $day })在籍していません。
ROL-08_failed = 操作した人がその日に在籍していたことを確認できませんでした。

## APP: 承認

APP-01 = この内容そのものに、必要な人数の承認がある。
APP-01_why = 何人の同意が必要かは、失敗したときの影響の大きさで決まるからです。
APP-01_satisfy = 上に示した承認者のいずれかが、この内容を承認してください(sekisho approve)。
APP-01_missing = 必要な承認{ $quorum }名に対して{ $approved }名です。承認できる人: { $people }
APP-01_nobody = 必要な承認{ $quorum }名に対して{ $approved }名で、ほかに承認できる人がいません。sekisho.yml に承認者を追加してください。
APP-01_nobody_satisfy = sekisho.yml への承認者の追加だけを、別の変更として先に通過させてください。
APP-01_owner = リスク高の変更には、{ $area } の管理者の承認が必要です。
APP-01_unknown_need = 設定 high_needs の { $need } は、このルールでは使えません。
APP-01_other_content = { $person } さんの承認は、変更前の内容に対するものです。
APP-01_not_counted = { $person } さんの承認は数えていません({ $because ->
    [unknown] アカウントが people の誰にも当たりません
    [inactive] 現在は在籍していません
    [channel] この方法での承認は認められていません
    [no_authority] この変更の承認権限がありません
    [after_start] 開始後の承認です
    [revoked] 署名した鍵が、その後失効しました(別の鍵で承認し直してください: sekisho approve)
    [bot] 人のアカウントではありません
    [no_write] リポジトリへの書き込み権限がないアカウントです
    [unseen] どの内容を見て承認したかを確認できません(sekisho approve で承認できます)
   *[other] { $because }
    })。
APP-01_failed = 承認が足りていることを確認できませんでした。

APP-02 = 承認は、承認された内容そのものにだけ効く。
APP-02_why = 承認後に変わった部分は、誰も見ていないからです。
APP-02_satisfy = 現在の内容に対して、あらためて承認を受けてください。

APP-03 = 承認は、リスクに応じた有効期間の内にある。
APP-03_why = 3週間前には問題のなかった変更でも、今日は別のシステム、別のデータ、別の人の変更とぶつかるかもしれないからです。
APP-03_satisfy = 承認した人にもう一度確認してもらい、あらためて承認を受けてください(sekisho approve)。
APP-03_too_old = { $person } さんの承認から{ $days }日たっています。このリスクでの有効期間は { $most } です。
APP-03_failed = 承認が有効期間の内にあることを確認できませんでした。

APP-04 = 異議が残っていない。
APP-04_why = 異議は「進めない理由」です。黙って通せるなら、異議を出す意味がなくなります。
APP-04_satisfy = 異議を出した本人が取り下げる(sekisho object --withdraw)か、承認してください。
APP-04_stands = { $person } さんがこの変更に異議を出しています。
APP-04_failed = 異議が残っていないことを確認できませんでした。

APP-05 = 申請が承認を待ったまま放置されていない。
APP-05_why = 誰も決めない変更は忘れられるか、断りなく行われてしまうからです。
APP-05_satisfy = 上に示した承認者に確認を求めるか、申請を取り下げてください。
APP-05_waiting = 承認を待って{ $days }日たっています。承認できる人: { $people }
APP-05_failed = 承認をどれだけ待っているかを確認できませんでした。

APP-06 = 開始後の承認は、事前の承認に数えない。
APP-06_why = 終わった後では判断の余地がないからです。遅れた承認は事後承認として残ります。
APP-06_satisfy = 開始前に承認を受けてください。緊急変更の後は事後承認を受けてください。

## CON: 内容

CON-01 = 反映される内容が、承認された内容そのものである。
CON-01_why = 承認の後に加わった部分は、どれほど小さくても誰も見ていないからです。
CON-01_satisfy = 変更のすべての部分に承認を受けてください(sekisho approve)。
CON-01_part = { $first } から { $last } までの部分は承認されていません。承認されているのは、この変更の別の部分です。
CON-01_failed = 反映される内容が承認されたものであることを確認できませんでした。

CON-02 = 申請外の変更が混ざっていない。
CON-02_why = 無難な件名に紛れた変更は、障害が起きたときに誰にも見つけられないからです。
CON-02_satisfy = 該当ファイルを targets[].paths に加えるか、別の変更として申請してください。
CON-02_outside = { $count ->
    [1] 申請した範囲の外のファイルが1件あります: { $paths }
   *[other] 申請した範囲の外のファイルが{ $count }件あります({ $paths } など)。
    }
CON-02_failed = 変更のファイルがすべて申請の範囲内であることを確認できませんでした。

CON-03 = 要注意箇所に触れる変更は、その箇所を申請に書いている。
CON-03_why = 判断する人が探すのはファイル名ではなく、箇所の名前だからです。
CON-03_satisfy = targets: [{"{"}area: …{"}"}] のように箇所を書くか、該当ファイルを別の変更として申請してください。
CON-03_undeclared = 要注意箇所 { $area } のファイルに触れていますが、申請の種類や対象に { $area } が書かれていません。
CON-03_failed = 要注意箇所が申請に書かれていることを確認できませんでした。

CON-04 = 手作業の変更には予定差分が添えられている。
CON-04_why = 手作業にはコミットが残りません。何がどう変わるかを示すファイルがなければ、件名だけを承認することになるからです。
CON-04_satisfy = 変わる内容を示すファイル(計画、書き出し、一覧など)をコミットし、plan に指定してください。
CON-04_unsaid = 手作業を含みますが、何がどう変わるかを示すファイルがありません。
CON-04_missing = 予定差分の { $path } が、判定するコミットにありません。
CON-04_empty = 予定差分の { $path } が空です。
CON-04_failed = 予定差分があることを確認できませんでした。

## RBK: 切り戻し

RBK-01 = 作業に合った切り戻し方法が選ばれている。
RBK-01_why = 誰も選んでいない計画は、必要になったときに初めて読まれることになるからです。
RBK-01_satisfy = この変更のための rollback を書くか、rollback_plans から合う計画を選んで指定してください。
RBK-01_missing = このテンプレートの計画には、切り戻し方法が書かれていません。
RBK-01_not_chosen = 手作業を含みますが、切り戻し方法が選ばれていません。このままでは反映用の計画({ $strategy })になります。
RBK-01_no_commit = revert はコミットを打ち消す方法ですが、この作業にはコミットがありません。
RBK-01_failed = 切り戻し方法が選ばれていることを確認できませんでした。

RBK-02 = 切り戻しの手順は、本人以外でも実行できるほど具体的である。
RBK-02_why = 切り戻しが必要なときに起きているのが、書いた本人とは限らないからです。
RBK-02_satisfy = コマンド、URL、または何をするかが分かる文で手順を書くか、rollback_plans の計画を指定してください。
RBK-02_missing = 切り戻し計画に手順がありません。
RBK-02_vague = 「{ $step }」だけでは、何をすればよいか分かりません。
RBK-02_failed = 本人以外でも実行できる手順であることを確認できませんでした。

RBK-03 = 切り戻すかどうかを判断する人が決まっている。
RBK-03_why = 誰かの判断を待つうちに手遅れになり、操作している本人はもう一度だけ試したくなるからです。
RBK-03_satisfy = 実行者とは別の人を切り戻し判断者にしてください。リスク中以上では、連絡が取れないときに代わって判断する人も必要です。
RBK-03_missing = 切り戻し判断者が書かれていません。
RBK-03_unknown = 切り戻し判断者の { $person } は、登録済みで在籍中の人ではありません。
RBK-03_executor = { $person } さんが実行者と切り戻し判断者を兼ねています(リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    })。
RBK-03_alternate = リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では、判断者に連絡が取れないときに代わって判断する人も必要です。
RBK-03_failed = 切り戻し判断者が決まっていることを確認できませんでした。

RBK-04 = 切り戻し判断基準は測れるもので、判断期限がある。
RBK-04_why = 「様子がおかしければ」ではその場の期待で決まってしまいます。数値と時刻があれば、見ればすぐに決まります。
RBK-04_satisfy = 数値か、はい・いいえで答えられる観察を基準に書いてください。リスク中以上では rollback.decide_by も必要です。
RBK-04_missing = 切り戻し計画に判断基準がありません。
RBK-04_vague = 「{ $criterion }」では、切り戻すかどうかを客観的に判断できません。
RBK-04_decide_by = リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では、切り戻し判断期限が必要です。
RBK-04_failed = 切り戻し判断基準が測れることを確認できませんでした。

RBK-05 = 切り戻しが作業時間帯と上限に収まる。
RBK-05_why = 切り戻しが終わる前に時間帯が終われば、利用者が来ているのに戻せない状態になるからです。
RBK-05_satisfy = より早く戻せる方法にするか、作業時間帯を延ばすか、開始を早めてください。
RBK-05_business_days = 切り戻し所要時間が営業日で書かれているため、収まるかどうか判断できません。分か時間で書いてください。
RBK-05_limit = 切り戻しに{ $minutes }分かかります。リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }での上限は{ $limit }分です。
RBK-05_window = 作業に{ $work }分、切り戻しに{ $back }分かかりますが、作業時間帯は{ $room }分しかありません。
RBK-05_failed = 切り戻しが時間内に収まることを確認できませんでした。

RBK-06 = 切り戻しを最近試している。
RBK-06_why = 試していない手順は、本番で動く保証がないからです。
RBK-06_satisfy = 計画を実際に試し、その日付を rollback.tested か rollback_plans の計画に書いてください。同じ計画で実施した切り戻しも、試したことになります。
RBK-06_never = この切り戻しを試した記録がありません。リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では、試してあることを求めます。
RBK-06_ahead = 切り戻しを試した日付が、まだ来ていない日になっています。
RBK-06_old = この切り戻しを最後に試したのは{ $days }日前です。リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では、{ $limit }日以内であることを求めます。
RBK-06_failed = 切り戻しを試してあることを確認できませんでした。

RBK-07 = 戻せない変更には、前方修正・復元を試したバックアップ・後戻りできない時点がそろっている。
RBK-07_why = 戻れないところへ進むなら、助けになるものは最初の一歩の前にそろえておくしかないからです。
RBK-07_satisfy = rollback.point_of_no_return と rollback.forward_fix(plan と owner)を書き、データを書き換える場合は rollback.backup に復元を試した日付を書いてください。
RBK-07_point_of_no_return = 戻せない、または期限付きでしか戻せない変更ですが、後戻りできない時点が書かれていません。
RBK-07_forward_fix = 戻せない、または期限付きでしか戻せない変更ですが、前方修正の計画と担当者が書かれていません。
RBK-07_never_restored = 戻せない、または期限付きでしか戻せないデータの変更ですが、復元を試したバックアップが書かれていません。
RBK-07_restored_ahead = 復元を試した日付が、まだ来ていない日になっています。
RBK-07_restored_long_ago = 復元を最後に試したのは{ $days }日前です。{ $limit }日以内であることを求めます。
RBK-07_risk = 戻せない変更のため、リスクは{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }ではなく、{ $least ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $least }
    }以上です。
RBK-07_too_late = 切り戻し判断期限の直前に判断すると、戻し終える前に、戻せる期限を過ぎてしまいます。
RBK-07_failed = 戻せない変更への備えを確認できませんでした。

RBK-08 = 戻す先が実在する。
RBK-08_why = バックアップがないことに気づくのは、いつも必要になったときだからです。
RBK-08_satisfy = 変更前のタグやコミット、この変更で書き換えないリポジトリ内のファイル、または復元を試したバックアップ(rollback.backup)を指定してください。
RBK-08_unsaid = 切り戻し方法は { $strategy } ですが、戻す先が書かれていません。
RBK-08_no_file = 判定するコミットに { $target } というファイルがありません。
RBK-08_no_revision = このクローンに { $target } というタグ・ブランチ・コミットがありません。ここにないだけなら git fetch --tags で取得できます。
RBK-08_moving = { $target } は、誰かがコミットするたびに別のコミットを指します。タグかコミットそのものを指定してください。
RBK-08_with_change = { $target } にはこの変更自体が含まれているため、そこへ戻しても元には戻りません。
RBK-08_changed = { $target } はこの変更自体が書き換えるため、変更前の内容ではありません。
RBK-08_elsewhere = { $target } は、このリポジトリのファイルでも版でもありません。実在するかどうかは、ここからは確認できません。
RBK-08_failed = 戻す先が実在することを確認できませんでした。

RBK-09 = 申請済みの切り戻しは決して止めない。
RBK-09_why = その瞬間は、戻すことがいちばん安全です。ほかのことは朝になってからで間に合います。
RBK-09_satisfy = 対応は不要です。
RBK-09_lifted = 申請どおりの切り戻しのため止めません。通常なら差し止めや注意になる指摘が{ $count }件あります。
RBK-09_lifted_satisfy = 必要ありません。

RBK-10 = 間に書き込まれたデータの補正方針がある。
RBK-10_why = 価格を元に戻しても、誤った価格で売れた分は戻らないからです。
RBK-10_satisfy = 間に書き込まれたデータを誰がどう補正するかを、rollback.data_correction に書いてください。同じ箇所の変更に共通なら、sekisho.yml の areas に書けます。
RBK-10_missing = データや金額に関わる変更ですが、切り戻すまでに書き込まれたデータをどう補正するかが書かれていません。
RBK-10_assumed = 箇所の名前から、データや金額に関わる変更と思われますが、切り戻すまでに書き込まれたデータをどう補正するかが書かれていません。関わらない場合は impact: {"{"}data: none, money: false{"}"} と書いてください。
RBK-10_failed = データを補正できることを確認できませんでした。

RBK-11 = マイグレーションを含む変更は、前の版に戻すだけでは切り戻しにならない。
RBK-11_why = プログラムを戻しても、データは変更後の構造のまま残るからです。
RBK-11_satisfy = 切り戻しの手順にデータベースの操作を加えるか、前の版が変更後の構造でも動く理由を details.backward_compatible に書いてください。
RBK-11_migration = { $count ->
    [1] { $path } はデータベースの構造を変更しますが、切り戻しは { $strategy } だけです。
   *[other] { $path } など{ $count }件のファイルがデータベースの構造を変更しますが、切り戻しは { $strategy } だけです。
    }
RBK-11_failed = 切り戻しがマイグレーションに対応していることを確認できませんでした。

## SCH: 日程

SCH-01 = 変更は作業時間帯の中で行う。
SCH-01_why = 作業時間帯は、見ている人がいて、まだ切り戻す余裕もある時間だからです。
SCH-01_satisfy = 作業時間帯になるまで待つか、申請に時間帯(window.start、window.end)を書いてください。時間帯を書かない変更をいつ行うかは、sekisho.yml の windows で決めます。
SCH-01_closed = 今は作業時間帯 { $window } の外です。次に始まるのは { $opens } です。
SCH-01_outside = 申請の作業時間帯は { $opens } から { $closes } までで、今はその外です。
SCH-01_never = 作業時間帯 { $window } は、この先1年のあいだ始まりません。
SCH-01_late = 切り戻す時間が残っていません。開始は { $latest } まで、作業時間帯は { $closes } までです。
SCH-01_failed = 今が作業時間帯の中であることを確認できませんでした。

SCH-02 = 変更凍結の期間中ではない。
SCH-02_why = 凍結は、止まると損失が最も大きい日や、直せる人がいない日を守るためのものです。
SCH-02_satisfy = 凍結が終わるまで待つか、凍結の責任者に例外を求めてください(sekisho grant SCH-02 変更番号 --until 期限 --reason 理由)。
SCH-02_hard = 全面凍結 { $freeze } の期間中です({ $until } まで)。例外を認められるのは { $owner } さんです。
SCH-02_soft = 一部凍結 { $freeze } の期間中で、リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }の変更はできません({ $until } まで)。例外を認められるのは { $owner } さんです。
SCH-02_failed = 変更凍結の期間中でないことを確認できませんでした。

SCH-03 = 同じ対象に、同じ時間の作業が重なっていない。
SCH-03_why = 作業が重なると、どちらで壊れたのか分からなくなり、片方を切り戻すともう片方まで戻ってしまうからです。
SCH-03_satisfy = どちらかの作業時間帯をずらすか、終わっている変更は sekisho finish で閉じてください。あわせて計画したものなら depends_on に相手の番号を書いてください。
SCH-03_target = { $change } が、同じ { $name } に対して { $start } から { $end } まで予定されています。間隔は { $buffer } 以上必要です。
SCH-03_dependency = { $change } が、依存関係にあるサービス { $name } に対して { $start } から { $end } まで予定されています。間隔は { $buffer } 以上必要です。
SCH-03_executor = { $name } さんは { $start } から { $end } まで { $change } も実行する予定です。間隔は { $buffer } 以上必要です。
SCH-03_more = 同じ時間の作業が、ほかに{ $count }件あります。
SCH-03_failed = 作業が重なっていないことを確認できませんでした。

SCH-04 = 変更が十分前に知らされている。
SCH-04_why = 異議を唱える人、立ち会う人、利用者に知らせる人が、間に合ううちに知る必要があるからです。
SCH-04_satisfy = 開始を遅らせてください。期間は、今の内容の申請について最初に残った記録(sekisho approve、sekisho declare --file、関所の判定)から数えます。
SCH-04_lead = リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }の変更は、開始の { $lead } 前までに知らせます。この内容の申請が記録に現れたのは { $known } のため、開始できるのは { $earliest } からです。
SCH-04_notice = 停止を伴う変更は、{ $notice } 前までに知らせます。この内容の申請が記録に現れたのは { $known } のため、開始できるのは { $earliest } からです。
SCH-04_failed = 変更が十分前に知らされていることを確認できませんでした。

## STD: 標準変更

STD-01 = 標準変更テンプレートが承認済みで、期限内である。
STD-01_why = 見直されない許可は、いつの間にか誰も認めていないことまで許すようになるからです。
STD-01_satisfy = 通過した状態の sekisho.yml にあるテンプレートを使ってください。期限が過ぎたものは見直して書き換えます(説明を改めるだけでも構いません)。その変更が関所を通ることが、テンプレートの承認になります。
STD-01_unknown = 通過した状態の sekisho.yml に、このサービスで使えるテンプレート { $template } がありません。
STD-01_expired = テンプレート { $template } は { $until } で期限が切れています。
STD-01_failed = テンプレートが承認済みで期限内であることを確認できませんでした。

STD-02 = 標準変更がテンプレートの範囲に収まっている。
STD-02_why = 事前に承認されたのは決めた範囲の中だけで、その外は誰も承認していないからです。
STD-02_satisfy = テンプレートの範囲に収めるか、通常変更として申請してください。
STD-02_missing = テンプレート { $template } のパラメータ { $param } がありません。
STD-02_unknown_param = テンプレート { $template } にパラメータ { $param } はありません。使えるもの: { $wanted }
STD-02_bound = パラメータ { $param } がテンプレート { $template } の範囲外です: { $bound } { $wanted }
STD-02_path = { $path } はテンプレート { $template } の対象外です(paths の外、要注意箇所、または関所自身のファイル)。
STD-02_more_paths = テンプレートの外のファイルが、ほかに{ $count }件あります。
STD-02_overrides = { $field } の内容がテンプレート { $template } と違います。手作業では、承認されているのはテンプレートの内容だけです。
STD-02_failed = 変更がテンプレートの範囲に収まっていることを確認できませんでした。

STD-03 = テンプレートは実績で維持され、失敗で停止する。
STD-03_why = いつもうまくいく作業に毎回の判断は要りませんが、前回うまくいかなかった作業には要るからです。
STD-03_satisfy = 一度、テンプレートの名前を書いた通常変更(type: normal と template:)として実施し、成功させてください。テンプレートを書き換えると、実績は数え直しになります。
STD-03_unproven = テンプレート { $template } どおりの通常変更の成功は{ $had }件です。初めて使う前に{ $wanted }件必要です。
STD-03_suspended = テンプレート { $template } は停止中です。最近使った { $change } が失敗したか、切り戻されています。
STD-03_failed = テンプレートの実績を確認できませんでした。

STD-04 = その都度判断すべきことは、テンプレートにしない。
STD-04_why = リスク高の変更、金額、権限、元に戻せないことには、その変更そのものを見て判断する人が必要だからです。
STD-04_satisfy = 通常変更として申請するか、テンプレートからその部分を外してください。
STD-04_high = リスク高の標準変更はありません。テンプレート { $template } では扱えません。
STD-04_above = この変更のリスクは{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }ですが、テンプレート { $template } が認めているのはリスク{ $agreed ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $agreed }
    }までです。手作業はリスク中以上になります。
STD-04_guarded = { $area } は標準変更にできません。
STD-04_irreversible = テンプレート { $template } は、データを元に戻せない形で変更します。
STD-04_no_way_back = 切り戻し方法が { $strategy } では戻せないため、標準変更にできません。
STD-04_limited = { $until } を過ぎると戻せなくなるため、標準変更にできません。
STD-04_gate = { $path } は関所自身のファイルのため、テンプレートでは扱えません。
STD-04_failed = テンプレートが扱ってよい範囲であることを確認できませんでした。

## PRC: 手順

PRC-01 = 変更手順が書かれていて、後から変わらない。
PRC-01_why = 承認する人、実行する人、引き継ぐ人が、その日も障害の後も同じ手順を読む必要があるからです。
PRC-01_satisfy = このコミットにあるファイル(procedure: docs/runbooks/….md)か、末尾に版を付けたURL(https://…@版)を指定してください。
PRC-01_missing = 変更手順がありません。手作業とリスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }の変更では必要です。
PRC-01_not_found = 変更手順 { $path } は、判定するコミットにありません。
PRC-01_no_revision = { $address } には版の指定がないため、承認の後で内容が変わり得ます。
PRC-01_moving = { $address } の { $revision } は版ではありません。明日には別の内容を指します。
PRC-01_failed = 変更手順が存在し、変わらないことを確認できませんでした。

PRC-03 = 同じ手順を本番以外で試してある。
PRC-03_why = 手順の誤りは最初の1回で見つかります。その1回は、誰も待っていないところで済ませるためです。
PRC-03_satisfy = 試した内容と結果を tests に書いてください。試せないものは result: not_run とし、理由を evidence に書いてください。
PRC-03_missing = 事前に試した内容が書かれていません。リスク{ $risk ->
    [low] 低
    [medium] 中
    [high] 高
   *[other] { $risk }
    }では tests が必要です。
PRC-03_failed_test = 事前の確認「{ $what }」の結果が良くありません: { $result }
PRC-03_no_reason = 「{ $what }」は試されておらず、理由(evidence)も書かれていません。
PRC-03_failed = 同じ手順を本番以外で試したことを確認できませんでした。

PRC-05 = 手順と違うことをしたら、それを記録する。
PRC-05_why = 書き残されなかった違いは、次の人が抜かすか、二度行う手順になるからです。
PRC-05_satisfy = 結果を記録するときに書いてください: sekisho finish 変更番号 --outcome … --deviation "…"

## RSK: リスク

RSK-01 = 申請されたリスクが、変更の内容から決まる下限を下回っていない。
RSK-01_why = 根拠なく下げると、必要な承認や準備が抜けるからです。
RSK-01_satisfy = 申請から risk を消すか、引き上げてください。リスクを上げている部分を別の変更に分けることもできます。
RSK-01_below = リスクが{ $risk ->
    [low] 低
    [medium] 中
   *[other] { $risk }
    }とされていますが、下限は{ $floor ->
    [medium] 中
    [high] 高
   *[other] { $floor }
    }です({ $because })。
RSK-01_unknown_fact = 設定 high_if または medium_if の { $name } は、判定に使える項目ではありません。
RSK-01_failed = リスクが下限以上であることを確認できませんでした。

RSK-02 = 要注意箇所の管理者が同意している。
RSK-02_why = その箇所に責任を持つ人は、変更の後ではなく前に知らされるべきだからです。
RSK-02_satisfy = その箇所の管理者(sekisho.yml の areas)のいずれかが、この内容を承認してください。
RSK-02_missing = { $area } の管理者が、該当部分をまだ承認していません。
RSK-02_failed = 管理者の同意を確認できませんでした。

RSK-03 = リスクの高い変更では、セキュリティと個人情報への影響が検討されている。
RSK-03_why = 事前なら1分で済む問いですが、事後になると監督官庁への報告になるからです。
RSK-03_satisfy = impact.security に文で書いてください。影響がない場合も理由を添えてください(例:「なし。メニューの並び順だけが変わるため」)。
RSK-03_silent = リスク高の変更では、impact.security に検討した内容を文章で書いてください。
RSK-03_failed = セキュリティへの影響が検討されたことを確認できませんでした。

RSK-04 = 関所自身の変更は、2名が承認するリスク高の通常変更として扱う。
RSK-04_why = 関所をこっそり変えられる人は、何でも通せてしまうからです。
RSK-04_satisfy = リスク高の通常変更として申請し、2名の承認を受けてください。
RSK-04_type = { $path } は関所の一部のため、{ $type ->
    [standard] 標準変更
    [emergency] 緊急変更
   *[other] { $type }
    }では変更できません。
RSK-04_risk = { $path } は関所の一部のため、リスクは{ $risk ->
    [low] 低
    [medium] 中
   *[other] { $risk }
    }ではなく高です。
RSK-04_quorum = { $path } は関所の一部です。必要な承認は{ $needed }名ですが、{ $quorum }名しか求められていません。
RSK-04_all = { $path } は関所の一部のため{ $needed }名の承認が必要ですが、承認できる人が足りません。承認できる全員({ $quorum }名)の承認を求めます。
RSK-04_all_satisfy = 承認できる人を増やすには、sekisho.yml の approvers に加えてください。
RSK-04_failed = 関所自身の変更がルールどおりであることを確認できませんでした。

## REC: 記録

REC-01 = 判定は、実施前に変更履歴へ記録される。
REC-01_why = 後から書く記録は、書く人に都合よくなりがちだからです。
REC-01_satisfy = 変更履歴に接続できる状態にして、もう一度実行してください。

REC-02 = 反映の結果が期限内に記録される。
REC-02_why = 結果がなければ、うまくいった変更と、黙って直された変更の区別がつかないからです。
REC-02_satisfy = sekisho finish で結果を記録してください。

REC-03 = 切り戻しや中止の後は、新しい変更としてやり直す。
REC-03_why = どこかに誤りがあったからです。やり直す人は、今度は何が違うのかを書き、その承認を受けます。
REC-03_satisfy = 何を変えたかを書いた新しい変更申請を作成し(sekisho declare)、作業を入れ直すコミットにその番号を書いてください。失敗した作業は、同じ申請のまま再実施できます。
REC-03_rolled_back = { $change } は切り戻されています。再実施には新しい申請が必要です。
REC-03_aborted = { $change } は中止されています。再実施には新しい申請が必要です。
REC-03_failed = この変更を再実施してよいことを確認できませんでした。

REC-04 = 変更履歴が検証できる。
REC-04_why = 改ざんされた履歴で判定すると、改ざんした人の思いどおりの結果になるからです。
REC-04_satisfy = sekisho verify が示す損傷を調べ、何が起きたかを突き止めてください。
REC-04_unverified = { $size }件の記録からなる変更履歴を検証できませんでした。
REC-04_empty = 変更履歴が空です。
REC-04_failed = 変更履歴を検証できることを確認できませんでした。

## AVL: 可用性

AVL-01 = 確認できないものは通さない。
AVL-01_why = 見えないときに開く関所は、目隠しをするだけで通れてしまうからです。
AVL-01_satisfy = 変更履歴とリポジトリを読めるようにしてから、もう一度実行してください。

AVL-02 = 変更履歴なしで行ったことを、すぐに反映している。
AVL-02_why = 1台の端末だけにある記録は、失われたり書き換えられたりするからです。
AVL-02_satisfy = 接続できたらすぐに反映してください(sekisho log sync)。
AVL-02_offline = 発生から{ $minutes }分後に変更履歴へ反映されました。両方の時刻を残しています。
AVL-02_late = 発生から{ $minutes }分後の反映で、due.sync の期限を過ぎています。
AVL-02_unsigned = 変更履歴なしの記録に、登録済みの鍵による署名がありません。
AVL-02_failed = 変更履歴なしで行ったことの反映を確認できませんでした。

AVL-03 = 判定できないルールを通過として扱わない。
AVL-03_why = ルールが何も答えないことは、同意ではないからです。
AVL-03_satisfy = ルールを直してください。場所は sekisho policy test で分かります。
AVL-03_rollback = 判定できないルールがありました({ $why })。切り戻しはそのまま続けられます。

## EMG: 緊急

EMG-01 = 指名された人だけが緊急変更を宣言している。
EMG-01_why = 使える人を絞っておかないと、例外が例外でなくなるからです。
EMG-01_satisfy = 宣言できる人に宣言してもらうか、通常変更として申請してください。
EMG-01_not_named = { $person } さんは緊急変更を宣言できません。宣言できる人: { $people }
EMG-01_failed = 指名された人による宣言であることを確認できませんでした。

EMG-02 = 緊急変更が障害に紐づいている。
EMG-02_why = 待てない理由が他の人にも見え、後で振り返れるようにするためです。
EMG-02_satisfy = 障害のIssue番号、アドレス、CVE番号、チケット番号のどれかを示してください(--incident "#412")。
EMG-02_missing = 障害が示されていません。
EMG-02_vague = 障害の記載から、該当の障害をたどれません。
EMG-02_failed = どの障害に対する緊急変更かを確認できませんでした。

EMG-03 = 緊急事由に当たる。
EMG-03_why = 日程や不在や希望は急ぐ理由にはなっても、緊急事由にはならないからです。
EMG-03_satisfy = 停止・セキュリティ・データ損失・法令・金銭的損失のどれかを選んでください。当たらなければ通常変更として申請してください。
EMG-03_none = 緊急事由(停止・セキュリティ・データ損失・法令・金銭的損失)が示されていません。
EMG-03_excuse = 理由に「{ $words }」とありますが、通常は緊急事由に当たりません。
EMG-03_failed = 緊急事由に当たることを確認できませんでした。

EMG-04 = 緊急変更の7項目がそろっている。
EMG-04_why = これがないと、手伝うことも、引き継ぐことも、切り戻すこともできないからです。
EMG-04_satisfy = sekisho emergency の質問に答えるか、対応するオプションで指定してください。
EMG-04_unanswered = { $field } が書かれていません。
EMG-04_failed = 7項目がそろっていることを確認できませんでした。

EMG-05 = 着手前に承認を求めている。
EMG-05_why = たいていは誰かに連絡がつき、もう1人の目を入れるのに数分しかかからないからです。
EMG-05_satisfy = 連絡し、その都度記録してください(sekisho emergency call 変更番号 --person 人 --channel phone --result 結果)。
EMG-05_untried = まだ承認の返事がありません。未連絡: { $people }
EMG-05_nobody = 連絡順のうち、在籍していて当事者でない人がいません。
EMG-05_failed = 承認を求めたことを確認できませんでした。

EMG-06 = 定めた順に連絡している。
EMG-06_why = 先頭の人ほど事情を知っており、連絡を待っているからです。
EMG-06_satisfy = 先の順番の人に連絡し、emergency.wait_per_level の時間だけ待ってから次へ進んでください。
EMG-06_early = { $person } さんへの連絡が、先の順番の人に連絡して待つ前に行われています。
EMG-06_exhausted = 連絡順の全員に連絡しました: { $people }
EMG-06_failed = 定めた順に連絡したことを確認できませんでした。

EMG-07 = 承認なしの着手は許容手段に限る。
EMG-07_why = 夜に1人で行ってよいのは、効果が分かっていて戻しやすいことだけだからです。
EMG-07_satisfy = 承認の返事があるまで連絡を続けるか、先に許容手段を行ってください(emergency.listed_measures)。
EMG-07_unlisted = { $measure } は許容手段ではないため、承認の返事があるまで着手できません。
EMG-07_profile = ここでは承認の返事があるまで着手できません(emergency.without_live_approval)。
EMG-07_refused = { $people } さんが承認しないと答えています。ほかの人の承認が必要です。
EMG-07_alone = 誰とも連絡がつかなかったため、許容手段({ $measure })として着手します。後で応答をもらう必要があります。
EMG-07_failed = 承認なしで着手できることを確認できませんでした。

EMG-08 = 緊急変更に有効期限がある。
EMG-08_why = 何日も続くものは緊急ではなく、開いたままの例外は使われてしまうからです。
EMG-08_satisfy = 連絡順の人の承認で延長するか(sekisho emergency extend 変更番号 --approver 人 --channel phone)、あらためて申請してください。
EMG-08_undeclared = この内容の緊急変更の宣言が変更履歴にありません。sekisho emergency で宣言してください。
EMG-08_ended = この緊急変更は終了しています。
EMG-08_expired = この緊急変更は { $at } に有効期限が切れました。
EMG-08_failed = 緊急変更の期限内であることを確認できませんでした。

EMG-09 = 緊急変更の実行回数に上限がある。
EMG-09_why = 何度も試すなら、計画を立て直すべきだからです。
EMG-09_satisfy = 続きは別の変更として申請してください。
EMG-09_used_up = 上限の{ $most }回まで実行済みです(emergency.executions)。
EMG-09_failed = 実行回数を確認できませんでした。

EMG-10 = 緊急変更の範囲が小さい。
EMG-10_why = 夜に大きな変更を読める人はいないからです。
EMG-10_satisfy = 急がない分を外してください(emergency.size)。
EMG-10_files = { $files }ファイルを変更しています(上限{ $most })。
EMG-10_lines = { $lines }行を変更しています(上限{ $most })。
EMG-10_failed = 緊急変更の大きさを確認できませんでした。

EMG-11 = 緊急変更でしてはならないことをしていない。
EMG-11_why = 例外の最中に関所そのものを変えてはならず、取り返しのつかないことを1人で決めてはならないからです。
EMG-11_satisfy = 関所のファイルには触れないでください。元に戻せないデータ変更には承認が必要です。
EMG-11_gate = { $path } は関所のファイルのため、緊急変更では変更できません。
EMG-11_irreversible = 元に戻せないデータ変更ですが、承認の返事がありません。
EMG-11_failed = 緊急変更でしてはならないことがないと確認できませんでした。

EMG-12 = 宣言と同時に全員へ知らせている。
EMG-12_why = 知っていれば手伝うことも、止めることもできるからです。
EMG-12_satisfy = 全員に連絡し、記録してください(sekisho emergency told 変更番号 --channel chat)。

EMG-13 = 記録を期限内に補完している。
EMG-13_why = 1日たつと、経緯を正確に思い出せなくなるからです。
EMG-13_satisfy = 補完してください(sekisho emergency complete 変更番号)。

EMG-14 = 期限内に事後承認されている。
EMG-14_why = 誰も確かめない例外は抜け穴になるからです。
EMG-14_satisfy = 判断してください(sekisho approve 変更番号、または sekisho object 変更番号 --reason 理由)。

EMG-15 = 事後承認する人が当事者ではない。
EMG-15_why = 事後の判断こそが歯止めであり、当事者が下せば歯止めにならないからです。
EMG-15_satisfy = 承認権限があり、宣言も実行もしていない人を指名してください。
EMG-15_not_independent = { $person } さんはこの変更を事後承認できません。できる人: { $people }
EMG-15_nobody = 事後承認できる人がいません。承認権限のある人が全員当事者です。
EMG-15_failed = 当事者でない人が事後承認できることを確認できませんでした。

EMG-16 = 事後否認の後に是正している。
EMG-16_why = 結果を伴わない否認には意味がないからです。
EMG-16_satisfy = 切り戻すか是正し、記録してください(sekisho due --done 番号 --evidence 内容)。

EMG-17 = 期限内に実施後レビューを終えている。
EMG-17_why = 次を防ぐのは、今回から学んだことだからです。
EMG-17_satisfy = レビューし、記録してください(sekisho review 変更番号)。

EMG-18 = 緊急変更の残務が期限を過ぎたら、次の通常変更を止める。
EMG-18_why = 夜に約束したことが果たされなければ、例外が当たり前になるからです。
EMG-18_satisfy = 残っている対応を済ませてください。それぞれのコマンドは sekisho due に出ます。
EMG-18_open = { $change } の{ $kind ->
    [retro_approval] 事後承認
    [record] 記録の補完
    [confirmation] 承認の確認
    [remediation] 是正
   *[other] 実施後レビュー
 }が残っています({ $owner } さん、{ $due } まで)。過ぎると通常変更が止まります。
EMG-18_grace = { $change } の{ $kind ->
    [retro_approval] 事後承認
    [record] 記録の補完
    [confirmation] 承認の確認
    [remediation] 是正
   *[other] 実施後レビュー
 }が期限({ $due })を過ぎています({ $owner } さん)。このままでは通常変更が止まります。
EMG-18_overdue = { $change } の{ $kind ->
    [retro_approval] 事後承認
    [record] 記録の補完
    [confirmation] 承認の確認
    [remediation] 是正
   *[other] 実施後レビュー
 }が期限({ $due })を過ぎています({ $owner } さん)。済むまで、このサービスの通常変更は通りません。
EMG-18_failed = 以前の緊急変更の残務が期限を過ぎていないことを確認できませんでした。

EMG-19 = 同時に開いている緊急変更が少ない。
EMG-19_why = 1人で2つの対応を同時にすると、どちらもうまくいかないからです。
EMG-19_satisfy = 終わったものを終了するか(sekisho emergency end 変更番号)、連絡順の人に承認してもらってください。
EMG-19_service = このサービスでほかに{ $open }件の緊急変更が開いています(この変更を含めて上限{ $most }件)。
EMG-19_total = ほかに{ $open }件の緊急変更が開いています(この変更を含めて上限{ $most }件)。
EMG-19_failed = 開いている緊急変更の数を確認できませんでした。

EMG-20 = 緊急変更の頻度が低い。
EMG-20_why = 例外が増えたときは、通常の進め方を見直す必要があるからです。
EMG-20_satisfy = 通常の進め方のどこが遅いのかを見直してください。
EMG-20_often = このサービスの緊急変更は30日間で{ $lately }件目です(目安{ $most }件)。
EMG-20_share = 90日間の実行のうち{ $percent }%が緊急変更です(目安{ $most }%)。
EMG-20_failed = 緊急変更の頻度を確認できませんでした。

EMG-21 = 注意して見るべき点がない。
EMG-21_why = 傾向は、示されて初めて気づけるものだからです。
EMG-21_satisfy = 対応は不要です。実施後レビューで触れてください。
EMG-21_late = 作業の後に宣言されています。
EMG-21_again = 同じ手段の緊急変更が、このサービスで1週間以内にもありました。
EMG-21_copied = 理由の文章が、別の緊急変更と同じです。
EMG-21_friday = 金曜日の遅い時間に宣言されています。
EMG-21_failed = 注意して見るべき点の有無を確認できませんでした。

EMG-22 = 先に作業した場合も、すぐに宣言している。
EMG-22_why = 遅れても申請がないよりはよく、しかし習慣にしてはならないからです。
EMG-22_satisfy = 宣言してください(sekisho emergency --done-at 時刻)。

EMG-23 = 手で変えたものをコードに戻している。
EMG-23_why = 戻さないと、次の反映で修復が消えるからです。
EMG-23_satisfy = コードに戻し、記録してください(sekisho due --done 番号 --evidence 内容)。

EMG-24 = 暫定措置を期限までに撤去している。
EMG-24_why = 一時しのぎほど長く残るものはないからです。
EMG-24_satisfy = 撤去するか、別の変更で恒久化し、記録してください(sekisho due --done 番号 --evidence 内容)。

EMG-25 = 全面凍結中の緊急変更は2人が承認している。
EMG-25_why = 止まると損失が最も大きく、直せる人が最も少ない時期だからです。
EMG-25_satisfy = 連絡順のうち2人から承認の返事をもらってください。
EMG-25_hard = 全面凍結 { $freeze } の期間中です({ $until } まで)。2人中{ $people }人が承認しています。
EMG-25_failed = 全面凍結中に2人が承認したことを確認できませんでした。

EMG-26 = 緊急変更は、意図を確かめたうえで申請される。
EMG-26_why = 緊急変更の手続きを誤って使わないようにするためです。
EMG-26_satisfy = 申請後に何が必要になるかを確認し、サービス名を入力してください。

## 判定できなかったとき

not-judged-no-verdict = 判定できませんでした(通過ではありません)。{ $code } が答えを返しませんでした({ $change })。
not-judged-malformed = 判定できませんでした(通過ではありません)。{ $code } の答えが形式どおりではありません({ $change }): { $why }
not-judged-failed = 判定できませんでした(通過ではありません)。{ $code } の評価に失敗しました({ $change }): { $why }
not-judged-timed-out = 判定できませんでした(通過ではありません)。{ $code } の評価が時間内に終わりませんでした({ $change })。
dossier-schema = 判定できませんでした(通過ではありません)。判定資料の形式 { $found } は扱えません。
dossier-rollback-of-nothing = 判定できませんでした(通過ではありません)。切り戻す変更の番号が指定されていません。
dossier-log-unverified = 判定できませんでした(通過ではありません)。変更履歴の検証に失敗しました。
dossier-no-changes = 判定できませんでした(通過ではありません)。{ $covered }件のコミットに対応する変更が見つかりません。
dossier-coverage = 判定できませんでした(通過ではありません)。未申請のコミットの一覧は{ $listed }件、集計は{ $count }件です。
dossier-change-twice = 判定できませんでした(通過ではありません)。同じ変更が2回含まれています。
dossier-no-quorum = 判定できませんでした(通過ではありません)。必要な承認が0名になっています。0名にできるのは solo の場合だけです。
dossier-approval-elsewhere = 判定できませんでした(通過ではありません)。{ $person } さんの承認は、この変更に含まれない内容に対するものです。
dossier-approval-later = 判定できませんでした(通過ではありません)。{ $person } さんの承認の時刻が、判定の時刻より後です。
dossier-approvals-miscounted = 判定できませんでした(通過ではありません)。承認の人数が合いません(数えると{ $counted }名、記載は{ $stated }名)。

## ルールのファイル

policy-thread = ルールを読み込めませんでした(処理が途中で終了しました)。
policy-unreadable = Rego として読み取れません: { $error }
policy-too-large = ファイルが{ $limit }バイトを超えています。
policy-compile = ルールをコンパイルできません: { $error }
policy-no-metadata = package の上に # METADATA で始まるコメントが1つ必要です。
policy-metadata = # METADATA の内容が正しくありません: { $error }
policy-package = パッケージ名 { $package } は使えません。独自のルールは house. で始め、テストはルールの名前に _test を付けます。
policy-data = ルールは単独で完結します。{ $reference } の読み込みや参照はできません。
policy-with = ルールの中で with を使って入力を差し替えることはできません。
policy-call = { $name } は、ルールで使える関数ではありません。
policy-negated = input.{ $path } が not の中にあり、項目がないときに真になってしまいます。成り立つべき条件を肯定形で書いてください。
policy-input = input.{ $path } という項目はありません。
policy-verdict = ルールは verdict という名前の集合を1つだけ公開します。
policy-taken = コード { $code } またはそのパッケージは、別のルールが使っています。独自のルールは追加だけができます。

## sekisho.yml の rules:

rules-unknown = { $code } というルールはありません。
rules-engine = { $code } は組み込みのルールのため、設定を変えられません。
rules-effect = { $effect } は指定できません。使えるのは deny・warn・info・off です。
rules-reason = { $code } を緩めるには理由(reason)が必要です。理由は判定のたびに表示されます。
rules-duration = { $found } は時間の長さとして使えません。30m、4h、90d のように書いてください。
rules-glob = { $found } はパスのパターンとして使えません。
rules-unknown-parameter = { $code } に { $parameter } という設定はありません。
rules-unknown-field = この設定に { $field } という項目はありません。
rules-type = { $found } は指定できません。使えるもの: { $expected }

## sekisho policy test

test-no-file = ルールのテストがありません。
test-no-cases = テストに cases がありません。
test-failed = テストに失敗しました。
test-timed-out = テストが時間内に終わりませんでした。
test-error = テストを実行できませんでした: { $why }
test-unknown-field = 事例の input.{ $path } は、実際の判定資料にない項目です。
test-answer = ルールの答えは { $found } ですが、{ $wanted } のはずです。
test-passes-without = input.{ $path } がなくても通過してしまいます。
test-never-seen = ルールが { $answer } と答える事例がありません。
policy-not-canonical = ルールを記録用に書き出せませんでした: { $detail }
