// AWS's errors in our words: which call, AWS's own reason, and what to do about it.
import { CommandError } from './command.ts'

export function isAwsError(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name
}

/** The CommandError to throw instead; what is one already stays as it is. `action` is as IAM names it. */
export function awsFailure(error: unknown, action: string, subject = ''): CommandError {
  if (error instanceof CommandError) return error
  const { name, message } = error as Error
  const where = subject === '' ? action : `${action} (${subject})`
  return new CommandError(`${where}: ${message || name}`, hintFor(error as Fault, action), isUnsigned(name) ? 2 : 1)
}

/** Without good credentials nothing was asked of AWS yet: the command was set up wrongly, and has not failed. */
function isUnsigned(name: string): boolean {
  return ofProvider.test(name) || notKnown.test(name) || expired.test(name)
}

const notKnown = /InvalidClientTokenId|UnrecognizedClient|SignatureDoesNotMatch/
const expired = /ExpiredToken/
/** A session of SSO or of aws login that ended is no error of AWS's: the SDK finds it before it asks. */
const ofProvider = /^(Credentials|Token)ProviderError$/

/** Carries out the calls; what AWS refuses becomes a CommandError. */
export async function explaining<Result>(action: string, calls: () => Promise<Result>, subject = ''): Promise<Result> {
  try {
    return await calls()
  } catch (error) {
    throw awsFailure(error, action, subject)
  }
}

type Fault = Error & { readonly code?: string; readonly $metadata?: { readonly httpStatusCode?: number } }

function hintFor({ name, message, code, $metadata }: Fault, action: string): string {
  if (/AccessDenied|Unauthorized/.test(name)) return `${whoIsDenied(message)} ${deniedAction(message) ?? action}`
  if (expired.test(name) || (ofProvider.test(name) && /expired|invalid|sso login|reauthenticate/i.test(message))) {
    return 'the credentials have expired: sign in again (aws login, or aws sso login), then run the command again'
  }
  if (ofProvider.test(name)) {
    const { AWS_PROFILE } = process.env
    return AWS_PROFILE
      ? `the profile ${AWS_PROFILE} (AWS_PROFILE) gave no credentials: is it there, and signed in (aws login, or aws sso login)?`
      : 'no AWS credentials were found: set AWS_PROFILE, or sign in (aws login, or aws sso login), then run the command again'
  }
  if (notKnown.test(name)) {
    return 'AWS does not know these credentials: check AWS_PROFILE or the AWS_ACCESS_KEY_ID in the environment'
  }
  if (/Throttl|TooManyRequests/.test(name)) return 'AWS asks to slow down: run the command again in a minute'
  if (name.startsWith('OperationInProgress')) {
    return 'another operation of this StackSet is running: wait for it, run again'
  }
  if (/StackSet(Administration|Execution)Role/.test(message)) {
    return "the account lacks CloudFormation's StackSet roles: see «Set it up» in README.md"
  }
  if (name === 'LimitExceededException')
    return 'a quota of the account is used up: raise it, or remove what is not needed'
  if (code !== undefined && /ECONN|ENOTFOUND|EAI_AGAIN|ETIMEDOUT/.test(code)) {
    return `${process.env.AWS_ENDPOINT_URL ?? 'AWS'} cannot be reached (${code}): is it running, is the network up?`
  }
  if (($metadata?.httpStatusCode ?? 0) >= 500) return 'a fault on the side of AWS: run the command again in a minute'
  return "AWS's own words above say what to mend; then run the command again: it goes on from where this one stopped"
}

/** AWS mostly says who was denied: `User: arn:… is not authorized to perform: …`. A session's ARN names its role. */
function whoIsDenied(message: string): string {
  const [, session] = /assumed-role\/([^/\s]+)/.exec(message) ?? []
  if (session !== undefined) return `the role ${session} needs`
  const [, user] = /User: (arn:\S+)/.exec(message) ?? []
  return user === undefined ? 'the credentials in use need' : `${user} needs`
}

function deniedAction(message: string): string | undefined {
  return /perform: ([a-z0-9-]+:\w+)/i.exec(message)?.[1]
}
