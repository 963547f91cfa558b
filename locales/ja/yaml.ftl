# sekisho.yml と変更申請の誤り。何が違うか、どう書けばよいか。

yaml-anchor = アンカー(&)とエイリアス(*)は使えません。値をそのまま書いてください。
yaml-approves-alone = 実行者も承認者も { $person } だけなので、何も通過できません。approvers に別の人を加えてください。
yaml-at-least-two = プロファイル audited では emergency.{ $key } に2人以上が必要です。
yaml-at-most = { $found } は長すぎます。{ $most } までにしてください。
yaml-audited-needs = プロファイル audited では { $key } が必要です。
yaml-blank-person = { $person } の氏名がまだ書かれていません。承認する人の氏名を書いてください。
yaml-change-id = 「{ $found }」は変更番号ではありません。CHG-YYYYMMDD-XXXX の形で書いてください。
yaml-channel = チャンネルには slack、teams、webhook、chatwork、email、github のうち1つだけを書いてください。
yaml-character = 「{ $character }」はここに書けません。文字列全体を二重引用符で囲んでください。
yaml-colon = キーを書けない場所にコロンがあります。「: 」を含む文字列は二重引用符で囲むか、上の行の括弧と字下げを確かめてください。
yaml-colon-missing = 「キー: 値」の形になっていません。コロンと空白が必要です。
yaml-day = 「{ $found }」は日付として読めません。2026-12-04 の形で書いてください。
yaml-directive = % で始まる行は使えません。削除してください。
yaml-duplicate-key = 「{ $key }」が2回あります(1回目は{ $line }行目)。どちらか1つにしてください。
yaml-duration = 「{ $found }」は時間の長さとして読めません。30m、4h、7d、2bd(営業日)のように単位を付けて書いてください。
yaml-email = 「{ $found }」はメールアドレスではありません。
yaml-empty = 値がありません。キーを削除するか、値を書いてください。
yaml-ends-before-start = 終わりが始まり({ $start })より前です。始まりより後にしてください。
yaml-escape = 二重引用符の中に使えないエスケープがあります。\ は \\ と書くか、一重引用符を使ってください。
yaml-file-missing = ファイル { $path } がリポジトリにありません。
yaml-file-name = ファイル名が「{ $found }」です。変更番号に合わせて CHG-YYYYMMDD-XXXX.yml としてください。
yaml-glob = 「{ $found }」はリポジトリ内のパターンとして読めません。先頭に / や ../ を付けず、src/** のように書いてください。
yaml-group-for-person = { $name } はグループです。ここには1人の名前を書いてください。
yaml-holiday-line = { $path } の{ $line }行目は日付として読めません。1行に1日、2026-12-29 の形で書いてください。
yaml-holidays = 「{ $found }」は日付(2026-12-29)でも、ファイル(file:パス)でも、用意された一覧({ $presets })でもありません。
yaml-id-differs = id は { $found }、ファイル名は { $expected } です。一致させるか、id を削除してください。
yaml-indentation = 字下げが合っていません。同じ階層の行は同じ桁から始めてください。
yaml-key-not-text = キー「{ $key }」は文字列ではありません。二重引用符で囲んでください。
yaml-list-too-long = 項目が多すぎます。{ $limit } 個までにしてください。
yaml-login = 「{ $found }」はGitHubのアカウント名ではありません。
yaml-merge-key = マージキー(<<)は使えません。キーをそのまま書いてください。
yaml-missing-key = 「{ $key }」がありません。追加してください。
yaml-moment = 「{ $found }」は日時として読めません。2026-12-04T09:50 の形で書いてください(+09:00 などの時差も付けられます)。
yaml-moment-ambiguous = { $found } の前後で時計が切り替わります。{ $taken } として扱いました。時差を付けると確実です。
yaml-name = 「{ $found }」はキーとして読めません。people: や rollback_plans: と同じく、文字、数字、- と _ だけで書いてください。
yaml-name-clash = { $name } が人とグループの両方にあります。どちらかの名前を変えてください。
yaml-nobody-approves = 承認できる人がいないので、何も通過できません。approvers か areas に承認者を書いてください。
yaml-nobody-executes = 実行できる人がいません。executors に実行者を書いてください。
yaml-not-utf8 = ここから先がUTF-8ではありません。UTF-8で保存し直してください。
yaml-nothing = ファイルに何も書かれていません。
yaml-one-line = 1行で書いてください。続きは description に書けます。
yaml-path = 「{ $found }」はリポジトリ内のパスとして読めません。先頭に / や ../ を付けず、docs/runbooks/deploy.md のように書いてください。
yaml-plan-incomplete = 切り戻し計画 { $plan } はまだ実行できません。不足: { $missing }
yaml-range = { $found } は範囲外です。{ $least } から { $most } までで書いてください。
yaml-rule-code = 「{ $found }」はルールの番号ではありません。ROL-02 の形で書いてください。
yaml-same-identity = { $what } は { $other } にも書かれています。1人が2人として数えられるので、どちらか一方にしてください。
yaml-schema = この版では読めない形式です。{ $expected } と書いてください。
yaml-secret-elsewhere = 「${"{"}」は秘密の値のための書き方で、ここでは使えません。値をそのまま書いてください。
yaml-secret-literal = 秘密の値をファイルに直接書かないでください。${"{"}NAME{"}"}(環境変数)か file:パス#キー と書きます。一度でもコミットした値は、必ず新しい値に替えてください。
yaml-several-documents = 1つのファイルに書けるのは1件だけです。--- から後を削除してください。
yaml-ssh-key = SSHの公開鍵として読めません。.pub ファイルの1行(ssh-ed25519 AAAA…)を貼り付けてください。
yaml-syntax = YAMLとして読めません({ $detail })。
yaml-tab = タブがあります。字下げには空白を使ってください。
yaml-tag = タグ(!)は使えません。削除するか、文字列を二重引用符で囲んでください。
yaml-team = 「{ $found }」はGitHubのチームとして読めません。組織/チーム の形で書いてください。
yaml-time = 「{ $found }」は時刻として読めません。"09:00" の形で書いてください。
yaml-too-deep = 入れ子が深すぎます。{ $limit } 段までにしてください。
yaml-too-large = ファイルが大きすぎます。{ $limit } バイトまでにしてください。
yaml-too-long = { $length } 文字は長すぎます。{ $limit } 文字までにしてください。
yaml-too-many = 値が多すぎます。{ $limit } 個までにしてください。
yaml-two-open-services = { $one } と { $other } の両方に paths がありません。残りを受け持つサービスは1つだけです。もう一方に paths を書いてください。
yaml-unclosed-bracket = 括弧が閉じていないか、カンマが足りません。この値の {"["} と {"{"} を確かめてください。
yaml-unclosed-quote = 引用符が閉じていません。
yaml-unknown-key = 「{ $key }」というキーはここにはありません。「{ $suggestion }」ではありませんか。
yaml-unknown-key-alone = 「{ $key }」というキーはここにはありません。書けるもの: { $allowed }
yaml-unknown-name = 「{ $name }」という{ yaml-sort }はこのファイルにありません。「{ $suggestion }」ではありませんか。
yaml-unknown-name-alone = 「{ $name }」という{ yaml-sort }はこのファイルにありません。追加するか、名前を直してください。
yaml-wall-time = { $found } は営業日です。夜間にも必要な値なので、分・時間・日(30m、4h、7d)で書いてください。
yaml-window = 作業時間帯には days、from、to を書くか、always か business_hours と書いてください。
yaml-word = 「{ $found }」はここでは使えません。「{ $suggestion }」ではありませんか。書けるもの: { $allowed }
yaml-word-alone = 「{ $found }」はここでは使えません。書けるもの: { $allowed }
yaml-workflow = 「{ $found }」はワークフローとして読めません。.github/workflows/deploy.yml@refs/heads/main のように パス@参照 の形で書いてください。
yaml-wrong-type = { $expected ->
    [list] 一覧
    [map] キーと値の組
    [bool] true か false
    [whole] 整数
    [duration] 時間の長さ(30m、4h、7d、2bd)
    [moment] 日時(2026-12-04T09:50)
    [day] 日付(2026-12-04)
    [time] 時刻("09:00")
    [word] 1つの単語
    [name] 1つのキー
    [secret] 秘密の値への参照
   *[text] 文字列
 }を書く場所に、{ $found ->
    [list] 一覧
    [map] キーと値の組
    [bool] true か false
    [whole] 数
    [nothing] 空の値
   *[text] 文字列
 }があります。
yaml-zone = 「{ $found }」はタイムゾーンではありません。Asia/Tokyo や Europe/Berlin のように書いてください。
yaml-zone-assumed = タイムゾーンが書かれていないので { $zone } として扱います。calendar.timezone に Asia/Tokyo などと書いてください。

yaml-sort = { $sort ->
    [person] 人またはグループ
    [organisation] 組織
    [service] サービス
    [area] 箇所
    [plan] 切り戻し計画
    [window] 作業時間帯
    [contact_rule] 連絡ルール
    [receiver] チャンネルまたは人
   *[other] 名前
 }
