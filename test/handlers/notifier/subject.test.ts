// What an activity says it touched.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { called, event, read, recorded } from './reading.ts'

const subject = suite('the subject')

for (const [record, expected] of [
  ['root-create-access-key', 'AKIAEXAMPLEEXAMPLE00'],
  ['root-create-access-key-for-a-user', 'minji · AKIAEXAMPLEEXAMPLE11'],
  ['root-enable-mfa-device', 'arn:aws:iam::111122223333:mfa/root-phone'],
  ['role-enable-region', 'ap-east-1'],
  ['region-opt-in-disabled', 'ap-east-1'],
  ['role-put-alternate-contact', 'SECURITY'],
  ['guard-disable-rule', 'root-guard-root-activity'],
  ['root-mfa-noncompliant', 'root-guard-root-mfa'],
  ['root-mfa-not-applicable', 'root-guard-root-mfa · NOT_APPLICABLE'],
  ['root-enables-mfa-as-aws-root-user', 'arn:aws:iam::111122223333:u2f/root/spare-ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
  ['assume-root-seen-by-the-member-account', '111122223333 · IAMCreateRootUserPassword'],
  ['delegated-administrator-of-iam', '444455556666 · iam.amazonaws.com'],
  ['oauth-token-by-credentials-of-root', 'aws-mcp.amazonaws.com'],
  ['oauth-client-named-by-its-address', 'http://127.0.0.1:53037/callback'],
  ['root-console-login-with-mfa', ''],
] as const) {
  subject(`of ${record} is «${expected}»`, () => {
    assert.is(recorded(record).subject, expected)
  })
}

subject('of a call is the first two names, ARNs or ids of its request', () => {
  const requestParameters = { Host: 'x', roleName: 'admin', policyArn: 'arn:aws:iam::aws:policy/X', groupName: 'third' }
  assert.is(called('AttachRolePolicy', { requestParameters }).subject, 'admin · arn:aws:iam::aws:policy/X')
})

subject('of an event that is not documented is all it carries', () => {
  const anomaly = { 'detail-type': 'Sign-in Anomaly Alert', source: 'aws.signin' }
  const { subject: said } = read(event({ risk: 'HIGH', where: { city: 'Nowhere', hops: [1, 2] } }, anomaly))
  assert.is(said, 'risk=HIGH, city=Nowhere, hops=1, hops=2')
})

subject('is bounded, however much there is', () => {
  const anomaly = { 'detail-type': 'Sign-in Anomaly Alert', source: 'aws.signin' }
  assert.ok(read(event({ long: 'x'.repeat(10_000) }, anomaly)).subject.length <= 300)
  assert.ok(called('X', { requestParameters: { name: 'x'.repeat(10_000) } }).subject.length <= 300)
})
subject.run()
