// What each record of the corpus is told as, and where a record can be read in two ways, which it is.
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Kind, kinds } from '../../../handlers/notifier/kinds.ts'
import { gatheringOf } from '../../../handlers/notifier/loudness.ts'
import { corpus } from '../../../scripts/rehearsal/records.ts'
import { called, event, read, recorded } from './reading.ts'

const records = suite('a record of the corpus')

for (const { name, kind } of corpus()) {
  // A drill is what its detail looks like; the corpus says no more of it than that it is one.
  if (kind === 'drill') continue
  records(`${name} is told as ${kind}`, () => {
    assert.is(recorded(name).kind, kind)
    // Who failed after MFA was asked for has the password.
    const louder = name === 'root-console-login-failed-mfa'
    assert.is(recorded(name).severity, louder ? 'critical' : kinds[kind as Kind].severity)
  })
}

records('exists of every kind', () => {
  const told = new Set(corpus().map(({ kind }) => kind))
  assert.equal(
    Object.keys(kinds).filter((kind) => !told.has(kind)),
    [],
  )
})
records.run()

const drills = suite('a drill')

drills('is of the kind that its detail looks like', () => {
  const { drill, kind, severity } = recorded('drill')
  assert.equal(
    [drill, kind, severity],
    [{ check: false, channels: [], tookIn: 'us-east-1' }, 'console-login', 'critical'],
  )
  assert.is(recorded('drill-little-else').kind, 'other')
})
drills.run()

const own = suite("root's own credentials")

const asked = (requestParameters: unknown) => ({ requestParameters })
for (const [eventName, request, kind] of [
  ['CreateAccessKey', null, 'access-key-created'],
  ['CreateAccessKey', {}, 'access-key-created'],
  ['CreateAccessKey', 'userName', 'access-key-created'],
  ['CreateAccessKey', { userName: '' }, 'access-key-created'],
  ['CreateAccessKey', { userName: ['minji'] }, 'access-key-created'],
  ['CreateAccessKey', { userName: '<root_account>' }, 'access-key-created'],
  ['CreateAccessKey', { userName: 'minji' }, 'call-write'],
  ['UpdateAccessKey', { status: 'Active' }, 'access-key-activated'],
  ['UpdateAccessKey', { status: 'Inactive' }, 'access-key-deactivated'],
  ['UpdateAccessKey', { status: 'INACTIVE' }, 'access-key-deactivated'],
  ['UpdateAccessKey', { status: 7 }, 'access-key-activated'],
  ['UpdateAccessKey', null, 'access-key-activated'],
  ['UpdateAccessKey', { status: 'Inactive', userName: 'minji' }, 'call-write'],
  ['DeleteAccessKey', { accessKeyId: 'AKIAEXAMPLEEXAMPLE00' }, 'access-key-deleted'],
  ['DeleteAccessKey', { userName: 'minji' }, 'call-write'],
  ['EnableMFADevice', { serialNumber: 'arn:aws:iam::111122223333:mfa/phone' }, 'mfa-added'],
  ['EnableMFADevice', { userName: 'minji', serialNumber: 'arn:aws:iam::111122223333:mfa/minji' }, 'call-write'],
  [
    'DeactivateMFADevice',
    { userName: 'x', serialNumber: 'arn:aws:iam::111122223333:mfa/root-account-mfa-device' },
    'mfa-removed',
  ],
  ['EnableMFADevice', { userName: 'AWS ROOT USER', serialNumber: 'arn:aws:iam::111122223333:mfa/phone' }, 'mfa-added'],
  ['CreateAccessKey', { userName: 'aws root user' }, 'access-key-created'],
  ['UpdateLoginProfile', { userName: 'arn:aws:iam::111122223333:root' }, 'password-changed'],
  ['UpdateAccessKey', { userName: 'AWS ROOT USER', status: 'Inactive' }, 'access-key-deactivated'],
  ['DeactivateMFADevice', { serialNumber: 'arn:aws-us-gov:iam::111122223333:u2f/root' }, 'mfa-removed'],
  ['DeactivateMFADevice', { userName: 'x', serialNumber: 'arn:aws:iam::1:u2f/root/key-A' }, 'mfa-removed'],
  ['DeactivateMFADevice', { userName: 'root', serialNumber: 'arn:aws:iam::1:u2f/user/root/key-A' }, 'call-write'],
  ['DeactivateMFADevice', { userName: 'minji', serialNumber: 'arn:aws:iam::1:u2f/user/minji/root' }, 'call-write'],
  ['EnableMFADevice', { userName: 'rooter', serialNumber: 'arn:aws:iam::1:mfa/root' }, 'call-write'],
  ['CreateLoginProfile', null, 'password-changed'],
  ['CreateLoginProfile', { userName: 'minji' }, 'call-write'],
  ['UpdateLoginProfile', undefined, 'password-changed'],
] as const) {
  own(`are told of ${eventName} with ${JSON.stringify(request)} as ${kind}`, () => {
    assert.is(called(eventName, asked(request)).kind, kind)
  })
}

own("are not the password of somebody's users, whose service has the same call", () => {
  assert.is(called('ChangePassword', { eventSource: 'iam.amazonaws.com' }).kind, 'password-changed')
  assert.is(called('ChangePassword', { eventSource: 'cognito-idp.amazonaws.com' }).kind, 'call-write')
})
own.run()

const signIn = suite("AWS Sign-In's calls")

const DEVTOOLS = 'arn:aws:signin:::devtools/cross-device'
const EXTERNAL = 'arn:aws:signin:us-east-1::external-client/dcr/00000000-0000-4000-b000-000000000002'
for (const [eventName, requestParameters, more, kind] of [
  ['CreateOAuth2Token', null, { grant_type: 'refresh_token' }, 'token-renewed'],
  ['CreateOAuth2Token', { grantType: 'REFRESH_TOKEN' }, null, 'token-renewed'],
  ['CreateOAuth2Token', { client_id: EXTERNAL }, { grant_type: 'refresh_token' }, 'token-renewed'],
  ['CreateOAuth2Token', { client_id: DEVTOOLS }, { grant_type: 'authorization_code' }, 'cli-login'],
  ['CreateOAuth2Token', null, null, 'cli-login'],
  ['AuthorizeOAuth2Access', { client_id: DEVTOOLS }, { grant_type: 'refresh_token' }, 'cli-login'],
  ['AuthorizeOAuth2Access', { client_id: 'arn:aws:signin:::console/canvas' }, null, 'cli-login'],
  ['AuthorizeOAuth2Access', { client_id: EXTERNAL }, null, 'app-authorized'],
  ['AuthorizeOAuth2Access', { clientId: 'https://agent.example.com/client.json' }, null, 'app-authorized'],
  ['AuthorizeOAuth2Access', { client_id: 'arn:aws:signin:::external-client/x' }, null, 'app-authorized'],
  ['AuthorizeOAuth2Access', { client_id: DEVTOOLS, resource: 'aws-mcp.amazonaws.com' }, null, 'app-authorized'],
  ['AuthorizeOAuth2Access', null, { resource: 'aws-mcp.amazonaws.com' }, 'app-authorized'],
  ['PutConsoleAuthorizationConfiguration', null, null, 'sign-in-restricted'],
  ['PutConsoleAuthorizationConfiguration', { targetId: 'r-abcd' }, null, 'sign-in-restricted'],
  ['PutConsoleAuthorizationConfiguration', { targetId: '111122223333' }, null, 'sign-in-restricted'],
  ['PutConsoleAuthorizationConfiguration', { targetId: '444455556666' }, null, 'sign-in-policy-changed'],
  ['PutResourcePermissionStatement', { sourceVpc: 'vpc-00000000' }, null, 'sign-in-restricted'],
  [
    'PutResourcePermissionStatement',
    { excludedPrincipal: 'arn:aws:iam::444455556666:root' },
    null,
    'sign-in-restricted',
  ],
  [
    'PutResourcePermissionStatement',
    { excludedPrincipal: 'arn:aws:iam::111122223333:role/root' },
    null,
    'sign-in-restricted',
  ],
  ['DeleteResourcePermissionStatement', null, null, 'sign-in-policy-changed'],
  ['DeleteConsoleAuthorizationConfiguration', { targetId: '111122223333' }, null, 'sign-in-policy-changed'],
  ['GetConsoleAuthorizationConfiguration', null, null, 'call-write'],
] as const) {
  signIn(`are told of ${eventName} with ${JSON.stringify([requestParameters, more])} as ${kind}`, () => {
    const detail = { requestParameters, additionalEventData: more, recipientAccountId: '111122223333' }
    assert.is(called(eventName, detail).kind, kind)
  })
}

signIn('restrict root where the record does not say which account it is of', () => {
  const requestParameters = { excludedPrincipal: 'arn:aws:iam::111122223333:root', targetId: '111122223333' }
  for (const name of ['PutResourcePermissionStatement', 'PutConsoleAuthorizationConfiguration']) {
    assert.is(called(name, { requestParameters }).kind, 'sign-in-restricted')
  }
})

signIn('that renew a token share the window of what is notable, so that each hour is no SMS of its own', () => {
  assert.is(gatheringOf(recorded('oauth-token-refreshed'))?.name, 'notable')
  assert.is(gatheringOf(recorded('agent-of-the-mcp-server-allowed'))?.name, 'app-authorized')
})
signIn.run()

const odd = suite('a record that leaves things out')

for (const [what, detail, more, kind] of [
  ['a call that does not say whether it reads', { eventName: 'X' }, {}, 'call-write'],
  ['a call that reads, in words', { eventName: 'X', readOnly: 'true' }, {}, 'call-read'],
  ['a name in other letters', { eventName: 'consolelogin' }, {}, 'console-login'],
  ['a sign-in event nobody knows', { eventName: 'X', eventType: 'AwsConsoleSignIn' }, {}, 'other'],
  ['what AWS did itself', { eventName: 'CreateAccountResult', eventType: 'AwsServiceEvent' }, {}, 'other'],
  ['a Region whose status is not said', {}, { 'detail-type': 'Region Opt-In Status Change' }, 'region-enabled'],
  ['an anomaly with nothing in it', {}, { 'detail-type': 'Sign-In Anomaly Alert' }, 'sign-in-anomaly'],
  ['a rule without a verdict', {}, { 'detail-type': 'Config Rules Compliance Change' }, 'other'],
  ['a kind of event nobody knows', {}, { 'detail-type': 'Of Tomorrow' }, 'other'],
] as const) {
  odd(`is told as ${kind}: ${what}`, () => {
    assert.is(read(event(detail, more)).kind, kind)
  })
}

odd('keeps its kind and its severity when the attempt failed', () => {
  for (const name of ['CreateAccessKey', 'EnableMFADevice', 'CreateOAuth2Token', 'AssumeRoot', 'CloseAccount']) {
    const [made, tried] = [called(name), called(name, { errorCode: 'AccessDenied' })]
    assert.equal([tried.kind, tried.severity, tried.failure], [made.kind, 'critical', 'AccessDenied'])
  }
})
odd.run()
