# Keys that are taken out of use.
key-revoked = From record { $seq } on, nothing signed by { $key } ({ $person }) counts. What it signed before stays. next: take the key out of sekisho.yml, too
key-revoke-asked = Recorded (record { $seq }). The key { $key } is { $person }'s: it is revoked when { $missing } more { $missing ->
    [one] person says
   *[other] people say
} so. next: somebody else gives the same command
error-revoke-reason = The reason is too short; at least { $count } characters. next: --reason with a sentence on what happened to the key
error-revoke-done = { $key } was revoked by record { $seq }. Nothing is left to do. next: sekisho show { $seq }
error-revoke-unknown = No signer of this log has the key { $key }. next: one of { $keys }
error-revoke-last = Without { $key } nobody could sign in this log any more. next: bring another key in through the gate first
