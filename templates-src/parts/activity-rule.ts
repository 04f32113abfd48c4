// What people are told of, as EventBridge patterns. The same three decide in us-east-1 and in every Region that relays to
// it. Three and not one: together they pass the 2,048 characters that EventBridge takes. Drills and drift notices, which anybody
// with PutEvents can put, have a fourth, without a mail that would repeat their words: drill-mail.ts sends one that does not.
import { Fn } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import { driftSource, drillSource } from '../own-events.ts'
import type { Told } from './email-text.ts'
import { blinding, guardReached, guardTouched } from './guard-touched.ts'

/** EventBridge takes patterns of at most 2,048 characters; config/contradictions.ts refuses settings that come to more. */
export const patternLimit = 2_048

/** `ENABLED` alone would not match read-only calls. */
export const activityRuleState = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS'

export interface ActivityRule {
  /** Logical id of the rule; in a relay with `Relay` before it. */
  readonly id: string
  /** Follows the guard's name. */
  readonly name: string
  readonly description: string
  readonly pattern: Pattern
}

/** One of the rules that reach the notifier. */
export interface ToldRule extends ActivityRule {
  /** What its e-mail tells of; undefined where it sends none. */
  readonly told: Told | undefined
}

export type Pattern = Readonly<Record<string, unknown>>

/** The rules that a template needs. `restApiId` is given where the API is: its calls name it by nothing else. */
export function activityRules(settings: Settings, restApiId?: ReturnType<typeof Fn.Ref>): readonly ToldRule[] {
  return [
    {
      id: 'RootActivityRule',
      name: 'root-activity',
      description: 'What the root user does, and what is done to the account',
      pattern: rootActivity(settings),
      told: 'activity',
    },
    {
      id: 'GuardTouchedRule',
      name: 'guard-touched',
      description: 'Changes to what this guard is made of, by anyone but its deploy',
      pattern: guardTouched(settings, restApiId),
      told: 'guard',
    },
    {
      id: 'GuardReachedRule',
      name: 'guard-reached',
      description: 'What no deploy does to this guard, by anyone, and changes to what AWS Config has of it',
      pattern: guardReached(settings, restApiId && Fn.Sub(stageArn, {})),
      told: 'guard',
    },
    {
      id: 'DrillRule',
      name: 'drill',
      description: 'Drills, their checks, and word of drift',
      pattern: drill(settings),
      told: undefined,
    },
  ]
}

/** Names of the two Config rules whose changes are told. */
export const rootRuleNames = ({ name }: Settings) => [`${name}-root-access-key`, `${name}-root-mfa`]

/** The name of the rule in us-east-1 that matters most. */
export const rootActivityName = ({ name }: Settings) => `${name}-root-activity`

/** A rule's ARN by its name, for policies that must name the rule before it exists. */
export function ruleArn(name: string) {
  return Fn.Sub(`arn:\${AWS::Partition}:events:\${AWS::Region}:\${AWS::AccountId}:rule/${name}`, {})
}

/** The names of the rules of a template; `infix` is `relay-` in a relay. */
export function activityRuleNames(settings: Settings, infix: '' | 'relay-' = '') {
  return activityRules(settings).map(({ name }) => `${settings.name}-${infix}${name}`)
}

/**
 * Whose losses are kept: any rule with the guard's name, those of the operations template as well. One by one they would take
 * room that the template has not. What costs more, to call the API, is for the rules of `ruleArns` alone.
 */
export const ownRuleArns = ({ name }: Settings) => [ruleArn(`${name}-*`)]

/** The ARNs of those rules. */
export function ruleArns(settings: Settings, infix: '' | 'relay-' = '') {
  return activityRuleNames(settings, infix).map(ruleArn)
}

/**
 * Root by `userIdentity.type`, whatever the detail-type: sign-ins, calls that read or write, console actions. The ARN is
 * not asked, since real records carry it empty or redacted. Also sessions that root federated. Only AWS can put events
 * whose source begins with `aws.`; a partner's (`aws.partner/`), which one pattern cannot leave out, the function tells apart.
 */
function rootActivity(settings: Settings): Pattern {
  return {
    account: [settings.account],
    $or: [
      { source: ['aws.signin'], 'detail-type': ['Sign-in Anomaly Alert'] },
      { source: ['aws.account'], 'detail-type': ['Region Opt-In Status Change'] },
      {
        source: ['aws.config'],
        'detail-type': ['Config Rules Compliance Change'],
        detail: { configRuleName: rootRuleNames(settings) },
      },
      {
        source: [{ prefix: 'aws.' }],
        detail: {
          $or: [
            { userIdentity: { type: ['Root'] } },
            { userIdentity: { sessionContext: { sessionIssuer: { type: ['Root'] } } } },
            anyOf({ ...byAnyone, ...blinding(settings) }),
            {
              eventName: ['RegisterDelegatedAdministrator'],
              requestParameters: { servicePrincipal: ['iam.amazonaws.com'] },
            },
            { readOnly: notReadOnly, eventSource: ['account.amazonaws.com'] },
          ],
        },
      },
    ],
  }
}

/**
 * What we put ourselves, and the drill role's call of DescribeTrails in CloudTrail's record: a read, so that it comes by this
 * rule only where root's reads would come by the other. handlers/notifier/drill-wish.ts knows what is sent and what is not.
 */
function drill({ name, account }: Settings): Pattern {
  const arn = [{ prefix: `arn:aws:sts::${account}:assumed-role/${name}-drill/` }]
  return {
    account: [account],
    $or: [
      { source: [drillSource, driftSource] },
      { source: ['aws.cloudtrail'], detail: { eventName: ['DescribeTrails'], userIdentity: { arn } } },
    ],
  }
}

/** Booleans have been seen as strings, and absent. */
export const notReadOnly = [false, 'false', { exists: false }]

/** Calls that are told by anyone: they make a root session, or decide over the account and its root user. */
const byAnyone = {
  sts: ['AssumeRoot'],
  iam: [{ prefix: 'EnableOrganizationsRoot' }, { prefix: 'DisableOrganizationsRoot' }],
  signin: [
    ...['PasswordUpdated', 'EmailUpdated', { prefix: 'PasswordRecovery' }],
    // From where and by whom the console can be signed in to, by root as well.
    ...['PutConsoleAuthorizationConfiguration', 'DeleteConsoleAuthorizationConfiguration'],
    ...['PutResourcePermissionStatement', 'DeleteResourcePermissionStatement'],
  ],
  organizations: ['CloseAccount', 'LeaveOrganization'],
  // Its records may say nothing of who it was.
  billingconsole: [
    ...['CloseAccount', 'SetContactAddress', 'SetAdditionalContacts', 'SetAccountPreferences'],
    ...['SetSecurityQuestions', 'SetIAMAccessPreference'],
  ],
} as const

/** Those calls, in one clause for room's sake: none of these services has another's call. */
function anyOf(calls: Readonly<Record<string, readonly unknown[]>>): Pattern {
  const eventSource = Object.keys(calls).map((service) => `${service}.amazonaws.com`)
  return { eventSource, eventName: [...new Set(Object.values(calls).flat())] }
}

export interface PatternPastLimit {
  /** The rule's, without the guard's. */
  readonly name: string
  readonly length: number
  /** How often the pattern names each trusted role. */
  readonly mentions: number
}

/** Of a template's patterns those that EventBridge would not take. */
export function patternsPastLimit(settings: Settings): readonly PatternPastLimit[] {
  const [role = ''] = settings.trustedRoles
  return activityRules(settings, Fn.Ref('Api'))
    .map(({ name, pattern }) => ({
      name,
      length: patternLength(pattern),
      mentions: JSON.stringify(pattern).split(JSON.stringify(role)).length - 1,
    }))
    .filter(({ length }) => length > patternLimit)
}

/** As AWS WAF names the API's stage: the ARN has no account. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
const stageArn = 'arn:aws:apigateway:us-east-1::/restapis/${Api}/stages/live'

export const patternLength = (pattern: Pattern) => JSON.stringify(deployedPattern(pattern, 'a1b2c3d4e5')).length

/** The pattern as deployed: with the id that API Gateway gave the API, which has ten characters. */
export function deployedPattern(pattern: Pattern, api: string): Pattern {
  return JSON.parse(JSON.stringify(pattern), (_, value) => {
    if (value?.Ref === 'Api') return api
    // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation's own placeholder
    return Array.isArray(value?.['Fn::Sub']) ? value['Fn::Sub'][0].replace('${Api}', api) : value
  }) as Pattern
}
