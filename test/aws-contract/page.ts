// docs/aws-contract.md: what is held of AWS, on what it rests, and what nobody could try.
import { complexityLimit } from '../../scripts/corpus/complexity.ts'
import { contract, rules } from './contract.ts'
import { models, typesWithModels } from './model.ts'
import { planted } from './planted.ts'
import type { Rule } from './rule.ts'

export function contractPage(): string {
  const sections = Object.entries(contract).map(([service, of]) => `### ${service}\n\n${table(of)}`)
  return `<!-- Generated from test/aws-contract/ by: npm run contract. Do not edit. -->
# The contract with AWS

What AWS refuses and the emulators take. No live account was used. Each row under *What is held* is a rule that \`npm test\` runs over
\`generated/\`, over the templates of \`test/everything.yaml\`, and over those of every setting alone and with each other one.
Each rule has a wrong template that it alone must name.

*Sure* is H for an answer that somebody recorded from AWS, or plain documentation; M for what is documented or reported once;
L for what is reasoned.

## What is held

${sections.join('\n\n')}

How complex a pattern is by its wildcards is no rule of these tables. \`npm run corpus\` asks Event Ruler, AWS's own matcher, about
the patterns of the settings that make them largest, and fails from ${complexityLimit} on: AWS took a pattern of 9 and refused one of 12
(vals-ai/Valkyrie#278).

The models of ${typesWithModels.length} types of resource are in \`test/aws-contract/botocore.json\` (botocore ${models.botocore}).
\`python test/aws-contract/write-models.py\` writes it. Tests also hold every call that a command sends to these models: a call
that AWS would refuse ends in an error before it is sent, although the stand-in would take it.

## What rests on documentation alone

For these nobody, as far as we know, has published an answer of AWS: we believe the documentation. ${count('documentation')} of the ${rules.length} rules rest on AWS's documentation or models, and
${count('reasoning')} on reasoning:

${lines('documentation')}

On reasoning:

${lines('reasoning')}

## What nobody could try

No template shows these facts, so no rule holds them. The first deploy to a live account is their test.

| what | sure | what looks at it |
|---|---|---|
${untried.map((row) => `| ${row.join(' | ')} |`).join('\n')}

## Planted mistakes

Each was put into a template of ours. cfn-lint 1.58.0 was run over each by hand, 2026-11-29; the rest is tested.

| mistake | named by |
|---|---|
${planted.map(({ what, named }) => `| ${what} | ${named.startsWith('cfn-lint') ? named : `the contract: \`${named}\``} |`).join('\n')}

## A second opinion

moto 5.2.5 (PyPI), its CloudFormation by \`moto_server\`, run by hand on 2026-11-29:

- It created every stack of \`generated/\` and of \`test/everything.yaml\`, also those of that day's morning, which had a retry
  policy on buses and conditions for EventBridge on topics.
- It does not know 16 of the ${typesWithModels.length} types: \`ApiGateway::Stage\`, \`CloudTrail::Trail\`, \`CloudWatch::Alarm\`, the three of Config,
  \`IAM::OIDCProvider\`, the five of Notifications, \`S3::BucketPolicy\`, \`SNS::Subscription\`, \`SNS::TopicPolicy\`,
  \`SQS::QueuePolicy\`. It reports them as created.
- Of 39 small templates, each with a mistake, it refused three for the mistake: a queue and a topic with a space in the name, and a
  topic's name that is too long. It took a queue's name of 81 characters. Five more ended in errors of moto's own: a function's
  role that is not there, and answers of 500.
- It found nothing that nothing else finds. It is not in the gate.
`
}

/** What is true of AWS as far as we know, and cannot be seen in a template. */
const untried: readonly (readonly [what: string, sure: Rule['sure'], who: string])[] = [
  [
    'API Gateway writes `execute-api:/…` in a policy out to a full ARN, and answers the policy as an escaped string',
    'H',
    '`npm run drift`',
  ],
  ['Drift detection calls may be recorded without `readOnly: true`', 'L', "the rule `guard-touched`; a night's drift"],
  [
    "StackSets' execution role may need more than its own actions: AWS names `cloudformation:*` and `s3:*` on `*`",
    'M',
    '`npm run deploy`',
  ],
  ["Whether SSM's call to KMS is refused under a boundary without `kms:Decrypt`", 'L', '`npm run drill`'],
  ['CloudWatch bills each metric of an alarm on an expression', 'H', 'the cost page; the bill'],
  ['An event that is handed to another Region gets a new `id` and `time`', 'M', '`npm run drill`'],
  ["An organization's trail is listed, but its selectors are refused to a member account", 'H', '`npm run deploy`'],
  ['The first REST API of an account needs a service-linked role', 'L', '`npm run deploy`'],
  ["CloudFormation keeps about 24 letters of a stack's name in a bucket's name", 'H', '`npm run destroy`'],
  ['A delivery channel cannot be deleted while its recorder runs', 'L', '`npm run destroy`'],
  ['An alarm that treats missing data as bad looks further back than its periods', 'M', 'the drill alarms'],
  ['`FailedInvocations` may not count what could not be put into the dead letters', 'L', 'the alarms'],
  [
    "EventBridge's own count of a rule's complexity: Event Ruler's is held, the service's is not known",
    'M',
    '`npm run deploy`',
  ],
  ['Whether a queue that had its own key takes a KMS key in one update', 'L', '`npm run deploy`'],
]

function table(of: readonly Rule[]): string {
  const body = of.map(({ id, fact, source, sure }) => `| \`${id}\` | ${fact} | ${source} | ${sure} |`)
  return ['| rule | fact | source | sure |', '|---|---|---|---|', ...body].join('\n')
}

function lines(basis: Rule['basis']): string {
  return rules
    .filter((rule) => rule.basis === basis)
    .map(({ id }) => `- \`${id}\``)
    .join('\n')
}

function count(basis: Rule['basis']): number {
  return rules.filter((rule) => rule.basis === basis).length
}
