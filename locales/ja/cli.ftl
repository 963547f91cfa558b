# コマンドの文言。英語のファイルと同じキーを持つ。

# init
init-done = { $path } を作成しました。短いので一度目を通してください。書いていない項目には既定値があります。
init-exists = { $path } は既にあります。何も変更していません。
init-name-approver = 承認する人がまだ決まっていません。ファイル内の該当箇所に氏名を書くか、--approver "氏名 <メールアドレス>" を付けて作り直してください。
init-unsigned =
    SSH鍵が見つからないため、操作は署名なしで記録し、署名なしと表示します。
    署名する場合: ssh-keygen -t ed25519 で鍵を作り、公開鍵を自分の欄に書いて trust の行を消してください。
init-next =
    次の操作: git add { $paths } && git commit -m "関所の設定を追加"
    { "          " }{ $baseline }

# baseline
baseline-opened =
    変更履歴を開設しました: { $place }
    最初の記録: { $genesis }
    この64文字を別の場所にも控えてください。ほかの履歴とすり替えられていないことを確かめられます。
baseline-done = { $environment } の { $service } は { $head } を起点とします(記録{ $seq })。
baseline-next =
    次の操作: 何か変更してコミットし、関所に判定させます
              sekisho gate --environment { $environment } --head HEAD

# declare
declare-done = 変更申請 { $change } を作成しました。実行者と切り戻し計画は、申請に書かなければ sekisho.yml のものを使います。
declare-next =
    次の操作: git add { $path } && git commit   (変更と同じコミットに入れるか、そのコミットのメッセージに「Change: { $change }」の行を入れます)
              sekisho check
declare-filed = { $change } を変更履歴に登録しました(記録{ $seq })。

# check
check-clean = { $count }件のファイルに問題はありません。
check-no-baseline = 起点がないため、関所の判定はまだ分かりません。次の操作: sekisho baseline
check-outlook = いまHEADを反映した場合の判定(記録はしていません):

# approve, object
approve-done = { $person }さんが { $change } を承認しました。この内容({ $subject })だけが対象です(記録{ $seq })。
approve-done-range = { $person }さんがこのコミットの範囲を承認しました。この内容({ $subject })だけが対象です(記録{ $seq })。
approve-recorded = { $person }さんによる { $change } の承認を代理で記録しました。この内容({ $subject })だけが対象です(記録{ $seq })。本人が確認するまで「代理記録の承認」と表示します。
object-done = { $person }さんが { $change } に異議を出しました(記録{ $seq })。取り下げられるのは本人だけです(承認、または --withdraw)。
withdraw-done = { $person }さんが取り下げました(記録{ $seq })。
doubt-involved = ご注意: この承認では通過できません。{ $person }さんはこの変更の当事者です。別の人の承認が必要です。
doubt-no-authority = ご注意: この承認は数えられません。{ $person }さんにはこの変更の承認権限がありません(sekisho.yml の approvers と areas)。

# start, finish
start-beside-files = 承認の対象に、申請と一緒にコミットしたファイルが含まれている可能性があります。手作業の承認は申請と予定差分だけが対象です。申請に delivery: manual と書いてコミットし、もう一度承認を受けてください: sekisho approve { $change }
start-done = { $change } の実施を開始しました(記録{ $seq })。次の操作: sekisho finish { $change } --outcome success
finish-done = { $change }: { $outcome }(記録{ $seq })
finish-back-to = 通過した状態を { $commit } に戻しました。それ以降の変更は改めて判定します。

# 要求の誤り(終了コード2)
error-init-nobody =
    gitに利用者の設定がなく、コミットもまだありません。
    次の操作: git config user.name "氏名" && git config user.email you@example.com
error-git-not-found = このリポジトリに { $what } は見つかりません。次の操作: git log --oneline -5
error-no-repository = { $place } はgitリポジトリではありません。次の操作: git init、または -C フォルダー
error-no-work-tree = 作業ツリーのないリポジトリです。このコマンドにはファイルが必要です。次の操作: -C フォルダー
error-no-config-here = リポジトリの最上位に sekisho.yml がありません。次の操作: sekisho init --yes
error-unknown-environment = 環境 { $environment } は設定にありません。次の操作: environments: に追加するか、--environment で指定してください
error-unknown-service = サービス { $service } は設定にありません。登録されているもの: { $services }
error-which-service = サービスが複数あります: { $services }。次の操作: --service 名前
error-unknown-person = { $person } という人は設定にいません。登録されている人: { $people }
error-baseline-exists = { $environment } の { $service } には通過した状態が既にあります(記録{ $seq })。以後は関所の判定だけが進めます。
error-base-not-older = { $base } は通過した状態 { $authorised } より古くありません。判定漏れを防ぐため、--base は過去にしか動かせません。
error-declared-twice = { $change } の申請ファイルが複数あり、どれを指すのか特定できません。次の操作: 1つだけ残してコミットしてください
error-no-declaration = 変更申請 { $change } が見つかりません(コミット内の { $folder } にも変更履歴にもありません)。次の操作: sekisho declare で作成し、コミットしてください
error-no-plan = 申請が予定差分として挙げる { $path } がコミットにありません。次の操作: git add { $path } してコミットしてください
error-too-many-units = { $count }件の内容をまとめて承認することになります。1回の承認は64件までです。次の操作: 範囲を狭めてください
error-nothing-to-withdraw = この内容に対する { $person } の承認・異議はありません。
error-withdraw-own = 承認や異議を取り下げられるのは本人だけです。--withdraw と --for は同時に使えません。
error-evidence-file = このプロファイルでは、代理記録に証跡ファイルが必要です。次の操作: --evidence ファイル
error-empty-range = 承認を待つ変更はありません。HEAD は承認済みの状態 { $base } から進んでいません。次の操作: 変更のあるブランチへ git switch するか、sekisho approve 変更番号
error-range-declared = これらのコミットは申請済みの変更 { $changes } のものです。承認は変更番号で行います。次の操作: sekisho show { $first } で内容を確かめてから、sekisho approve { $first }
error-range-not-derived = これらのコミットには申請がなく、1つのテンプレートにも当てはまらないため、まだ承認できません。次の操作: sekisho check
error-nothing-to-approve = 対象が指定されていません。次の操作: sekisho approve 変更番号
error-template = テンプレート { $template } は申請として使えません。次の操作: sekisho check
error-team-unread = チーム { $team } のメンバーをGitHubに確認できないため、判定できません。次の操作: 組織のメンバーを読み取れるApp または個人のトークンを使うか(ワークフロー標準のトークンでは読み取れません)、sekisho.yml に人の名前を書いてください
error-change-id = 「{ $text }」は変更番号ではありません。CHG-20261204-7K3Q のような形です。sekisho history で確認できます。
error-change-closed = { $change } は完了しています。再実施は新しい変更です。次の操作: sekisho declare
error-gate-first = { $change } は反映(デプロイ)で実施する変更です。次の操作: sekisho gate のあと sekisho start { $change }
error-never-passed = { $change } は関所を通過していないため、完了の記録はできません。
error-already-finished = { $change } の結果は記録済みです。次の操作: sekisho show { $change }
error-deviation-missing = { $change } で手順と違った点が書かれていません。次の操作: sekisho finish { $change } --outcome success_with_issues --deviation "…"
error-back-to-gate = { $commit } の時点では、この変更の前とは別のルール・関係者・鍵が有効でした。それらは関所を通過して初めて有効になります。次の操作: sekisho gate --head { $commit }
error-baseline-rules = このコミットの設定またはルールは、この履歴のどの環境でも有効になっていません。関所を通過して初めて有効になります。次の操作: 起点のある環境で sekisho gate
error-finish-late = 通過から7日を過ぎています。いま動いているものを戻すには、記録ではなく反映が必要です。次の操作: sekisho gate --rollback-of 変更番号
error-start-person = { $person } はこの変更の実行者ではありません。開始を記録できるのは、判定を受けた人と実行者だけです。次の操作: 実行者に同じコマンドを実行してもらう
error-finish-person = { $person } さんは、この変更の実行者でも切り戻し判断者でもありません。この記録は稼働中の状態を動かします。次の操作: 実行者または切り戻し判断者に依頼してください
error-objected-since = { $change } の通過後に { $person } さんから異議、または承認の取り下げがありました。次の操作: 解決して本人が sekisho approve { $change }(異議は sekisho object { $change } --withdraw)、または sekisho finish { $change } --outcome aborted
error-back-to = この変更の前の状態は { $base } です。{ $commit } はそれより古くありません。新しいものは関所を通してください。
error-baseline-signers = このコミットの鍵または署名の設定は、この履歴で有効なものと異なります。設定は関所を通過して初めて有効になります。次の操作: 起点のある環境で sekisho gate
error-config-locks-out = この設定にはサービス { $service } か環境 { $environment } がなくなっているため、以後何も通過できなくなります。次の操作: sekisho.yml に戻してから sekisho check
error-run = 「{ $text }」は実行番号に使えません。英数字と -_./: で128文字までです。
error-flag = 「{ $text }」は { $flag } の値として使えません。
error-write-file = { $file } に書き込めませんでした: { $detail }
error-write-link = { $file } に書き込みませんでした。途中のフォルダーが別の場所へのリンクです。次の操作: リンクを通常のフォルダーに置き換えてください
error-read-file = { $file } を読み取れません: { $detail }
error-dossier-file = { $file } は関所が保存した判定資料ではありません: { $detail }
error-folder-exists = { $folder } は既にあります。デモには新しいフォルダーが必要です。
error-forge-answer = GitHubの応答を利用できず、レビューを読み取れませんでした: { $detail }。次の操作: 同じコマンドをもう一度実行してください(続く場合は https://www.githubstatus.com を確認)
error-forge-forbidden =
    このトークンではGitHubの { $what } を読み取れません。証跡が一部でも欠けたままでは判定しません。
    次の操作: ジョブの permissions: に次の行を追加してください
      { $permission }
error-forge-limit = このトークンで使えるGitHubへのリクエスト数の上限に達し、レビューを読み取れませんでした。次の操作: 時間をおいて(長くても1時間後に)同じコマンドを実行してください
error-forge-limit-until = このトークンで使えるGitHubへのリクエスト数の上限に達し、レビューを読み取れませんでした({ $until } に回復します)。次の操作: その後に同じコマンドを実行してください
error-forge-log = 変更履歴は { $origin } のもので、トークンは { $server } のものです。別のサーバーのレビューは証跡になりません。次の操作: remote.origin.url と GITHUB_SERVER_URL を、変更履歴と同じサーバーにしてください
error-forge-token = GITHUB_TOKEN または GH_TOKEN のトークンがGitHubで認められませんでした。次の操作: 有効期限を確認してください(トークンがない場合は、変更履歴に記録された承認だけを数えます)
error-forge-unreachable = GitHubに接続できず、レビューを読み取れませんでした: { $detail }。次の操作: 同じコマンドをもう一度実行してください(トークンがない場合は、変更履歴に記録された承認だけを数えます)
error-no-key-file = 鍵ファイル { $file } がありません。
error-key = このSSH鍵は使えません: { $detail }
error-key-of-two = この鍵は { $one } と { $other } の両方に登録されています。鍵は1人のものです。
error-who-key =
    通過した状態の sekisho.yml にこの鍵の登録がないため、操作している人を特定できません。
    次の操作: people: の { $person } に次の行を加え、一度関所を通してください
              keys: ["{ $key }"]
error-who-no-key =
    操作している人を特定できません。通過した状態の sekisho.yml に登録されたSSH鍵がここにありません。
    次の操作: ssh-keygen -t ed25519 で鍵を作り、公開鍵を people: の { $person } に加えてください
              別の鍵を使う場合は --key ファイル
error-who-email =
    操作している人を特定できません。git の { $email } は、通過した状態の sekisho.yml の誰のアドレスでもありません。
    次の操作: people の該当する人に email: { $email } を加え、その変更を先に通過させてください。または git config user.email アドレス
error-show-unknown = 変更でもルールでも記録でもありません: { $what }。次の操作: sekisho history
error-show-unrecorded = { $what } は { $file } にありますが、変更履歴にはまだ何も記録されていません。次の操作: sekisho check

# 判定できない場合(終了コード3)
error-not-evaluated = 判定できませんでした(通過ではありません)
error-shallow = 履歴が浅いクローンのため、通過した状態まで遡れません。次の操作: actions/checkout に fetch-depth: 0 を指定するか、git fetch --unshallow
error-git = git: { $detail }
error-authorised-gone = 通過したコミット { $commit } がこのクローンにありません。取得していないか、強制プッシュで失われています。次の操作: git fetch origin { $commit }(リモートにもない場合は、残っているクローンからプッシュし直してください)
error-config-link = コミット { $commit } の sekisho.yml はシンボリックリンクです。リンクはどこでも指せるため、ファイルそのものだけを読みます。次の操作: ファイル自体を置いてコミットしてください
error-git-file-size = { $path } は { $limit } MiBを超えているため読みません。次の操作: 分割するか、sekisho が読む対象から外してください
error-git-format = { $place } のリポジトリは、sekisho が読めない形式(SHA-256 または reftable)です。次の操作: SHA-1 と従来の参照形式のリポジトリを使ってください
error-git-grafts = リポジトリに grafts(info/grafts)があり、履歴がプッシュされたものと異なります。次の操作: このファイルを削除するか、クローンし直してください
error-git-index = ステージした内容を読めません: { $detail }。分割インデックスとスパースインデックスには対応していません。次の操作: git update-index --no-split-index、または git sparse-checkout disable
error-git-merge-size = マージ { $commit } が取り込むコミットが { $limit } 件を超えているため、すべては読みません。次の操作: 分けてマージしてください
error-git-owner = { $place } のリポジトリは別のユーザーの所有のため、git が信頼していません。次の操作: git config --global --add safe.directory { $place }
error-git-partial = 部分クローンに含まれないオブジェクト({ $count }件)を、git が { $remote } から取得できませんでした。次の操作: git fetch { $remote } で原因を確かめるか、--filter なしでクローンしてください
error-git-bring = レビューした人が見たコミット({ $count }件)を git が { $remote } から取得できず、承認された内容と比べられません。次の操作: git fetch { $remote } で原因を確かめてください
error-git-tree-size = コミット間の差が、200万ファイルまたは400階層を超えています。次の操作: コミットの内容を確かめてください
error-git-two-names = { $name } という名前のブランチとタグがあります。次の操作: refs/heads/{ $name } か refs/tags/{ $name } と指定してください
error-git-unborn = ブランチ { $branch } にはまだコミットがありません。次の操作: git add -A && git commit
error-plan-link = 申請が予定差分として挙げる { $path } はシンボリックリンクです。リンクはどこでも指せるため、ファイルそのものだけを読みます。次の操作: ファイル自体を置いてコミットしてください
error-no-log = { $place } に変更履歴がありません。次の操作: sekisho baseline
error-empty-log = 変更履歴がまだありません。次の操作: sekisho baseline
error-log-unreachable = 変更履歴に接続できません: { $detail }。時間をおくと解消する場合があります。
error-log-address-shown = データベースの接続先は環境変数 SEKISHO_LOG_URL で渡してください。引数や git の設定はほかの人からも見えます。本物のパスワードだった場合は変更してください。次の操作: --log postgres
error-log-no-address = 変更履歴はデータベースにありますが、SEKISHO_LOG_URL に接続先がありません。次の操作: postgres://ユーザー@ホスト/データベース を設定してください(ワークフローではシークレットから)
error-log-unprepared = データベースに変更履歴の表がないか、古い版のものです。次の操作: 表の所有者の接続先を SEKISHO_LOG_URL に設定して sekisho log prepare
error-log-no-room = 変更履歴を置いているディスクに空きがありません: { $detail }。次の操作: 空き容量を確保し、同じコマンドをもう一度実行してください
error-log-read-only = 変更履歴に書き込めません: { $detail }。次の操作: ファイルとフォルダーの所有者、ディスクが読み取り専用でないかを確認し、同じコマンドをもう一度実行してください
error-log-not-admitted = データベースに接続できません(認証エラー): { $detail }。次の操作: SEKISHO_LOG_URL のユーザーとパスワードを確認してください
error-log-clock = このマシンの時計が遅れています: 変更履歴の最後の記録は { $previous }、時計は { $now } です。過去の時刻では記録できません。次の操作: 時計を合わせ、同じコマンドをもう一度実行してください
error-log-busy = ほかの書き込みが続いたため、判定を記録できませんでした。もう一度実行してください。
error-no-bundle = { $place } に書き出した変更履歴がありません。次の操作: sekisho log export が作ったフォルダーを指定する
error-log-closed = この変更履歴は sekisho log move で閉じられ、別の場所で続いています。何も記録していません。次の操作: sekisho history -n 1 で移した人を確認し、このクローンの記録先を新しい場所に変える: git config sekisho.log 場所(branch、postgres、またはファイル)
error-log-refused = 変更履歴が記録を受け付けませんでした: { $detail }
error-log-place =
    「{ $place }」は変更履歴の場所として使えません。
    使える書き方: auto、sqlite:ファイル、ファイル、branch、branch:リモート名、postgres
error-log-remote = 変更履歴をブランチに置く指定ですが、使えるリモートがありません。次の操作: git remote add origin アドレス、または --log branch:リモート名
log-beside-remote = 変更履歴はこのクローンのファイルにだけあります。ほかのクローンからは見えず、別の履歴が開設されるおそれがあります。次の操作: sekisho log move --to branch(このまま使う場合は git config sekisho.log { $place })
log-as-of = { $place } の変更履歴を取得できませんでした({ $detail })。{ $at } 時点の内容を表示します。
log-never-fetched = { $place } の変更履歴を取得できませんでした({ $detail })。このクローンではまだ一度も取得していません。
error-config-staged-away = このコミットで sekisho.yml が削除されます。そのままでは何も反映できなくなります。次の操作: git restore --staged sekisho.yml
error-no-config = コミット { $commit } に sekisho.yml がありません。次の操作: sekisho init で作成し、コミットしてください
error-no-baseline = { $environment } には起点がまだなく、比較できません。次の操作: sekisho baseline --environment { $environment }
error-calendar = { $year }年の祝日データがないため、期限を計算できません。次の操作: sekishoを更新するか、「years 2026-2028」のような行で始まるファイルに祝日を並べ、calendar: holidays に file:パス と書いてください
error-encode = 記録を作成できませんでした: { $detail }
error-memory = 変更履歴の控えを読み書きできません: { $detail }
error-start = コマンドを開始できませんでした: { $detail }
error-demo = デモは「{ $step }」で止まりました: { $detail }

# 履歴を検証できない場合(終了コード4)
error-log-broken = 変更履歴を検証できません({ $count }件)。原因が分かるまで、何も通過させません。次の操作: sekisho verify

schema-line = { $file } の1行目に次のように書くと、エディターの補完が効きます: { $line }

# 設定にない名前
reference-unknown-person = 「{ $name }」という人は登録されていません。{ $suggestion } ではありませんか。登録されている人: { $known }
reference-unknown-person-alone = 「{ $name }」という人は登録されていません。登録されている人: { $known }
reference-unknown-plan = 切り戻し計画「{ $name }」は登録されていません。{ $suggestion } ではありませんか。登録されている計画: { $known }
reference-unknown-plan-alone = 切り戻し計画「{ $name }」は登録されていません。登録されている計画: { $known }
reference-unknown-service = サービス「{ $name }」は登録されていません。{ $suggestion } ではありませんか。登録されているサービス: { $known }
reference-unknown-service-alone = サービス「{ $name }」は登録されていません。登録されているサービス: { $known }
reference-unknown-environment = 環境「{ $name }」は登録されていません。{ $suggestion } ではありませんか。登録されている環境: { $known }
reference-unknown-environment-alone = 環境「{ $name }」は登録されていません。登録されている環境: { $known }
reference-unknown-area = 箇所「{ $name }」は登録されていません。{ $suggestion } ではありませんか。登録されている箇所: { $known }
reference-unknown-area-alone = 箇所「{ $name }」は登録されていません。登録されている箇所: { $known }
reference-unknown-vendor = 連携先「{ $name }」は sekisho.yml の vendors に登録されていません。{ $suggestion } ではありませんか。
reference-unknown-vendor-alone = 連携先「{ $name }」は登録されていません。sekisho.yml の vendors に加えるか、名前を直してください。
reference-unknown-contact = 連絡ルール「{ $name }」は登録されていません。{ $suggestion } ではありませんか。登録されている連絡ルール: { $known }
reference-unknown-contact-alone = 連絡ルール「{ $name }」は登録されていません。登録されている連絡ルール: { $known }
reference-unknown-change = { $name } は、ファイルにも変更履歴にもありません。{ $suggestion } ではありませんか。
reference-unknown-change-alone = { $name } は、ファイルにも変更履歴にもありません。変更番号を直すか、その変更申請を先にコミットしてください。
reference-itself = 変更は自分自身の完了を待てません。この行を削除するか、別の変更番号を書いてください。
reference-no-file = { $path } はリポジトリにありません。{ $suggestion } ではありませんか。
reference-no-file-alone = { $path } はリポジトリにありません。パスを直すか、ファイルを追加してください。
reference-unknown-template = テンプレート「{ $name }」は登録されていません。{ $suggestion } ではありませんか。登録されているテンプレート: { $known }
reference-unknown-template-alone = テンプレート「{ $name }」は登録されていません。登録されているテンプレート: { $known }

# 判定後の次の操作
next-declare = sekisho declare --title "…" --reason "…" --reference "…" で申請を作り、変更と一緒にコミットしてください
next-approve = { $person }さん   sekisho approve { $change }{ $place }
next-approve-after = { $change } の承認はその後です。直した内容は、あらためて承認が必要です
next-approve-range = { $person }さん   sekisho approve { $range }{ $place }
next-approve-for = 代理で記録する場合   sekisho approve { $change } --for { $key } --channel phone --evidence "メモ"{ $place }
next-approve-for-file = 代理で記録する場合   sekisho approve { $change } --for { $key } --channel mail --evidence ファイル{ $place }
next-edit = { $file } を直してコミットし、もう一度判定してください
next-finish = sekisho finish { $change } --outcome success

next-finish-rolled-back = sekisho finish { $change } --outcome rolled_back

# demo
demo-open = ── 1. 小さなお店のリポジトリと、関所の設定
demo-undeclared = ── 2. 誰かが価格を下げて反映しようとします。申請はありません
demo-declare = ── 3. 対処: 変更と同じコミットに申請を入れます
demo-unapproved = ── 4. 申請はできましたが、まだ誰も承認していません
demo-approve = ── 5. 発注側の担当者が、この内容だけを自分の鍵で承認します
demo-pass = ── 6. 通過します。答えを返す前に、判定は履歴に記録されています
demo-execute = ── 7. 実施し、結果を記録します
demo-history = ── 8. 翌朝: 何を変えたか、誰が承認したか、どう戻すか、履歴は無傷か
demo-tamper = ── 9. 履歴のファイルを1バイトだけ書き換えます
demo-restore = ── 10. 元のバイトに戻します
demo-end = 実際のプログラムを実際のリポジトリで動かしました。自分のリポジトリで始めるには: sekisho init --yes
demo-title = 茶葉の価格を下げる
demo-reason = 秋のキャンペーンが本日始まるため、茶葉を980円で提供する。
error-globs = 設定のパス指定(glob)を使えません: { $detail }
error-faults = { $file } に{ $count }件の問題があります。次の操作: sekisho check
verify-unchecked = { $count }件の署名は、ここでは検証できない種類です。

# 変更履歴そのもの
error-against = { $text } はチェックポイントではありません(ファイルでも、判定結果に表示される「件数 ハッシュ」でもありません: { $detail })。次の操作: sekisho verify の表示、またはチェックポイントのファイルを指定してください
error-import-taken = ここにはすでに変更履歴があります。上書きはしません。次の操作: sekisho verify
error-move-closed = この変更履歴は閉じられており、続きは別の場所にあります。指定された場所にはその続きがないため、何も移していません。次の操作: git config sekisho.log 場所 (続きがある場所)
error-move-person = { $person }さんは変更履歴を移せません(移すと全員にとって閉じられます)。移せるのは関所自体の変更を承認できる人です: { $people }。次の操作: いずれかの人が同じコマンドを実行する
error-move-same = 変更履歴はすでにそこにあります。何も移していません。次の操作: --to に別の場所を指定してください
error-redact-alone = 削除を求めた人({ $person })と実行する人が同じです。求めた人は、実行する人とは別の人でなければなりません。次の操作: 別の人が --requested-by { $person } を付けて実行する
error-redact-needed = この文書は履歴の検証に必要なため、削除できません。削除できるのは、変更申請・メモ・判定資料の文章です。
error-redact-person = sekisho.yml に { $person } という人はいません。次の操作: sekisho log redact … --requested-by 人
error-redact-reason = 削除には理由が必要です。次の操作: sekisho log redact … --reason "…"
error-redact-unknown = { $what } について、削除できる文章が履歴にありません。次の操作: sekisho history
error-redact-who = 削除を求めた人(実行する人とは別の人)を指定してください。次の操作: sekisho log redact … --requested-by 人
error-transfer-taken = そこには別の変更履歴があります。上書きはしません。別の場所を指定してください。
log-exported = { $folder } に記録{ $size }件、文書{ $documents }件を書き出しました。ルートハッシュ: { $root }
log-exported-next = 次の操作: sekisho verify --bundle { $folder }(手作業で検証する場合は README.ja.md を参照)
log-imported = 記録{ $size }件をそのまま { $place } に取り込みました。検証の結果、異常はありません。
log-moved = 記録{ $size }件をそのまま { $place } に移しました。検証の結果、異常はありません。元の履歴({ $old })は閉じました。閲覧は引き続きできます。
log-moved-next = ほかのクローンは個別に切り替えてください: git config sekisho.log { $place }
log-redacted = 削除しました: { $digest }
log-redacted-record = 削除は記録{ $seq }に残りました。それ以前の記録はすべて、これまでどおり検証できます。
log-redacted-branch = 変更履歴のブランチの過去のコミットには残っています。そこからも消すには、ブランチを置き換えるプッシュが必要です。同じコマンドに --rewrite を付けてください
log-redacted-copies = ほかの場所にある複製(クローン、書き出した履歴、バックアップ)はそのまま残っています。
