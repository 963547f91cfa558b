# Keys that are taken out of use, and keys of workflows.
key-revoked = From record { $seq } on, nothing signed by { $key } ({ $person }) counts. { $since ->
    [named] What it approved since { $at }
   *[ever] What it ever approved
} and nobody has used yet counts no more; decisions that were made stay. next: take the key out of sekisho.yml, too; approve anew with another key what is still to pass
key-revoke-asked = Recorded (record { $seq }). The key { $key } is { $person }'s: it is revoked when { $missing } more { $missing ->
    [one] person says
   *[other] people say
} so. next: somebody else gives the same command
error-revoke-reason = The reason is too short; at least { $count } characters. next: --reason with a sentence on what happened to the key
error-revoke-since = "{ $text }" is no time before now. next: --since 2026-12-04T18:00, or without --since when nobody knows
error-revoke-done = { $key } was revoked by record { $seq }. Nothing is left to do, unless it was in other hands earlier than that says. next: sekisho show { $seq }; or --since with an earlier time
error-revoke-unknown = No signer of this log has the key { $key }. next: one of { $keys }
error-revoke-last = Without { $key } nobody could sign in this log any more. next: bring another key in through the gate first
key-fetched = { $count } { $count ->
    [one] key
   *[other] keys
} recorded (record { $seq }): { $names }. From now on tokens that they sign count.
key-fetched-nothing = The log has every key that the issuer publishes. Nothing was recorded.
error-key-no-workflow = The log names no workflow that may sign, so nobody's keys are asked for. next: trust: {"{"}repository_id: NUMBER, workflows: [.github/workflows/deploy.yml@refs/heads/main]{"}"} in sekisho.yml, and let it pass the gate once
error-key-issuer = { $issuer } does not tell its keys: { $detail }. Nothing passed. next: try again in a minute, and look whether this machine reaches that address
