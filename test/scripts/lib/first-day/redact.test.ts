// What a report of a first day may be attached with.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { shareable } from '../../../../scripts/lib/first-day/redact.ts'

const account = '111122223333'
const secret = { token: '0000000000:sample-token-of-a-bot-that-nobody-has-00', chatId: '-1000000000001' }
const environment = {
  ROOT_GUARD_TELEGRAM: JSON.stringify(secret),
  AWS_SECRET_ACCESS_KEY: 'sample/secret/access/key',
  AWS_SESSION_TOKEN: 'sample/session/token',
}

const test = suite('the report of a first day')

const HIDDEN: readonly (readonly [string, string])[] = [
  ['the account in an ARN', `arn:aws:iam::${account}:role/admin`],
  ['the account in a name that letters end', `bucket${account}x`],
  ['another account', 'arn:aws:iam::444455556666:root'],
  ['a phone number', 'sent to 010-0000-0000'],
  ['a phone number as a provider writes it', 'sent to 01000000000'],
  ["a channel's token", `https://example.com/bot${secret.token}/sendMessage`],
  ["a channel's chat", `chat ${secret.chatId} not found`],
  ['an access key', 'credentials AKIAIOSFODNN7EXAMPLE are unknown'],
  ['the secret of the session', `${environment.AWS_SECRET_ACCESS_KEY} ${environment.AWS_SESSION_TOKEN}`],
  ['the secret part of a webhook', 'https://hooks.slack.com/services/T0000/B0000/sample'],
  ['a webhook of a workflow', 'https://hooks.slack.com/triggers/T0000/sample'],
  ['a webhook by version', 'https://discord.com/api/v10/webhooks/1/sample-part'],
  ['what signs a URL', 'https://example.com/x?X-Amz-Security-Token=sample-token&X-Amz-Signature=sample-0a'],
  ["an account's key at a provider", 'https://example.com/sms/v3.0/appKeys/sample-key/sender'],
  ['a signed token', 'Bearer eyJzYW1wbGU.eyJzYW1wbGU.sample-signature'],
  ['who held a role', 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_admin/kim@example.com'],
  ['a number abroad', 'sent to +12025550100'],
  ['a number that is no mobile phone', 'sent to 02-000-0000'],
  ['whose mailbox it is', 'kim@example.com has not confirmed'],
]
const NEVER =
  /111122223333|444455556666|010-?0000-?0000|sample[-/]|-1000000000001|AKIAIOSFODNN7EXAMPLE|T0000|kim@|2025550100|02-000|eyJ/

for (const [what, text] of HIDDEN) {
  test(`does not show ${what}`, () => {
    assert.match(text, NEVER)
    assert.not.match(shareable(text, account, environment), NEVER)
  })
}

test('keeps what a reader needs: names, times, figures, Regions', () => {
  const text =
    '| root-guard-us-east-1 | us-east-1 | CURRENT | 2026-11-29T23:38:32.000Z | NumberOfNotificationsDelivered 12 |'
  assert.is(shareable(text, account, environment), text)
})

test.run()
