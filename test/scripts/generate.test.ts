// The command as its user runs it: a process of its own, in a folder with a root-guard.yaml.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { parse } from 'yaml'
import { type Checkout, checkout } from '../checkout.ts'

const SAMPLE = `name: sample
account: "111122223333"
emails:
  - security@example.com
locale: ko
timeZone: Asia/Seoul
routes:
  telegram: [telegram]
  sms: [nhn-sms, solapi-sms]
`
const TEMPLATES = ['notifier', 'us-east-1', 'operations', 'ap-northeast-2', 'relay'].map(
  (part) => `generated/${part}.yaml`,
)
const FILES = [
  ...TEMPLATES,
  'generated/bootstrap.yaml',
  'generated/notifier.js',
  'generated/root-guard.schema.json',
  'docs/controls.md',
  'docs/log-buckets.md',
]

interface Context {
  repository: Checkout
}

function sampleCheckout(environment: Readonly<Record<string, string>> = {}): Checkout {
  const repository = checkout(environment)
  writeFileSync(join(repository.folder, 'root-guard.yaml'), SAMPLE)
  return repository
}

const contentOf = ({ read }: Checkout) => FILES.map(read)
const damage = ({ folder, read }: Checkout, file: string, from: string, to: string) =>
  writeFileSync(join(folder, file), read(file).replace(from, to))

const writing = suite<Context>('generate')

writing.before(async (context) => {
  context.repository = sampleCheckout()
})

writing.after(({ repository }) => repository.remove())

writing(
  'first writes the templates, the function to read and the schema, and says how much room is left',
  async ({ repository }) => {
    const { exitCode, stdout, stderr } = await repository.run('generate')
    assert.is(exitCode, 0, stderr)
    assert.match(stdout, `wrote ${FILES.join(', ')}`)
    const onDisk = ['generated', 'docs'].flatMap((folder) =>
      readdirSync(join(repository.folder, folder)).map((file) => `${folder}/${file}`),
    )
    assert.equal(onDisk.sort(), [...FILES].sort())
    const rows = [...stdout.matchAll(/^(\S+\.yaml) +([\d,]+) bytes as deployed, ([\d,]+) left of 51,200$/gm)]
    assert.equal(
      rows.map(([, file]) => file),
      TEMPLATES,
    )
    const number = (text = '') => Number(text.replaceAll(',', ''))
    for (const [, file, bytes, left] of rows) {
      assert.is(number(bytes) + number(left), 51_200, file)
      assert.ok(number(bytes) > 0 && number(left) >= 0, file)
    }
  },
)

writing('tells a program in JSON alone the bytes of what is deployed: compact JSON', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('generate', '--json')
  assert.is(exitCode, 0)
  const sizes = TEMPLATES.map((file) => {
    const bytes = Buffer.byteLength(JSON.stringify(parse(repository.read(file), { version: '1.1' })))
    return { file, bytes, left: 51_200 - bytes }
  })
  assert.equal(JSON.parse(stdout), { changed: [], sizes })
})

writing('then has nothing to write', async ({ repository }) => {
  const before = contentOf(repository)
  const { exitCode, stdout } = await repository.run('generate')
  assert.is(exitCode, 0)
  assert.match(stdout, 'generated/ was up to date')
  assert.equal(contentOf(repository), before)
})

writing('passes its own check', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('generate', '--check')
  assert.is(exitCode, 0)
  assert.match(stdout, 'generated/ is up to date')
})

writing('says of each generated file where it comes from and what makes it again', ({ repository }) => {
  for (const file of FILES) {
    const [beginning] = repository.read(file).split('",\n')
    assert.match(
      beginning ?? '',
      /Generated from (templates-src\/[\w/.-]+\.ts|handlers\/notifier) .*by: npm run generate\. Do not edit\./,
    )
  }
})

writing('writes again only what a change of the settings changes', async ({ repository }) => {
  repository.edit('locale: ko', 'locale: en')
  const { exitCode, stdout } = await repository.run('generate', '--json')
  assert.is(exitCode, 0)
  assert.equal(JSON.parse(stdout).changed, ['generated/notifier.yaml', 'generated/notifier.js'])
  assert.match(repository.read('generated/notifier.yaml'), '"locale":"en"')
})

writing.run()

const checking = suite<Context>('generate -- --check')

checking.before(async (context) => {
  context.repository = sampleCheckout()
  await context.repository.run('generate')
  damage(context.repository, 'generated/relay.yaml', 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS', 'DISABLED')
})

checking.after(({ repository }) => repository.remove())

checking('fails on a file that was touched, prints the difference and leaves it as it is', async ({ repository }) => {
  const before = contentOf(repository)
  const { exitCode, stdout } = await repository.run('generate', '--check')
  assert.is(exitCode, 1)
  assert.match(stdout, /^-\s+State: DISABLED$/m)
  assert.match(stdout, /^\+\s+State: ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS$/m)
  assert.match(stdout, '1 of the files in generated/ differ from their sources\n  → npm run generate')
  assert.equal(contentOf(repository), before)
})

checking('names the files that differ in JSON alone', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('generate', '--check', '--json')
  assert.is(exitCode, 1)
  assert.equal(JSON.parse(stdout).differs, ['generated/relay.yaml'])
})

checking('fails on files that are not there and writes none', async () => {
  const fresh = sampleCheckout()
  const { exitCode, stdout } = await fresh.run('generate', '--check', '--json')
  const written = existsSync(join(fresh.folder, 'generated'))
  fresh.remove()
  assert.equal([exitCode, JSON.parse(stdout).differs, written], [1, FILES, false])
})

checking("puts the difference into GitHub's job summary", async ({ repository }) => {
  const summary = join(repository.folder, 'summary.md')
  writeFileSync(summary, '')
  const onGitHub = checkout({ GITHUB_STEP_SUMMARY: summary })
  writeFileSync(join(onGitHub.folder, 'root-guard.yaml'), SAMPLE)
  const passed = [(await onGitHub.run('generate')).exitCode, (await onGitHub.run('generate', '--check')).exitCode]
  assert.equal([passed, repository.read('summary.md')], [[0, 0], ''])
  damage(onGitHub, 'generated/relay.yaml', 'State: ENABLED', 'State: NOT_ENABLED')
  const { exitCode } = await onGitHub.run('generate', '--check')
  onGitHub.remove()
  assert.is(exitCode, 1)
  assert.match(
    repository.read('summary.md'),
    /^### generated\/ differs from its sources\n\n```diff\n[\s\S]*^-\s+State: NOT_ENABLED[\s\S]*\n```\n/m,
  )
})

checking.run()

const refusing = suite<Context>('generate with what it cannot use')

refusing.before.each((context) => {
  context.repository = sampleCheckout()
})

refusing.after.each(({ repository }) => repository.remove())

const WRONG: readonly (readonly [what: string, from: string, to: string, said: string])[] = [
  [
    'a misspelt field',
    'timeZone:',
    'timezone:',
    'root-guard.yaml:6: timezone: found a field that is not known; allowed: ',
  ],
  [
    'a bad e-mail address',
    'security@',
    'security.',
    'root-guard.yaml:4: emails.0: found "security.example.com"; allowed: ',
  ],
  [
    'an unknown channel',
    'solapi-sms',
    'solapi',
    'root-guard.yaml:9: routes.sms.1: found "solapi"; allowed: telegram, ',
  ],
  [
    'a route without channels',
    '[telegram]',
    '[]',
    'root-guard.yaml:8: routes.telegram: found []; allowed: at least one',
  ],
]

for (const [what, from, to, said] of WRONG) {
  refusing(`${what}: exit 2, the line on stderr, nothing written`, async ({ repository }) => {
    repository.edit(from, to)
    const { exitCode, stdout, stderr } = await repository.run('generate')
    assert.equal([exitCode, stdout], [2, ''])
    assert.ok(
      stderr.split('\n').some((line) => line.startsWith(said)),
      stderr,
    )
    assert.equal(readdirSync(repository.folder), ['root-guard.yaml'])
  })
}

refusing('more than StackSets take: how much it is, and nothing written', async ({ repository }) => {
  const routes = Array.from({ length: 1_500 }, (_, index) => `  route-${index}: [telegram, nhn-sms]`)
  repository.edit('  telegram: [telegram]', routes.join('\n'))
  const { exitCode, stderr } = await repository.run('generate')
  assert.is(exitCode, 1)
  assert.match(stderr, /^generated\/notifier\.yaml would be deployed as [\d,]+ bytes; StackSets take 51,200$/m)
  assert.equal(readdirSync(repository.folder), ['root-guard.yaml'])
})

refusing('no root-guard.yaml: exit 2', async ({ repository }) => {
  rmSync(join(repository.folder, 'root-guard.yaml'))
  const { exitCode, stderr } = await repository.run('generate')
  assert.is(exitCode, 2)
  assert.match(stderr, /^root-guard\.yaml:1: found no such file/)
})

for (const args of [['--chekc'], ['--check=no'], ['relay']]) {
  refusing(`${args}: exit 2, and how the options are listed`, async ({ repository }) => {
    const { exitCode, stderr } = await repository.run('generate', ...args)
    assert.is(exitCode, 2)
    assert.match(stderr, '→ npm run generate -- --help lists the options')
    assert.equal(readdirSync(repository.folder), ['root-guard.yaml'])
  })
}

refusing('--help lists the options and writes nothing', async ({ repository }) => {
  const { exitCode, stdout } = await repository.run('generate', '--help')
  assert.is(exitCode, 0)
  for (const option of ['--check', '--json', '--help']) assert.match(stdout, new RegExp(`^ {2}${option} +\\S`, 'm'))
  assert.equal(readdirSync(repository.folder), ['root-guard.yaml'])
})

refusing.run()
