// What root-guard.yaml may say, and what its user is told when it says something else.
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { loadSettings, parseSettings } from '../../../templates-src/config/load.ts'
import { type Problem, SettingsError } from '../../../templates-src/config/problem.ts'
import { settingsSchema } from '../../../templates-src/config/schema.ts'

const FILE = 'root-guard.yaml'
const SAMPLE = `# A sample.
name: root-guard
account: "011122223333"
homeRegion: us-west-2

emails:
  - security@example.com
  - owner@example.com
locale: ko
timeZone: Asia/Seoul
routes:
  telegram: [telegram]
  sms: [nhn-sms, solapi-sms]
trail: reuse
recorder: reuse
relayRegions: [us-west-2]
retention:
  logDays: 400
`

/** The sample with one piece, which must be there, replaced. */
function changed(from: string, to: string, text = SAMPLE): string {
  if (!text.includes(from)) throw new Error(`the sample does not say ${from}`)
  return text.replace(from, to)
}

function refused(text: string): SettingsError {
  return refusal(() => parseSettings(text, FILE))
}

function refusal(read: () => unknown): SettingsError {
  try {
    read()
  } catch (error) {
    if (error instanceof SettingsError) return error
    throw error
  }
  throw new Error('the settings were taken')
}

const accepted = suite('settings that are right')

const REQUIRED = {
  name: 'root-guard',
  account: '011122223333',
  emails: ['security@example.com', 'owner@example.com'],
  locale: 'ko',
  timeZone: 'Asia/Seoul',
  routes: { telegram: ['telegram'], sms: ['nhn-sms', 'solapi-sms'] },
}
const CHOSEN = { homeRegion: 'us-west-2', trail: 'reuse', recorder: 'reuse', relayRegions: ['us-west-2'] }
const DEFAULT = { homeRegion: 'ap-northeast-2', trail: 'create', recorder: 'create', relayRegions: [] }
/** What the sample leaves out. */
const WATCH = {
  buckets: {},
  trustedRoles: [],
  readers: [],
  drillWithinHours: 48,
  driftAlert: false,
  dashboard: false,
  encryption: 'service',
  recording: 'iam-users',
}
const LEFT_OUT = { ...WATCH, sms: { long: false, dailyCap: 100 } }

accepted('are read as they stand, comments and gaps aside', () => {
  assert.equal(parseSettings(SAMPLE, FILE), { ...REQUIRED, ...CHOSEN, ...LEFT_OUT, retention: { logDays: 400 } })
})

accepted('may leave out what has a default', () => {
  const text = SAMPLE.replace(/^(homeRegion|trail|recorder|relayRegions|retention| {2}logDays).*\n/gm, '')
  assert.equal(parseSettings(text, FILE), { ...REQUIRED, ...DEFAULT, ...LEFT_OUT, retention: { logDays: 2557 } })
})

for (const days of ['30', '36500']) {
  accepted(`may keep logs for ${days} days`, () => {
    assert.is(parseSettings(changed('400', days), FILE).retention.logDays, Number(days))
  })
}

for (const [written, sms] of [
  ['{ long: true }', { long: true, dailyCap: 100 }],
  ['{ dailyCap: 1 }', { long: false, dailyCap: 1 }],
  ['{ long: false, dailyCap: 1000 }', { long: false, dailyCap: 1000 }],
  ['{}', LEFT_OUT.sms],
] as const) {
  accepted(`may say of SMS ${written}`, () => {
    assert.equal(parseSettings(`${SAMPLE}sms: ${written}\n`, FILE).sms, sms)
  })
}

for (const more of [
  'recording: iam-users\n',
  'trustedRoles: [root-guardian]\n',
  `trustedRoles: [AWSCloudFormationStackSetExecutionRole]\nstackSets: {roles: aws-default}\n`,
]) {
  accepted(`may say beside what is reused ${more.trim().replace('\n', ' and ')}`, () => {
    assert.is(parseSettings(SAMPLE + more, FILE).trail, 'reuse')
  })
}

for (const made of ['trail', 'recorder']) {
  accepted(`may say where access logs go beside ${made}: create, whatever else is reused`, () => {
    const text = `${changed(`${made}: reuse`, `${made}: create`)}buckets: {accessLogs: our-logs}\n`
    assert.is(parseSettings(text, FILE).buckets.accessLogs, 'our-logs')
  })
}

accepted('may name every channel', () => {
  const channels = CHANNELS.split(', ')
  assert.equal(parseSettings(changed('[telegram]', `[${CHANNELS}]`), FILE).routes.telegram, channels)
})

accepted('are what the root-guard.yaml of this repository holds', () => {
  assert.match(loadSettings(fileURLToPath(new URL(`../../../${FILE}`, import.meta.url))).account, /^\d{12}$/)
})

accepted.run()

const wrong = suite('settings that are wrong')

const FIELDS = Object.keys(settingsSchema.entries).join(', ')
const EMAILS = '\n  - security@example.com\n  - owner@example.com'
const ROUTES = '\n  telegram: [telegram]\n  sms: [nhn-sms, solapi-sms]'
const ROUTE_NAME = "a route's name: small letters, digits and hyphens, at most 32, a letter first"
const CHANNELS = 'telegram, nhn-sms, solapi-sms, nhn-alimtalk, solapi-alimtalk, slack, discord'
const COVERED = 'a further Region: us-east-1 and ap-northeast-2 are always covered'
const EMAIL = 'an e-mail address, as security@example.com'
const QUOTED = 'twelve digits in quotes (without them a leading zero is lost), as "111122223333"'

type Row = readonly [
  what: string,
  from: string,
  to: string,
  line: number,
  field: string,
  found: string,
  allowed: string,
]

// biome-ignore format: a row a line
const ROWS: readonly Row[] = [
  ['an e-mail address without @', 'owner@', 'owner.', 8, 'emails.1', '"owner.example.com"', EMAIL],
  ['an e-mail address without a dot', 'owner@example.com', 'owner@example', 8, 'emails.1', '"owner@example"', EMAIL],
  ['no e-mail address', EMAILS, ' []', 6, 'emails', '[]', 'at least one e-mail address'],
  ['an e-mail address twice', 'owner@', 'security@', 6, 'emails', '["security@example.com","security@example.com"]', 'each e-mail address once'],
  ['an unknown channel', 'nhn-sms', 'nhn', 13, 'routes.sms.0', '"nhn"', CHANNELS],
  ['a route without channels', '[telegram]', '[]', 12, 'routes.telegram', '[]', `at least one channel: ${CHANNELS}`],
  ['a channel twice in a route', 'solapi-sms', 'nhn-sms', 13, 'routes.sms', '["nhn-sms","nhn-sms"]', 'each channel at most once in a route'],
  ['a route that is not a list', '[telegram]', 'telegram', 12, 'routes.telegram', '"telegram"', 'a list'],
  ['no routes', ROUTES, ' {}', 11, 'routes', '{}', 'at least one route'],
  ['a route of an odd name', '  sms:', '  SMS:', 13, 'routes.SMS', '"SMS"', ROUTE_NAME],
  ['an account without quotes', '"011122223333"', '111122223333', 3, 'account', '111122223333', QUOTED],
  ['an account of eleven digits', '"011', '"11', 3, 'account', '"11122223333"', 'twelve digits in quotes, as "111122223333"'],
  ['an unknown time zone', 'Asia/Seoul', 'Asia/Soul', 10, 'timeZone', '"Asia/Soul"', 'an IANA time zone, as Asia/Seoul'],
  ['an offset for a time zone', 'Asia/Seoul', '"+09:00"', 10, 'timeZone', '"+09:00"', 'an IANA time zone, as Asia/Seoul'],
  ['an unknown locale', 'locale: ko', 'locale: kr', 9, 'locale', '"kr"', 'ko, en'],
  ['a field without a value', 'locale: ko', 'locale:', 9, 'locale', 'nothing', 'ko, en'],
  ['an unknown word for the trail', 'trail: reuse', 'trail: none', 14, 'trail', '"none"', 'create, reuse'],
  ['a retention of too few days', '400', '29', 18, 'retention.logDays', '29', 'at least 30 days'],
  ['a retention of too many days', '400', '36501', 18, 'retention.logDays', '36501', 'at most 36500 days'],
  ['a retention of half a day', '400', '30.5', 18, 'retention.logDays', '30.5', 'a whole number of days'],
  ['a retention in words', '400', 'a year', 18, 'retention.logDays', '"a year"', 'a number'],
  ['an unknown field of the retention', 'logDays', 'logDay', 18, 'retention.logDay', 'a field that is not known', 'logDays'],
  ['a long that is a word', 'retention:', 'sms:\n  long: yes\nretention:', 18, 'sms.long', '"yes"', 'true or false'],
  ['a daily cap of nothing', 'retention:', 'sms:\n  dailyCap: 0\nretention:', 18, 'sms.dailyCap', '0', 'at least 1 message'],
  ['a daily cap of too much', 'retention:', 'sms:\n  dailyCap: 1001\nretention:', 18, 'sms.dailyCap', '1001', 'at most 1000 messages'],
  ['half a message a day', 'retention:', 'sms:\n  dailyCap: 1.5\nretention:', 18, 'sms.dailyCap', '1.5', 'a whole number of messages'],
  ['an unknown field of sms', 'retention:', 'sms:\n  cap: 5\nretention:', 18, 'sms.cap', 'a field that is not known', 'long, dailyCap'],
  ['an unknown field', 'locale: ko', 'locale: ko\nphone: none', 10, 'phone', 'a field that is not known', FIELDS],
  ["a relay from the alarm's Region", '[us-west-2]', '[us-east-1]', 16, 'relayRegions.0', '"us-east-1"', COVERED],
  ["a relay from the posture's", '[us-west-2]', '[us-west-2, ap-northeast-2]', 16, 'relayRegions.1', '"ap-northeast-2"', COVERED],
  ['a Region twice', '[us-west-2]', '[us-west-2, us-west-2]', 16, 'relayRegions', '["us-west-2","us-west-2"]', 'each Region once'],
  ["a Region's name for its code", '[us-west-2]', '[Oregon]', 16, 'relayRegions.0', '"Oregon"', "a Region's code, as ap-northeast-2, not of China or GovCloud"],
  ['a Region of China', '[us-west-2]', '[cn-north-1]', 16, 'relayRegions.0', '"cn-north-1"', "a Region's code, as ap-northeast-2, not of China or GovCloud"],
  ['a name with a capital', 'name: root', 'name: Root', 2, 'name', '"Root-guard"', 'small letters, digits and hyphens, 2 to 20, a letter first'],
  ['a required field missing inside another', 'locale: ko\n', 'locale: ko\ngithub: {owner: example, repository: guard, repositoryId: "2222"}\n', 10, 'github.ownerId', 'nothing', 'this field is required: The numeric id, in quotes: gh api repos/OWNER/REPOSITORY --jq .owner.id'],
  ['a required field missing', 'locale: ko\n', '', 1, 'locale', 'nothing', 'this field is required: The language of the messages.'],
]

const STACKSET = 'AWSCloudFormationStackSetExecutionRole'
const NO_BUCKET = 'nothing beside trail: reuse, since that trail has a bucket; or trail: create'
const NO_CONFIG_BUCKET = 'nothing beside recorder: reuse, since its delivery channel has a bucket; or recorder: create'
const NO_LOG_BUCKET =
  'nothing where no log bucket is made: it takes the access logs of those alone; turn them on at the buckets of yours'
const NO_RECORDING =
  'iam-users, or nothing, beside recorder: reuse, which records what it is set to; or recorder: create'
const NOT_OURS =
  'roles of your own: those that deploy the guard are trusted without being named, and no other root-guard-… has to change it'
const NOT_AFTER_BOOTSTRAP =
  'trustedRoles: [] beside stackSets: {roles: bootstrap}: no deploy uses this role any more, and whoever can become it would change the guard unheard'

// biome-ignore format: a row a line
const TOGETHER: readonly Row[] = [
  ['a bucket for a trail that has one', 'retention:', 'buckets: {trail: our-logs}\nretention:', 17, 'buckets.trail', '"our-logs"', NO_BUCKET],
  ['a bucket for a recorder that has one', 'retention:', 'buckets: {config: our-logs}\nretention:', 17, 'buckets.config', '"our-logs"', NO_CONFIG_BUCKET],
  ['where access logs go of buckets that are not made', 'retention:', 'buckets: {accessLogs: our-logs}\nretention:', 17, 'buckets.accessLogs', '"our-logs"', NO_LOG_BUCKET],
  ['the same where one is lent', 'recorder: reuse', 'recorder: create\nbuckets: {config: our-config, accessLogs: our-logs}', 16, 'buckets.accessLogs', '"our-logs"', NO_LOG_BUCKET],
  ["what another's recorder is to record", 'retention:', 'recording: all\nretention:', 17, 'recording', '"all"', NO_RECORDING],
  ["a role of the guard's own as one to trust", 'retention:', 'trustedRoles: [admin, root-guard-drill]\nretention:', 17, 'trustedRoles.1', '"root-guard-drill"', NOT_OURS],
  ["a deploy role of the guard's own", 'retention:', 'trustedRoles:\n  - root-guard-deploy\nretention:', 18, 'trustedRoles.0', '"root-guard-deploy"', NOT_OURS],
  ["StackSets' default role once there are narrower ones", 'retention:', `trustedRoles: [${STACKSET}]\nstackSets: {roles: bootstrap}\nretention:`, 17, 'trustedRoles.0', `"${STACKSET}"`, NOT_AFTER_BOOTSTRAP],
]

for (const [what, from, to, line, field, found, allowed] of [...ROWS, ...TOGETHER]) {
  wrong(`${what}: line ${line}, ${field}`, () => {
    const { problems, message, name } = refused(changed(from, to))
    assert.equal(problems, [{ file: FILE, line, field, found, allowed }])
    assert.is(message, `${FILE}:${line}: ${field}: found ${found}; allowed: ${allowed}`)
    assert.is(name, 'SettingsError')
  })
}

const LONG_ROLES = [...'abcde'].map((letter) => letter.repeat(64))
const TOO_LONG_ROLES = `trustedRoles: [${LONG_ROLES.join(', ')}]\n`
/** Without lent buckets the rules have room for the longest name and the longest roles that are allowed. */
const lentBuckets = (text: string) => {
  const buckets = `buckets: {trail: ${'t'.repeat(63)}, config: ${'c'.repeat(63)}}`
  return text.replace('trail: reuse', `trail: create\n${buckets}`).replace('recorder: reuse', 'recorder: create')
}

// A stack that fails is too late, and the rules' patterns are no file of the owner's.
wrong('trusted roles that the rules have no room for: what to shorten, by how much, and of which rule', () => {
  const [problem, ...others] = refused(
    `${lentBuckets(changed('name: root-guard', 'name: a-name-as-long-as-20'))}${TOO_LONG_ROLES}`,
  ).problems
  assert.equal([problem?.line, problem?.field], [20, 'trustedRoles'])
  assert.match(problem?.found ?? '', /^\["aaaa/)
  assert.match(
    problem?.allowed ?? '',
    /^roles whose names together are \d+ characters shorter, or fewer, or a shorter name, or shorter buckets: EventBridge takes 2048 characters of a rule's pattern, and that of a-name-as-long-as-20-\S+ would have \d{4}$/,
  )
  assert.ok(others.every(({ field }) => field === 'trustedRoles'))
})

wrong('as many characters shorter as it says, and they are taken', () => {
  const text = lentBuckets(changed('name: root-guard', 'name: a-name-as-long-as-20'))
  const { problems } = refused(text + TOO_LONG_ROLES)
  const over = Math.max(...problems.map(({ allowed }) => Number(/(\d+) characters shorter/.exec(allowed)?.[1])))
  assert.ok(over > 1)
  const shorter = (by: number) => {
    const each = LONG_ROLES.map((role, index) => role.slice(Math.floor((by + index) / LONG_ROLES.length)))
    return `${text}trustedRoles: [${each.join(', ')}]\n`
  }
  refused(shorter(over - 1))
  assert.is(parseSettings(shorter(over), FILE).trustedRoles.length, 5)
})

wrong('the longest name with as many and as long roles as there may be are taken where no bucket is lent', () => {
  const text = changed('name: root-guard', 'name: a-name-as-long-as-20')
  assert.is(parseSettings(text + TOO_LONG_ROLES, FILE).trustedRoles.length, 5)
})

wrong('a misspelt field is both one that is not known and one that is missing', () => {
  const places = refused(changed('locale:', 'local:')).problems.map(({ line, field, found }) => [line, field, found])
  assert.equal(places, [
    [1, 'locale', 'nothing'],
    [9, 'local', 'a field that is not known'],
  ])
})

wrong('several problems are told at once, a line each', () => {
  const { problems, message } = refused(changed('400', '1', changed('nhn-sms', 'nhn', changed('owner@', 'owner.'))))
  const lines = ['8: emails.1', '13: routes.sms.0', '18: retention.logDays']
  assert.equal(
    problems.map(({ line, field }) => `${line}: ${field}`),
    lines,
  )
  assert.equal(
    message.split('\n').map((sentence) => sentence.split(': found ')[0]),
    lines.map((line) => `${FILE}:${line}`),
  )
})

wrong('of a long value only its beginning is shown', () => {
  const [problem] = refused(changed('owner@', `${'x'.repeat(300)}@`)).problems
  assert.is(problem?.found, `"${'x'.repeat(59)}…`)
})

wrong('lines are counted the same with the line ends of Windows', () => {
  const [problem] = refused(changed('400', '1').replaceAll('\n', '\r\n')).problems
  assert.is(problem?.line, 18)
})

wrong.run()

const unreadable = suite('a file that holds no settings')

// biome-ignore format: a row a line
const NO_YAML: readonly (readonly [what: string, text: string, place: string, found: string, allowed: string])[] = [
  ['indentation with a tab', changed('  logDays', '\tlogDays'), '18:1', 'a tab as indentation', 'spaces, two a level'],
  ['a field twice', changed('trail: reuse', 'trail: reuse\nlocale: en'), '15:1', 'a field for the second time', 'each field once'],
  ['a second document', `${SAMPLE}---\nname: second\n`, '19:1', 'a second document', 'one: take the --- out'],
  ['a list that is not closed', 'routes: [telegram\nlocale: ko\n', '2:1', 'a line that is not indented as its neighbours, or a bracket that is not closed', 'every [ and { closed'],
  ['a quote that is not closed', 'name: "root-guard\nlocale: ko\n', '3:1', 'a quote, a bracket or a colon that is missing', 'quotes and brackets that are closed'],
  ['a field below a value', 'name: root-guard\n  locale: ko\n', '1:7', 'fields below a field that has a value already', 'indented by two spaces'],
  ['a value that begins with @', 'name: @root\n', '1:7', 'a value that begins with a character', 'put the value in quotes'],
]

for (const [what, text, at, found, allowed] of NO_YAML) {
  unreadable(`${what}: at ${at}, what is there, and what to write`, () => {
    const { problems, message } = refused(text)
    assert.is(problems.length, 1)
    const [, saidFound = '', saidAllowed = ''] =
      /^root-guard\.yaml:[\d:]+: found (.*); allowed: (.*)$/.exec(message) ?? []
    assert.ok(message.startsWith(`${FILE}:${at}: found `), message)
    assert.ok(saidFound.startsWith(found), message)
    assert.ok(saidAllowed.includes(allowed), message)
  })
}

const place = ({ found: _, ...where }: Problem) => where

for (const [what, text] of Object.entries({ 'an empty file': '', 'a file of comments': '# nothing\n' })) {
  unreadable(`${what}: each required field is missing`, () => {
    const { problems } = refused(text)
    const required = ['name', 'account', 'emails', 'locale', 'timeZone', 'routes']
    assert.equal(
      problems.map(({ line, field, found }) => [line, field, found]),
      required.map((field) => [1, field, 'nothing']),
    )
  })
}

for (const text of ['- name: root-guard\n', '[]', 'root-guard\n']) {
  unreadable(`${text.trim()}: is not taken for settings`, () => assert.is(refused(text).problems[0]?.line, 1))
}

for (const [what, text, found] of [
  ['an alias of nothing', 'timeZone: *seoul\n', /seoul/],
  ['a route that JavaScript would swallow', 'routes:\n  constructor: [telegram]\n', /a field named constructor/],
  ['a list for a file', '- name: root-guard\n', /something else than a map of fields/],
  ['broken YAML, its place said once', 'routes: [telegram\n', /found (?!.*at line)/],
] as const) {
  unreadable(`${what}: is told and not guessed`, () => assert.match(refused(text).message, found))
}

unreadable('retention without a field: what it may hold', () => {
  const { problems } = refused('retention:\n')
  const { found, allowed } = problems.find(({ field }) => field === 'retention') ?? {}
  assert.equal([found, allowed], ['nothing', 'a map of fields: logDays'])
})

unreadable('one that is not there: its path, and where to run the command', () => {
  const file = '/nowhere/root-guard.yaml'
  const { problems, message } = refusal(() => loadSettings(file))
  const allowed = 'a readable file; run the command in the folder that holds it'
  assert.equal(problems.map(place), [{ file, line: 1, field: '', allowed }])
  assert.match(message, /^\/nowhere\/root-guard\.yaml:1: found no such file; allowed: a readable file; /)
})

unreadable.run()
