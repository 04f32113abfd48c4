// The one sentence on top of a job's summary: what happened, and what is wanted of whoever reads it.

interface Sentences {
  readonly done: string
  /** Exit 0 as well, when its report says this. */
  readonly other?: { readonly reported: RegExp; readonly said: string; readonly isWarning?: true }
  /** Exit 2, where it is said otherwise than for every command. */
  readonly misused?: string
  /** Exit 1: it found something, or failed. */
  readonly failed: string
  /** The same, where its report says in a line of its own what was found. `line` captures that; a list item where left out. */
  readonly found?: { readonly said: (what: string) => string; readonly line?: RegExp }
}

/** The headline of a plan after which a deploy has nothing to do: scripts/lib/report/plan.ts. */
const noChanges = /^No changes: the account is as configured/m

/** `report` is the Markdown of a plan. */
export function changesNothing(report: string): boolean {
  return noChanges.test(report)
}

/** By npm script. */
const sentences: Readonly<Record<string, Sentences>> = {
  check: {
    done: 'Types, formatting and generated/ are as they should be.',
    failed: 'Types, formatting or generated/ are not as they should be: run npm run check on your machine.',
  },
  'check:templates': {
    done: 'cfn-lint has nothing to say about the templates.',
    failed: 'cfn-lint found something in the templates: the log names the line.',
  },
  'check:security': {
    done: 'checkov found nothing in the templates that is not explained.',
    failed: 'checkov found something in the templates: mend it, or explain it in test/checkers/suppressions.ts.',
  },
  corpus: {
    done: 'The rules match every labelled event that they must, and no other.',
    failed: 'A rule does not match what it must, or matches more: the log names the event.',
  },
  'test:iam': {
    done: 'Each role may do what it must, and no more.',
    failed: 'A role may do less than it must, or more: the log names it, and npm run test:iam runs it on your machine.',
  },
  start: {
    done: 'The rehearsal ran to its end: every alert reached its phones.',
    failed: 'In the rehearsal an alert did not reach everybody: the log says which; npm start -- --once runs it again.',
  },
  'test:stage': {
    done: "On the rehearsal's stage a drill comes through and names each leg that is broken; the API lets in whom it must.",
    failed: "A test on the rehearsal's stage failed: the log names it, and npm run test:stage runs it on your machine.",
  },
  'test:page': {
    done: 'Corpus, roles, rehearsal, drills and the page are as they should be; nothing is wanted from you.',
    failed: "A test of the rehearsal's page failed: the log names it, and npm run test:page runs it on your machine.",
  },
  'check:workflows': {
    done: 'actionlint and zizmor have nothing to say about the workflows.',
    failed: 'actionlint or zizmor found something in the workflows: the log names the line.',
  },
  test: {
    done: 'Every test passed; nothing is wanted from you.',
    failed: 'A test failed: the log names it, and npm test runs it on your machine.',
  },
  generate: {
    done: 'generated/ is what its sources come to; what it would change in the account is not looked at here.',
    failed: 'generated/ is not what its sources come to: run npm run generate and commit what it writes.',
  },
  plan: {
    done: 'Nothing was changed; below is what a deploy would change. Read it before it is deployed.',
    other: {
      reported: noChanges,
      said: 'A deploy would change nothing in the account; nothing is wanted from you.',
    },
    failed: 'What a deploy would change could not be told: the reason is below.',
    found: {
      said: (what) => `A deploy would refuse, so nothing is to be merged or approved yet: ${what}`,
      line: /^- ⛔ (.+)$/gm,
    },
  },
  'github:settings': {
    done: 'root-guard.yaml says what GitHub says of this job.',
    failed: 'root-guard.yaml could not be read: the reason is below.',
    misused: 'This job cannot sign in to AWS with root-guard.yaml as it is: what differs, and what to write, is below.',
  },
  'github:tip': {
    done: 'This run is of the newest commit.',
    failed: 'Nothing was deployed: this run is not of the newest commit of main, or GitHub would not say. See below.',
  },
  'github:environment': {
    done: 'The branch main alone can deploy.',
    failed:
      'Nothing was deployed: other branches than main could deploy, too, or GitHub would not say. See below how to close that.',
  },
  secrets: {
    done: "The channels' secrets are in the account.",
    failed: "The channels' secrets could not be put into the account: the reason is below.",
    found: { said: (what) => `The account is as configured, but a channel's secret is missing or wrong: ${what}` },
  },
  deploy: {
    done: 'The account is as configured.',
    failed:
      'The deploy did not go through: the reason and what to do are below. It goes on from there when it is run again.',
  },
  doctor: {
    done: 'The account is as configured and ready to alert; nothing is wanted from you.',
    failed: 'Something is missing before an alert can reach everybody: each finding below says how to mend it.',
  },
  drift: {
    done: 'Nothing in the account differs from what was deployed; nothing is wanted from you.',
    failed:
      'Something in the account is not as it was deployed, or could not be looked at: see below; the issue «Drift» has what differs.',
  },
  drill: {
    done: 'The drill came through; nothing is wanted from you.',
    other: {
      reported: /: mend it (all the same|before it has to)$/m,
      said: 'Everybody was reached, but a channel failed, and another one was there: see below which to mend.',
      isWarning: true,
    },
    failed: 'The drill could not be carried through, so it proves nothing either way: the reason is below.',
    found: { said: (what) => `The drill did not end well: ${what}` },
  },
}

/** Exit 2 is the same for every command. */
const misused = 'is used or configured wrongly: the reason is below.'

/** `report` is the Markdown of the script. */
export function sentenceFor(script: string, exitCode: number, report: string): string {
  const {
    done,
    other,
    failed,
    found,
    misused: wrong,
  }: Sentences = sentences[script] ?? {
    done: `npm run ${script} went through.`,
    failed: `npm run ${script} failed: the log has the reason.`,
  }
  if (exitCode === 0) return other?.reported.test(report) ? other.said : done
  if (exitCode === 2) return wrong ?? `npm run ${script} ${misused}`
  const [first, ...others] = [...report.matchAll(found?.line ?? /^- (.+)$/gm)].map(([, line = '']) => line)
  if (found === undefined || first === undefined) return failed
  const more = others.length === 0 ? '.' : ` (and ${others.length} more below).`
  return found.said(`${plain(first).replace(/\.$/, '')}${more}`)
}

/** Whether what ended well wants something of somebody all the same, as a channel that failed over. */
export function isWarning(script: string, report: string): boolean {
  const { other } = sentences[script] ?? {}
  return other?.isWarning === true && other.reported.test(report)
}

/** The sentence stands in bold: what a provider or AWS said must not end that. */
function plain(text: string): string {
  return text.replaceAll(/[\\*_`<>|[\]]/g, '\\$&')
}
