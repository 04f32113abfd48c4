import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { awsFailure, isAwsError } from '../../../scripts/lib/aws-failure.ts'
import { CommandError } from '../../../scripts/lib/command.ts'

const ACTION = 'cloudformation:DescribeStackSet'
const named = (name: string, message = 'what AWS says', more = {}) =>
  Object.assign(new Error(message), { name, ...more })

const hints = suite("what to do about AWS's errors")

const unknownCredentials =
  'AWS does not know these credentials: check AWS_PROFILE or the AWS_ACCESS_KEY_ID in the environment'
const expired = 'the credentials have expired: sign in again (aws login, or aws sso login), then run the command again'
const slowDown = 'AWS asks to slow down: run the command again in a minute'

const HINTS: Readonly<Record<string, string>> = {
  AccessDenied: `the credentials in use need ${ACTION}`,
  AccessDeniedException: `the credentials in use need ${ACTION}`,
  UnauthorizedOperation: `the credentials in use need ${ACTION}`,
  ExpiredToken: expired,
  ExpiredTokenException: expired,
  CredentialsProviderError:
    'no AWS credentials were found: set AWS_PROFILE, or sign in (aws login, or aws sso login), then run the command again',
  InvalidClientTokenId: unknownCredentials,
  UnrecognizedClientException: unknownCredentials,
  SignatureDoesNotMatch: unknownCredentials,
  Throttling: slowDown,
  ThrottlingException: slowDown,
  TooManyRequestsException: slowDown,
  OperationInProgressException: 'another operation of this StackSet is running: wait for it, run again',
  ValidationError:
    "AWS's own words above say what to mend; then run the command again: it goes on from where this one stopped",
  LimitExceededException: 'a quota of the account is used up: raise it, or remove what is not needed',
}

for (const [name, hint] of Object.entries(HINTS)) {
  hints(`${name}: ${hint}`, () => {
    const failure = awsFailure(named(name), ACTION)
    assert.instance(failure, CommandError)
    assert.is(failure.message, `${ACTION}: what AWS says`)
    assert.is(failure.hint, hint)
    // Without good credentials nothing was asked of AWS: that is how it was set up.
    assert.is(failure.exitCode, /Credentials|Token|UnrecognizedClient|Signature/.test(name) ? 2 : 1)
  })
}

// biome-ignore format: a row a line
const PROVIDERS: readonly (readonly [name: string, message: string, hint: string])[] = [
  ['CredentialsProviderError', 'The SSO session associated with this profile has expired. To refresh this SSO session run aws sso login with the corresponding profile.', expired],
  ['CredentialsProviderError', 'The SSO session associated with this profile is invalid. To refresh this SSO session run aws sso login with the corresponding profile.', expired],
  ['TokenProviderError', "Token is expired. To refresh this SSO session run 'aws sso login' with the corresponding profile.", expired],
  ['CredentialsProviderError', 'Your session has expired. Please reauthenticate.', expired],
  ['CredentialsProviderError', 'Could not load credentials from any providers', HINTS.CredentialsProviderError ?? ''],
]

for (const [name, message, hint] of PROVIDERS) {
  hints(`${name}, ${message.slice(0, 40)}…: ${hint}`, () =>
    assert.is(awsFailure(named(name, message), ACTION).hint, hint),
  )
}

hints('a denied call: the role and the action that AWS names', () => {
  const message =
    'User: arn:aws:sts::111122223333:assumed-role/root-guard-plan/run-7 is not authorized to perform: cloudformation:ListStackInstances on resource: x'
  const { hint } = awsFailure(named('AccessDenied', message), ACTION)
  assert.is(hint, 'the role root-guard-plan needs cloudformation:ListStackInstances')
})

hints('a denied call of a user: who it is', () => {
  const message = 'User: arn:aws:iam::111122223333:user/kim is not authorized to perform: iam:GetRole'
  assert.is(
    awsFailure(named('AccessDenied', message), ACTION).hint,
    'arn:aws:iam::111122223333:user/kim needs iam:GetRole',
  )
})

hints('a missing StackSet role: where the README tells of it', () => {
  const error = new Error(
    'Account 111122223333 should have AWSCloudFormationStackSetAdministrationRole role with trust',
  )
  const { hint } = awsFailure(Object.assign(error, { name: 'ValidationError' }), ACTION)
  assert.match(hint, 'README.md')
})

hints('a fault on the side of AWS: run it again', () => {
  const error = Object.assign(named('InternalFailure'), { $metadata: { httpStatusCode: 500 } })
  assert.match(awsFailure(error, ACTION).hint, 'run the command again in a minute')
})
hints.run()

const unreachable = suite<{ before: string | undefined }>('an AWS that cannot be reached')

unreachable.before((context) => {
  context.before = process.env.AWS_ENDPOINT_URL
})

unreachable.after(({ before }) => {
  if (before === undefined) delete process.env.AWS_ENDPOINT_URL
  else process.env.AWS_ENDPOINT_URL = before
})

for (const code of ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']) {
  unreachable(`is named by its address when it is not the real one (${code})`, () => {
    process.env.AWS_ENDPOINT_URL = 'http://127.0.0.1:1'
    const { hint } = awsFailure(named('Error', '', { code }), ACTION)
    assert.is(hint, `http://127.0.0.1:1 cannot be reached (${code}): is it running, is the network up?`)
  })
}

unreachable('is AWS itself otherwise', () => {
  delete process.env.AWS_ENDPOINT_URL
  const { hint } = awsFailure(named('Error', '', { code: 'ENOTFOUND' }), ACTION)
  assert.is(hint, 'AWS cannot be reached (ENOTFOUND): is it running, is the network up?')
})

unreachable.run()

const words = suite("AWS's own words")

words('give way to the name of the error where there are none', () => {
  assert.is(awsFailure(named('InternalFailure', ''), ACTION).message, `${ACTION}: InternalFailure`)
})

words('are not said again of a failure that is explained already', () => {
  const explained = new CommandError('explained', 'do this', 2)
  assert.is(awsFailure(explained, ACTION), explained)
})

words('tell errors apart by name, and things that are no errors from both', () => {
  assert.is(isAwsError(named('NoSuchEntityException'), 'NoSuchEntityException'), true)
  assert.is(isAwsError(named('NoSuchEntityException'), 'StackSetNotFoundException'), false)
  assert.is(isAwsError({ name: 'NoSuchEntityException' }, 'NoSuchEntityException'), false)
  assert.is(isAwsError(undefined, 'NoSuchEntityException'), false)
})

words.run()
