// Every npm script that is a command of ours helps alike: to whoever asks, and to whoever mistypes.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'

interface Ran {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
const test = suite('the command line')

const helped = everyCommand(['--help'], { FORCE_COLOR: '3' })

test('has the commands that the README names', () => {
  for (const command of readme.matchAll(/^\| `npm (?:run )?([a-z-]+)/gm)) {
    assert.ok(
      helped.some(([name]) => name === command[1]),
      command[1],
    )
  }
})

test('prints the table of the README, whole, and npm run lists those commands first', () => {
  const rows = [...readme.matchAll(/^\| `npm (?:run )?([a-z-]+)` \| (.*) \|$/gm)]
  const stdout = execFileSync(process.execPath, ['--import', 'tsx', 'scripts/help.ts'], { cwd: root, encoding: 'utf8' })
  const printed = stdout.split('\n').filter((line) => line.startsWith('  npm '))
  assert.is(printed.length, rows.length)
  for (const [index, [, name = '', does = '']] of rows.entries()) {
    assert.match(printed[index] ?? '', new RegExp(`^  npm (run )?${name} +\\S`))
    assert.ok(printed[index]?.endsWith(does.replaceAll('`', '')), name)
  }
  const scripts = Object.keys(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts)
  assert.equal(
    scripts.slice(0, rows.length),
    rows.map(([, name]) => name),
  )
})

for (const [name, { exitCode, stdout }] of helped) {
  test(`${name} --help is aligned, fits a wide terminal but for permissions and examples, and has no colours`, () => {
    assert.is(exitCode, 0)
    assert.not.match(stdout, '\u001b')
    const [told = ''] = stdout.split('AWS permissions it needs:')
    assert.equal(
      told.split('\n').filter((line) => line.length > 130 && !line.includes('npm run')),
      [],
    )
    const options = told.split('\n').filter((line) => line.startsWith('  --'))
    assert.is(
      new Set(options.map((line) => /^ {2}--\S+( \S+)? {2,}/.exec(line)?.[0].length)).size,
      1,
      options.join('\n'),
    )
  })
}

for (const mistake of ['--no-such-option', 'no-such-word']) {
  for (const [name, { exitCode, stdout, stderr }] of everyCommand([mistake], { NO_COLOR: '1' })) {
    test(`${name} ${mistake} ends with 2, and says where the options are`, () => {
      assert.is(exitCode, 2)
      assert.is(stdout, '')
      assert.match(stderr, mistake)
      assert.match(stderr, `npm ${name === 'start' ? '' : 'run '}${name} -- --help lists the options`)
    })
  }
}

test.run()

function everyCommand(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): readonly [string, Ran][] {
  const own = Object.entries(process.env).filter(([name]) => !/^(AWS_|GITHUB_|FORCE_COLOR$|NO_COLOR$)/.test(name))
  const stdout = execFileSync(process.execPath, ['--import', 'tsx', 'test/scripts/all-commands.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    env: { ...Object.fromEntries(own), ...environment },
  })
  return Object.entries(JSON.parse(stdout) as Record<string, Ran>)
}
