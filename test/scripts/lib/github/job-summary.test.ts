import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { jobSummary, topSentence } from '../../../../scripts/lib/github/job-summary.ts'

const summary = suite("a job's summary")

const step = (script: string, exitCode = 0, report = '') => ({
  script,
  options: [],
  exitCode,
  seconds: 12,
  markdown: `reports/${script}.md`,
  report,
})

summary('has one sentence, a table of the commands, and what they reported', () => {
  const steps = [step('plan', 0, '### Plan\n\nNo changes.\n'), step('deploy', 0, '### Deploy\n')]
  assert.is(
    jobSummary(steps, { status: 'success' }),
    [
      '**✅ The account is as configured.**',
      '',
      '| npm run | | took |',
      '|---|---|---|',
      '| `plan` | done | 12 s |',
      '| `deploy` | done | 12 s |',
      '',
      '### Plan',
      '',
      'No changes.',
      '',
      '### Deploy',
      '',
      '',
    ].join('\n'),
  )
})

const SENTENCES: readonly (readonly [
  what: string,
  steps: Parameters<typeof topSentence>[0],
  job: string | Parameters<typeof topSentence>[1],
  said: RegExp,
])[] = [
  [
    'the first command that failed',
    [step('plan'), step('deploy', 1), step('x', 1)],
    'failure',
    /^❌ The deploy did not/,
  ],
  ['a wrong configuration', [step('plan', 2)], 'failure', /^❌ npm run plan is used or configured wrongly/],
  ['the last command when all went through', [step('deploy'), step('doctor')], 'success', /^✅ .*ready to alert/],
  [
    'that a deploy would change something',
    [step('plan', 0, '### Plan\n\nA deploy …')],
    'success',
    /^✅ .*Read it before/,
  ],
  [
    'that a deploy would change nothing',
    [step('plan', 0, '### Plan\n\nNo changes: the account is as configured.\n')],
    'success',
    /^✅ .*nothing is wanted from you/,
  ],
  [
    'what a drill found, in its own words, and claims no more',
    [step('drill', 1, '### Drill: not everything is ready\n\n- sms: nhn-sms refused it for ***-0000 (401)\n')],
    'failure',
    /^❌ The drill did not end well: sms: nhn-sms refused it for \\\*\\\*\\\*-0000 \(401\)\.$/,
  ],
  [
    'that everybody was reached though a channel failed',
    [
      step(
        'drill',
        0,
        '### Drill: x\n\n- every route accepted it\n- sms: a refused it (1), and b stood in: mend it all the same\n',
      ),
    ],
    'success',
    /^✅ Everybody was reached, but a channel failed/,
  ],
  [
    'how much more a drill found',
    [step('drill', 1, '### Drill: x\n\n- the rule is disabled\n- no target\n- no record came\n')],
    'failure',
    /^❌ The drill did not end well: the rule is disabled \(and 2 more below\)\.$/,
  ],
  [
    'that a drill which could not be fired proves nothing',
    [step('drill', 1, '### npm run drill failed\n\n```\nevents:PutEvents: ThrottlingException\n```\n')],
    'failure',
    /^❌ .*proves nothing either way/,
  ],
  ['a command nobody wrote a sentence for', [step('bench')], 'success', /^✅ npm run bench went through/],
  ['what failed before any command, and where to look', [], 'failure', /^❌ .*before its first command: checking out/],
  [
    'that AWS did not let the job in, with the page about it, and not that every command went through',
    [step('github:settings')],
    { status: 'failure', install: 'success', signIn: 'failure', signInPage: 'https://example/docs/trust.md#x' },
    /^❌ AWS did not let this job in, .* is in https:\/\/example\/docs\/trust\.md#x\.$/,
  ],
  [
    'that a sign-in would be refused, and where what to write is',
    [step('github:settings', 2)],
    { status: 'failure', install: 'success', signIn: 'skipped' },
    /^❌ This job cannot sign in to AWS with root-guard\.yaml as it is/,
  ],
  ['that nothing was installed', [], { status: 'failure', install: 'failure' }, /^❌ npm ci failed, so no command ran/],
  ['what failed beside the commands', [step('plan')], 'failure', /^❌ Every command went through, but another step/],
  ['a job that was stopped', [step('plan')], 'cancelled', /^⏹️ The job was stopped/],
]

for (const [what, steps, job, said] of SENTENCES) {
  summary(`says on top ${what}`, () => {
    assert.match(topSentence(steps, typeof job === 'string' ? { status: job } : job), said)
  })
}

summary('shows no account id, and no option that would break its table', () => {
  const odd = { ...step('drill', 0, 'in 111122223333'), options: ['--from', 'us|east`\n# injected'] }
  const text = jobSummary([odd], { status: 'success' })
  assert.match(text, '| `drill --from us east  # injected` | done |')
  assert.match(text, 'in ************')
})

summary.run()
