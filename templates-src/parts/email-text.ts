// The texts of the e-mail, which EventBridge fills in. It cannot decide anything, so each line holds for every record.
//
// EventBridge puts values into a text as they are, says its documentation, and a quote or a line end in one would break
// it. So only fields are picked that AWS fills with words of its own; messages of errors, user agents and parameters,
// which strangers write, are left to the phones. Of a drill or of word of drift a stranger may have written all but what
// EventBridge puts around it, and its source, which the rule takes as one of two. Fields that a record lacks are left out.
import type { Settings } from '../config/schema.ts'

/** What the rules tell of. */
export type Told = 'activity' | 'guard' | 'drill'

export function emailText({ name }: Settings, told: Told) {
  const lines = [`[${name}] ${texts[told].title}: AWS account <account>`, ...texts[told].lines]
  return {
    InputPathsMap: Object.fromEntries(Object.entries(picked).filter(([field]) => lines.join().includes(`<${field}>`))),
    // EventBridge wants a text quoted, and the quotes arrive. One text of several lines would have fewer, but nothing attests that
    // its line ends arrive as such: AWS hands on what is between quotes undecoded.
    InputTemplate: lines.map((line) => `"${line}"`).join('\n'),
  }
}

const whereAndWhen = ['When: <time>', 'Region: <region>']
const ofRecord = [
  'Who: <who> <arn> <principal>',
  'Account of the caller: <caller> (ANONYMOUS_PRINCIPAL here is a call without credentials)',
  'From: <ip>',
  ...whereAndWhen,
  'Record: <id>',
]

/** Records say in different fields whether it worked, some in none that can be picked: what is missing says nothing. */
const result = [
  'Error code: <error>',
  'Success: <success>',
  'A line that ends with its colon: the record has no such field. It may have failed all the same.',
]

const texts: Readonly<Record<Told, { title: string; lines: readonly string[] }>> = {
  activity: {
    title: 'The root user, the account or this guard was used or changed',
    lines: [
      'What: <name> (<service>, <type>) <rule> <compliance> <optIn> <status>',
      'Sign-in result: <signIn> <mfaCheck> <recovery> <directory>',
      ...result,
      'MFA: <mfa>',
      ...ofRecord,
    ],
  },
  guard: {
    title: 'Somebody changed, or tried to change, what this guard is made of',
    lines: ['What: <name> (<service>)', ...result, ...ofRecord],
  },
  drill: {
    title: 'TEST, or word of drift',
    lines: [
      'Which: <service> (root-guard.drill is a TEST, root-guard.drift is word of drift)',
      'Whoever may put events can cause this mail. What it is about is on the phones.',
      ...whereAndWhen,
      'Event: <event>',
    ],
  },
}

const picked = {
  account: '$.account',
  type: '$.detail-type',
  name: '$.detail.eventName',
  service: '$.source',
  rule: '$.detail.configRuleName',
  compliance: '$.detail.newEvaluationResult.complianceType',
  optIn: '$.detail.regionName',
  status: '$.detail.status',
  who: '$.detail.userIdentity.type',
  arn: '$.detail.userIdentity.arn',
  principal: '$.detail.userIdentity.principalId',
  caller: '$.detail.userIdentity.accountId',
  signIn: '$.detail.responseElements.ConsoleLogin',
  mfaCheck: '$.detail.responseElements.CheckMfa',
  recovery: '$.detail.responseElements.PasswordRecoveryCompleted',
  directory: '$.detail.responseElements.ExternalIdPDirectoryLogin',
  success: '$.detail.additionalEventData.success',
  error: '$.detail.errorCode',
  ip: '$.detail.sourceIPAddress',
  mfa: '$.detail.additionalEventData.MFAUsed',
  time: '$.time',
  region: '$.region',
  id: '$.detail.eventID',
  event: '$.id',
} as const
