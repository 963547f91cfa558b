# sekisho.yml と変更申請の誤り。何が違うか、どう書けばよいか。

yaml-after-quote = 閉じる引用符の後に文字があります。文字列全体を1組の引用符で囲んでください。
yaml-anchor = アンカー(&)とエイリアス(*)は使えません。使っているすべての場所に、値をそのまま書いてください。
yaml-approves-alone = 実行者も承認者も { $person } だけなので、どの変更も承認されません。approvers に別の人を加えてください。
yaml-approves-alone-in = { yaml-sort }「{ $name }」では、実行者も承認できる人も { $person } だけなので、何も通過できません。別の人を加えてください。
yaml-at-least-two = プロファイル audited では emergency.{ $key } に2人以上が必要です。人を加えてください。
yaml-at-most = { $found } は長すぎます。{ $most } 以内にしてください。
yaml-audited-needs = プロファイル audited では「{ $key }」が必要です。追加してください。
yaml-blank-person = { $person } の氏名がまだ書かれていません。承認者の氏名を書いてください。
yaml-change-id = 「{ $found }」は変更番号ではありません。CHG-20261204-7K3Q のように書いてください。
yaml-channel = チャンネルには slack、teams、webhook、chatwork、email、github のうち1つだけを書きます。1つだけ残してください。
yaml-character = 「{ $character }」はここには書けません。文字列全体を二重引用符(")で囲んでください。
yaml-colon = このコロンがキーの終わりとして読まれています。「: 」を含む文字列なら二重引用符(")で囲み、そうでなければ、この行より上の括弧と字下げを確かめてください。
yaml-colon-blank = コロンの後に空白がないため、行全体が1つの文字列として読まれます。コロンの後に半角空白を入れてください。
yaml-colon-missing = この行は「キー: 値」の形になっていません。キーの後に半角のコロン(:)と半角空白を入れてください。
yaml-day = 「{ $found }」は日付として読めません。2026-12-04 の形で書いてください。
yaml-directive = % で始まる行は使えません。この行を削除してください。
yaml-duplicate-key = 「{ $key }」は{ $line }行目にもあります。どちらか1つにしてください。
yaml-duration = 「{ $found }」は時間の長さとして読めません。30m、4h、7d、2bd(営業日)のように、数字に単位を付けて書いてください。
yaml-email = 「{ $found }」はメールアドレスではありません。name@company.example の形で書いてください。
yaml-empty = 値がありません。値を書くか、キーごと削除してください。
yaml-empty-above = 値がありません。コロンの後に値を書くか、下の行がこのキーの内容であれば半角空白2つで字下げしてください。
yaml-key-belongs = 「{ $key }」は { $around } の中に書きます。{ $example } のように書いてください。
yaml-key-history = 「{ $key }」は変更申請には書きません。承認や結果は変更履歴に残ります。この行を削除してください(確認するには sekisho show CHG-…)。
yaml-min-above-max = max({ $max })が min({ $min })より小さいため、当てはまる値がありません。
yaml-ends-before-start = 終わりが始まり({ $start })より後になっていません。もっと後の日時にしてください。
yaml-escape = 二重引用符の中に、YAMLにないエスケープがあります。\ そのものは \\ と書くか、一重引用符(')で囲んでください。
yaml-file-missing = ファイル { $path } がリポジトリにありません。パスを直すか、ファイルを追加してください。
yaml-file-name = ファイル名が「{ $found }」になっています。変更番号に合わせて CHG-20261204-7K3Q.yml のような名前にしてください。
yaml-freeze-long = 変更凍結が{ $days }日間続きます。意図どおりですか。この間の急ぎの修正にはすべて例外が要ります。長い凍結は services や areas で範囲を絞ることをおすすめします。
yaml-glob = 「{ $found }」はリポジトリ内のパターンとして読めません。src/** のように書いてください(先頭に / や ../ は付けません)。
yaml-group-for-person = { $name } はグループです。ここには、そのうちの1人を書いてください。
yaml-holiday-line = { $path } の{ $line }行目は日付として読めません。1行に1日、2026-12-29 の形で書いてください。
yaml-holidays = 「{ $found }」は日付(2026-12-29)でも、ファイル(file:パス)でも、用意された一覧({ $presets })でもありません。
yaml-id-differs = id は { $found } ですが、ファイル名は { $expected } です。同じにするか、id を削除してください。
yaml-indentation = 字下げが合っていません。同じ階層のキーは同じ桁から始めます。値を書いたキーの下に、別のキーは書けません。
yaml-key-not-text = キーは文字列で書きます。「{ $key }」を二重引用符(")で囲んでください。
yaml-list-too-long = 一覧が長すぎます。{ $limit } 個までにしてください。
yaml-login = 「{ $found }」はGitHubのアカウント名ではありません。github.com/NAME の NAME の部分を、@ を付けずに書いてください。
yaml-merge-key = マージキー(<<)は使えません。キーをそのまま書いてください。
yaml-missing-key = 「{ $key }」がありません。追加してください。
yaml-moment = 「{ $found }」は日時として読めません。2026-12-04T09:50 のように書いてください(後ろに +09:00 などの時差も付けられます)。
yaml-moment-ambiguous = { $found } の前後で時計が切り替わるため、{ $taken } として扱いました。時差を付けて書くと確実です。
yaml-moment-skipped = その日は時計が切り替わり、{ $found } という時刻がありません。{ $taken } として扱いました。実際にある日時を、時差を付けて書いてください。
yaml-name = 「{ $found }」はキーとして使えません。キーに使えるのは、文字、数字、「-」、「_」、「.」だけです(人は、氏名ではなく sekisho.yml の people にあるキーで書きます)。
yaml-name-clash = { $name } は人とグループの両方にあります。どちらかの名前を変えてください。
yaml-nobody-approves = 承認できる人が1人もいないので、何も通過できません。approvers か areas に承認者を書いてください。
yaml-nobody-executes = 実行できる人が1人もいません。executors に実行者を書いてください。
yaml-nobody-outside = 1人で進める場合は、ほかの人が変更を確かめる必要があります。実行者でない人を approval.outside_reviewers に書いてください。
yaml-not-utf8 = ここから先がUTF-8ではありません。UTF-8で保存し直してください。
yaml-nothing = ファイルに何も書かれていません。内容を書くか、ファイルを削除してください。
yaml-one-line = ここは1行で書きます。短くするか、続きを description に書いてください。
yaml-path = 「{ $found }」はリポジトリ内のパスとして読めません。docs/runbooks/deploy.md のように書いてください(先頭に / や ../ は付けません)。
yaml-placeholder = まだ記入されていません: { $hint }
yaml-plan-incomplete = 切り戻し計画 { $plan } は、このままでは実行できません。足りないもの: { $missing }
yaml-range = { $found } は書けません。{ $least } から { $most } までの整数を書いてください。
yaml-remark = 「#」から後はコメントとして読まれます。「#」を含む文字列は "#52" のように二重引用符で囲んでください。
yaml-rule-code = 「{ $found }」はルールの番号ではありません。ROL-02 のように書いてください。
yaml-rule-parameter = 「{ $found }」には、1つの値か、値の一覧か、キーごとに1つの値を書いてください。
yaml-rule-parameter-name = 「{ $found }」はルールのパラメーターではありません。max_age のように小文字で書いてください。
yaml-same-identity = { $what } は { $other } にも書かれているため、1人が2人と数えられてしまいます。どちらか一方だけに書いてください。
yaml-schema = このバージョンの sekisho では読めない形式です。{ $expected } と書いてください。
yaml-secret-elsewhere = 「${"{"}」は秘密の値を参照する書き方で、ここでは使えません。値をそのまま書いてください。
yaml-secret-literal = 秘密の値をファイルに直接書かないでください。代わりに ${"{"}NAME{"}"}(環境変数)か file:パス#キー と書きます。一度でもコミットした値は、必ず新しい値に替えてください。
yaml-several-documents = 1つのファイルに書けるのは1件だけです。この --- から後を削除してください。
yaml-ssh-key = SSHの公開鍵として読めません。.pub ファイルの1行(ssh-ed25519 AAAA…)を貼り付けてください。
yaml-syntax = YAMLとして読めません({ $detail })。
yaml-tab = YAMLの字下げにタブは使えません。半角空白を使ってください。
yaml-tag = タグ(!)は使えません。削除するか、文字列全体を二重引用符(")で囲んでください。
yaml-team = 「{ $found }」はGitHubのチームとして読めません。組織/チーム の形で書いてください。
yaml-time = 「{ $found }」は時刻として読めません。"09:00" のように2桁ずつ書いてください。
yaml-too-deep = 入れ子が深すぎます。{ $limit } 段までにしてください。
yaml-too-few = { $risk ->
    [low] 低
    [medium] 中
   *[high] 高
 }リスクの変更には { $needed } 人の承認が必要ですが、実行者のほかに承認できるのは { $able } 人だけです。承認者を増やすか、approval.quorum を下げてください。
yaml-too-few-in = { yaml-sort }「{ $name }」では、{ $risk ->
    [low] 低
    [medium] 中
   *[high] 高
 }リスクの変更に { $needed } 人の承認が必要ですが、実行者のほかに承認できるのは { $able } 人だけです。承認者を増やすか、approval.quorum を下げてください。
yaml-too-large = ファイルが大きすぎます。{ $limit } バイトまでにしてください。
yaml-too-long = この文字列は { $length } 文字あります。{ $limit } 文字までにしてください。
yaml-too-many = ファイルの中の値が多すぎます。{ $limit } 個までにしてください。
yaml-two-open-services = { $one } と { $other } の両方に paths がありません。ほかのサービスに入らないものを受け持てるのは1つだけです。どちらかに paths を書いてください。
yaml-unclosed-bracket = 括弧が閉じていないか、カンマが足りません。この値の {"["} と {"{"} を確かめてください。
yaml-unclosed-quote = 引用符が閉じていません。閉じる引用符を書いてください。
yaml-unknown-key = ここに「{ $key }」というキーはありません。「{ $suggestion }」のことですか。
yaml-unknown-key-alone = ここに「{ $key }」というキーはありません。書けるもの: { $allowed }
yaml-unknown-name = 「{ $name }」という{ yaml-sort }はこのファイルにありません。「{ $suggestion }」のことですか。
yaml-unknown-name-alone = 「{ $name }」という{ yaml-sort }はこのファイルにありません。追加するか、名前を直してください。
yaml-utf16 = ファイルがUTF-16で保存されています(Windowsの一部のエディターの形式)。UTF-8で保存し直してください。
yaml-version = このバージョンの sekisho が読めるのは、version が { $expected } のファイルです。{ $expected } と書いてください。
yaml-version-missing = 「version」がありません。先頭の行に version: { $expected } と書いてください。
yaml-wall-time = { $found } は営業日ですが、夜間にも効く必要がある値です。30m、4h、1d のように分・時間・日で書いてください。
yaml-wide-blank = コロンの後に全角空白などがあり、YAMLでは文字の1つとして読まれます。半角空白にしてください。
yaml-wide-colon = 全角のコロンは、YAMLでは文字の1つとして読まれます。半角のコロン(:)と半角空白を入れてください。
yaml-wide-comma = 全角のカンマや読点は、YAMLでは文字の1つとして読まれます。半角のカンマ(,)と半角空白を入れてください。
yaml-wide-quotes = 全角や飾りの引用符は、値の一部として読まれます。半角の二重引用符(")で囲むか、引用符を外してください。
yaml-wide-space = 行の先頭に全角空白などがあります。YAMLの字下げにならないので、半角空白を使ってください。
yaml-window = 作業時間帯には、days、from、to の3つを書くか、always または business_hours と書いてください。
yaml-window-text = 作業時間帯には開始と終了を別々に書きます。window: {"{"}start: 2026-12-04T01:00, end: 2026-12-04T03:00{"}"} のように書いてください。
yaml-word = 「{ $found }」はここでは使えません。「{ $suggestion }」のことですか。書けるもの: { $allowed }
yaml-word-alone = 「{ $found }」はここでは使えません。書けるもの: { $allowed }
yaml-issuer = 「{ $found }」はトークンの発行元として読めません。https:// で始まり末尾に / のない、トークンに書かれるとおりのアドレスにしてください。
yaml-workflow = 「{ $found }」はワークフローとして読めません。.github/workflows/deploy.yml@refs/heads/main のように パス@参照 の形で書いてください。
yaml-wrong-type = { $found ->
    [list] 一覧
    [map] キーと値の組
    [bool] true か false
    [whole] 数
    [nothing] 空の値
   *[text] 文字列
 }が書かれています。ここには{ $expected ->
    [list] 一覧
    [map] キーと値の組
    [bool] 「true」か「false」
    [whole] 整数
    [duration] 時間の長さ(30m、4h、7d、2bd)
    [moment] 日時(2026-12-04T09:50)
    [day] 日付(2026-12-04)
    [time] 時刻("09:00")
    [word] 1つの単語
    [name] 人や物の1つのキー
    [secret] 秘密の値への参照(${"{"}NAME{"}"} など)
   *[text] 1つの文字列
 }を書いてください。
yaml-zone = 「{ $found }」はタイムゾーンではありません。Asia/Tokyo や Europe/Berlin のように書いてください。
yaml-zone-assumed = タイムゾーンが書かれていないため、時刻を { $zone } として扱います。calendar.timezone に Asia/Tokyo などと書いてください。

yaml-sort = { $sort ->
    [person] 人
    [person_or_group] 人またはグループ
    [organisation] 組織
    [service] サービス
    [area] 箇所
    [plan] 切り戻し計画
    [window] 作業時間帯
    [contact_rule] 連絡ルール
    [vendor] 連携先
    [environment] 環境
    [receiver] チャンネルまたは人
   *[other] 名前
 }
